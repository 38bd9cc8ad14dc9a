"""Numbers and amounts of złoty as people type them, each unreadable one with its reason."""

import re
from decimal import ROUND_HALF_UP, Decimal

from etl.clean.labels import cell_text
from etl.clean.numbers import read_column_numbers, read_number
from etl.mapping.partnership_workbook.spots import Spot
from etl.readers.raw import CellValue
from etl.workbook_layout import Field

_CURRENCY = re.compile(r"\s*(zł|zl|zlotych|złotych|pln)\.?$", re.IGNORECASE)
# "1.234" is a thousand and more to one reader and one and a bit to another.
_POINT_OR_THOUSANDS = re.compile(r"^[-−–]?\d{1,3}(\.\d{3})+$")
_GROSZ = Decimal("0.01")
_MOST_PLN = Decimal("999999999999.99")


def read_integer(value: CellValue, field: Field, spot: Spot) -> int | None:
    """Return a whole number within the field's range; anything else is a fault and ``None``."""
    if isinstance(value, str) and _POINT_OR_THOUSANDS.match(value.strip()):
        spot.fault("NUMBER-AMBIGUOUS", value=value)
        return None
    number = read_number(value)
    if number is None:
        spot.fault("NUMBER-UNREADABLE", value=cell_text(value))
        return None
    if not number.is_integer():
        spot.fault("NUMBER-NOT-WHOLE", value=cell_text(value))
        return None
    whole = int(number)
    low, high = field.low, field.high
    if low == 0 and whole < 0:
        spot.fault("NUMBER-NEGATIVE", value=whole)
        return None
    if (low is not None and whole < low) or (high is not None and whole > high):
        spot.fault("NUMBER-OUT-OF-RANGE", value=whole, low=low or 0, high=high or 0)
        return None
    return whole


def read_measure(value: CellValue, spot: Spot) -> float | None:
    """Return a measured number; a unit behind it ("37 %", "24 osoby") is left out, anything else is a fault."""
    if isinstance(value, str) and _POINT_OR_THOUSANDS.match(value.strip()):
        spot.fault("NUMBER-AMBIGUOUS", value=value)
        return None
    number = read_column_numbers((value,))[0]
    if number is None or abs(number) > _MOST_PLN:
        spot.fault("NUMBER-UNREADABLE", value=cell_text(value))
        return None
    return number


def read_amount(value: CellValue, spot: Spot) -> Decimal | None:
    """Return an amount in złoty, rounded to grosze; a text that is more than a number is a fault and ``None``."""
    if isinstance(value, str):
        value = _CURRENCY.sub("", value.strip())
        if _POINT_OR_THOUSANDS.match(value):
            spot.fault("NUMBER-AMBIGUOUS", value=value)
            return None
    number = read_number(value)
    if number is None:
        spot.fault("AMOUNT-UNREADABLE", value=cell_text(value))
        return None
    amount = Decimal(repr(number)).quantize(_GROSZ, rounding=ROUND_HALF_UP)
    if amount < 0:
        spot.fault("NUMBER-NEGATIVE", value=cell_text(value))
        return None
    if amount > _MOST_PLN:
        spot.fault("AMOUNT-UNREADABLE", value=cell_text(value))
        return None
    return amount

"""Numbers as people write them in Poland: decimal comma, thousands apart, a real minus sign."""

import re

from etl.readers.raw import CellValue

_SPACES = "[ \u00a0\u202f]"
_NUMBER = re.compile(rf"^[-−–]?(?:\d+|\d{{1,3}}(?:{_SPACES}\d{{3}})+)(?:[.,]\d+)?$")
_POINTED_THOUSANDS = re.compile(r"^[-−–]?\d{1,3}(?:\.\d{3})+,\d+$")


def read_number(value: CellValue) -> float | None:
    """Return the number a cell holds, ``None`` when it holds none.

    A text with leading zeros (``07``, ``0202``) is a code, not a number; so is one of more than fifteen digits.
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return float(value) if abs(value) < 1e15 else None
    if not isinstance(value, str):
        return None
    text = value.strip()
    if _POINTED_THOUSANDS.match(text):
        text = text.replace(".", "")
    if not _NUMBER.match(text):
        return None
    plain = re.sub(_SPACES, "", text).replace(",", ".").replace("−", "-").replace("–", "-")
    digits = plain.lstrip("-").split(".")[0]
    if (len(digits) > 1 and digits.startswith("0")) or len(digits) > 15:
        return None
    return float(plain)

"""Numbers as people write them in Poland: decimal comma, thousands apart, a real minus sign.

A point before three digits (``1.234``) is a decimal point to an Englishman and sets thousands apart to many a Pole:
alone it is no number; the other values of its column may say which of the two it is.
"""

import re
from collections.abc import Sequence

from etl.readers.raw import CellValue

_SPACES = "[ \u00a0\u202f]"
_MINUS = "[-−–]?"
_NUMBER = re.compile(rf"^{_MINUS}(?:\d+|\d{{1,3}}(?:{_SPACES}\d{{3}})+)(?:[.,]\d+)?$")
_POINTED_THOUSANDS = re.compile(rf"^{_MINUS}\d{{1,3}}(?:(?:\.\d{{3}})+,\d+|(?:\.\d{{3}}){{2,}})$")
_ENGLISH_THOUSANDS = re.compile(rf"^{_MINUS}\d{{1,3}}(?:(?:,\d{{3}})+\.\d+|(?:,\d{{3}}){{2,}})$")
# Behind the number where its column counts years or money; "5 lat" alone may as well be an option.
_UNIT = re.compile(r"(?<=\d) ?(?:zł|zl|PLN|lat|lata|rok|r\.ż\.|l\.|%|km|osób|osoby|os\.)\.?$", re.IGNORECASE)
_THOUSANDS = re.compile(r"^(?P<number>\d{1,4}(?:[.,]\d)?) ?tys\.?(?: ?(?:zł|zl|PLN))?$", re.IGNORECASE)
_LONGEST_MEASURE = 30
_AMBIGUOUS = re.compile(rf"^{_MINUS}[1-9]\d{{0,2}}\.\d{{3}}$")
_DECIMAL_POINT = re.compile(rf"^{_MINUS}(?:\d+|\d{{1,3}}(?:{_SPACES}\d{{3}})+)\.\d+$")


def read_number(value: CellValue) -> float | None:
    """Return the number a cell holds by itself, ``None`` when it holds none or may hold two (``1.234``).

    A text with leading zeros (``07``, ``0202``) is a code, not a number; so is one of more than fifteen digits.
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return float(value) if abs(value) < 1e15 else None
    if not isinstance(value, str):
        return None
    text = value.strip()
    return None if _AMBIGUOUS.match(text) else _read_text(text)


def read_column_numbers(values: Sequence[CellValue]) -> list[float | None]:
    """Return the number of each distinct value of a column, ``None`` for what is none.

    Values like ``1.234`` are read as the column's other values show: beside ``2.5`` the point begins the decimals,
    beside ``1.234,50``, ``1.234.567`` or ``2,5`` it sets thousands apart. Where nothing shows it they stay unread, see
    `has_ambiguous_points`. Units behind a number ("1 250 zł", "35 lat", "17%") are left out, "2,5 tys." is
    2500.
    """
    values = [_without_unit(value) for value in values]
    points = _meaning_of_points(values)
    return [_read_ambiguous(value, points) if _is_ambiguous(value) else read_number(value) for value in values]


def has_ambiguous_points(values: Sequence[CellValue]) -> bool:
    """Whether a column holds values like ``1.234`` and nothing that shows what the point means: a person has to say."""
    values = [_without_unit(value) for value in values]
    return _meaning_of_points(values) is None and any(map(_is_ambiguous, values))


def _without_unit(value: CellValue) -> CellValue:
    if not isinstance(value, str) or len(value) > _LONGEST_MEASURE or value.isdigit():
        return value
    text = value.strip()
    thousands = _THOUSANDS.match(text)
    if thousands is not None:
        return str(round(float(thousands["number"].replace(",", ".")) * 1_000))
    return text if text[-1:].isdigit() else _UNIT.sub("", text)


def _is_ambiguous(value: CellValue) -> bool:
    return isinstance(value, str) and _AMBIGUOUS.match(value.strip()) is not None


def _read_ambiguous(value: CellValue, points: str | None) -> float | None:
    text = str(value).strip()
    if points is None:
        return None
    return _read_text(text.replace(".", "") if points == "thousands" else text)


def _meaning_of_points(values: Sequence[CellValue]) -> str | None:
    """Return ``decimals`` or ``thousands``, ``None`` when the column shows neither, or both."""
    texts = [value.strip() for value in values if isinstance(value, str)]
    decimals = any(
        _ENGLISH_THOUSANDS.match(text) or (_DECIMAL_POINT.match(text) and not _AMBIGUOUS.match(text)) for text in texts
    )
    thousands = any(_POINTED_THOUSANDS.match(text) or ("," in text and _NUMBER.match(text)) for text in texts)
    if decimals == thousands:
        return None
    return "decimals" if decimals else "thousands"


def _read_text(text: str) -> float | None:
    if _POINTED_THOUSANDS.match(text):
        text = text.replace(".", "")
    elif _ENGLISH_THOUSANDS.match(text):
        text = text.replace(",", "")
    if not _NUMBER.match(text):
        return None
    plain = re.sub(_SPACES, "", text).replace(",", ".").replace("−", "-").replace("–", "-")
    digits = plain.lstrip("-").split(".")[0]
    if (len(digits) > 1 and digits.startswith("0")) or len(digits) > 15:
        return None
    return float(plain)

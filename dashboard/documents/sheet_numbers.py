"""Figures of a document's tables as numbers again, for a workbook: people sort, add and draw them there."""

import re

from surveys.language.texts import Language

_FIGURES: dict[Language, re.Pattern[str]] = {
    "pl": re.compile(r"()([-−]?)(\d{1,3}(?: \d{3})+|\d+)(?:,(\d+))?( %| zł)?"),
    "en": re.compile(r"(PLN )?([-−]?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?(%)?"),
}


def read_figure(cell: str, language: Language) -> tuple[float, str] | None:
    """Return a cell's number and the format that shows it as the cell did; ``None`` where the cell holds words.

    Args:
        cell: as `surveys.language.numerals` writes numbers, shares and amounts.
        language: of the cell.
    """
    found = _FIGURES[language].fullmatch(cell.replace("\u00a0", " "))
    if found is None:
        return None
    currency, sign, whole, part, unit = found.groups()
    digits = re.sub(r"\D", "", whole)
    number = float(f"{digits}.{part or 0}") * (-1 if sign else 1)
    shape = ("0" if digits == whole else "#,##0") + (f".{'0' * len(part)}" if part else "")
    if unit and "%" in unit:
        return number / 100, f"{shape}%"
    if unit or currency:
        return number, f'{shape}" zł"' if unit else f'"PLN "{shape}'
    return number, shape

"""A table of answers that no tool signed: a volunteer's Excel, a re-saved export, a CSV from anywhere."""

from etl.readers.raw import RawBook, RawSheet
from etl.recognise.recognition import Recognition
from etl.recognise.sheet_shape import filled_cells, find_header_row

SOURCE = "generic"


def recognise(book: RawBook) -> Recognition | None:
    """Return the largest visible table with headers, ``None`` when no sheet has one."""
    candidates = [(sheet, row) for sheet in book.sheets if (row := find_header_row(sheet)) is not None]
    if not candidates:
        return None
    sheet, row = max(candidates, key=lambda candidate: (not candidate[0].hidden, _cells_below(*candidate)))
    below = _cells_below(sheet, row)
    reasons = ["recognition.generic.header_row" if below else "recognition.generic.header_only"]
    score = 0.6 if below else 0.3
    if len([other for other, _ in candidates if not other.hidden]) > 1:
        reasons.append("recognition.generic.largest_sheet")
        score -= 0.1
    return Recognition(SOURCE, score, tuple(reasons), sheet=sheet.name, header_row=row)


def _cells_below(sheet: RawSheet, header_row: int) -> int:
    return int(filled_cells(sheet)[header_row:].sum())

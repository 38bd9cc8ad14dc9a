"""Rows of respondents: which rows below the headers are people, and which are totals or headers once more."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from etl.mapping.answer_column import find_answer_rows
from etl.readers.raw import RawSheet
from etl.recognise.layout import SetAside
from etl.recognise.total_rows import find_note_rows, find_total_rows
from surveys.findings import Finding, Place

_ROWS_NAMED = 5


@dataclass(frozen=True)
class Respondents:
    """Rows of a sheet, told apart.

    Attributes:
        rows: 0-based sheet rows of respondents.
        rejected_count: filled rows below the headers that are no respondent; each kind has a finding.
        findings: remarks on blank and rejected rows.
    """

    rows: npt.NDArray[np.int64]
    rejected_count: int
    findings: tuple[Finding, ...]


def select_respondents(
    sheet: RawSheet,
    header_row: int,
    file_name: str,
    *,
    first_row: int | None = None,
    set_aside: Sequence[SetAside] = (),
) -> Respondents:
    """Tell the rows below the headers apart.

    Args:
        sheet: the sheet.
        header_row: 1-based row of the headers.
        file_name: for the places of findings.
        first_row: 1-based row of the first respondent, where the source has more than one row of headers.
        set_aside: rows that the source says are no finished answers.
    """
    last_header = header_row if first_row is None else first_row - 1
    filled = find_answer_rows(sheet, last_header)
    findings: list[Finding] = []
    blank_count = max(0, sheet.row_count - last_header - len(filled))
    if blank_count:
        findings.append(Finding("SURVEY-ROWS-BLANK", Place(file_name, sheet.name), {"count": blank_count}))
    repeated = np.zeros(len(filled), dtype=bool)
    if last_header >= header_row:  # a file without headers has none to repeat
        repeated = _repeats_headers(sheet, header_row, filled)
    totals = find_total_rows(sheet, filled) & ~repeated
    notes = np.zeros(len(filled), dtype=bool)
    notes[~totals] = find_note_rows(sheet, filled[~totals])
    left_out = repeated | totals | notes
    reasons = [
        ("SURVEY-ROW-HEADERS-REPEATED", repeated),
        ("SURVEY-ROW-TOTAL", totals),
        ("SURVEY-ROW-NOTE", notes & ~repeated),
    ]
    for aside in set_aside:
        marked = np.isin(filled, np.array(aside.rows, dtype=np.int64) - 1) & ~left_out
        left_out |= marked
        reasons.append((aside.code, marked))
    for code, marked in reasons:
        rows = (filled[marked] + 1).tolist()
        if rows:
            named = ", ".join(map(str, rows[:_ROWS_NAMED])) + (" …" if len(rows) > _ROWS_NAMED else "")
            findings.append(Finding(code, Place(file_name, sheet.name, rows[0]), {"count": len(rows), "rows": named}))
    return Respondents(filled[~left_out], int(left_out.sum()), tuple(findings))


def _repeats_headers(sheet: RawSheet, header_row: int, rows: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Exports pasted under each other bring their headers along."""
    named = [column for column in sheet.columns if column.codes[header_row - 1] >= 0]
    equal = np.zeros(len(rows), dtype=np.int64)
    for column in named:
        equal += column.codes[rows] == column.codes[header_row - 1]
    return equal >= max(2, 0.6 * len(named)) if named else equal.astype(bool)

"""A table of answers that no tool signed: a volunteer's Excel, a re-saved export, a CSV from anywhere.

It is never certain: a person says that a table holds answers. What its shape tells is told all the same: titles and
pivot tables around it, headers in two rows, options in columns of their own.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from etl.clean.labels import cell_text
from etl.clean.ticks import read_tick
from etl.readers.raw import RawBook, RawSheet
from etl.recognise.cross_table import find_cross_table
from etl.recognise.header_rows import TwoRows, find_two_rows
from etl.recognise.layout import ColumnLayout, SetAside, Spread
from etl.recognise.numbered_columns import find_numbered_columns
from etl.recognise.offered_scales import is_scale
from etl.recognise.option_columns import find_option_columns
from etl.recognise.option_summary import add_summary
from etl.recognise.plain_headers import is_sum, read_headers, unmangle
from etl.recognise.ranked_options import find_ranked_options
from etl.recognise.recognition import Recognition
from etl.recognise.scale_labels import are_known_scale, are_weights
from etl.recognise.sheet_shape import filled_cells, list_values, reads_like_answers
from etl.recognise.side_tables import MainTable, find_main_table
from surveys.findings import Finding, Place
from surveys.language.folding import fold
from surveys.model import QuestionType

SOURCE = "generic"

_CROSSES = frozenset({"x", "xx", "xxx"})
_LONGEST_CROSS = 6
_FEWEST_ANSWERS = 2
_HEADER_SHOWN = 120
_FEWEST_PEOPLE = 3
_QUESTIONS = re.compile(r"^(tresc pytania|pytani[ae]|nr pytania|numer pytania|questions?)$")
_ANSWERS = re.compile(r"^(odpowiedzi?|tresc odpowiedzi|wartosc|answers?|response|value)$")
_TIMES_ASKED = 2
_PERSON = re.compile(r"^((ankieta|ankietowan[ya]|respondent|osoba|person|r|a) ?(nr )?)?\d+$")


def recognise(book: RawBook) -> Recognition | None:
    """Return the largest visible table with headers, ``None`` when no sheet has one."""
    candidates = [(sheet, table) for sheet in book.sheets if (table := find_main_table(sheet)) is not None]
    if not candidates:
        return None
    sheet, table = max(candidates, key=lambda candidate: (not candidate[0].hidden, _cells_below(*candidate)))
    below = _cells_below(sheet, table)
    reasons = ["header_row" if below else "header_only"]
    score = 0.6 if below else 0.3
    if len([other for other, _ in candidates if not other.hidden]) > 1:
        reasons.append("largest_sheet")
        score -= 0.1
    if table.beside:
        reasons.append("several_tables" if table.twin else "tables_beside")
        score -= 0.1
    two_rows = find_two_rows(sheet, table.header_row)
    if two_rows is not None:
        reasons.append("two_rows")
    layout = _lay_out(sheet, table, two_rows)
    remarks = _remark_crosses(book.file_name, sheet, layout, two_rows.lower if two_rows else table.header_row)
    remarks += _remark_lying(book.file_name, sheet, table)
    if two_rows is None and reads_like_answers(sheet, table.header_row):
        remarks += (Finding("SURVEY-HEADERS-ARE-ANSWERS", Place(book.file_name, sheet.name, table.header_row)),)
    remarks += _remark_long(book.file_name, sheet, table)
    remarks += _remark_numbered(book.file_name, sheet, layout)
    groups = find_cross_table(sheet, table.columns, two_rows.lower if two_rows is not None else table.header_row)
    if groups is not None:
        remarks += (Finding("SURVEY-IS-A-CROSSTAB", Place(book.file_name, sheet.name), {"groups": groups}),)
    remarks += _remark_merged(book.file_name, sheet, two_rows.lower if two_rows else table.header_row)
    if any(described.spread is not None for described in layout):
        reasons.append("option_columns")
    return Recognition(
        SOURCE,
        round(score, 2),
        tuple(f"recognition.{SOURCE}.{reason}" for reason in reasons),
        sheet=sheet.name,
        header_row=two_rows.lower if two_rows is not None else table.header_row,
        layout=layout,
        set_aside=(SetAside("SURVEY-ROWS-BESIDE", table.rows_beside),) if table.rows_beside else (),
        remarks=remarks,
    )


def _cells_below(sheet: RawSheet, table: MainTable) -> int:
    return int(filled_cells(sheet)[table.header_row :, list(table.columns)].sum())


def _lay_out(sheet: RawSheet, table: MainTable, two_rows: TwoRows | None) -> tuple[ColumnLayout, ...]:
    layout = {position: ColumnLayout((position,), role="ignored") for position in table.beside}
    header_row = two_rows.lower if two_rows is not None else table.header_row
    headers = unmangle(two_rows.headers) if two_rows is not None else read_headers(sheet, header_row)
    stems = two_rows.stems if two_rows is not None else {}
    own = {position: headers[position] for position in table.columns}
    spread = [
        _as_scale(sheet, described, header_row)
        for described in find_option_columns(sheet, own, header_row, stems=stems)
    ]
    spread = [add_summary(sheet, described, own, header_row) for described in spread]
    taken = _positions(spread)
    rest = {position: header for position, header in own.items() if position not in taken}
    spread += find_ranked_options(sheet, rest, header_row, stems=stems)
    taken = _positions(spread)
    rest = {position: header for position, header in rest.items() if position not in taken}
    spread += find_numbered_columns(sheet, rest, header_row, stems=stems)
    taken = _positions(spread)
    layout |= {described.columns[0]: described for described in spread}
    for position, header in own.items():
        if position in taken:
            continue
        if is_sum(sheet, position, header, header_row):
            layout[position] = ColumnLayout((position,), role="ignored")
            continue
        if are_weights(header, list_values(sheet.columns[position], header_row)):
            layout[position] = ColumnLayout((position,), header, role="weight")
            continue
        missing = dict.fromkeys(_find_crosses(sheet, position, header_row), "blank")
        if missing or position in stems or header != cell_text(sheet.cell(header_row, position)):
            layout[position] = ColumnLayout((position,), header, stems.get(position, ""), missing=missing)
    return tuple(layout[position] for position in sorted(layout))


def _positions(layouts: Sequence[ColumnLayout]) -> set[int]:
    beside = {described.other for described in layouts if described.other is not None}
    return beside | {position for described in layouts for position in described.columns}


def _as_scale(sheet: RawSheet, described: ColumnLayout, last_header: int) -> ColumnLayout:
    """A cross on one of the points of a scale, a column a point, is one answer and not several."""
    if (
        described.spread is None
        or described.other is not None
        or not (are_known_scale(described.options) or is_scale(described.options))
    ):
        return described
    ticks = np.zeros(sheet.row_count - last_header, dtype=np.int64)
    for position in described.columns:
        column = sheet.columns[position]
        ticked = [bool(read_tick(cell_text(value))) or described.spread is Spread.LABELS for value in column.values]
        ticks += np.array([*ticked, False], dtype=bool)[column.codes[last_header:]]
    return replace(described, kind=QuestionType.SCALE) if int(ticks.max(initial=0)) <= 1 else described


def _find_crosses(sheet: RawSheet, position: int, last_header: int) -> list[str]:
    """Return the spellings of an "x" that stands in place of an answer: beside answers, where nothing is ticked."""
    values = list_values(sheet.columns[position], last_header)
    short = (value.strip() for value in values if isinstance(value, str) and len(value) <= _LONGEST_CROSS)
    crosses = [text for text in short if fold(text) in _CROSSES]
    if not crosses:
        return []
    texts = [text for value in values if (text := cell_text(value))]
    others = [text for text in texts if fold(text) not in _CROSSES]
    # Among single letters an X is one more letter, among ticks a tick.
    answers = [text for text in others if read_tick(text) is None and (len(text) > 1 or text.isdigit())]
    return crosses if len(answers) >= _FEWEST_ANSWERS and len(answers) >= len(others) / 2 else []


def _remark_lying(file_name: str, sheet: RawSheet, table: MainTable) -> tuple[Finding, ...]:
    """A table with a column a person and a row a question has to be turned before it means anything."""
    first, *others = (fold(cell_text(sheet.cell(table.header_row, position))) for position in table.columns)
    lies = _QUESTIONS.match(first) and len(others) >= _FEWEST_PEOPLE and all(map(_PERSON.match, others))
    return (Finding("SURVEY-ON-ITS-SIDE", Place(file_name, sheet.name, table.header_row)),) if lies else ()


def _remark_long(file_name: str, sheet: RawSheet, table: MainTable) -> tuple[Finding, ...]:
    """Questions that come again and again in a column, with an answer beside each, are no rows of people."""
    headers = {position: cell_text(sheet.cell(table.header_row, position)) for position in table.columns}
    asked = next((at for at, header in headers.items() if _QUESTIONS.match(fold(header))), None)
    told = next((at for at, header in headers.items() if _ANSWERS.match(fold(header))), None)
    if asked is None or told is None:
        return ()
    below = sheet.columns[asked].codes[table.header_row :]
    if len(np.unique(below[below >= 0])) * _TIMES_ASKED > int((below >= 0).sum()):
        return ()
    facts: dict[str, str | int] = {"question": headers[asked], "answer": headers[told]}
    return (Finding("SURVEY-IS-LONG", Place(file_name, sheet.name, table.header_row), facts),)


def _remark_numbered(file_name: str, sheet: RawSheet, layout: Sequence[ColumnLayout]) -> tuple[Finding, ...]:
    """Say which columns were put together because only their numbers differ."""
    findings = []
    for described in layout:
        if described.spread is Spread.PLACES:
            code = "SURVEY-COLUMNS-" + ("RANKED" if described.kind is QuestionType.RANKING else "NAMED")
            place = Place(file_name, sheet.name, None, described.header[:_HEADER_SHOWN])
            findings.append(Finding(code, place, {"count": len(described.columns)}))
    return tuple(findings)


def _remark_merged(file_name: str, sheet: RawSheet, last_header: int) -> tuple[Finding, ...]:
    """A cell merged over several people belongs to the first of them, as far as the file says."""
    findings = []
    for position in sorted({merged.first_column - 1 for merged in sheet.merged}):
        own = [merged for merged in sheet.merged if merged.first_column - 1 == position]
        rows = sum(merged.last_row - merged.first_row for merged in own if merged.first_row > last_header)
        header = cell_text(sheet.cell(last_header, position))[:_HEADER_SHOWN]
        if rows:
            findings.append(
                Finding("SURVEY-CELLS-MERGED", Place(file_name, sheet.name, None, header or None), {"count": rows})
            )
    return tuple(findings)


def _remark_crosses(
    file_name: str, sheet: RawSheet, layout: Sequence[ColumnLayout], last_header: int
) -> tuple[Finding, ...]:
    findings = []
    for described in layout:
        if described.missing:
            column = sheet.columns[described.columns[0]]
            crosses = [code for code, value in enumerate(column.values) if cell_text(value) in described.missing]
            count = int(np.isin(column.codes[last_header:], crosses).sum())
            header = described.header or cell_text(sheet.cell(last_header, described.columns[0]))
            place = Place(file_name, sheet.name, None, header[:_HEADER_SHOWN] or None)
            findings.append(Finding("SURVEY-CROSSES", place, {"count": count}))
    return tuple(findings)

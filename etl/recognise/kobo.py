"""KoboToolbox: its current export, in names or in the labels of any language, and the older formhub and Ona family.

Signature (formpack, kpi): columns ``_id``, ``_uuid``, ``_submission_time``, ``_validation_status`` … behind the
questions; repeats are further sheets with ``_parent_table_name`` and ``_parent_index``.
"""

import re

from etl.clean.labels import cell_text
from etl.readers.raw import RawBook, RawSheet
from etl.recognise.answer_table import AnswerTable
from etl.recognise.layout import SetAside
from etl.recognise.open_data_kit import describe_table, read_headers, remark_guessed, remark_repeats
from etl.recognise.open_data_kit_columns import count_names
from etl.recognise.recognition import Recognition
from etl.recognise.sheet_shape import find_header_row
from etl.recognise.xlsform_sheets import Form, find_form
from surveys.findings import Finding, Place
from surveys.language.folding import fold

SOURCE = "kobo"

_OWN = frozenset(
    {"_uuid", "_submission_time", "_validation_status", "_submitted_by", "__version__", "meta/rootuuid"}
)  # fmt: skip
_MARKS = _OWN | {
    "_id", "_notes", "_status", "_tags", "_index", "_version", "_version_", "_duration", "_date_modified",
    "_xform_id", "_xform_id_string", "_bamboo_dataset_id", "_media_all_received", "_total_media", "_media_count",
    "_attachments", "_geolocation", "formhub/uuid", "meta/instanceid", "meta.instanceid", "_edited", "_last_edited",
}  # fmt: skip
_CHILD = frozenset({"_parent_table_name", "_parent_index"})
_OTHER_TOOLS = frozenset({"submissiondate", "key"})
_FILE_NAME = re.compile(r" - .+ - .+ - \d{4}-\d{2}-\d{2}-\d{2}-\d{2}-\d{2}(\s?\(\d+\))?\.\w+$")
_REJECTED = frozenset({"validation_status_not_approved", "not approved", "niezatwierdzone", "niezatwierdzony"})
_SEARCH_ROWS = 15
_LEAST = 2


def recognise(book: RawBook) -> Recognition | None:
    """Return the sheet of respondents that the tool wrote, ``None`` when there is none."""
    found = [
        (score, reasons, sheet, row)
        for sheet in book.sheets
        for score, reasons, row in [_score(book, sheet)]
        if score and row
    ]
    children = [(sheet, row) for sheet in book.sheets if (row := _child_row(sheet)) is not None]
    if not found:
        return _recognise_child(book, *children[0]) if children else None
    score, reasons, sheet, row = max(found, key=lambda one: (one[0], not one[2].hidden, one[2].row_count))
    form = find_form(book)
    return _describe(book, sheet, row, form, score, reasons, [one for one in children if one[0] is not sheet])


def _score(book: RawBook, sheet: RawSheet) -> tuple[float, tuple[str, ...], int | None]:
    """How sure it is that a sheet holds respondents, why, and under which row of headers."""
    best, row = 0, None
    for number in range(1, min(sheet.row_count, _SEARCH_ROWS) + 1):
        headers = [header.lower() for header in read_headers(sheet, number)]
        count = count_names(headers, _MARKS)
        if count > best and not _is_child(sheet, number) and count_names(headers, _OTHER_TOOLS) != 2:
            best, row = count, number
    named = _FILE_NAME.search(book.file_name) is not None
    if row is None:
        # Whoever exports may leave out every column of the tool's own.
        row = find_header_row(sheet) if named else None
        return (0.85, ("recognition.kobo.file_name",), row) if row is not None else (0.0, (), None)
    headers = [header.lower() for header in read_headers(sheet, row)]
    own = count_names(headers, _OWN)
    score = 0.35
    if {"meta/instanceid", "meta.instanceid"} & set(headers):
        score = 0.8
    if best >= _LEAST:
        score = max(score, 0.6)
    if {"_uuid", "_submission_time"} <= set(headers) or (best >= 3 and own):
        score = 0.9
    if best >= 4 and own:
        score = 0.97
    reasons = ["recognition.kobo.columns"]
    if named:
        score += 0.3
        reasons.append("recognition.kobo.file_name")
    return (min(score, 1.0), tuple(reasons), row) if score >= 0.5 else (0.0, (), None)


def _child_row(sheet: RawSheet) -> int | None:
    for number in range(1, min(sheet.row_count, _SEARCH_ROWS) + 1):
        if _is_child(sheet, number):
            return number
    return None


def _is_child(sheet: RawSheet, row: int) -> bool:
    """Whether rows belong to rows of another sheet; the older family gives its main sheet a parent too, −1."""
    headers = [header.lower() for header in read_headers(sheet, row)]
    if count_names(headers, _CHILD) < len(_CHILD):
        return False
    parents = AnswerTable(sheet, row + 1).distinct([headers.index("_parent_index")])
    return not parents or parents != {"-1"}


def _recognise_child(book: RawBook, sheet: RawSheet, row: int) -> Recognition:
    """A sheet of a repeat alone: its rows are members or visits, never respondents."""
    count = len(AnswerTable(sheet, row + 1))
    alone = Finding("SURVEY-REPEATS-ALONE", Place(book.file_name, sheet.name), {"name": sheet.name, "count": count})
    described = describe_table(sheet, row, row + 1, form=None)
    return Recognition(
        SOURCE, 0.95, ("recognition.kobo.repeat",), sheet=sheet.name, header_row=row, layout=described.layout,
        remarks=(alone,),
    )  # fmt: skip


def _describe(
    book: RawBook,
    sheet: RawSheet,
    row: int,
    form: Form | None,
    score: float,
    reasons: tuple[str, ...],
    children: list[tuple[RawSheet, int]],
) -> Recognition:
    first_row = row + 2 if _has_tags(sheet, row + 1) else row + 1
    described = describe_table(sheet, row, first_row, form=form)
    remarks = remark_guessed(book, sheet, described) + remark_repeats(book, sheet, described.repeats)
    for child, child_row in children:
        remarks += remark_repeats(book, child, {child.name: len(AnswerTable(child, child_row + 1))})
    kinds = {child.name: "ignored" for child, _ in children}
    if form is not None:
        kinds |= dict.fromkeys(form.sheets, "codes")
        reasons = (*reasons, "recognition.xlsform.beside")
    return Recognition(
        source=SOURCE,
        score=score,
        reasons=reasons,
        sheet=sheet.name,
        header_row=row,
        first_row=first_row if first_row != row + 1 else None,
        timestamp_column=described.timestamp_column,
        response_id_column=described.response_id_column,
        times=described.times,
        layout=described.layout,
        set_aside=_set_aside(sheet, row, first_row),
        sheet_kinds=kinds,
        remarks=tuple(remarks),
    )


def _has_tags(sheet: RawSheet, row: int) -> bool:
    """A second row of headers holds nothing but HXL tags (``#loc+name``)."""
    cells = [cell_text(value) for value in sheet.row(row)] if row <= sheet.row_count else []
    filled = [cell for cell in cells if cell]
    return bool(filled) and all(re.match(r"^#[A-Za-z]", cell) for cell in filled)


def _set_aside(sheet: RawSheet, header_row: int, first_row: int) -> tuple[SetAside, ...]:
    """Rows that the survey's owner did not approve."""
    headers = [header.lower() for header in read_headers(sheet, header_row)]
    if "_validation_status" not in headers:
        return ()
    table = AnswerTable(sheet, first_row)
    position = headers.index("_validation_status")
    refused = [text for text in table.distinct([position]) if fold(text) in _REJECTED or text in _REJECTED]
    rows = tuple((table.rows[table.marked([position], refused)[:, 0]] + 1).tolist())
    return (SetAside("SURVEY-ROWS-REJECTED", rows),) if rows else ()

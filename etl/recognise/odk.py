"""ODK Central (one CSV, or the zip of root and repeats), ODK Briefcase and Aggregate, and SurveyCTO.

Signature (central-backend ``lib/data/briefcase.js``): ``SubmissionDate`` and ``KEY``; repeats have ``PARENT_KEY``.
Cells hold codes, never labels; ticked codes are parted by spaces, and split columns hold 0 where nobody answered, so
that the summary is what is read.
"""

from etl.readers.raw import RawBook, RawSheet
from etl.recognise.answer_table import AnswerTable
from etl.recognise.layout import SetAside
from etl.recognise.open_data_kit import describe_table, read_headers, remark_guessed, remark_repeats
from etl.recognise.open_data_kit_columns import count_names
from etl.recognise.recognition import Recognition
from etl.recognise.xlsform_sheets import Form, find_form
from surveys.findings import Finding, Place

SOURCE = "odk"

_CENTRAL = frozenset({"submitterid", "submittername", "attachmentspresent", "attachmentsexpected", "reviewstate",
                      "formversion", "edits", "deviceid", "status"})  # fmt: skip
_OTHERS = frozenset({"formdef_version", "meta-instanceid", "instanceid", "meta-instancename", "starttime", "endtime",
                     "subscriberid", "devicephonenum", "isvalidated", "completiondate"})  # fmt: skip
_SEARCH_ROWS = 15
_CENTRAL_ENOUGH = 3
# What Central writes of a submission that it could not read.
_UNREADABLE = frozenset({"not decrypted", "missing encrypted form data"})


def recognise(book: RawBook) -> Recognition | None:
    """Return the table of respondents that one of these tools wrote, ``None`` when there is none."""
    found = [(score, sheet, row) for sheet in book.sheets for score, row in [_score(sheet)] if score]
    children = [(sheet, row) for sheet in book.sheets if (row := _child_row(sheet)) is not None]
    if not found:
        return _recognise_child(book, *children[0]) if children else None
    score, sheet, row = max(found, key=lambda one: (one[0], not one[1].hidden, one[1].row_count))
    return _describe(book, sheet, row, find_form(book), score, children)


def _score(sheet: RawSheet) -> tuple[float, int]:
    best = (0.0, 0)
    for number in range(1, min(sheet.row_count, _SEARCH_ROWS) + 1):
        headers = read_headers(sheet, number)
        lower = {header.lower() for header in headers}
        if "parent_key" in lower:
            continue
        central, others = count_names(headers, _CENTRAL), count_names(headers, _OTHERS)
        others += any(header.startswith("SET-OF-") for header in headers)
        stamped, keyed = "submissiondate" in lower, "KEY" in headers
        score = 0.0
        if (stamped or keyed) and central >= _CENTRAL_ENOUGH:
            score = 0.9
        if stamped and (keyed or others):
            score = 0.9
        if stamped and keyed and (central or others):
            score = 0.97
        best = max(best, (score, number), key=lambda one: one[0])
    return best


def _child_row(sheet: RawSheet) -> int | None:
    for number in range(1, min(sheet.row_count, _SEARCH_ROWS) + 1):
        if {"PARENT_KEY", "KEY"} <= set(read_headers(sheet, number)):
            return number
    return None


def _recognise_child(book: RawBook, sheet: RawSheet, row: int) -> Recognition:
    """A repeat's own file: its rows are members or visits, never respondents."""
    count = len(AnswerTable(sheet, row + 1))
    alone = Finding("SURVEY-REPEATS-ALONE", Place(book.file_name, sheet.name), {"name": sheet.name, "count": count})
    described = describe_table(sheet, row, row + 1, form=None, codes=True)
    return Recognition(
        SOURCE, 0.95, ("recognition.odk.repeat",), sheet=sheet.name, header_row=row, layout=described.layout,
        remarks=(alone,),
    )  # fmt: skip


def _describe(
    book: RawBook, sheet: RawSheet, row: int, form: Form | None, score: float, children: list[tuple[RawSheet, int]]
) -> Recognition:
    headers = read_headers(sheet, row)
    survey_cto = bool({"formdef_version", "devicephonenum", "subscriberid"} & {header.lower() for header in headers})
    described = describe_table(sheet, row, row + 1, form=form, codes=True, ticks_alone=False, underscores=survey_cto)
    remarks = remark_guessed(book, sheet, described) + remark_repeats(book, sheet, described.repeats)
    for child, child_row in children:
        remarks += remark_repeats(book, child, {child.name: len(AnswerTable(child, child_row + 1))})
    kinds = {child.name: "ignored" for child, _ in children}
    reasons = ["recognition.odk.survey_cto" if survey_cto else "recognition.odk.columns"]
    if form is not None:
        kinds |= dict.fromkeys(form.sheets, "codes")
        reasons.append("recognition.xlsform.beside")
    return Recognition(
        source=SOURCE,
        score=score,
        reasons=tuple(reasons),
        sheet=sheet.name,
        header_row=row,
        timestamp_column=described.timestamp_column,
        response_id_column=described.response_id_column,
        times=described.times,
        layout=described.layout,
        set_aside=_set_aside(sheet, row, headers),
        sheet_kinds=kinds,
        remarks=tuple(remarks),
    )


def _set_aside(sheet: RawSheet, row: int, headers: list[str]) -> tuple[SetAside, ...]:
    """Rows that could not be read, and rows that somebody rejected."""
    table = AnswerTable(sheet, row + 1)
    found: list[SetAside] = []
    for code, header, words in (
        ("SURVEY-ROWS-INCOMPLETE", "Status", _UNREADABLE),
        ("SURVEY-ROWS-REJECTED", "ReviewState", frozenset({"rejected"})),
        ("SURVEY-ROWS-REJECTED", "review_status", frozenset({"rejected"})),
    ):
        if header not in headers:
            continue
        position = headers.index(header)
        texts = [text for text in table.distinct([position]) if text.lower() in words]
        rows = tuple((table.rows[table.marked([position], texts)[:, 0]] + 1).tolist())
        if rows:
            found.append(SetAside(code, rows))
    return tuple(found)

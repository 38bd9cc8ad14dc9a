"""LimeSurvey: answers as CSV or workbook, under any of its headings, in codes or in full, in whatever language.

An export that was headed with texts alone and lost its columns about the response cannot be told from a plain table.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from etl.clean.labels import cell_text
from etl.readers.raw import RawBook, RawSheet
from etl.recognise.answer_table import AnswerTable
from etl.recognise.layout import ColumnLayout, SetAside, TimeColumns
from etl.recognise.limesurvey_form import TOOL, SurveyForm
from etl.recognise.limesurvey_headings import (
    Heading,
    Style,
    count_bracketed,
    count_generated,
    find_style,
    read_headings,
)
from etl.recognise.limesurvey_questions import lay_out_questions
from etl.recognise.limesurvey_words import PARTICIPANT_CODES, SIGNATURE_CODES, TIMING, TIMING_TEXT
from etl.recognise.recognition import Recognition, find_best_sheet
from etl.recognise.xlsform_sheets import find_form
from surveys.language.folding import fold

SOURCE = "limesurvey"

_SEARCH_ROWS = 15
_SECOND_ROW = 2
_FILE_NAME = re.compile(r"^(results-survey|survey_|vvexport_?)\d{3,}")
_MOMENT = re.compile(r"^\d{4}-\d\d-\d\d( \d\d:\d\d(:\d\d)?)?$")
_LANGUAGE = re.compile(r"^[a-z]{2,3}(-[A-Za-z-]+)?$")
# What LimeSurvey writes where a survey keeps no dates.
_NO_DATE = "1980-01-01"
# What every tool has a column for ("Data rozpoczęcia", "Adres IP") is no signature where it stands in words.
_OWN_TEXTS = frozenset({"lastpage", "startlanguage", "seed", "datestamp", "refurl"})
_MOMENTS = ("submitdate", "datestamp", "startdate")
_ENDS = ("submitdate", "datestamp")


def recognise(book: RawBook) -> Recognition | None:
    """Return the best sheet that LimeSurvey could have written, or its survey's structure; ``None`` for neither."""
    structure = _find_structure(book)
    if structure is None:
        return find_best_sheet(book, lambda sheet: _recognise_sheet(book, sheet, None))
    form = structure.form
    rest = replace(book, sheets=tuple(sheet for sheet in book.sheets if sheet.name not in form.sheets))
    found = find_best_sheet(rest, lambda sheet: _recognise_sheet(book, sheet, structure))
    if found is not None:
        return replace(found, sheet_kinds={**found.sheet_kinds, **dict.fromkeys(form.sheets, "codes")})
    return Recognition(
        SOURCE,
        0.95,
        (f"recognition.{SOURCE}.structure",),
        kind="questionnaire",
        sheet=form.sheet,
        header_row=form.header_row,
        sheet_kinds=dict.fromkeys(form.sheets, "codes") | {form.sheet: "questionnaire"},
    )


def _find_structure(book: RawBook) -> SurveyForm | None:
    """Return the structure of a survey in a book; forms of other tools are none."""
    form = find_form(book) if any(sheet.name.startswith("survey") for sheet in book.sheets) else None
    return SurveyForm(form) if form is not None and form.tool == TOOL else None


def _recognise_sheet(book: RawBook, sheet: RawSheet, form: SurveyForm | None) -> Recognition | None:
    best: tuple[float, tuple[str, ...], int, list[Heading]] | None = None
    for row in range(1, min(sheet.row_count, _SEARCH_ROWS) + 1):
        cells = [cell_text(value) for value in sheet.row(row)]
        if sum(map(bool, cells)) < 2:
            continue
        if form is not None:
            cells = [form.translate(cell) for cell in cells]
        style, about_response = find_style(cells)
        headings = _say_texts_above(sheet, row, read_headings(cells, style))
        score, reasons = _weigh(cells, headings, style, about_response)
        if form is not None:
            headings = [form.say_heading(heading) for heading in headings]
            if form.is_met(headings):
                score, reasons = max(score, 0.95), (*reasons, f"recognition.{SOURCE}.structure_beside")
        if score and (best is None or score > best[0]):
            best = score, reasons, row, headings
    first = _guess_untold(sheet) if best is None else None
    if first is not None:
        best = first
    if best is None:
        return None
    score, reasons, row, headings = best
    if _FILE_NAME.match(book.file_name):
        score, reasons = score + 0.15, (*reasons, f"recognition.{SOURCE}.file_name")
    return _describe(sheet, row, headings, min(score, 1.0), reasons, form) if score >= 0.6 else None


def _say_texts_above(sheet: RawSheet, row: int, headings: Sequence[Heading]) -> list[Heading]:
    """Take the wordings of questions from the row above their codes, as exports to be read in again have them."""
    above = [cell_text(value) for value in sheet.row(row - 1)] if row == _SECOND_ROW else []
    coded = [heading for heading in headings if heading.code]
    worded = [heading for heading in coded if not heading.text and above and above[heading.position]]
    if 2 * len(worded) < max(1, len(coded)):
        return list(headings)
    return [replace(heading, text=above[heading.position]) if heading in worded else heading for heading in headings]


def _weigh(
    cells: Sequence[str], headings: Sequence[Heading], style: Style, about_response: int
) -> tuple[float, tuple[str, ...]]:
    """Return how sure a row of headings is LimeSurvey's, and why."""
    score, reasons = 0.0, []
    codes = {heading.metadata for heading in headings}
    signed = len(codes & SIGNATURE_CODES)
    generated = count_generated(cells) if style.coded else 0
    if about_response >= 3 and signed >= 2 and "id" in codes and (style.coded or codes & _OWN_TEXTS):
        score = 0.95
    elif signed >= 2 and (style.coded or codes & _OWN_TEXTS):
        score = 0.85
    elif signed == 1 and generated:
        score = 0.8
    if score:
        reasons.append(f"recognition.{SOURCE}.columns_about_response")
    if generated >= 3:
        score = max(score, 0.85)
        reasons.append(f"recognition.{SOURCE}.sub_question_codes")
    elif not score and (bracketed := count_bracketed(cells)) >= 3 and bracketed >= 0.3 * len(cells):
        score = 0.6
        reasons.append(f"recognition.{SOURCE}.codes_in_brackets")
    return score, tuple(reasons)


def _guess_untold(sheet: RawSheet) -> tuple[float, tuple[str, ...], int, list[Heading]] | None:
    """Know headings of texts in a language not on the list by the values: number, moment, page, language, seed."""
    if len(sheet.columns) < 5 or sheet.row_count < 3:
        return None
    table = AnswerTable(sheet, 2)
    ids = table.texts(0).values()
    if not len(table) or len(ids) != len(table) or not all(text.isdigit() for text in ids):
        return None
    roles: dict[int, str] = {0: "id"}
    for position in range(1, min(len(sheet.columns), 8)):
        role = _role_by_values(list(table.texts(position).values()), set(roles.values()))
        if role is None:
            break
        roles[position] = role
    if not {"lastpage", "startlanguage"} <= set(roles.values()) or not set(roles.values()) & set(_MOMENTS):
        return None
    cells = [cell_text(value) for value in sheet.row(1)]
    headings = [
        Heading(heading.position, metadata=roles[heading.position]) if heading.position in roles else heading
        for heading in read_headings(cells, Style(coded=False))
    ]
    return 0.8, (f"recognition.{SOURCE}.values_about_response",), 1, headings


def _role_by_values(texts: Sequence[str], known: set[str]) -> str | None:
    if texts and all(_MOMENT.match(text) for text in texts):
        later = ("startdate", "datestamp") if "lastpage" in known else ("submitdate",)
        return next((role for role in later if role not in known), None)
    if texts and all(text.isdigit() for text in texts):
        if "lastpage" not in known and max(map(len, texts)) <= 3:
            return "lastpage"
        return "seed" if "startlanguage" in known and "seed" not in known and max(map(len, texts)) >= 6 else None
    if texts and len(texts) <= 10 and "lastpage" in known and all(_LANGUAGE.match(text) for text in texts):
        return "startlanguage" if "startlanguage" not in known else None
    return None


def _describe(
    sheet: RawSheet,
    row: int,
    headings: Sequence[Heading],
    score: float,
    reasons: tuple[str, ...],
    form: SurveyForm | None,
) -> Recognition:
    headings = _mark_timings(headings)
    by_code = {heading.metadata: heading.position for heading in reversed(headings) if heading.metadata}
    unfinished = _find_unfinished(sheet, row + 1, by_code.get("submitdate"))
    # What people left unfinished still shows how a question was asked.
    table = AnswerTable(sheet, row + 1)
    moment = _find_moment(table, by_code, _MOMENTS)
    layouts = [
        ColumnLayout(
            (heading.position,),
            role="identifier" if heading.metadata in PARTICIPANT_CODES else "metadata",
            holds_moment=heading.position == moment,
        )
        for heading in headings
        if heading.metadata
    ]
    questions = [heading for heading in headings if not heading.metadata and _is_filled(sheet, heading, row)]
    layouts += lay_out_questions(questions, table, form)
    return Recognition(
        source=SOURCE,
        score=score,
        reasons=reasons,
        sheet=sheet.name,
        header_row=row,
        timestamp_column=moment,
        response_id_column=by_code.get("id"),
        times=TimeColumns(by_code.get("startdate"), _find_moment(table, by_code, _ENDS), by_code.get("interviewtime")),
        layout=tuple(sorted(layouts, key=lambda layout: layout.columns[0])),
        set_aside=(SetAside("SURVEY-ROWS-INCOMPLETE", tuple(unfinished)),) if unfinished else (),
    )


def _mark_timings(headings: Sequence[Heading]) -> list[Heading]:
    """Timings stand at the end of an export; headings of texts name them in words."""
    marked: list[Heading] = []
    at_end = False
    for heading in headings:
        at_end = at_end or heading.metadata == "interviewtime"
        possible = not heading.metadata and (not heading.code or TIMING.match(heading.code) is not None)
        timing = possible and (at_end or TIMING_TEXT.match(fold(heading.text)) is not None)
        marked.append(Heading(heading.position, metadata="timing") if timing else heading)
    return marked


def _is_filled(sheet: RawSheet, heading: Heading, row: int) -> bool:
    """Whether a column is there at all: empty ones without a heading come from saving in a spreadsheet."""
    column = sheet.columns[heading.position]
    return bool(heading.text or heading.code) or bool((column.codes[row:] >= 0).any())


def _find_unfinished(sheet: RawSheet, first_row: int, submitdate: int | None) -> list[int]:
    """Return the rows of people who did not reach the end: LimeSurvey gives them no date of submission."""
    if submitdate is None:
        return []
    table = AnswerTable(sheet, first_row)
    finished = table.filled([submitdate])[:, 0]
    return [int(row) + 1 for row in table.rows[~finished]]


def _find_moment(table: AnswerTable, by_code: dict[str, int], codes: Sequence[str]) -> int | None:
    """Return the first column that says when answers were given; a survey without dates has one date for all."""
    for code in codes:
        position = by_code.get(code)
        if position is None:
            continue
        texts = table.distinct([position])
        if not texts or not all(text.startswith(_NO_DATE) for text in texts):
            return position
    return None

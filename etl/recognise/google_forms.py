"""Google Forms: both of its exports, in whatever language the form's owner uses Google.

The form's own CSV joins ticked options with ``;`` and stamps ``2025/12/26 9:09:26 PM GMT+1``; the linked sheet joins
with ``, `` and stamps in the sheet's locale, or as a real date.
"""

import re
from datetime import datetime

from etl.readers.raw import CellValue, RawBook, RawColumn, RawSheet
from etl.recognise.layout import ColumnLayout
from etl.recognise.numbered_columns import find_numbered_columns
from etl.recognise.plain_headers import read_headers
from etl.recognise.ranked_options import find_ranked_options
from etl.recognise.recognition import Recognition, find_best_sheet
from etl.recognise.sheet_shape import find_first_row, list_values, reads_like_answers
from surveys.findings import Finding, Place
from surveys.language.folding import fold

SOURCE = "google_forms"

# First header by language of the owner's account; more languages, more rows.
_TIMESTAMP_HEADERS = frozenset(
    fold(header)
    for header in (
        "Sygnatura czasowa", "Timestamp", "Informazioni cronologiche", "Zeitstempel", "Horodateur", "Marca temporal",
        "Carimbo de data/hora", "Carimbo de tempo", "Отметка времени", "Позначка часу", "Časové razítko",
        "Časová pečiatka", "Tijdstempel", "Tidstempel", "Tidsstämpel", "Aikaleima", "Időbélyeg", "Laiko žyma",
        "Marcaj de timp", "Zaman damgası",
    )
)  # fmt: skip

# Name of the sheet that Google makes for the answers of a form, and of the file it is downloaded as.
_SHEET_NAMES = re.compile(
    r"^(form responses|form_responses|liczba odpowiedzi|odpowiedzi z formularza|odpowiedzi|risposte del modulo|"
    r"formularantworten|reponses au formulaire|respuestas de formulario|"
    r"respostas ao formulario|ответы на форму|відповіді форми)[ :_]*\d*"
)
_SEARCH_ROWS = 10
_FILE_NAMES = re.compile(r"\((odpowiedzi|responses|risposte|antworten|reponses|respuestas|respostas)\)")

# Only the form's own CSV writes the hour in twelves with the zone behind it, in every language; some write it small.
_FORM_STAMP = re.compile(
    r"^\d{4}/\d{1,2}/\d{1,2} \d{1,2}:\d{2}:\d{2} (?:[AP]M|[ap]m) [A-Z]{2,5}([+-]\d{1,2}(:\d{2})?)?$"
)
_SHEET_STAMP = re.compile(r"^\d{1,4}[./-]\d{1,2}[./-]\d{1,4},? \d{1,2}[:.]\d{2}([:.]\d{2})?( [AaPp][Mm])?$")


def recognise(book: RawBook) -> Recognition | None:
    """Return the best sheet that Google Forms could have written, ``None`` when there is none."""
    return find_best_sheet(book, lambda sheet: _recognise_sheet(book, sheet))


def _recognise_sheet(book: RawBook, sheet: RawSheet) -> Recognition | None:
    row = _find_headers(sheet)
    if row is None or not sheet.columns:
        return None
    header = sheet.cell(row, 0)
    stamps = _stamp_kind(sheet.columns[0], row)
    named = isinstance(header, str) and fold(header) in _TIMESTAMP_HEADERS
    if not named and stamps == "none":
        return None
    reasons: list[str] = []
    score = 0.0
    if named:
        score += 0.7
        reasons.append("recognition.google_forms.timestamp_header")
    if stamps != "none":
        score += 0.6 if stamps == "form" else 0.25
        reasons.append(f"recognition.google_forms.stamp_{stamps}")
    if _SHEET_NAMES.match(fold(sheet.name)):
        score += 0.4
        reasons.append("recognition.google_forms.sheet_name")
    if _FILE_NAMES.search(fold(book.file_name)):
        score += 0.25
        reasons.append("recognition.google_forms.file_name")
    if score < 0.6:
        return None
    # A person who cut the headers off has left the first respondent in their place.
    headless = not named and reads_like_answers(sheet, row)
    remark = Finding("SURVEY-HEADERS-ARE-ANSWERS", Place(book.file_name, sheet.name, row))
    return Recognition(
        source=SOURCE,
        score=min(score, 1.0),
        reasons=tuple(reasons),
        sheet=sheet.name,
        header_row=row,
        remarks=(remark,) if headless else (),
        # Where somebody has taken the times out, either of the two may have made the file.
        separator={"form": ";", "sheet": ", "}.get(stamps),
        timestamp_column=0,
        layout=_lay_out(sheet, row),
    )


def _lay_out(sheet: RawSheet, row: int) -> tuple[ColumnLayout, ...]:
    """Rankings are grids to Google, and questions of several choices may be asked one after another."""
    headers = read_headers(sheet, row)
    ranked = find_ranked_options(sheet, headers, row)
    taken = {position for described in ranked for position in described.columns}
    rest = {position: header for position, header in headers.items() if position not in taken}
    return (*ranked, *find_numbered_columns(sheet, rest, row))


def _find_headers(sheet: RawSheet) -> int | None:
    """Return the row of the headers: people write titles above them."""
    first = find_first_row(sheet)
    if first is None:
        return None
    rows = range(first, min(sheet.row_count, first + _SEARCH_ROWS) + 1)
    cells = {row: sheet.cell(row, 0) for row in rows}
    named = (row for row, cell in cells.items() if isinstance(cell, str) and fold(cell) in _TIMESTAMP_HEADERS)
    return next(named, first)


def _stamp_kind(column: RawColumn, header_row: int) -> str:
    """``form`` (the form's own CSV), ``sheet`` (a locale's text or a real date), or ``none``."""
    values = list_values(column, header_row)
    if not values:
        return "none"
    sample = values[:: max(1, len(values) // 200)]
    if _share(sample, _FORM_STAMP) > 0.9:
        return "form"
    return "sheet" if _share(sample, _SHEET_STAMP) > 0.9 else "none"


def _share(values: list[CellValue], pattern: re.Pattern[str]) -> float:
    hits = sum(
        isinstance(value, datetime) if pattern is _SHEET_STAMP and not isinstance(value, str) else
        isinstance(value, str) and pattern.match(value.strip()) is not None
        for value in values
    )  # fmt: skip
    return hits / len(values)

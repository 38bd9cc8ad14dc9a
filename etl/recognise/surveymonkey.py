"""SurveyMonkey: "all responses" as CSV or workbook, with two rows of headers, answers as texts or as numbers."""

import re
from collections.abc import Sequence

from etl.clean.labels import cell_text
from etl.readers.raw import RawBook, RawSheet
from etl.recognise.answer_table import AnswerTable
from etl.recognise.layout import ColumnLayout, TimeColumns
from etl.recognise.recognition import Recognition, find_best_sheet
from etl.recognise.surveymonkey_questions import lay_out_groups, names_answer, names_open_answer
from etl.recognise.two_header_rows import HeadedGroup, read_groups
from surveys.language.folding import fold

SOURCE = "surveymonkey"

_SEARCH_ROWS = 10
# Columns about the respondent, the way older and newer exports head them, and in the languages met.
_ABOUT = {
    "respondent": (
        "Respondent ID", "RespondentID", "ID respondenta", "Identyfikator respondenta", "Nr respondenta",
        "Befragten-ID", "ID des Befragten", "Teilnehmer-ID", "ID du répondant", "ID de la personne interrogée",
        "ID de encuestado", "ID del encuestado", "Identificación del encuestado", "ID do respondente",
        "ID intervistato", "ID rispondente", "Respondent-ID", "ID респондента",
    ),
    "collector": (
        "Collector ID", "CollectorID", "ID kolektora", "Identyfikator kolektora", "ID modułu zbierającego",
        "ID modułu zbierania danych", "Identyfikator modułu zbierającego", "Collector-ID", "Kollektor-ID",
        "ID du collecteur", "ID de recopilador", "ID del recopilador", "ID do coletor", "ID raccoglitore",
    ),
    "start": (
        "Start Date", "StartDate", "Date Created", "Data rozpoczęcia", "Data utworzenia", "Startdatum",
        "Date de début", "Date de création", "Fecha de inicio", "Data de início", "Data di inizio", "Erstellt am",
    ),
    "end": (
        "End Date", "EndDate", "Date Modified", "Data zakończenia", "Data modyfikacji", "Enddatum", "Date de fin",
        "Date de modification", "Fecha de finalización", "Fecha de fin", "Data de término", "Data di fine",
    ),
    "person": (
        "IP Address", "Email Address", "First Name", "Last Name", "LastName", "FirstName", "Adres IP", "Adres e-mail",
        "Adres email", "Imię", "Nazwisko", "IP-Adresse", "E-Mail-Adresse", "Vorname", "Nachname", "Adresse IP",
        "Adresse e-mail", "Prénom", "Nom", "Dirección IP", "Dirección de correo electrónico", "Nombre", "Apellido",
    ),
}  # fmt: skip
_ABOUT_BY_HEADER = {fold(header): kind for kind, headers in _ABOUT.items() for header in headers}
_CUSTOM = re.compile(r"^(custom( data)?|custom value|dane niestandardowe|dane wlasne|niestandardowe dane)[ _]?\d*$")
_MOMENTS = ("end", "start")
_RESPONDENT_NUMBER = re.compile(r"^\d{8,16}$")


def recognise(book: RawBook) -> Recognition | None:
    """Return the best sheet that SurveyMonkey could have written, ``None`` when there is none."""
    return find_best_sheet(book, _recognise_sheet)


def _recognise_sheet(sheet: RawSheet) -> Recognition | None:
    for row in range(1, min(sheet.row_count, _SEARCH_ROWS) + 1):
        about = _read_about(sheet, row)
        if about is None:
            continue
        score, reasons, two_rows = _weigh(sheet, row, about)
        if score:
            return _describe(sheet, row, about, score, reasons, two_rows=two_rows)
    return None


def _read_about(sheet: RawSheet, row: int) -> dict[int, str] | None:
    """Return the columns about the respondent, by position; ``None`` where no respondent's number is among the first.

    They end where the questions begin: "Imię" further on is somebody's question.
    """
    about: dict[int, str] = {}
    for position, value in enumerate(sheet.row(row)):
        header = fold(cell_text(value))
        kind = _ABOUT_BY_HEADER.get(header) or ("custom" if _CUSTOM.match(header) else None)
        if kind is None:
            if position > 1 or (position == 1 and not about):
                break
            continue
        about[position] = kind
    return about if "respondent" in [about.get(0), about.get(1)] else None


def _weigh(sheet: RawSheet, row: int, about: dict[int, str]) -> tuple[float, tuple[str, ...], bool]:
    """Return how sure it is, why, and whether there is a second row of headers."""
    lower = [cell_text(value) for value in sheet.row(row + 1)] if row < sheet.row_count else []
    below = [item for position, item in enumerate(lower) if position not in about and item]
    two_rows = bool(below) and not any(lower[position] for position in about)
    kinds = set(about.values())
    signs = len(kinds & {"collector", "start", "end"}) + (
        len([kind for kind in about.values() if kind == "person"]) > 1
    )
    reasons = [f"recognition.{SOURCE}.respondent"]
    score = 0.3 + 0.1 * min(signs, 2)
    if two_rows:
        score += 0.3
        reasons.append(f"recognition.{SOURCE}.two_rows")
        if any(names_answer(item) or names_open_answer(item) for item in below):
            score += 0.3
            reasons.append(f"recognition.{SOURCE}.response_words")
    elif "collector" in kinds and signs >= 2:
        score += 0.3
        reasons.append(f"recognition.{SOURCE}.collector")
    first = next(position for position, kind in about.items() if kind == "respondent")
    numbers = AnswerTable(sheet, row + 1 + two_rows).texts(first).values()
    if numbers and all(_RESPONDENT_NUMBER.match(number) for number in numbers):
        score += 0.15
        reasons.append(f"recognition.{SOURCE}.long_numbers")
    return (min(score, 1.0), tuple(reasons), two_rows) if score >= 0.6 else (0.0, (), two_rows)


def _describe(
    sheet: RawSheet, row: int, about: dict[int, str], score: float, reasons: tuple[str, ...], *, two_rows: bool
) -> Recognition:
    first_row = row + 1 + two_rows
    table = AnswerTable(sheet, first_row)
    by_kind = {kind: position for position, kind in reversed(about.items())}
    moment = _find_moment(by_kind, table)
    layouts = [
        ColumnLayout(
            (position,),
            role="identifier" if kind == "person" else "metadata",
            holds_moment=position == moment,
        )
        for position, kind in about.items()
    ]
    if two_rows:
        groups = [group for group in read_groups(sheet, row, single=about) if not set(group.positions) & set(about)]
        layouts += lay_out_groups(_filled(groups, table), table)
    return Recognition(
        source=SOURCE,
        score=score,
        reasons=reasons,
        sheet=sheet.name,
        header_row=row,
        first_row=first_row,
        timestamp_column=moment,
        response_id_column=by_kind["respondent"],
        times=TimeColumns(by_kind.get("start"), by_kind.get("end")),
        layout=tuple(sorted(layouts, key=lambda layout: layout.columns[0])),
    )


def _find_moment(by_kind: dict[str, int], table: AnswerTable) -> int | None:
    return next((by_kind[kind] for kind in _MOMENTS if kind in by_kind and table.count(by_kind[kind])), None)


def _filled(groups: Sequence[HeadedGroup], table: AnswerTable) -> list[HeadedGroup]:
    """Leave out columns without a header and without an answer: saving in a spreadsheet leaves such."""
    return [
        group
        for group in groups
        if group.text or any(group.items) or any(table.count(position) for position in group.positions)
    ]

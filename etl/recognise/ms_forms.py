"""Microsoft Forms: its workbook or a CSV made of it, in whatever language the form's owner uses the office.

The first columns say who answered and when. Ticked options stand in one cell, each followed by ``;``. A table of
statements (Likert) loses its stem: what is left is a column a statement, headed by the statement alone. Quizzes put
points and feedback beside every question. A title that comes twice gets a digit behind it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from etl.clean.labels import cell_text, option_key
from etl.clean.missing import missing_kind
from etl.readers.opening import column_letters
from etl.readers.raw import CellValue, RawBook, RawSheet
from etl.recognise.layout import ColumnLayout, Spread, TimeColumns
from etl.recognise.recognition import Recognition, find_best_sheet
from etl.recognise.sheet_shape import find_first_row, list_values
from surveys.language.folding import fold
from surveys.model import QuestionType

SOURCE = "ms_forms"


def _folded(*headers: str) -> frozenset[str]:
    return frozenset(fold(header) for header in headers)


_ID = _folded("ID", "Identyfikator", "Identifikation", "Identifiant", "Identificador", "Identificatore", "Nr", "Lp.")
# When somebody began and when they sent it, side by side: the sign of this tool in every language.
_STARTS = _folded(
    "Start time", "Godzina rozpoczęcia", "Czas rozpoczęcia", "Startzeit", "Heure de début", "Hora de inicio",
    "Ora di inizio", "Hora de início", "Begintijd", "Starttijd", "Starttid", "Starttidspunkt", "Čas zahájení",
    "Čas začatia", "Kezdés időpontja", "Kezdési időpont", "Время начала", "Час початку", "Aloitusaika",
    "Başlangıç zamanı", "Ora de începere", "Pradžios laikas",
)  # fmt: skip
_ENDS = _folded(
    "Completion time", "Godzina ukończenia", "Czas ukończenia", "Godzina zakończenia", "Fertigstellungszeit",
    "Heure de fin", "Hora de finalización", "Ora di completamento", "Hora de conclusão", "Hora da conclusão",
    "Tijd van voltooien", "Voltooiingstijd", "Slutförandetid", "Fuldførelsestidspunkt", "Fullføringstidspunkt",
    "Čas dokončení", "Čas dokončenia", "Befejezés időpontja", "Befejezési időpont", "Время выполнения",
    "Время завершения", "Час завершення", "Valmistumisaika", "Tamamlanma zamanı", "Ora finalizării", "Baigimo laikas",
)  # fmt: skip
_EMAILS = _folded(
    "Email", "E-mail", "Adres e-mail", "Email address", "E-Mail-Adresse", "Adresse de messagerie", "Adresse e-mail",
    "Correo electrónico", "Posta elettronica", "Indirizzo e-mail", "E-mailadres", "E-post", "E-mailová adresa",
    "Электронная почта", "Електронна пошта", "Sähköposti", "E-posta", "El. paštas", "Mail",
)  # fmt: skip
_NAMES = _folded(
    "Name", "Nazwa", "Imię i nazwisko", "Nom", "Nombre", "Nome", "Naam", "Namn", "Navn", "Jméno", "Meno", "Név", "Имя",
    "Ім'я", "Nimi", "Ad", "Nume",
)  # fmt: skip
# What a form says of a response as a whole; of quizzes and of forms in several languages.
_OF_RESPONSE = _folded(
    "Last modified time", "Czas ostatniej modyfikacji", "Godzina ostatniej modyfikacji",
    "Zeitpunkt der letzten Änderung", "Heure de la dernière modification", "Hora de la última modificación",
    "Ora dell'ultima modifica", "Hora da última modificação", "Tijd van laatste wijziging", "Čas poslední změny",
    "Language", "Język", "Sprache", "Langue", "Idioma", "Lingua", "Taal", "Jazyk", "Мова", "Язык",
    "Total points", "Łączna liczba punktów", "Suma punktów", "Gesamtpunktzahl", "Total des points", "Puntos totales",
    "Punti totali", "Total de pontos", "Quiz feedback", "Opinia o teście", "Opinia dotycząca testu", "Quizfeedback",
    "Grade posted time", "Czas opublikowania oceny",
)  # fmt: skip
_NOBODY = _folded("anonymous", "anonim", "anonimowy", "anonimowo", "anonym", "anonyme", "anónimo", "anonimo")
# "Points - X", "Feedback – X": the first word is the language's, X repeats the question.
_BESIDE = re.compile(r"^[^-–—:]{2,30}\s*[-–—:]\s*(?P<question>\S.*)$", re.DOTALL)
_REPEATED = re.compile(r"^(?P<title>.*[^\s\d])\d{1,2}$", re.DOTALL)
_CUT_TITLE = re.compile(r"(\.\.\.|…)$")
_SEARCH_ROWS, _FIRST_HEADERS = 10, 7
# Distinct labels of one Likert table.
_FEWEST_LABELS, _MOST_LABELS = 3, 7
_LONGEST_LABEL = 60
_SAMPLE = 50


def recognise(book: RawBook) -> Recognition | None:
    """Return the best sheet that Microsoft Forms could have written, ``None`` when there is none."""
    return find_best_sheet(book, _recognise_sheet)


def _recognise_sheet(sheet: RawSheet) -> Recognition | None:
    for row in range(1, min(sheet.row_count, _SEARCH_ROWS) + 1):
        marks = _find_marks([cell_text(value) for value in sheet.row(row)])
        if marks is not None:
            return _describe(sheet, row, marks)
    return _recognise_by_values(sheet)


def _find_marks(headers: Sequence[str]) -> dict[str, int] | None:
    """Return where begin and end stand, and what of number, e-mail and name stands around them."""
    filled = [position for position, header in enumerate(headers) if header][:_FIRST_HEADERS]
    folded = {position: fold(headers[position]) for position in filled}
    start = next((position for position in filled if folded[position] in _STARTS), None)
    end = next((position for position in filled if folded[position] in _ENDS), None)
    if start is None or end is None:
        return None
    marks = {"start": start, "end": end}
    for name, known in (("id", _ID), ("email", _EMAILS), ("name", _NAMES)):
        place = next((position for position in filled if folded[position] in known), None)
        if place is not None:
            marks[name] = place
    return marks


def _describe(sheet: RawSheet, row: int, marks: Mapping[str, int]) -> Recognition:
    reasons = ["times"]
    score = 0.8
    if "id" in marks and marks["id"] < marks["start"]:
        reasons.append("number")
        score += 0.15
    if "email" in marks or "name" in marks:
        reasons.append("person")
        score += 0.1
    layout = _lay_out(sheet, row, marks)
    if any(described.stem for described in layout):
        reasons.append("statements")
    if any(_CUT_TITLE.search(described.header) for described in layout):
        reasons.append("cut_titles")
    return Recognition(
        source=SOURCE,
        score=min(score, 1.0),
        reasons=tuple(f"recognition.{SOURCE}.{reason}" for reason in reasons),
        sheet=sheet.name,
        header_row=row,
        separator=";",
        timestamp_column=marks["end"],
        times=TimeColumns(marks["start"], marks["end"]),
        response_id_column=marks.get("id"),
        layout=layout,
    )


def _recognise_by_values(sheet: RawSheet) -> Recognition | None:
    """Headers in a language that is not listed here, or none at all: number, two moments, ``anonymous`` or e-mail."""
    row = find_first_row(sheet)
    if row is None or len(sheet.columns) < 5:
        return None
    for header_row in (row - 1, row):  # headers are no number and no moment
        values = [list_values(column, header_row) for column in sheet.columns[:4]]
        if not all(values) or not _look_like_marks(values):
            continue
        headers = [cell_text(sheet.cell(header_row, position)) for position in range(len(sheet.columns))]
        marks = {"id": 0, "start": 1, "end": 2, "email": 3}
        if not _holds_person(values[3]) or "@" in "".join(headers):
            marks["name"] = 4
        has_headers = header_row == row
        reasons = ["values"] if has_headers else ["values", "headless"]
        layout = _lay_out(sheet, header_row, marks)
        return Recognition(
            source=SOURCE,
            score=0.75 if has_headers else 0.65,
            reasons=tuple(f"recognition.{SOURCE}.{reason}" for reason in reasons),
            sheet=sheet.name,
            header_row=max(header_row, 1),
            first_row=header_row + 1,
            separator=";",
            timestamp_column=2,
            times=TimeColumns(1, 2),
            response_id_column=0,
            layout=layout if has_headers else _name_by_place(layout, len(sheet.columns)),
        )
    return None


def _look_like_marks(values: Sequence[Sequence[CellValue]]) -> bool:
    numbers, starts, ends, persons = (column[:_SAMPLE] for column in values)
    return (
        all(re.fullmatch(r"\d{1,7}", cell_text(value)) for value in numbers)
        and all(_is_moment(value) for value in (*starts, *ends))
        and all(fold(cell_text(value)) in _NOBODY or "@" in cell_text(value) for value in persons)
    )


def _is_moment(value: CellValue) -> bool:
    if isinstance(value, date):
        return True
    return isinstance(value, str) and re.match(r"^\d{1,4}[-./]\d{1,2}[-./]\d{1,4}([T ,]|$)", value.strip()) is not None


def _name_by_place(layout: Sequence[ColumnLayout], width: int) -> tuple[ColumnLayout, ...]:
    """Columns of a file without headers are named by their letters: there is nothing else to name them by."""
    said = {described.columns[0]: described for described in layout}
    return tuple(
        replace(said.get(position, ColumnLayout((position,))), header=column_letters(position), stem="")
        for position in range(width)
    )


def _lay_out(sheet: RawSheet, header_row: int, marks: Mapping[str, int]) -> tuple[ColumnLayout, ...]:
    """Describe all columns that are not plain questions."""
    headers = [cell_text(sheet.cell(header_row, position)) for position in range(len(sheet.columns))]
    layout = dict(_describe_marks(sheet, header_row, marks))
    questions: list[int] = []
    titles: set[str] = set()
    for position, header in enumerate(headers):
        if position in layout:
            continue
        of_response = fold(header) in _OF_RESPONSE and position <= max(marks.values()) + 6
        if of_response or _stands_beside(header, titles):
            layout[position] = ColumnLayout((position,), role="metadata")
        else:
            questions.append(position)
            titles.add(header)
    values = {position: list_values(sheet.columns[position], header_row) for position in questions}
    stems = _find_stems(questions, headers, values)
    for position in questions:
        header = _without_digit(headers[position], titles)
        described = ColumnLayout((position,), header, stems.get(position, ""))
        kind = _kind_of_list(values[position])
        if kind is QuestionType.RANKING:
            cells = {text: _cut(text) for text in map(cell_text, values[position])}
            options = tuple(sorted(next(iter(cells.values()))))
            described = replace(described, kind=kind, spread=Spread.CELL, cells=cells, options=options)
        elif kind is not None:
            described = replace(described, kind=kind, separator=";")
        layout[position] = described
    return tuple(layout[position] for position in sorted(layout))


def _describe_marks(sheet: RawSheet, header_row: int, marks: Mapping[str, int]) -> list[tuple[int, ColumnLayout]]:
    described = []
    for name, position in marks.items():
        role = "metadata"
        if name in {"email", "name"} and _holds_person(list_values(sheet.columns[position], header_row)):
            role = "identifier"
        described.append((position, ColumnLayout((position,), role=role, holds_moment=name == "end")))
    return described


def _holds_person(values: Sequence[CellValue]) -> bool:
    """A form that anybody may answer writes ``anonymous`` for all, or nothing."""
    return any(fold(cell_text(value)) not in _NOBODY | {""} for value in values)


def _stands_beside(header: str, titles: set[str]) -> bool:
    found = _BESIDE.match(header)
    return found is not None and found["question"].strip() in titles


def _without_digit(header: str, titles: set[str]) -> str:
    """``Pytanie2`` is "Pytanie" once more, where there is a "Pytanie"."""
    found = _REPEATED.match(header)
    return found["title"] if found is not None and found["title"] in titles else header


def _kind_of_list(values: Sequence[CellValue]) -> QuestionType | None:
    """Ticks or a ranking: every filled cell ends in ``;``, in a ranking all of them hold the same options."""
    texts = [cell_text(value) for value in values]
    if not texts or not all(text.endswith(";") for text in texts):
        return None
    sets = {frozenset(option_key(piece) for piece in _cut(text)) for text in texts}
    ordered = len(texts) > 1 and len(sets) == 1 and len(next(iter(sets))) > 1
    return QuestionType.RANKING if ordered else QuestionType.MULTIPLE


def _cut(text: str) -> tuple[str, ...]:
    return tuple(piece for part in text.split(";") if (piece := part.strip()))


def _find_stems(
    questions: Sequence[int], headers: Sequence[str], values: Mapping[int, Sequence[CellValue]]
) -> dict[int, str]:
    """Find Likert tables: statements side by side that share one set of labels.

    The stem is not in the file; the table is named by its first and its last statement.
    """
    stems: dict[int, str] = {}
    run: list[int] = []
    labels: set[str] = set()

    def close() -> None:
        if len(run) > 1 and len(labels) >= _FEWEST_LABELS:
            stem = f"{headers[run[0]]} … {headers[run[-1]]}"
            stems.update(dict.fromkeys(run, stem))

    for position in questions:
        own = _statement_labels(headers[position], values[position])
        adjacent = not run or position == run[-1] + 1
        if own and run and adjacent and len(own & labels) >= min(2, len(own)) and len(own | labels) <= _MOST_LABELS:
            run.append(position)
            labels |= own
            continue
        close()
        run, labels = ([position], set(own)) if own else ([], set())
    close()
    return stems


def _statement_labels(header: str, values: Sequence[CellValue]) -> set[str]:
    """Return the labels of a column that may be a statement of a Likert table, none for any other column."""
    texts = [cell_text(value) for value in values]
    if not header or header.rstrip().endswith("?") or len(texts) > _MOST_LABELS + 2:
        return set()
    if any(text.endswith(";") or len(text) > _LONGEST_LABEL or text.isdigit() for text in texts):
        return set()
    keys = {option_key(text) for text in texts} - {""}
    return {key for key in keys if missing_kind(key) != "blank"}

"""A small questionnaire with every kind of question, its answer sheet, and people's answers typed into it."""

import io
import random
from collections.abc import Sequence
from datetime import date
from typing import Any

from openpyxl import load_workbook

from etl.exports.questionnaires.answer_sheet import write_answer_sheet
from etl.exports.questionnaires.sheet_columns import lay_out
from surveys.language.languages import Language
from surveys.model.form import Form, FormChoice, FormGroup, FormRow

FIRST_ROW = 5
TEXTS = ["Świetlica i biblioteka", "spacery nad rzeką; festyn", "=1+1", "dobre sąsiedztwo, KGW", "007"]


def both(polish: str, english: str) -> dict[str, str]:
    return {"pl": polish, "en": english}


def options(*triples: tuple[str, str, str]) -> tuple[FormChoice, ...]:
    return tuple(
        FormChoice(
            name,
            both(polish, english),
            missing="dont_know" if name == "dk" else None,
            is_other=name == "other",
        )
        for name, polish, english in triples
    )


PAPER_FORM = Form(
    form_id="proba",
    version="2026-1",
    titles=both("Ankieta próbna", "Trial survey"),
    items=(
        FormRow("intro", "note", labels=both("Dziękujemy, że Pani i Pan pomagają.", "Thank you for helping.")),
        FormRow(
            "problems",
            "select_multiple",
            "problems",
            labels=both("Które problemy są u nas najbardziej dotkliwe?", "Which problems are felt most here?"),
            hints=both("Proszę wybrać najwyżej 2.", "Please choose at most 2."),
            constraint="count-selected(.) <= 2",
            max_choices=2,
        ),
        FormGroup(
            "size",
            both("Jak duży jest ten problem?", "How large is this problem?"),
            appearance="table-list",
            items=(
                FormRow("size_old", "select_one", "size", labels=both("Samotność seniorów", "Loneliness"), scale=True),
                FormRow("size_doctor", "select_one", "size", labels=both("Brak lekarza", "No doctor"), scale=True),
            ),
        ),
        FormRow(
            "order", "rank", "order", labels=both("Proszę ułożyć od najważniejszego.", "Put the most important first.")
        ),
        FormGroup(
            "home",
            both("O domu", "About your home"),
            items=(
                FormRow("status", "select_one", "status", labels=both("Status zawodowy", "Employment"), or_other=True),
                FormRow(
                    "seeks",
                    "select_one",
                    "yes_no",
                    labels=both("Czy szuka Pan/Pani pracy?", "Are you looking for work?"),
                    relevant="${status} = 'jobless'",
                ),
                FormRow(
                    "people",
                    "integer",
                    labels=both("Ile osób mieszka w domu?", "How many live in your home?"),
                    constraint=". >= 1 and . <= 20",
                ),
                FormRow("moved", "date", labels=both("Od kiedy tu Pan/Pani mieszka?", "Since when?")),
            ),
        ),
        FormRow("works", "text", labels=both("Co u nas działa dobrze?", "What works well here?")),
        FormGroup(
            "children",
            both("Dzieci", "Children"),
            is_repeat=True,
            items=(FormRow("age", "integer", labels=both("Wiek dziecka", "Age of the child")),),
        ),
        FormRow("gender", "select_one", "gender", labels=both("Płeć", "Gender"), profile="gender"),
        FormRow("where", "geopoint", labels=both("Gdzie to jest?", "Where is it?")),
    ),
    lists={
        "problems": options(
            ("roads", "Drogi, chodniki", "Roads, pavements"),
            ("doctor", "Lekarz; przychodnia", "Doctor; clinic"),
            ("bus", "Autobus", "Bus"),
            ("other", "Inne", "Other"),
            ("dk", "Trudno powiedzieć", "Hard to say"),
        ),
        "size": options(
            ("none", "brak", "none"),
            ("small", "mały", "small"),
            ("large", "duży", "large"),
            ("dk", "trudno powiedzieć", "hard to say"),
        ),
        "order": options(
            ("health", "Zdrowie", "Health"), ("work", "Praca", "Work"), ("culture", "Kultura", "Culture")
        ),
        "status": options(
            ("working", "pracuję", "working"), ("jobless", "nie mam pracy", "no job"), ("retired", "renta", "retired")
        ),
        "yes_no": options(("yes", "Tak", "Yes"), ("no", "Nie", "No")),
        "gender": options(("woman", "kobieta", "woman"), ("man", "mężczyzna", "man")),
    },
)  # fmt: skip


def write_sheet(form: Form = PAPER_FORM, language: Language = "pl") -> bytes:
    """Return a form's empty answer sheet."""
    content = io.BytesIO()
    write_answer_sheet(form, content, language)
    return content.getvalue()


def key_of(form: Form, question: str, option: str = "") -> str:
    """Return the key of a question's column; ``*`` asks for the words beside "other"."""
    for column in lay_out(form):
        if column.asked is None or column.asked.row.name != question:
            continue
        if (column.option.name if column.option else "*" if column.holds == "own_words" else "") == option:
            return column.key
    raise LookupError(question)


def fill(content: bytes, people: Sequence[dict[str, Any]], *, first_row: int = FIRST_ROW) -> bytes:
    """Type answers into the sheet of answers: for each person cells by the key of their column."""
    book = load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    places = {cell.value: cell.column for cell in sheet[1]}
    for row, person in enumerate(people, first_row):
        for key, value in person.items():
            cell = sheet.cell(row, places[key])
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"
    return save(book)


def count(content: bytes, counts: dict[tuple[str, str], int], people: int | None) -> bytes:
    """Type counts by question and option into the page of tallies."""
    book = load_workbook(io.BytesIO(content))
    sheet = book.worksheets[1]
    sheet["C4"] = people
    for row in sheet.iter_rows(min_row=7):
        key = (row[1].value, row[3].value)
        if key in counts:
            row[4].value = counts[key]
    return save(book)


def save(book: Any) -> bytes:
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def make_people(form: Form, number: int, seed: int) -> tuple[list[dict[str, Any]], dict[str, list[Any]]]:
    """Return what to type for some people, and what the store should hold of it by wording (`read_answers`)."""
    chance = random.Random(seed)  # noqa: S311 # invented answers
    typed: list[dict[str, Any]] = [{} for _ in range(number)]
    meant: dict[str, list[Any]] = {}

    def labels(name: str) -> list[tuple[str, str]]:
        return [(option.name, option.labels["pl"]) for option in form.lists[name]]

    for person, cells in enumerate(typed):
        cells[key_of(form, "gender")] = meant_gender = chance.choice(["kobieta", "mężczyzna"])
        meant.setdefault("Płeć", []).append(frozenset({meant_gender}))
        ticked = [pair for pair in labels("problems") if chance.random() < 0.4]
        for option, _ in ticked:
            cells[key_of(form, "problems", option)] = chance.choice(["x", "X", "x"])
        chosen = {label for _, label in ticked}
        if chance.random() < 0.2:
            cells[key_of(form, "problems", "*")] = "hałas z drogi"
            chosen = chosen - {"Inne"} | {"hałas z drogi"}
        meant.setdefault("Które problemy są u nas najbardziej dotkliwe?", []).append(frozenset(chosen) or None)
        for name, row in (("size_old", "Samotność seniorów"), ("size_doctor", "Brak lekarza")):
            level = chance.choice([*(label for _, label in labels("size")), None])
            cells[key_of(form, name)] = level
            meant.setdefault(f"Jak duży jest ten problem? [{row}]", []).append(frozenset({level}) if level else None)
        places = chance.sample(labels("order"), chance.randint(0, 3))
        for place, (option, _) in enumerate(places, 1):
            cells[key_of(form, "order", option)] = place
        meant.setdefault("Proszę ułożyć od najważniejszego.", []).append(
            frozenset(label for _, label in places) or None
        )
        status = chance.choice(["pracuję", "nie mam pracy", "renta", None])
        own = "na rencie" if status is None and chance.random() < 0.5 else None
        cells[key_of(form, "status")], cells[key_of(form, "status", "*")] = status, own
        meant.setdefault("Status zawodowy", []).append(frozenset({status or own}) if status or own else None)
        seeks = chance.choice(["Tak", "Nie"]) if status == "nie mam pracy" else None
        cells[key_of(form, "seeks")] = seeks
        meant.setdefault("Czy szuka Pan/Pani pracy?", []).append(frozenset({seeks}) if seeks else None)
        home = chance.choice([None, 1, 2, 5])
        cells[key_of(form, "people")] = home
        meant.setdefault("Ile osób mieszka w domu?", []).append(None if home is None else float(home))
        day = chance.choice([None, date(1999, 12, 31), date(2020, 2, 1)])
        cells[key_of(form, "moved")] = day
        meant.setdefault("Od kiedy tu Pan/Pani mieszka?", []).append(
            None if day is None else float((day - date(1970, 1, 1)).days)
        )
        words = chance.choice([None, *TEXTS])
        cells[key_of(form, "works")] = words
        meant.setdefault("Co u nas działa dobrze?", []).append(words)
        cells["_number"] = person + 1
    return typed, meant

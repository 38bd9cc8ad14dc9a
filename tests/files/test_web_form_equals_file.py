"""The same answers by our own form and by a file are the same in the store: answer by answer, count by count."""

import csv
import io
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from etl.collecting.desk import Desk
from etl.importing import ColumnDecision
from etl.store import schema as s
from etl.store.collection_writing import Outcome, Sending
from etl.store.collections import read_collection
from etl.store.counting import recount_wave
from etl.store.engine import Store
from etl.store.sealing import hash_key
from surveys.filling import Layout, find_shown, keep_shown, make_fillable, other_key
from surveys.model import QuestionType
from surveys.model.form import FormRow
from tests.importing_surveys import LIW, MACHINE, add_partnership, load
from tests.made.paper_survey import PAPER_FORM, fill, key_of, write_sheet
from tests.made.web_forms import TODAY, make_open
from tests.phone import House, Phone

PEOPLE = (
    {
        "visits": "Tak",
        "often": "4",
        "room": "Dobrze",
        "hours": "Trudno powiedzieć",
        "last": "2026-11-02",
        "gender": "Kobieta",
    },
    {
        "visits": "Nie",
        "why": ("Za daleko", "Nudno"),
        "room": "Źle",
        "remarks": "Za mało krzeseł",
        "gender": "Mężczyzna",
    },
    {
        "visits": "Nie",
        "why": ("Nudno", "bo zimno"),
        "remarks": "Tel. 501 502 503",
        "order": ("Herbata", "Książki", "Gry"),
    },
    {"visits": "Trudno powiedzieć", "hours": "Dobrze", "gender": "Kobieta"},
)
HEADERS = {
    "visits": "Czy bywa Pan/Pani w świetlicy?",
    "often": "Ile razy w miesiącu?",
    "why": "Co przeszkadza?",
    "room": "Jak ocenia Pan/Pani? [Salę]",
    "hours": "Jak ocenia Pan/Pani? [Godziny]",
    "last": "Kiedy ostatnio?",
    "remarks": "Uwagi",
    "gender": "Płeć",
}


def as_file() -> bytes:
    """The answers as Google Forms would write them."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["Sygnatura czasowa", *HEADERS.values()])
    for one in PEOPLE:
        cells = [one.get(name, "") for name in HEADERS]
        row = [";".join(cell) if isinstance(cell, tuple) else cell for cell in cells]
        writer.writerow(["2026/11/27 12:00:00 PM GMT+1", *row])
    return text.getvalue().encode()


def fill_in(phone: Phone, one: dict[str, str | tuple[str, ...]]) -> None:
    phone.press("zacznij")
    phone.answer(HEADERS["visits"], str(one["visits"]))
    phone.press("dalej")
    if "often" in one:
        phone.answer(HEADERS["often"], str(one["often"]))
    if "why" in one:
        known = [label for label in one["why"] if label in {"Za daleko", "Nudno"}]
        phone.answer(HEADERS["why"], *known)
        for words in set(one["why"]) - set(known):
            phone.write_other(HEADERS["why"], words)
    if one["visits"] != "Trudno powiedzieć":
        phone.press("dalej")
    for name, label in (("room", "Salę"), ("hours", "Godziny")):
        if name in one:
            phone.answer(label, str(one[name]))
    phone.press("dalej")
    for name in ("last", "remarks", "gender"):
        if name in one:
            phone.answer(HEADERS[name], str(one[name]))
    if "order" in one:
        phone.answer("Co najpierw?", *(str(one["order"].index(label) + 1) for label in ("Książki", "Gry", "Herbata")))
    phone.house.wait(minutes=5)
    page = phone.press("wyslij")
    assert "Dziękujemy" in page.words


def read_rows(store: Store, wave: str) -> dict[str, object]:
    """Everything that is kept of a wave, without the numbers that a row of the store has."""
    with store.read() as connection:
        wave_id = connection.execute(select(s.wave.c.id).where(s.wave.c.slug == wave)).scalar_one()
        names = {row.id: row.name for row in connection.execute(select(s.question))}
        codes = {row.id: row.code for row in connection.execute(select(s.choice))} | {0: ""}
        answers = {
            (names[row.question_id], row.response_no, codes[row.choice_id], row.number)
            for row in connection.execute(select(s.answer).where(s.answer.c.wave_id == wave_id))
        }
        texts = {
            (names[row.question_id], row.response_no, row.text)
            for row in connection.execute(select(s.open_answer).where(s.open_answer.c.wave_id == wave_id))
        }
        counts = {
            (names[row.question_id], codes[row.choice_id], codes[row.profile_choice_id]): row.people_count
            for row in connection.execute(select(s.choice_count).where(s.choice_count.c.wave_id == wave_id))
            if row.people_count
        }
        days = list(
            connection.execute(
                select(s.response.c.submitted_on, s.response.c.row_hash)
                .where(s.response.c.wave_id == wave_id)
                .order_by(s.response.c.response_no)
            ).all()
        )
    return {"answers": answers, "texts": texts, "counts": counts, "days": list(map(tuple, days))}


@pytest.fixture
def house(phones: House) -> House:
    add_partnership(phones.store)
    return phones


def test_a_form_filled_in_equals_its_file(house: House) -> None:
    uid, _ = make_open(house.store, name="Z formularza")
    with house.store.read() as connection:
        found, _form = read_collection(connection, MACHINE, uid)
    for one in PEOPLE:
        phone = house.phone()
        phone.open(f"/a/{found.token}")
        fill_in(phone, one)
    several = {3: ColumnDecision(type=QuestionType.MULTIPLE)}
    result = load(house.store, as_file(), replace(LIW, wave="Z pliku", columns=several))
    assert result.rows_stored == len(PEOPLE), [finding.message("pl") for finding in result.report]
    by_form, by_file = read_rows(house.store, "z-formularza"), read_rows(house.store, "z-pliku")
    # A file of Google Forms has no way to say an order.
    by_form["answers"] = {row for row in by_form["answers"] if row[0] != "order"}
    by_form["counts"] = {key: count for key, count in by_form["counts"].items() if key[0] != "order"}
    assert by_form["answers"] == by_file["answers"]
    assert by_form["texts"] == by_file["texts"]
    assert by_form["counts"] == by_file["counts"]
    assert [day for day, _ in by_form["days"]] == [day for day, _ in by_file["days"]]
    assert by_form["days"][0] == by_file["days"][0], "and the same person twice is told as such"


def test_paper_that_joins_an_open_survey_is_counted_with_it(house: House) -> None:
    uid, _ = make_open(house.store, name="Z formularza")
    with house.store.read() as connection:
        found, _form = read_collection(connection, MACHINE, uid)

    def answer(one: dict[str, str | tuple[str, ...]]) -> None:
        phone = house.phone()
        phone.open(f"/a/{found.token}")
        fill_in(phone, one)

    answer(PEOPLE[0])
    several = {3: ColumnDecision(type=QuestionType.MULTIPLE)}
    result = load(house.store, as_file(), replace(LIW, wave="Z formularza", columns=several), name="Papier.csv")
    assert result.rows_stored == len(PEOPLE), [finding.message("pl") for finding in result.report]
    answer(PEOPLE[1])
    grown = read_rows(house.store, "z-formularza")
    with house.store.write() as connection:
        recount_wave(connection, connection.execute(select(s.wave.c.id)).scalar_one())
    assert read_rows(house.store, "z-formularza") == grown
    assert len(grown["days"]) == len(PEOPLE) + 2


KINDS = replace(
    PAPER_FORM,
    items=(*PAPER_FORM.items, FormRow("area", "decimal", labels={"pl": "Ile arów?", "en": "How many ares?"})),
)
# A person by the web form, and the same typed into the answer sheet: cells by question, or by question and option.
EVERYTHING = (
    (
        {
            "problems": ("roads", "other"),
            "size_old": "large",
            "size_doctor": "dk",
            "order": ("work", "health", "culture"),
            "status": "jobless",
            "seeks": "no",
            "people": 4.0,
            "moved": "2011-05-02",
            "works": "KGW; festyn",
            "gender": "woman",
            "area": 12.5,
        },
        {
            ("problems", "roads"): "x",
            ("problems", "other"): "x",
            ("size_old", ""): "duży",
            ("size_doctor", ""): "trudno powiedzieć",
            ("order", "work"): 1,
            ("order", "health"): 2,
            ("order", "culture"): 3,
            ("status", ""): "nie mam pracy",
            ("seeks", ""): "Nie",
            ("people", ""): 4,
            ("moved", ""): date(2011, 5, 2),
            ("works", ""): "KGW; festyn",
            ("gender", ""): "kobieta",
            ("area", ""): 12.5,
        },
    ),
    # Who is not asked whether they look for a job, and leaves much out.
    (
        {"problems": ("dk",), "status": "other", other_key("status"): "uczę się", "people": 1.0, "gender": "man"},
        {
            ("problems", "dk"): "x",
            ("status", ""): "Inne",
            ("status", "*"): "uczę się",
            ("people", ""): 1,
            ("gender", ""): "mężczyzna",
        },
    ),
    ({"order": ("culture",), "area": 0.25}, {("order", "culture"): 1, ("area", ""): 0.25}),
)


def test_every_kind_of_question_equals_its_answer_sheet(sqlite_store: Store) -> None:
    """Single, multiple, grid, other in own words, order, number, decimal, day, text, note; asked on a condition."""
    add_partnership(sqlite_store)
    uid, _ = make_open(sqlite_store, name="Z formularza", form=KINDS)
    with sqlite_store.read() as connection:
        number = read_collection(connection, MACHINE, uid)[0].id
    form = make_fillable(KINDS, Layout.GROUPS)
    typed = []
    for place, (answers, cells) in enumerate(EVERYTHING):
        kept = keep_shown(form, answers, find_shown(form, answers, TODAY))
        assert kept == answers
        outcome = Desk(sqlite_store).send(number, form, Sending(hash_key(str(place)), kept, TODAY))
        assert outcome is Outcome.STORED
        typed.append({key_of(KINDS, *column): cell for column, cell in cells.items()})
    result = load(sqlite_store, fill(write_sheet(KINDS), typed), replace(LIW, wave="Z pliku"), name="Odpowiedzi.xlsx")
    assert result.rows_stored == len(EVERYTHING), [finding.message("pl") for finding in result.report]
    by_form, by_file = read_rows(sqlite_store, "z-formularza"), read_rows(sqlite_store, "z-pliku")
    for what in ("answers", "texts", "counts"):
        assert by_form[what] == by_file[what]
    asked = {str(name) for name, *_ in [*by_form["answers"], *by_form["texts"]]}  # type: ignore[misc,has-type] # a set
    assert asked == {one.name for one in form.questions}

"""Two measurements on the page of results: the verdict first, nothing drawn against it, no difference beyond chance."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from etl.collecting.desk import Desk
from etl.store.collection_writing import Sending
from etl.store.collections import close_collection, read_collection
from etl.store.engine import Store
from etl.store.forms import publish_form, save_draft
from etl.store.moments import utc_now
from etl.store.sealing import hash_key
from surveys.filling import Layout, make_fillable
from surveys.model import Form, FormRow, Partnership, Register
from surveys.questionnaires import questionnaire_of
from tests.importing_surveys import MACHINE
from tests.made.surveys import load_survey_of, make_question
from tests.made.web_forms import FORM, make_open
from tests.page_visits import Pages, Prepare, load_registers
from tests.pages.test_every_page import assert_complete, assert_readable
from tests.sight import Sight

LABELS = {"P501": "P501", "P101": "P101"}


def wave(year: int, people: int, counts: dict[str, int], *, partnership: str = "liw", text: str = "") -> Prepare:
    question = make_question(LABELS)
    return load_survey_of(
        partnership,
        people=people,
        counts=counts,
        slug=f"pomiar-{year}",
        name=f"Ankieta {year}",
        opened_on=date(year, 3, 1),
        question=replace(question, text_pl=text) if text else question,
    )


@pytest.fixture
def compare(pages_of: Callable[..., Pages]) -> Callable[..., Sight]:
    def see(*waves: Prepare, part: str = "w-czasie", **address: str) -> Sight:
        registers = [
            Register(Partnership(slug, name, sample=True)) for slug, name in (("liw", "Liw"), ("gora", "Góra"))
        ]
        pages = pages_of(load_registers(*registers), *waves)
        return pages.see("results", **{"partnerstwo": "liw", "widok": part, **address})

    return see


def test_a_large_difference_is_told_with_its_interval(compare) -> None:
    sight = compare(wave(2021, 200, {"P501": 60, "P101": 140}), wave(2025, 200, {"P501": 120, "P101": 140}))
    assert_readable(sight)
    figure = sight.open_tables().figures["comparison"]
    assert "porównywalne z zastrzeżeniem" in sight.words
    assert "Nie zapisano, kogo pytano" in sight.words
    assert "**Samotność seniorów**: więcej o 30 punktów procentowych" in figure.sentence
    assert "ubóstwo" not in figure.sentence.lower()
    assert [row[1] for row in figure.rows[:2]] == ["Ankieta 2021", "Ankieta 2025"]
    assert_complete(sight)


def test_a_difference_of_chance_is_no_difference(compare) -> None:
    sight = compare(wave(2021, 60, {"P501": 30, "P101": 20}), wave(2025, 60, {"P501": 33, "P101": 18}))
    assert "nie widać różnicy" in sight.figures["comparison"].sentence


def test_few_people_are_not_compared(compare) -> None:
    sight = compare(wave(2021, 20, {"P501": 10, "P101": 5}), wave(2025, 60, {"P501": 33, "P101": 18}))
    assert "za mało na porównanie" in sight.figures["comparison"].sentence


def test_nothing_is_drawn_of_questions_put_in_other_words(compare) -> None:
    other = wave(2025, 60, {"P501": 33, "P101": 18}, text="Co jest problemem?")
    sight = compare(wave(2021, 60, {"P501": 30, "P101": 20}), other)
    assert "nieporównywalne" in sight.words
    assert "innymi słowami" in sight.words
    assert sight.figures == {}


def test_one_measurement_has_nothing_to_be_compared_with(compare) -> None:
    one = wave(2025, 60, {"P501": 33, "P101": 18})
    assert "ma na razie jeden pomiar" in compare(one).at.info[0].value
    assert "Nie ma innego partnerstwa" in compare(one, part="miejsca").at.info[0].value


def test_two_places_are_compared_by_name(compare) -> None:
    there = wave(2025, 200, {"P501": 120, "P101": 140}, partnership="gora")
    places = [wave(2025, 200, {"P501": 60, "P101": 140}), there]
    address = {"z-miejscem": "gora.pomiar-2025"}
    figure = compare(*places, part="miejsca", **address).figures["comparison"]
    assert "Góra w porównaniu z: Liw" in figure.sentence
    english = compare(*places, part="miejsca", lang="en", **address)
    assert "more by 30 percentage points" in english.figures["comparison"].sentence


def collected(form: Form, people: int = 40) -> Prepare:
    """Publish an own form, let people answer it by a link, and close the link."""

    def prepare(store: Store) -> None:
        with store.write() as connection:
            save_draft(connection, MACHINE, "liw", form, utc_now())
            publish_form(connection, MACHINE, "liw", form, questionnaire_of(form, "liw"), utc_now())
        uid, _ = make_open(store, name=f"Świetlica {form.version}", form=form, own_form=True)
        with store.read() as connection:
            found, _ = read_collection(connection, MACHINE, uid)
        desk = Desk(store)
        for number in range(people):
            answers = {"visits_it": "yes", "gender": "fm"[number % 2]}
            desk.send(
                found.id,
                make_fillable(form, Layout.GROUPS, "liw"),
                Sending(hash_key(uid + str(number)), answers, utc_now().date()),
            )
        with store.write() as connection:
            close_collection(connection, MACHINE, uid, utc_now())

    return prepare


@pytest.mark.parametrize(
    ("rules", "said", "drawn"),
    [
        ({}, "Nie zapisano, kogo pytano", True),
        ({"relevant": "${visits_it} = 'yes'"}, "Pytanie zadano innym osobom", False),
        ({"constraint": "selected(., 'f') or selected(., 'm')"}, "Dopuszczano inne odpowiedzi", True),
        ({"required": "yes"}, "Raz trzeba było odpowiedzieć, raz można było pytanie pominąć", True),
    ],
)
def test_rules_of_another_version_are_weighed(compare, rules: dict[str, str], said: str, *, drawn: bool) -> None:
    items = tuple(
        replace(item, **rules) if isinstance(item, FormRow) and item.name == "gender" else item for item in FORM.items
    )
    sight = compare(collected(FORM), collected(replace(FORM, version="2026-2", items=items)), pytanie="gender")
    assert said in sight.words
    assert ("nieporównywalne" not in sight.words) is drawn
    assert bool(sight.figures) is drawn
    others = {"Pytanie zadano innym", "Dopuszczano inne odpowiedzi", "Raz trzeba było", "Nie wiadomo, czy oba razy"}
    assert sum(words in sight.words for words in others) == bool(rules)


def test_of_questionnaires_met_in_files_nobody_knows_the_rules(compare) -> None:
    sight = compare(wave(2021, 200, {"P501": 60, "P101": 140}), wave(2025, 200, {"P501": 120, "P101": 140}))
    assert "Nie wiadomo, czy oba razy pytano o to wszystkich" in sight.words


@pytest.mark.parametrize("differs", [{"name": "other"}, {"text_pl": "O co innego?"}])
def test_the_last_measurement_that_asked_the_same_is_proposed(compare, differs: dict[str, str]) -> None:
    between = load_survey_of(
        "liw",
        people=60,
        counts={"P501": 30},
        slug="pomiar-2023",
        name="Ankieta partnerów 2023",
        opened_on=date(2023, 3, 1),
        question=replace(make_question(LABELS), **differs),
    )
    waves = (wave(2021, 60, {"P501": 30, "P101": 20}), between, wave(2025, 60, {"P501": 33, "P101": 18}))
    assert "Ankieta 2021" in compare(*waves).figures["comparison"].sentence

"""The page of survey results: figures are those of the answers, few people are protected, links show the same view."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from etl.store import schema_results
from etl.store.engine import open_store
from etl.store.fieldwork import write_fieldwork
from etl.store.reading import resolve_scope
from etl.store.scope import Actor, Grant, Role
from surveys.model import (
    Choice,
    Fieldwork,
    Partnership,
    PopulationKind,
    Register,
    SampleKind,
    Territory,
)
from tests.importing_surveys import load
from tests.made.bdl import write_flat
from tests.made.surveys import load_survey_of
from tests.made.two_questions import AGE, NEEDS, TRUST, invent_two_questions, load_answers
from tests.page_visits import Pages, load_registers
from tests.pages.test_every_page import assert_complete, assert_readable
from tests.sight import Sight

MOKOTOW = {"partnerstwo": "warszawa-mokotow"}
COORDINATOR = Actor("ola", 1, frozenset({Grant(Role.COORDINATOR, "liw")}))
PARTICIPANT = Actor("ala", 2, frozenset({Grant(Role.PARTICIPANT, "liw")}))


@pytest.fixture
def liw(pages_of: Callable[..., Pages]) -> Pages:
    """A real partnership with a measurement of two hundred people, as its coordinator sees it."""
    survey = invent_two_questions(200, questions=(TRUST, AGE, NEEDS))
    pages = pages_of(load_registers(Register(Partnership("liw", "Liw"))), lambda store: load_answers(store, survey))
    pages.actor = COORDINATOR
    return pages


def rows_of(sight: Sight, key: str) -> list[list[str]]:
    return sight.open_tables().figures[key].rows


def test_without_a_partnership_every_one_leads_to_its_measurements(sample_pages: Pages, sample_truth) -> None:
    sight = sample_pages.see("results")
    assert {link.query for link in sight.links} == {f"partnerstwo={slug}" for slug in sample_truth}
    assert sight.figures == {}


def test_a_partnership_without_a_measurement_is_told_what_to_do(pages_of: Callable[..., Pages]) -> None:
    pages = pages_of(load_registers(Register(Partnership("liw", "Liw", sample=True))))
    sight = pages.see("results", partnerstwo="liw")
    assert "nie ma jeszcze pomiaru" in sight.words
    assert [link.page for link in sight.links] == ["wgraj"]


def test_an_address_shows_the_measurement_and_the_part_it_names(sample_pages: Pages, sample_truth) -> None:
    first = sample_truth["warszawa-mokotow"].waves[0]
    sight = sample_pages.see("results", **MOKOTOW, pomiar=first.wave.slug)
    assert f"**{len(first.submitted_on)} osób**" in sight.words
    assert sample_pages.see("results", **MOKOTOW, widok="pytania").address["widok"] == "pytania"
    gone = sample_pages.see("results", **MOKOTOW, widok="nie-ma", pomiar="nie-ma")
    assert gone.address == MOKOTOW


def test_a_glance_tells_who_answered_and_what_was_left_out(sample_pages: Pages, sample_truth) -> None:
    newest = sample_truth["warszawa-mokotow"].waves[-1]
    sight = sample_pages.see("results", **MOKOTOW)
    assert f"**{len(newest.submitted_on)} osoby**" in sight.words
    genders = Counter(code for _, code in newest.answers["gender"])
    shown = {row[0]: row[4] for row in rows_of(sight, "who-gender")}
    assert shown["kobieta"] == str(genders["woman"])
    missing = len(newest.submitted_on) - len(
        {person for person, code in newest.answers["trust_neighbours"] if code != "dont_know"}
    )
    left_out = {row[0]: row[4] for row in rows_of(sight, "left-out")}
    assert left_out["Czy ma Pan/Pani zaufanie? – Do sąsiadów"] == str(missing)


def test_a_battery_is_one_figure_with_a_bar_a_question(sample_pages: Pages, sample_truth) -> None:
    newest = sample_truth["warszawa-mokotow"].waves[-1]
    sight = sample_pages.see("results", **MOKOTOW, widok="pytania", pytanie="trust_general")
    (figure,) = sight.open_tables().figures.values()
    said = Counter(code for _, code in newest.answers["trust_neighbours"] if code != "dont_know")
    row = next(row for row in figure.rows if row[:2] == ["Do sąsiadów", "raczej tak"])
    assert row[5:7] == [str(said["rather_yes"]), str(sum(said.values()))]
    assert figure.spec["layout"]["barmode"] == "stack"
    assert all(abs(sum(trace["x"][place] for trace in figure.spec["data"]) - 1) < 1e-9 for place in range(4))


def test_a_question_tells_who_did_not_answer_it_and_how(sample_pages: Pages, sample_truth) -> None:
    newest = sample_truth["warszawa-mokotow"].waves[-1]
    sight = sample_pages.see("results", **MOKOTOW, widok="pytania", pytanie="trust_general")
    unsure = sum(code == "dont_know" for _, code in newest.answers["trust_neighbours"])
    blank = len(newest.submitted_on) - len({person for person, _ in newest.answers["trust_neighbours"]})
    assert min(unsure, blank) > 2
    assert f"- Do sąsiadów: Brak odpowiedzi: {blank}; Trudno powiedzieć: {unsure}" in sight.words
    assert_readable(sample_pages.see("results", **MOKOTOW, widok="pytania", pytanie="trust_general", lang="en"))


def test_few_people_see_a_results_page_without_figures(sample_pages: Pages) -> None:
    few = {"partnerstwo": "dolina-jeziorki", "pomiar": "pomiar-2023"}
    for part in ("skrot", "pytania"):
        sight = sample_pages.see("results", **few, widok=part).open_tables()
        assert "%" not in sight.words.replace("100 %", "").replace("95 %", "")
        for figure in sight.figures.values():
            assert all(set(row[-6:-1]) == {"ukryte"} for table in figure.tables for row in table[1:]), figure.key
    assert "mniej niż 10 osób" in sample_pages.see("results", **few).words


def test_a_breakdown_counts_each_group(liw: Pages) -> None:
    survey = invent_two_questions(200, questions=(TRUST, AGE, NEEDS))
    sight = liw.see("results", partnerstwo="liw", widok="krzyzowo", pytanie="trust", wedlug="age")
    assert_readable(sight)
    assert_complete(sight)
    trust, age = survey.answers[0], survey.answers[1]
    group = dict(zip(age.people.tolist(), age.choices.tolist(), strict=True))
    cells = Counter(
        (group.get(person), choice)
        for person, choice in zip(trust.people.tolist(), trust.choices.tolist(), strict=True)
        if choice < 5
    )
    for row in rows_of(sight, "breakdown"):
        if row[0].startswith("grupa") and "+" not in row[0] and row[5] != "ukryte":
            place = (int(row[0].split()[1]) - 1, int(row[1].split()[1]) - 1)
            assert row[5] == str(cells[place])


def test_answers_of_a_breakdown_are_named_once_above_their_groups(liw: Pages) -> None:
    sight = liw.see("results", partnerstwo="liw", widok="krzyzowo", pytanie="needs", wedlug="age")
    lines = [line for words in sight.figures["breakdown"].drawn_words() for line in words.split("<br>")]
    named = [line for line in lines if "rzecz" in line]
    assert named
    assert len(named) == len(set(named))
    assert all(line.startswith("<b>") for line in named)
    assert sum(line == "grupa 1" for line in lines) == len(named)


def test_what_was_shown_is_written_down_once(liw: Pages) -> None:
    address = {"partnerstwo": "liw", "widok": "krzyzowo", "pytanie": "trust", "wedlug": "age"}
    for actor in (COORDINATOR, PARTICIPANT, COORDINATOR):
        liw.actor = actor
        liw.see("results", **address)
    store = open_store(f"sqlite:///{liw.store_file}")
    with store.read() as connection:
        count = connection.execute(select(func.count()).select_from(schema_results.shown_group)).scalar()
    store.close()
    assert 0 < count <= 7


def test_a_few_new_answers_in_every_group_close_a_breakdown_that_was_seen(liw: Pages) -> None:
    """Four answers wait, and nothing changes; sixteen join the figures, a few in each group."""
    address = {"partnerstwo": "liw", "widok": "krzyzowo", "pytanie": "needs", "wedlug": "age"}
    seen = liw.see("results", **address)
    assert seen.figures["breakdown"].spec is not None
    assert not seen.at.info
    for people in (4, 12):
        more = invent_two_questions(people, seed=people, questions=(TRUST, AGE, NEEDS), again=True)
        sight = liw.see("results", **address)
        assert rows_of(sight, "breakdown") == rows_of(seen, "breakdown")
        liw.change(lambda store, more=more: load_answers(store, more))
        told = [one.value for one in liw.see("results", **address).at.info]
        assert any("na razie czekają" in words for words in told) is (people == 4)
    sight = liw.see("results", **address)
    assert sight.figures["breakdown"].spec is None
    assert "dałoby się z niego odczytać" in sight.figures["breakdown"].sentence


def test_a_breakdown_of_few_people_is_not_shown_at_all(pages_of: Callable[..., Pages]) -> None:
    survey = invent_two_questions(12)
    pages = pages_of(
        load_registers(Register(Partnership("liw", "Liw", sample=True))), lambda store: load_answers(store, survey)
    )
    sight = pages.see("results", partnerstwo="liw", widok="krzyzowo", pytanie="trust", wedlug="age")
    figure = sight.figures["breakdown"]
    assert (figure.spec, figure.tables) == (None, [])
    assert "Za mało osób" in figure.sentence


def test_a_measurement_of_one_question_has_nothing_to_break_down(pages_of: Callable[..., Pages]) -> None:
    pages = pages_of(
        load_registers(Register(Partnership("liw", "Liw", sample=True))),
        load_survey_of("liw", people=40, counts={"P501": 20, "P101": 20}),
    )
    sight = pages.see("results", partnerstwo="liw", widok="krzyzowo")
    assert "nie ma dwóch pytań" in sight.at.info[0].value


SHARES = "\n".join(f"grupa {number}: {share}" for number, share in enumerate((30, 20, 20, 10, 10, 10), start=1))


def weigh(pages: Pages, text: str = SHARES, source: str = "GUS") -> Sight:
    sight = pages.see("results", partnerstwo="liw", widok="wagi")
    (box,) = sight.at.text_area
    box.set_value(text)
    sight.at.text_input[0].set_value(source)
    next(button for button in sight.at.button if button.label == "Policz wagi").click()
    return Sight(sight.at.run())


def test_a_coordinator_weighs_a_measurement_and_sees_both_figures(liw: Pages) -> None:
    assert "nie ma wag" in liw.see("results", partnerstwo="liw", widok="wagi").words
    sight = weigh(liw)
    assert "po zważeniu ich odpowiedzi mówią tyle" in sight.words
    assert "**grupa 1**: " in sight.words  # fewer answers than inhabitants
    assert "Liczby mieszkańców: GUS" in sight.words
    address = {"partnerstwo": "liw", "widok": "wagi", "pytanie": "age"}
    rows = {tuple(row[:2]): row[2:] for row in rows_of(liw.see("results", **address), "weighted")}
    for number, share in enumerate((30, 20, 20, 10, 10, 10), start=1):
        assert rows[f"grupa {number}", "z wagami"][0] == f"{share}\u00a0%"
        assert rows[f"grupa {number}", "z wagami"][3:5] == rows[f"grupa {number}", "bez wag"][3:5]
    assert_readable(liw.see("results", **address, lang="en"))
    assert_complete(liw.see("results", **address))
    crossed = liw.see("results", partnerstwo="liw", widok="krzyzowo", pytanie="needs", wedlug="age", wazone="tak")
    assert any("ważony" in words for words in crossed.figures["breakdown"].words)
    liw.actor = PARTICIPANT
    looked = liw.see("results", **address)
    assert not looked.at.text_area
    assert "weighted" in looked.figures


@pytest.mark.parametrize(
    ("text", "source", "said"),
    [
        ("osoby: 12", "GUS", "Tych wierszy nie rozumiemy: osoby: 12"),
        (SHARES, "", "Napisz, skąd są liczby"),
        ("grupa 1: 0", "GUS", "musi być większa od zera"),
        ("", "GUS", "nie ma do czego ważyć"),
    ],
)
def test_weights_that_cannot_be_made_are_answered_in_words(liw: Pages, text: str, source: str, said: str) -> None:
    sight = weigh(liw, text, source)
    assert said in sight.words + "".join(error.value.replace("\\", "") for error in sight.at.error)
    assert "nie ma wag" in sight.words


BANDS = ("18–34", "35–44", "45–54", "55–64", "65–74", "75 i więcej")
FIVES = [*(f"{first}-{first + 4}" for first in range(0, 85, 5)), "85 i więcej"]


def see_weights_beside_population(pages_of: Callable[..., Pages], territory: Territory) -> Sight:
    """The form of weights of a measurement with ages, once a table of the population of Liw was loaded."""
    age = replace(AGE, choices=tuple(Choice(f"a{at}", label, label) for at, label in enumerate(BANDS)))
    headers = [f"{band};{sex};2023;[osoba]" for band in FIVES for sex in ("mężczyźni", "kobiety")]
    table = write_flat(headers, {"1433042": ["11", "19"] * len(FIVES)})
    pages = pages_of(
        load_registers(Register(Partnership("liw", "Liw", territory=(territory,)))),
        lambda store: load_answers(store, invent_two_questions(200, questions=(TRUST, age))),
        lambda store: load(store, table, name="LUDN_2137_CTAB_20240312101500.csv"),
    )
    pages.actor = COORDINATOR
    return pages.see("results", partnerstwo="liw", widok="wagi")


def test_loaded_numbers_of_inhabitants_are_put_into_the_form(pages_of: Callable[..., Pages]) -> None:
    sight = see_weights_beside_population(pages_of, Territory("1433042"))
    assert "z Banku Danych Lokalnych GUS (2023)" in sight.words
    sight = sight.press("weights-official-take")
    (box,) = sight.at.text_area
    assert box.value.splitlines() == [
        "18–34: 102", "35–44: 60", "45–54: 60", "55–64: 60", "65–74: 60", "75 i więcej: 90",
    ]  # fmt: skip
    next(button for button in sight.at.button if button.label == "Policz wagi").click()
    sight = Sight(sight.at.run())
    assert "po zważeniu ich odpowiedzi mówią tyle" in sight.words
    assert "Liczby mieszkańców: GUS, Bank Danych Lokalnych 2023" in sight.words


def test_a_part_of_a_gmina_is_offered_no_numbers_of_the_whole(pages_of: Callable[..., Pages]) -> None:
    sight = see_weights_beside_population(pages_of, Territory("1433042", "Jarnice"))
    assert "weights-official-take" not in {button.key for button in sight.at.button}
    assert len(sight.at.text_area) == 1


def test_weights_of_other_answers_are_not_used(liw: Pages) -> None:
    weigh(liw)
    more = invent_two_questions(30, seed=5, questions=(TRUST, AGE, NEEDS), again=True)
    liw.change(lambda store: load_answers(store, more))
    sight = liw.see("results", partnerstwo="liw", widok="wagi")
    assert "wag już nie używamy" in sight.at.warning[0].value
    assert "weighted" not in sight.figures


def test_data_quality_points_and_leaves_nobody_out(sample_pages: Pages, sample_truth) -> None:
    sight = sample_pages.see("results", **MOKOTOW, widok="jakosc")
    assert_readable(sight)
    assert_complete(sight)
    rows = {row[0]: row[1:] for row in rows_of(sight, "quality")}
    newest = sample_truth["warszawa-mokotow"].waves[-1]
    points: dict[int, set[str]] = {}
    for name in ("trust_general", "trust_neighbours", "trust_office", "trust_organisations"):
        for person, code in newest.answers[name]:
            points.setdefault(person, set()).add(f"{name}:{code}")
    full = [codes for codes in points.values() if len(codes) == 4 and not any("dont_know" in code for code in codes)]
    straight = sum(len({code.split(":")[1] for code in codes}) == 1 for codes in full)
    shown = rows["Wszędzie ta sama odpowiedź: Czy ma Pan/Pani zaufanie?"]
    assert shown[3:5] == ([str(straight), str(len(full))] if straight > 2 else ["ukryte"] * 2)
    assert "nikogo nie usuwamy" in sight.words


def test_a_range_over_hidden_rows_says_that_others_may_lie_outside(sample_pages: Pages) -> None:
    figures = sample_pages.see("results", partnerstwo="krasnosielc", widok="pytania").open_tables().figures
    ranges = {key: figure for key, figure in figures.items() if "wybrało od" in figure.sentence}
    assert ranges
    for figure in ranges.values():
        last = {row[0]: row for row in figure.rows[1:]}.values()  # the last point of each row of the battery
        hidden = any("ukryte" in cell for row in last for cell in row)
        assert figure.sentence.startswith("Wśród wierszy, które można pokazać") is hidden, figure.key
    assert any(figure.sentence.startswith("Wśród wierszy") for figure in ranges.values())


def test_questions_left_out_by_one_or_two_are_not_listed_as_hidden(sample_pages: Pages) -> None:
    # How many answered stands under every question: hiding who did not would hide nothing.
    for slug in ("krasnosielc", "liw", "warszawa-mokotow"):
        rows = rows_of(sample_pages.see("results", partnerstwo=slug), "left-out")
        assert rows
        assert not any("ukryte" in cell for row in rows for cell in row)


def test_whom_it_asked_is_written_down_and_changes_what_is_said_of_the_figures(liw: Pages) -> None:
    address = {"partnerstwo": "liw", "pomiar": "duzy"}
    sight = liw.see("results", **address)
    assert "Nie zapisano, kogo pytano" in sight.words
    sight.at.selectbox(key="population-liw-duzy").set_value("residents")
    sight.at.selectbox(key="sampling-liw-duzy").set_value("random")
    sight.at.text_input(key="who-liw-duzy").set_value("dorośli mieszkańcy")
    sight.at.number_input(key="invited_count-liw-duzy").set_value(400)
    sight.at.number_input(key="population_count-liw-duzy").set_value(5000)
    next(button for button in sight.at.button if button.label == "Zapisz").click()
    told = Sight(sight.at.run())
    assert "Pytano mieszkańców. Dokładniej: dorośli mieszkańcy." in told.words
    assert "Zaproszono: 400, odpowiedziało: 200 (50" in told.words
    figure = liw.see("results", **address, widok="pytania").open_tables().figures["question-needs"]
    assert any("obejmuje losowanie" in words for words in figure.words)
    assert any("Kogo i jak pytano: Pytano mieszkańców" in words for words in figure.words)


def test_a_census_that_all_answered_has_no_intervals(liw: Pages) -> None:
    describe_liw(liw, Fieldwork(PopulationKind.PARTNERS, sampling=SampleKind.CENSUS, population_count=200))
    question = liw.see("results", partnerstwo="liw", widok="pytania").open_tables().figures["question-needs"]
    base = {row[5] for row in question.rows}
    assert base != {"200"}, "some left this question out, so that chance is not out of it"
    assert any("Cienka linia" in words for words in question.words)


def describe_liw(liw: Pages, fieldwork: Fieldwork) -> None:
    def describe(store) -> None:
        with store.write() as connection:
            scope = resolve_scope(connection, COORDINATOR, sample=False)
            write_fieldwork(connection, COORDINATOR, scope, "liw", "duzy", fieldwork, now=datetime.now(UTC))

    liw.change(describe)


def test_who_may_not_import_writes_nothing_down(liw: Pages) -> None:
    liw.actor = PARTICIPANT
    sight = liw.see("results", partnerstwo="liw")
    assert "Nie zapisano, kogo pytano" in sight.words
    assert not [box for box in sight.at.selectbox if "population" in str(box.key)]


def test_questions_are_shown_with_weights_where_there_are_some(liw: Pages) -> None:
    assert not liw.see("results", partnerstwo="liw", widok="pytania").at.toggle
    weigh(liw, SHARES, "GUS")
    address = {"partnerstwo": "liw", "widok": "pytania"}
    plainly = liw.see("results", **address).open_tables().figures
    sight = liw.see("results", **address, wazone="tak").open_tables()
    weighted = sight.figures
    assert "Z wagami" in sight.words
    assert plainly.keys() == weighted.keys()
    for key in ("question-needs", "question-trust"):
        shares = {tuple(row[:-6]): row[-6] for row in plainly[key].rows}
        other = {tuple(row[:-6]): row[-6] for row in weighted[key].rows}
        assert shares.keys() == other.keys()
        assert shares != other
        counts = {tuple(row[:-6]): row[-3] for row in plainly[key].rows}
        assert counts == {tuple(row[:-6]): row[-3] for row in weighted[key].rows}, "people are counted as they are"
    largest = max(weighted["question-needs"].rows, key=lambda row: int(row[1].rstrip("% \u00a0")))
    assert f"„{largest[0]}”" in weighted["question-needs"].sentence

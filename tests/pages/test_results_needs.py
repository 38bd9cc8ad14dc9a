"""What matters and is lacking: shares of the questions' own figures, gaps no surer than their intervals."""

import re

import pytest

from dashboard.results_story.needs import add_up
from surveys.model import Partnership, Register
from surveys.privacy.published import PublishedRow, State
from tests.made.two_questions import invent_two_questions, load_answers
from tests.page_visits import Pages, load_registers
from tests.pages.test_every_page import assert_complete, assert_readable

PLACE = {"partnerstwo": "warszawa-mokotow"}
IMPORTANT, GOOD = "„bardzo ważne” albo „ważne”", "„bardzo dobra” albo „dobra”"


def percent(cell: str) -> int:
    return int(re.sub(r"\D", "", cell))


def test_shares_are_those_of_the_questions_and_gaps_have_intervals(sample_pages: Pages, sample_truth) -> None:
    sight = sample_pages.see("results", **PLACE, widok="potrzeby").open_tables()
    assert_readable(sight)
    assert_complete(sight)
    figure = sight.figures["needs"]
    said = dict(sample_truth["warszawa-mokotow"].waves[-1].answers["importance_doctor"])
    real = [code for code in said.values() if code != "dont_know"]
    doctor = {row[1]: row for row in figure.rows if row[0] == "Lekarz, przychodnia"}
    assert int(doctor[IMPORTANT][5]) == sum(code in {"very", "important"} for code in real)
    assert int(doctor[IMPORTANT][6]) == len(real)
    gap = percent(doctor[IMPORTANT][2]) - percent(doctor[GOOD][2])
    told = re.search(
        r"\*\*Lekarz, przychodnia\*\*: różnica (\d+) punkt\w+ procentow\w+ \(od (\d+) do (\d+)\)", figure.sentence
    )
    assert told is not None
    shown, low, high = map(int, told.groups())
    assert abs(shown - gap) <= 1
    assert 0 < low < shown < high
    assert "8 różnic naraz" in sight.words


def test_english_says_the_same(sample_pages: Pages) -> None:
    figure = sample_pages.see("results", **PLACE, widok="potrzeby", lang="en").figures["needs"]
    assert "**Doctor, clinic**: a gap of" in figure.sentence


def test_few_people_are_not_set_side_by_side(sample_pages: Pages) -> None:
    sight = sample_pages.see("results", partnerstwo="baranowo", widok="potrzeby").open_tables()
    figure = sight.figures["needs"]
    for row in figure.rows if figure.tables else []:
        assert int(row[6]) >= 30


def row(code: str, count: int | None, base: int = 100) -> PublishedRow:
    state = State.SHOWN if count is not None else State.SUPPRESSED
    return PublishedRow((code,), {}, None, state, count, base if count is not None else None)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((40, 30, 20, 10), (70, 100)),
        ((40, 30, None, None), (70, 100)),
        ((None, None, 20, 10), (70, 100)),
        ((40, None, 20, None), None),
        ((None, None, None, None), None),
    ],
    ids=["all shown", "others hidden", "named hidden", "some of both hidden", "all hidden"],
)
def test_no_hidden_answer_can_be_worked_out_from_a_sum(counts, expected) -> None:
    rows = [row(code, count) for code, count in zip("abcd", counts, strict=True)]
    assert add_up(rows, ("a", "b")) == expected


def test_below_thirty_people_nothing_is_added_up() -> None:
    assert add_up([row("a", 20, 29), row("b", 9, 29)], ("a",)) is None


@pytest.mark.parametrize("where", ["an older survey", "another survey"])
def test_a_survey_that_did_not_ask_leads_to_one_that_does(sample_pages: Pages, pages_of, where: str) -> None:
    if where == "an older survey":
        sight = sample_pages.see("results", **PLACE, pomiar="pomiar-2021", widok="potrzeby")
    else:
        survey = invent_two_questions(60)
        place = Register(Partnership("liw", "Liw", sample=True))
        pages = pages_of(load_registers(place), lambda store: load_answers(store, survey))
        sight = pages.see("results", partnerstwo="liw", widok="potrzeby")
    assert sight.figures == {}
    assert "nie pytano, jak ważne" in sight.words
    assert [link.page for link in sight.links] == ["kwestionariusze"]

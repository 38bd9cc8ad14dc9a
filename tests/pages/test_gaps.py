"""The page Luki: a gap is named where the interval carries it and little was done; what was done is counted right."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from etl.store.moments import utc_now
from surveys.model import Activity, PopulationKind, Register
from surveys.vocabulary import load
from tests.made.registers import make_register
from tests.made.surveys import load_survey_of, make_question
from tests.page_visits import Pages, Prepare, load_registers
from tests.pages.test_every_page import assert_complete, assert_readable

YEARS = {"od": "2024", "do": "2026"}
GROUPS = load().target_groups
CODES = ("G02", "G03", "G05", "G06", "G07", "G17", "G19", "G25")
LABELS = {code: GROUPS.label(code, "pl") for code in CODES}
REGISTER = make_register()
LIW = Register(
    replace(REGISTER.partnership, sample=True),
    problems=(replace(REGISTER.problems[0], diagnosis=None),),
    activities=tuple(
        Activity(f"a{number}", f"Klub {number}", "T03", "F15", date(2025, 1, 1 + number), target_groups=(group,))
        for number, group in enumerate(["G03", "G03", "G03", "G05", "G05", "G02", "G07", "G17"])
    ),
)


def ask(people: int, **counts: int) -> Prepare:
    """A survey of who lacks support: people by code of a group, nobody for the others."""
    question = replace(make_question(LABELS), name="groups_in_need", vocabulary="target_groups")
    return load_survey_of("liw", people=people, counts=dict.fromkeys(CODES, 0) | counts, question=question)


def named(pages: Pages) -> str:
    return pages.see("gaps", partnerstwo="liw", **YEARS).figures["gaps-named"].sentence.replace("\u00a0", " ")


def test_a_large_need_with_little_action_is_a_gap_and_one_with_much_action_is_none(
    pages_of: Callable[..., Pages],
) -> None:
    # Young people and lonely seniors are needed alike; three of eight activities are for the young, none for seniors.
    told = named(pages_of(load_registers(LIW), ask(100, G03=60, G06=60, G05=10, G25=9)))
    assert "**Samotni seniorzy 75+** – wskazało 60 % (od 50 do 69) osób; dla tej grupy było **0** z 8 działań." in told
    assert "Młodzież" not in told
    assert "**1 lukę**" in told


def test_what_the_interval_does_not_carry_is_not_said(pages_of: Callable[..., Pages]) -> None:
    # 9 of 40 is above the average of 17.5 %, but chance makes such a difference easily.
    told = named(pages_of(load_registers(LIW), ask(40, G03=8, G06=9, G05=7, G25=7, G02=7, G07=6, G17=6, G19=6)))
    assert "nie wskazuje potrzeby" in told
    assert "Samotni" not in told


def test_a_few_answers_and_a_few_activities_compare_nothing(pages_of: Callable[..., Pages]) -> None:
    assert "za mało osób" in named(pages_of(load_registers(LIW), ask(20, G06=15, G03=3)))
    few = replace(LIW, activities=LIW.activities[:3])
    assert "za mało działań" in named(pages_of(load_registers(few), ask(100, G06=90, G03=10)))


def test_what_partners_say_is_not_what_residents_need(pages_of: Callable[..., Pages]) -> None:
    question = replace(make_question(LABELS), name="groups_in_need", vocabulary="target_groups")
    partners = load_survey_of(
        "liw", people=60, counts=dict.fromkeys(CODES, 0) | {"G25": 55}, question=question, slug="partnerzy-2026",
        name="Ankieta partnerów", opened_on=date(2026, 2, 1), people_asked=PopulationKind.PARTNERS,
    )  # fmt: skip
    pages = pages_of(load_registers(LIW), ask(100, G03=60, G06=60, G05=10, G25=9), partners)
    assert "Samotni seniorzy" in named(pages)
    assert "Cudzoziemcy" not in named(pages)
    told = pages.see("groups", partnerstwo="liw").words
    assert "Ankieta partnerów" not in told
    assert "Ankieta 2025" in told


def test_groups_and_activities_of_the_sample_are_those_of_its_register(sample_pages: Pages, sample_truth) -> None:
    register = sample_truth["liw"].register
    figure = sample_pages.see("gaps", partnerstwo="liw", **YEARS).open_tables().figures["gaps-group"]
    shown = {row[0]: int(row[1]) for row in figure.tables[1][1:]}
    inside = [one for one in register.activities if 2024 <= one.starts_on.year <= 2026]
    inside = [one for one in inside if one.starts_on <= utc_now().date()]
    for code, label in GROUPS.labels("pl").items():
        if label in shown:
            assert shown[label] == sum(code in one.target_groups for one in inside), label
    assert f"**{len(inside)}**" in figure.sentence


def test_the_page_of_a_partnership_without_a_survey_says_what_to_do(pages_of: Callable[..., Pages]) -> None:
    sight = pages_of(load_registers(LIW)).see("gaps", partnerstwo="liw", **YEARS)
    assert "nie pytało jeszcze w ankiecie" in sight.figures["gaps-named"].sentence
    # What it entered itself is told all the same: nothing was for lonely seniors.
    assert "Samotni seniorzy 75+" in sight.words
    assert_complete(sight)
    assert_readable(sight)


@pytest.mark.parametrize("language", ["pl", "en"])
def test_every_partnership_together_is_no_ranking(sample_pages: Pages, language: str) -> None:
    sight = sample_pages.see("gaps", lang=language, **YEARS)
    assert ("nie ranking" if language == "pl" else "no ranking") in sight.figures["gaps-all-group"].sentence
    assert_complete(sight)
    assert_readable(sight)

"""Conditions said in words: what can be said is said rightly, what cannot is not said at all."""

import pytest

from etl.exports.questionnaires.skip_words import say_condition
from surveys.questionnaires import fill_labels
from surveys.questionnaires.numbering import number_questions
from tests.made.paper_survey import PAPER_FORM

FORM = fill_labels(PAPER_FORM)
NUMBERED = {asked.row.name: asked for asked in number_questions(FORM)}


@pytest.mark.parametrize(
    ("relevant", "words"),
    [
        ("${status} = 'jobless'", "w pytaniu 4 zaznaczono „nie mam pracy”"),
        ("selected(${problems}, 'bus')", "w pytaniu 1 zaznaczono „Autobus”"),
        (
            "selected(${problems}, 'bus') or selected(${problems}, 'roads')",
            "w pytaniu 1 zaznaczono „Autobus” lub „Drogi, chodniki”",
        ),
        (
            "${status} = 'working' and ${people} >= 3",
            "w pytaniu 4 zaznaczono „pracuję” i w pytaniu 6 wpisano 3 lub więcej",
        ),
        ("not(selected(${problems}, 'dk'))", "w pytaniu 1 nie zaznaczono „Trudno powiedzieć”"),
        ("${works} != ''", "odpowiedziano na pytanie 8"),
        ("${size_old} = 'large'", "w pytaniu 2a zaznaczono „duży”"),
        (
            "${status} = 'working' or ${people} < 2",
            "w pytaniu 4 zaznaczono „pracuję” lub w pytaniu 6 wpisano mniej niż 2",
        ),
        (
            "${status} = 'working' and (selected(${problems}, 'bus') or selected(${problems}, 'roads'))",
            "w pytaniu 4 zaznaczono „pracuję” i w pytaniu 1 zaznaczono „Autobus” lub „Drogi, chodniki”",
        ),
    ],
)
def test_what_can_be_said(relevant, words):
    assert say_condition(relevant, FORM, NUMBERED, "pl") == words


@pytest.mark.parametrize(
    "relevant",
    [
        "${nobody} = 'x'",
        "${status} = 'nothing-like-it'",
        "count-selected(${problems}) > 1",
        "${status} = 'working' and (${people} > 2 or ${works} != '')",
        "${people} +",
        "${status} > 2",
    ],
)
def test_what_cannot_be_said_is_not(relevant):
    assert say_condition(relevant, FORM, NUMBERED, "pl") is None

"""What residents said: shares of large surveys, words for small ones, nothing of the smallest."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from statsmodels.stats.proportion import proportion_confint

from surveys.model import QuestionType
from surveys.vocabulary import load
from tests.made.registers import make_register
from tests.made.surveys import load_survey_of, make_question
from tests.page_visits import Pages, Prepare, load_registers
from tests.sight import Figure, Sight

NBSP = "\u00a0"
PERCENT = re.compile(r"\d\s*%")
HIDDEN = ["ukryte"] * 5 + ["ukryte dla ochrony osób"]
LONELY, POOR, ROADS, BUS = (load().problems.label(code, "pl") for code in ("P501", "P101", "P801", "P802"))


def percent(share: float) -> str:
    return f"{int(share * 100 + 0.5)}{NBSP}%"


def everything_said(sight: Sight) -> str:
    """Words of the page, of its charts and of what stands for them."""
    figures = sight.figures.values()
    drawn = [word for figure in figures if figure.spec is not None for word in figure.drawn_words()]
    return "\n".join([sight.words, *drawn, *(figure.alt for figure in figures)])


def survey_figure(sight: Sight) -> Figure:
    return sight.figures["survey-main_problems"]


@pytest.fixture
def see_survey(pages_of: Callable[..., Pages]) -> Callable[..., Sight]:
    """Return a look at the problems of a sample partnership with these surveys."""

    def see(*surveys: Prepare, page: str = "problems", **address: str) -> Sight:
        register = make_register("liw")
        register = replace(register, partnership=replace(register.partnership, sample=True))
        pages = pages_of(load_registers(register), *surveys)
        return pages.see(page, **{"partnerstwo": "liw", **address}).open_tables()

    return see


def test_shares_of_the_sample_are_those_of_its_answers(sample_pages: Pages, sample_truth) -> None:
    labels = load().problems.labels("pl")
    for slug, sample in sample_truth.items():
        newest = sample.waves[-1]
        said = [(person, code) for person, code in newest.answers["main_problems"] if code in labels]
        base, counts = len({person for person, _ in said}), Counter(code for _, code in said)
        figure = survey_figure(sample_pages.see("problems", partnerstwo=slug).open_tables())
        assert newest.wave.name in figure.title
        rows = {row[0]: row[1:] for row in figure.rows}
        for code, count in counts.items():
            low, high = proportion_confint(count, base, method="wilson")
            shares = ["–"] * 3 if base < 30 else [percent(count / base), percent(low), percent(high)]
            shown = [*shares, str(count), str(base)]
            assert rows[labels[code]][:5] == (shown if count >= 3 else HIDDEN[:5]), (slug, code)


def test_under_ten_people_nothing_is_shown(see_survey) -> None:
    sight = see_survey(load_survey_of("liw", people=9, counts={"P501": 8, "P101": 4}))
    figure = survey_figure(sight)
    assert figure.sentence.startswith("Odpowiedziało za mało osób, żeby pokazać wyniki.")
    assert [row[1:] for row in figure.rows] == [HIDDEN, HIDDEN]
    said = everything_said(sight)
    assert not PERCENT.search(said)
    assert not re.search(r"\b[489]\b", said.replace("8/10", ""))  # a rating of the register is no answer


def test_a_survey_of_nobody_looks_like_one_of_a_few(see_survey, pages_of) -> None:
    few = survey_figure(see_survey(load_survey_of("liw", people=9, counts={"P501": 8, "P101": 4})))
    other = survey_figure(see_survey(load_survey_of("liw", people=5, counts={"P501": 3, "P101": 3})))
    assert (few.words, few.rows, few.spec["data"]) == (other.words, other.rows, other.spec["data"])


def test_from_ten_to_twenty_nine_people_speak_in_counts(see_survey) -> None:
    sight = see_survey(load_survey_of("liw", people=18, counts={"P501": 11, "P101": 5, "P801": 2}))
    figure = survey_figure(sight)
    assert "**„Samotność seniorów”** (11 z 18 osób)" in figure.sentence
    assert "To za mało osób na procenty" in figure.sentence
    rows = {row[0]: row[1:] for row in figure.rows}
    assert rows[LONELY] == ["–", "–", "–", "11", "18", "za mało osób na procenty"]
    assert rows[ROADS] == HIDDEN
    assert "11 z 18 osób" in figure.drawn_words()
    assert "ukryte" in figure.drawn_words()
    assert "11 z 18 osób" in figure.alt
    assert not PERCENT.search(everything_said(sight))


def test_from_thirty_to_fifty_nine_people_carry_a_warning(see_survey) -> None:
    figure = survey_figure(see_survey(load_survey_of("liw", people=33, counts={"P501": 33, "P101": 13})))
    rows = {row[0]: row[1:] for row in figure.rows}
    assert rows[POOR] == [percent(13 / 33), percent(0.2468), percent(0.5632), "13", "33", "mało osób – ostrożnie"]
    assert any("Odpowiedziało mniej niż 60 osób" in words for words in figure.words)


def test_an_option_of_two_people_is_hidden_everywhere(see_survey) -> None:
    sight = see_survey(load_survey_of("liw", people=80, counts={"P501": 80, "P101": 2}, nobody=("P802",)))
    figure = survey_figure(sight)
    rows = {row[0]: row[1:] for row in figure.rows}
    assert rows[POOR] == HIDDEN
    assert rows[BUS][0] == f"0{NBSP}%"
    assert f"{POOR}: ukryte" in figure.alt
    assert any("1 wiersz jest ukryty" in words for words in figure.words)
    hatched = [trace for trace in figure.spec["data"] if trace.get("marker", {}).get("pattern")]
    assert [len(trace["y"]) for trace in hatched] == [1]


def test_a_hidden_option_of_a_single_choice_cannot_be_had_by_subtraction(see_survey) -> None:
    question = make_question({"P501": LONELY, "P101": POOR, "P801": ROADS}, kind=QuestionType.SINGLE)
    sight = see_survey(load_survey_of("liw", people=82, counts={"P501": 70, "P101": 2, "P801": 10}, question=question))
    rows = {row[0]: row[1:] for row in survey_figure(sight).rows}
    assert [rows[POOR], rows[ROADS]] == [HIDDEN, HIDDEN]
    assert rows[LONELY][3:5] == ["70", "82"]


def test_measurements_stand_beside_each_other_never_merged(see_survey) -> None:
    sight = see_survey(
        load_survey_of("liw", people=80, counts={"P501": 80, "P101": 20}),
        load_survey_of(
            "liw", people=90, counts={"P501": 45, "P101": 90}, slug="pomiar-2021", name="Ankieta 2021",
            opened_on=date(2021, 4, 1),
        ),
    )  # fmt: skip
    assert "Ankieta 2025" in survey_figure(sight).title
    earlier = sight.choose(**{"wave-problems-liw": "pomiar-2021"})
    assert "Ankieta 2021" in survey_figure(earlier).title
    assert f"**„{POOR}”**" in survey_figure(earlier).sentence
    evidence = see_survey(
        load_survey_of("liw", people=80, counts={"P501": 80, "P101": 20}),
        load_survey_of(
            "liw", people=90, counts={"P501": 45, "P101": 90}, slug="pomiar-2021", name="Ankieta 2021",
            opened_on=date(2021, 4, 1),
        ),
        problem="P101",
    )  # fmt: skip
    rows = {row[0]: row[1:] for row in evidence.figures["evidence-survey"].rows}
    assert [rows["Ankieta 2021"][0], rows["Ankieta 2025"][0]] == [f"100{NBSP}%", f"25{NBSP}%"]


def test_the_evidence_of_a_problem_is_that_of_each_measurement(sample_pages: Pages, sample_truth) -> None:
    rows = {
        row[0]: row[1:]
        for row in sample_pages.see("problems", problem="P501").open_tables().figures["evidence-survey"].rows
    }
    for sample in sample_truth.values():
        for wave in sample.waves:
            said = [(person, code) for person, code in wave.answers["main_problems"] if code != "dont_know"]
            count, base = sum(code == "P501" for _, code in said), len({person for person, _ in said})
            row = rows[f"{sample.register.partnership.name}, {wave.wave.name}"]
            if count < 3 or base < 10:
                assert row == HIDDEN
            elif base < 30:
                assert row[3:5] == [str(count), str(base)]
            else:
                assert row[0] == percent(count / base)

"""Partnerships side by side: the gate first, no false ranks, nothing of others for who may not see them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from etl.store.scope import Actor, Grant, Role
from surveys.model import Partnership, Register, Territory
from tests.made.surveys import load_survey_of, make_question
from tests.page_visits import Pages, Prepare, load_registers
from tests.pages.test_every_page import assert_complete, assert_readable

LABELS = {"P501": "P501", "P101": "P101", "P102": "P102"}
NAMES = {"liw": "Liw", "gora": "Góra", "dabrowa": "Dąbrowa", "zabki": "Ząbki", "las": "Las"}
PARTS = ("miejsca", "lejek", "profil", "zmiana")


def survey(slug: str, people: int, share: float, *, year: int = 2025, cap: int | None = None) -> Prepare:
    question = replace(make_question(LABELS), max_choices=cap)
    counts = {"P501": round(people * share), "P101": round(people * 0.5), "P102": round(people * 0.2)}
    return load_survey_of(
        slug,
        people=people,
        counts=counts,
        slug=f"pomiar-{year}",
        name=f"Ankieta {year}",
        opened_on=date(year, 3, 1),
        question=question,
    )


def registers(*slugs: str, sample: bool = True) -> Prepare:
    rural = (Territory("1433042"),)
    return load_registers(
        *(Register(Partnership(slug, NAMES[slug], () if slug == "las" else rural, sample=sample)) for slug in slugs)
    )


@pytest.mark.parametrize("part", PARTS)
def test_every_part_is_complete(sample_pages: Pages, part: str) -> None:
    address = {"partnerstwo": "liw"} if part == "profil" else {}
    for language in ("pl", "en"):
        sight = sample_pages.see("comparison", widok=part, lang=language, **address)
        assert_complete(sight)
        assert_readable(sight)
        assert len(sight.figures) == 1


def test_the_verdict_stands_above_the_figures_and_names_reasons(sample_pages: Pages) -> None:
    words = sample_pages.see("comparison").words
    assert words.index("**Porównywalne z zastrzeżeniem**: 13 partnerstw") < words.index("Co wskazywali mieszkańcy")
    assert "Odpowiedzi zebrano inaczej: na papierze albo przez internet. (Baranowo, " in words


def test_a_question_with_another_cap_is_left_out_and_said_so(pages_of: Callable[..., Pages]) -> None:
    pages = pages_of(
        registers(*NAMES),
        survey("liw", 60, 0.4),
        survey("gora", 80, 0.3),
        survey("dabrowa", 90, 0.35),
        survey("zabki", 70, 0.4, cap=2),
    )
    sight = pages.see("comparison").open_tables()
    assert "**Porównywalne z zastrzeżeniem**: 3 partnerstwa" in sight.words
    assert "Można było wskazać różną liczbę odpowiedzi. (Ząbki)" in sight.words
    assert "Bez pomiaru z tym pytaniem: Las." in sight.words
    assert {row[0] for row in sight.figures["comparison-grid"].rows} == {"Liw", "Góra", "Dąbrowa"}


def test_two_partnerships_are_not_set_side_by_side(pages_of: Callable[..., Pages]) -> None:
    pages = pages_of(registers("liw", "gora", "las"), survey("liw", 60, 0.4), survey("gora", 80, 0.3))
    for part in ("przeglad", *PARTS):
        sight = pages.see("comparison", widok=part)
        assert "potrzeba co najmniej 3" in sight.at.info[0].value
        assert not any(figure.spec for figure in sight.figures.values())


def test_few_people_get_words_and_a_hidden_cell_says_so(pages_of: Callable[..., Pages]) -> None:
    pages = pages_of(
        registers("liw", "gora", "dabrowa", "zabki"),
        survey("liw", 8, 0.5),
        survey("gora", 20, 0.3),
        survey("dabrowa", 90, 0.02),
        survey("zabki", 80, 0.4),
    )
    sight = pages.see("comparison").open_tables()
    figure = sight.figures["comparison-grid"]
    drawn = figure.drawn_words()
    assert "Liw" in drawn
    assert "ukryte dla ochrony osób" in drawn
    assert "Góra – około 20 osób (mało)" in drawn
    assert "za mało osób na procenty" in drawn
    assert drawn.count("ukryte") == 1  # two people of Dąbrowa
    by_place = {(row[0], row[1]): row for row in figure.rows}
    assert by_place["Dąbrowa", "Samotność seniorów"][2:6] == ["ukryte"] * 4
    assert by_place["Liw", "Samotność seniorów"][2:6] == ["ukryte"] * 4
    assert by_place["Ząbki", "Samotność seniorów"][2] == "40\u00a0%"


def test_places_that_differ_are_told_in_words_and_small_ones_are_drawn_in(pages_of: Callable[..., Pages]) -> None:
    pages = pages_of(
        registers(*NAMES),
        *(survey(slug, people, share) for slug, people, share in (
            ("liw", 400, 0.7), ("gora", 400, 0.3), ("dabrowa", 400, 0.28), ("zabki", 400, 0.1), ("las", 40, 0.5),
        )),
    )  # fmt: skip
    places = pages.see("comparison", widok="miejsca", odpowiedz="P501").open_tables()
    sentence = places.figures["comparison-places"].sentence
    assert "należy na pewno tylko: **Liw**" in sentence
    assert "słabo wiadomo" in places.words
    rows = {(row[0], row[2]): row for row in places.figures["comparison-places"].rows}
    own, drawn_in = (rows["Las", kind][3] for kind in ("wynik z ankiety", "po uwzględnieniu wielkości próby"))
    assert own == "50\u00a0%"
    assert 40 < int(drawn_in.split("\u00a0")[0]) < 50
    funnel = pages.see("comparison", widok="lejek", odpowiedz="P501").figures["comparison-funnel"]
    assert "**Liw**" in funnel.sentence
    assert "**Dąbrowa, Góra, Ząbki**" in funnel.sentence
    assert "sprawdzono 5 partnerstw naraz" in funnel.sentence


def test_a_change_is_told_where_it_is_seen(pages_of: Callable[..., Pages]) -> None:
    pages = pages_of(
        registers("liw", "gora", "dabrowa", "zabki"),
        *(survey(slug, 200, 0.3, year=2021) for slug in ("liw", "gora", "dabrowa")),
        survey("liw", 200, 0.6),
        survey("gora", 200, 0.31),
        survey("dabrowa", 200, 0.29),
        survey("zabki", 200, 0.3),
    )
    figure = pages.see("comparison", widok="zmiana", odpowiedz="P501").figures["comparison-change"]
    assert "**Liw**: więcej o 30 punktów procentowych" in figure.sentence
    assert "Góra" not in figure.sentence
    assert "sprawdzono 3 partnerstwa naraz" in figure.sentence


def test_a_partnership_sees_itself_beside_others_who_are_not_named(pages_of: Callable[..., Pages]) -> None:
    shares = {"liw": 0.6, "gora": 0.3, "dabrowa": 0.3, "zabki": 0.3, "las": 0.3}
    pages = pages_of(registers(*NAMES, sample=False), *(survey(slug, 100, share) for slug, share in shares.items()))
    pages.actor = Actor("ala", 2, frozenset({Grant(Role.PARTICIPANT, "liw")}))
    sight = pages.see("comparison").open_tables()
    figure = sight.figures["comparison-profile"]
    assert "**Samotność seniorów**: więcej o 30 punktów procentowych" in figure.sentence
    everything = " ".join([sight.words, figure.alt, *figure.drawn_words(), str(sight.at.main)])
    for name in ("Góra", "Dąbrowa", "Ząbki", "gora", "dabrowa", "zabki"):
        assert name not in everything
    pages.actor = Actor("ela", 3, frozenset({Grant(Role.ADMINISTRATOR)}))
    assert pages.see("comparison").figures == {}


def test_too_few_others_are_not_put_together(pages_of: Callable[..., Pages]) -> None:
    pages = pages_of(
        registers("liw", "gora", "zabki", sample=False),
        *(survey(slug, 100, 0.3) for slug in ("liw", "gora", "zabki")),
    )
    pages.actor = Actor("ala", 2, frozenset({Grant(Role.COORDINATOR, "liw")}))
    figure = pages.see("comparison").figures["comparison-profile"]
    assert figure.spec is None
    assert "co najmniej 3 innych partnerstw" in figure.sentence

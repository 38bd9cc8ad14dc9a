"""Trzy lustra: what was answered, entered and counted stands side by side, and gaps are named as they are judged."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest

from surveys.language.numerals import format_percent
from surveys.model import Partnership, Register, Territory
from surveys.vocabulary import load
from tests.made.registers import make_register
from tests.made.surveys import load_survey_of
from tests.page_visits import Pages, load_registers
from tests.pages.test_every_page import assert_complete, assert_readable

LABELS = {code: load().problems.label(code, "pl") for code in load().problems}
LANES = ("Mieszkańcy", "Rejestr partnerstwa", "Dane urzędowe")


def test_the_residents_lane_holds_the_shares_of_the_newest_survey(sample_pages: Pages, sample_truth) -> None:
    for slug in ("warszawa-mokotow", "dolina-jeziorki"):
        wave = sample_truth[slug].waves[-1]
        said = wave.answers["main_problems"]
        people = len({number for number, code in said if code.startswith("P")})
        counts = Counter(code for _, code in said)
        figure = sample_pages.see("mirrors", partnerstwo=slug).open_tables().figures["mirrors-all"]
        assert wave.wave.name in figure.sentence
        shown = {row[0]: row[1] for row in figure.tables[0][1:]}
        for code, count in counts.items():
            if code.startswith("P") and code != "PB99":
                expected = "ukryte" if count < 3 else format_percent(count / people, "pl")
                assert shown[LABELS[code]] == expected


def test_the_register_is_ranked_by_its_ratings(sample_pages: Pages, sample_truth) -> None:
    problems = sample_truth["pionki"].register.problems
    weights = {one.code: one.size + 2 * one.severity for one in problems if one.size is not None}
    figure = sample_pages.see("mirrors", partnerstwo="pionki").open_tables().figures["mirrors-all"]
    rows = {row[0]: int(row[2]) for row in figure.tables[1][1:]}
    assert rows == {LABELS[code]: weight for code, weight in weights.items()}


def test_named_gaps_bring_their_evidence_and_how_many_comparisons_were_made(sample_pages: Pages) -> None:
    sight = sample_pages.see("mirrors", partnerstwo="warszawa-mokotow")
    named = sight.figures["mirrors-named"].sentence
    assert "**mieszkańcy widzą, dane nie widzą**" in named
    assert (
        "**Brak wpływu na decyzje**: mieszkańcy: 14\u00a0% (od 11 do 18), przeciętny problem z listy 9\u00a0%" in named
    )
    assert "porównań, w których mógł zadziałać przypadek" in named
    drawn = " ".join(sight.figures["mirrors-all"].drawn_words())
    assert "mieszkańcy widzą, dane nie widzą" in drawn
    # Another theme's problems are left out, and the comparisons stay those of the whole partnership.
    other = sample_pages.see("mirrors", partnerstwo="warszawa-mokotow", temat="T04").figures["mirrors-named"].sentence
    assert "Brak wpływu na decyzje" not in other
    assert "**Przemoc domowa**: partnerzy w ankiecie: 58\u00a0% (od 43 do 72)" in other
    count = named.split("Obejrzano ")[1].split()[0]
    assert f"Obejrzano {count} " in other


def test_what_all_mirrors_see_is_named_with_the_evidence_of_each(pages_of: Callable[..., Pages]) -> None:
    problems = tuple(
        replace(make_register().problems[0], uid=f"p{n}", code=code, size=9 - n, severity=9 - n, diagnosis=None)
        for n, code in enumerate(("P501", "P601", "P405", "P101", "P801"))
    )
    register = Register(replace(make_register().partnership, sample=True), problems=problems)
    listed = dict.fromkeys(("P501", "P601", "P405", "P101", "P801", "P802"), 10)
    pages = pages_of(load_registers(register), load_survey_of("liw", people=100, counts=listed | {"P501": 70}))
    sight = pages.see("mirrors", partnerstwo="liw")
    said = sight.figures["mirrors-agreed"].sentence.replace("\u00a0", " ")
    assert "**mieszkańcy i partnerzy widzą, danych do oceny brak**" in said
    assert "**Samotność seniorów**: mieszkańcy: 70 % (od 60 do 78), przeciętny problem z listy 20 %" in said
    assert "w rejestrze partnerstwa: 1. miejsce z 5 ocenionych" in said
    assert "najwyżej 5 na 100 nazwanych zgodności" in said
    assert "Brak miejsc" not in said, "partners see it, but not that residents do"
    assert "mieszkańcy i partnerzy widzą" in " ".join(sight.figures["mirrors-all"].drawn_words())
    assert "odsetki bez wag" in sight.figures["mirrors-all"].sentence
    everywhere = pages.see("mirrors").open_tables().figures["mirrors-agreements"]
    assert everywhere.rows == [["Samotność seniorów", "mieszkańcy i partnerzy widzą, danych do oceny brak", "1"]]


def test_a_partners_lane_holds_shares_or_weights_and_never_both(sample_pages: Pages) -> None:
    surveyed = sample_pages.see("mirrors", partnerstwo="warszawa-mokotow").figures["mirrors-all"]
    assert "Ankieta partnerów 2024" in surveyed.sentence
    words = surveyed.drawn_words()
    assert any("Partnerzy<br>ilu wskazało" in word for word in words)
    assert not any("waga w rejestrze" in word for word in words)
    weighed = sample_pages.see("mirrors", partnerstwo="liw").figures["mirrors-all"]
    assert "odpowiedziało za mało osób" in weighed.sentence
    assert any("waga w rejestrze" in word for word in weighed.drawn_words())


def test_figures_of_a_larger_area_are_shown_and_not_judged(sample_pages: Pages) -> None:
    sight = sample_pages.see("mirrors", partnerstwo="dolina-jeziorki")
    assert "dane urzędowe nie sięgają niżej" in sight.figures["mirrors-official"].sentence
    assert "dane widzą" not in sight.figures["mirrors-named"].sentence
    official = sight.open_tables().figures["mirrors-all"].tables[-1]
    assert {row[3] for row in official[1:]} == {load().areas.label("1418043", "pl")}


@pytest.mark.parametrize(
    ("slug", "language"), [("warszawa-mokotow", "en"), ("baranowo", "pl"), ("dolina-jeziorki", "en")]
)
def test_the_mirrors_of_one_are_complete(sample_pages: Pages, slug: str, language: str) -> None:
    sight = sample_pages.see("mirrors", partnerstwo=slug, lang=language)
    assert_complete(sight)
    assert_readable(sight)


def test_every_partnership_with_a_gap_is_a_link_to_its_mirrors(sample_pages: Pages) -> None:
    sight = sample_pages.see("mirrors")
    assert {link.page for link in sight.links} == {"lustra"}
    rows = sight.open_tables().figures["mirrors-gaps"].rows
    assert sum(int(row[2]) for row in rows) >= len(sight.links) > 5


@pytest.mark.parametrize("language", ["pl", "en"])
def test_without_territory_survey_and_figures_it_says_what_is_missing(
    pages_of: Callable[..., Pages], language: str
) -> None:
    bare = Register(Partnership("nowe", "Nowe", sample=True))
    register = make_register()
    placed = replace(
        register, partnership=replace(register.partnership, sample=True, territory=(Territory("1433042"),))
    )
    pages = pages_of(load_registers(bare, placed))
    missing = pages.see("mirrors", partnerstwo="nowe", lang=language)
    assert {"pl": "nie ma wpisanego terenu", "en": "has no territory"}[language] in missing.words
    assert missing.figures["mirrors-all"].spec is None
    for sight in (missing, pages.see("mirrors", lang=language)):
        assert {"pl": "Nie ma jeszcze czego porównać", "en": "nothing to compare yet"}[language] in sight.words
        assert "Benjamini" not in sight.words.split({"pl": "Co to znaczy", "en": "What it means"}[language])[0]
    without = pages.see("mirrors", partnerstwo="liw", lang=language)
    assert {"pl": "Nie wczytano jeszcze wskaźników", "en": "have been loaded yet"}[language] in without.words

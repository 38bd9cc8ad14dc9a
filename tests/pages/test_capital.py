"""The page Kapitał społeczny: the planted bridge is found, words say no more than chance allows, nobody is named."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from surveys.model import Activity, Funding, Membership, Partner, Project
from tests.made.cooperation import LIBRARY, NAMES, a_partnership, load_network_answers
from tests.made.odd_names import NAMES as ODD_NAMES
from tests.made.odd_names import name_everything
from tests.page_visits import Pages, load_registers
from tests.pages.test_every_page import assert_complete, assert_readable

PARTS = ("siec", "rozwoj", "oparcie", "zaufanie", "poznac")
# Two circles that only the library joins.
BRIDGED = a_partnership(("Biblioteka", "Dom Kultury", "Firma", "KGW"), ("Biblioteka", "Klub", "Parafia", "Szkoła"))


def test_a_planted_bridge_is_found(pages_of: Callable[..., Pages]) -> None:
    sight = pages_of(load_registers(BRIDGED)).see("capital", partnerstwo="liw")
    network, measures = (sight.figures[f"capital-{name}"] for name in ("network", "measures"))
    assert network.sentence == "Razem pracowało **12 par** z 28 możliwych. Bez żadnej więzi: Urząd."
    assert f"Bez nich sieć by się rozpadła:** {LIBRARY}." in measures.sentence
    assert f"Najwięcej więzi ma:** {LIBRARY}. Gdyby odszedł, zniknęłoby 50\u00a0% wszystkich" in measures.sentence
    assert "nie da się odróżnić od przypadku" in measures.sentence
    partners, ties = sight.open_tables().figures["capital-network"].tables
    assert ["1", LIBRARY, "Publiczny", "6"] in partners
    assert len(ties) == 1 + 12


def test_meetings_of_everybody_plans_and_rejected_projects_join_nobody(pages_of: Callable[..., Pages]) -> None:
    register = replace(
        BRIDGED,
        activities=(
            Activity("m", "Spotkanie", "T11", "F27", date(2024, 5, 1), partners=NAMES),
            Activity("p", "Plan", "T03", "F01", date(2093, 5, 1), partners=NAMES),
        ),
        projects=(
            Project("r", "Odrzucony", "rejected", partners=NAMES),
            Project("x", "Klub", "completed", finance_lead="Urząd", partners=("KGW",)),
        ),
    )
    sight = pages_of(load_registers(register)).see("capital", partnerstwo="liw").open_tables()
    ties = sight.figures["capital-network"].tables[1]
    assert ties[1:] == [["KGW", "Urząd", "1"]]


@pytest.mark.parametrize("number", [0, 1, 2])
def test_measures_of_fewer_than_three_partners_are_a_dash(pages_of: Callable[..., Pages], number: int) -> None:
    register = a_partnership(NAMES[:number], names=NAMES[:number])
    pages = pages_of(load_registers(register))
    sight = pages.see("capital", partnerstwo="liw")
    assert sight.figures["capital-measures"].sentence.endswith("–")
    for part in PARTS:
        assert_complete(pages.see("capital", partnerstwo="liw", widok=part))


def test_partners_without_a_sector_are_left_out_of_sectors_and_it_is_said(pages_of: Callable[..., Pages]) -> None:
    partners = tuple(replace(one, sector="") if one.uid == "KGW" else one for one in BRIDGED.partners)
    sight = pages_of(load_registers(replace(BRIDGED, partners=partners))).see("capital", partnerstwo="liw")
    assert "1 partner nie ma wpisanego sektora" in sight.figures["capital-measures"].sentence
    assert "▲ sektor niewpisany" in sight.figures["capital-network"].drawn_words()


def test_what_organisations_said_is_shown_with_who_answered(pages_of: Callable[..., Pages]) -> None:
    named = {
        "Biblioteka": ["Szkoła", "KGW"],
        "Szkoła": ["Biblioteka"],
        "KGW": [],
        "Klub": ["Firma"],
        "Dawny partner": ["KGW"],
    }
    pages = pages_of(load_registers(a_partnership()), load_network_answers("liw", named, [*NAMES, "Dawny partner"]))
    sight = pages.see("capital", partnerstwo="liw").open_tables()
    said = sight.figures["capital-reported"]
    assert said.sentence.startswith("Współpraca 2025: odpowiedziały **4 z 8** organizacji (50\u00a0%).")
    assert "1 organizacji z ankiety nie ma dziś wśród partnerów" in said.sentence
    assert said.rows == [["wspólne wydarzenie", "choć jedna strona", "3"], ["wspólne wydarzenie", "obie strony", "1"]]
    both = pages.see("capital", partnerstwo="liw", wiezi="ankieta-obie-strony").open_tables()
    assert both.figures["capital-network"].tables[1][1:] == [["Biblioteka", "Szkoła", "0"]]
    either = pages.see("capital", partnerstwo="liw", wiezi="ankieta-jedna-strona")
    assert "**3 pary**" in either.figures["capital-network"].sentence


def test_answers_of_four_organisations_show_no_network(pages_of: Callable[..., Pages]) -> None:
    named = {name: ["Urząd"] for name in NAMES[:4]}
    pages = pages_of(load_registers(a_partnership()), load_network_answers("liw", named, NAMES))
    sight = pages.see("capital", partnerstwo="liw", wiezi="ankieta-jedna-strona")
    assert "gdy odpowie przynajmniej pięć organizacji" in sight.figures["capital-reported"].sentence
    assert sight.figures["capital-reported"].spec is None
    assert "Nie ma jeszcze żadnej pary" in sight.figures["capital-network"].sentence


def test_one_partner_who_carries_everything_is_told(pages_of: Callable[..., Pages]) -> None:
    projects = tuple(
        Project(f"x{n}", f"Projekt {n}", "completed", finance_lead="Urząd" if n else "Klub",
                funding=(Funding("FS01", Decimal(1000 * (n + 1)), 2024),))
        for n in range(5)
    )  # fmt: skip
    register = replace(BRIDGED, projects=(*projects, Project("y", "Bez lidera", "in_progress")))
    sight = pages_of(load_registers(register)).see("capital", partnerstwo="liw", widok="oparcie").open_tables()
    leads, money = sight.figures["capital-leads"], sight.figures["capital-money"]
    assert "**Urząd**: 4 z 6" in leads.sentence
    assert "Przy 1 projekcie nie wpisano lidera" in leads.sentence
    assert leads.numbers() == {"Urząd": "4", "Klub": "1"}
    assert "1000" not in str(money.spec), "one project's amount cannot be had by subtracting"
    assert "pokazujemy" in money.sentence


def test_pairs_that_should_meet_and_no_resident_among_them(pages_of: Callable[..., Pages]) -> None:
    act = Activity("x", "Wieczór", "T02", "F02", date(2024, 3, 1), target_groups=("G05",), partners=("Urząd", "Anna"))
    other = replace(act, uid="y", name="Kino", starts_on=date(2024, 4, 1), partners=("KGW",))
    resident = Partner("Anna", "Anna Nowak", "K401", "other", Membership("active"))
    register = replace(BRIDGED, partners=(*BRIDGED.partners, resident), activities=(*BRIDGED.activities, act, other))
    pages = pages_of(load_registers(register))
    sight = pages.see("capital", partnerstwo="liw", widok="poznac")
    assert sight.headings[0] == "## KGW i Urząd"
    assert "grupa: Seniorzy 60+" in sight.words
    assert "Różne sektory: społeczny i publiczny." in sight.words
    for part in PARTS:
        shown = pages.see("capital", partnerstwo="liw", widok=part).open_tables()
        drawn = " ".join(str(figure.spec) + str(figure.tables) for figure in shown.figures.values())
        assert "Nowak" not in shown.words + drawn


@pytest.mark.parametrize("part", PARTS)
def test_every_part_is_complete_in_both_languages(sample_pages: Pages, part: str) -> None:
    for language in ("pl", "en"):
        sight = sample_pages.see("capital", partnerstwo="warszawa-mokotow", widok=part, lang=language)
        assert_complete(sight)
        assert_readable(sight)


def test_names_nobody_should_write(pages_of: Callable[..., Pages]) -> None:
    pages = pages_of(load_registers(name_everything("\n".join(ODD_NAMES.values())[:300], "dziwne")))
    for part in PARTS:
        assert pages.see("capital", partnerstwo="dziwne", widok=part).title == "Kapitał społeczny"


def test_a_year_narrows_the_network_and_themes_do_not(pages_of: Callable[..., Pages]) -> None:
    later = Activity("z", "Jarmark", "T07", "F01", date(2025, 3, 1), partners=("Urząd", "Firma"))
    pages = pages_of(load_registers(replace(BRIDGED, activities=(*BRIDGED.activities, later))))
    narrowed = pages.see("capital", partnerstwo="liw", od="2025", do="2025")
    assert "**1 para** z 28" in narrowed.figures["capital-network"].sentence
    themed = pages.see("capital", partnerstwo="liw", temat="T07")
    assert "**13 par** z 28" in themed.figures["capital-network"].sentence
    assert "tematy i grupy niczego nie zmieniają" in themed.words

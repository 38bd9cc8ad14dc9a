"""Filters: they travel in the address as codes, hold from page to page, and go with one press."""

import pytest

from etl.sample.loading import load_sample
from surveys.vocabulary import load
from tests.page_visits import Pages, go
from tests.sight import Sight

FILTERED = ["problems", "activities", "groups"]
TITLES = {
    "start": "Co wiemy i co robimy",
    "problems": "Problemy",
    "activities": "Działania",
    "groups": "Grupy docelowe",
    "partnerships": "Partnerstwa",
}
FULL = {"partnerstwo": "liw", "temat": "T04", "grupa": "seniors", "od": "2022", "do": "2024"}


def chosen(sight: Sight) -> dict[str, object]:
    names = ("partnership", "themes", "groups", "from", "to")
    return {name: sight.at.get_by_key(f"filter_{name}").value for name in names}


@pytest.mark.parametrize("page", FILTERED)
def test_an_address_sets_the_filters_and_the_heading_says_so(sample_pages: Pages, page: str) -> None:
    sight = sample_pages.see(page, **FULL)
    assert chosen(sight) == {"partnership": "liw", "themes": ["T04"], "groups": ["seniors"], "from": 2022, "to": 2024}
    theme = load().themes.label("T04", "pl")
    assert f"Pokazano: Liw, {theme}, Razem: Seniorzy, 2022–2024" in sight.words
    assert sight.address == FULL


@pytest.mark.parametrize("page", FILTERED)
def test_choices_go_into_the_address(sample_pages: Pages, page: str) -> None:
    sight = sample_pages.see(page).choose(
        filter_partnership="pionki", filter_themes=["T02", "T01"], filter_groups=["G05"], filter_from=2023
    )
    assert sight.address["partnerstwo"] == "pionki"
    assert sight.address["temat"] == ["T02", "T01"]
    assert sight.address["grupa"] == "G05"
    assert sight.address["od"] == "2023"


def test_filters_hold_from_page_to_page(sample_pages: Pages) -> None:
    sight = sample_pages.see("problems", **FULL)
    for page in ("activities", "start", "groups", "problems"):
        sight = go(sight, page)
        assert sight.address == FULL, page


def test_one_press_shows_everything_again(sample_pages: Pages) -> None:
    for page in FILTERED:
        sight = sample_pages.see(page, **FULL).press("clear-filters")
        assert sight.address == {}
        assert chosen(sight) == {"partnership": None, "themes": [], "groups": [], "from": None, "to": None}
        assert "Pokazano:" not in sight.words


@pytest.mark.parametrize(
    "address",
    [
        {"partnerstwo": "nie-ma"},
        {"partnerstwo": ""},
        {"partnerstwo": ["nie-ma", "tez-nie"]},
        {"temat": ["T99", "x"]},
        {"grupa": "G00"},
        {"od": "abc", "do": "²"},
        {"od": "-5"},
        {"od": "99999999999999999999", "do": "0"},
        {"od": "2030"},
        {"lang": "de"},
        {"lang": ["de", "xx"]},
        {"problem": "XXX"},
        {"nieznane": "cokolwiek"},
    ],
    ids=str,
)
@pytest.mark.parametrize("page", TITLES)
def test_an_address_that_means_nothing_falls_back_quietly(sample_pages: Pages, page: str, address) -> None:
    sight = sample_pages.see(page, **address)
    assert "Pokazano:" not in sight.words
    assert {name: value for name, value in sight.address.items() if name != "nieznane"} in ({}, {"problem": "XXX"})
    assert sight.title == TITLES[page]


def test_a_bad_part_of_an_address_leaves_the_good_parts(sample_pages: Pages) -> None:
    sight = sample_pages.see("activities", partnerstwo="liw", temat=["T99", "T04"], od="abc", do="2024")
    assert chosen(sight)["partnership"] == "liw"
    assert chosen(sight)["themes"] == ["T04"]
    assert sight.address["do"] == "2024"


def test_years_that_run_backwards_are_not_shown_as_chosen(sample_pages: Pages) -> None:
    sight = sample_pages.see("activities", od="2025", do="2021")
    assert (chosen(sight)["from"], chosen(sight)["to"]) == (2025, None)


@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize("page", FILTERED)
def test_a_filter_that_nothing_passes_says_what_to_do(sample_pages: Pages, page: str, language: str) -> None:
    sight = sample_pages.see(page, partnerstwo="liw", temat="T13", grupa="G24", od="2021", do="2021", lang=language)
    assert {"pl": "Nic nie pasuje do tych filtrów", "en": "Nothing matches these filters"}[language] in sight.words
    assert {"pl": "Pokaż wszystko", "en": "Show everything"}[language] in sight.words
    assert not [figure for key, figure in sight.figures.items() if not key.startswith("survey-")]


def test_the_language_changes_nothing_else(sample_pages: Pages) -> None:
    polish = sample_pages.see("activities", **FULL)
    english = polish.choose(language="en")
    assert english.title == "Activities"
    assert english.address == {**FULL, "lang": "en"}
    assert chosen(english) == chosen(polish)
    back = english.choose(language="pl")
    assert back.title == "Działania"
    assert back.address == FULL


def test_the_cookie_speaks_where_the_address_is_silent(sample_pages: Pages) -> None:
    sample_pages.cookies["lang"] = "en"
    english = sample_pages.see("activities")
    assert (english.title, english.address) == ("Activities", {"lang": "en"})
    # A reload of the page knows the address and the cookie, nothing else.
    polish = english.choose(language="pl")
    assert (polish.title, polish.address) == ("Działania", {"lang": "pl"})
    assert sample_pages.see("activities", **polish.address).title == "Działania"


def test_an_unknown_language_in_the_cookie_is_passed_over(sample_pages: Pages) -> None:
    sample_pages.cookies["lang"] = "de"
    assert sample_pages.see("activities").title == "Działania"


def test_one_problem_has_an_address(sample_pages: Pages) -> None:
    sight = sample_pages.see("problems", problem="P501")
    assert "## Samotność seniorów" in sight.headings
    assert sight.address == {"problem": "P501"}
    assert "## Samotność seniorów" in sample_pages.see("problems").choose(choice_problem="P501").headings
    everything = sight.choose(choice_problem=None)
    assert "## Samotność seniorów" not in everything.headings
    assert everything.address == {}


def test_one_problem_of_one_partnership(sample_pages: Pages, sample_truth) -> None:
    for slug, sample in sample_truth.items():
        named = {one.code: one for one in sample.register.problems}
        code = next(iter(named))
        sight = sample_pages.see("problems", problem=code, partnerstwo=slug, lang="en")
        assert f"## {load().problems.label(code, 'en')}" in sight.headings
        assert named[code].name in sight.words


def test_coming_back_to_an_address_of_a_problem_shows_it_again(sample_pages: Pages) -> None:
    sight = go(sample_pages.see("problems", problem="P501"), "activities")
    sight.at.query_params = {"problem": "P501"}
    sight = Sight(sight.at.switch_page("app_pages/problems.py").run())
    assert "## Samotność seniorów" in sight.headings
    assert sight.address == {"problem": "P501"}


@pytest.mark.parametrize("page", [*FILTERED, "partnerships"])
def test_over_an_empty_database_stand_no_filters_and_those_of_a_link_wait(pages_of, page: str) -> None:
    pages = pages_of()
    sight = pages.see(page, **FULL)
    assert not sight.at.selectbox
    assert not sight.at.multiselect
    assert not sight.at.info
    assert sight.address == FULL
    sight = go(sight, "start")
    assert sight.address == FULL
    sight = sight.choose(language="en")
    assert sight.address == {**FULL, "lang": "en"}
    pages.change(load_sample)
    sight = go(sight, "activities")
    assert chosen(sight) == {"partnership": "liw", "themes": ["T04"], "groups": ["seniors"], "from": 2022, "to": 2024}
    assert sight.address == {**FULL, "lang": "en"}

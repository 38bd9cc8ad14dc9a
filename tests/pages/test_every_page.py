"""What holds on every page, in both languages, for all partnerships and for each.

What only looks may look at one run of a page: a page is opened once per address, and all tests of one page stand on one
worker, so that they find it.
"""

import re
from collections.abc import Callable
from urllib.parse import parse_qs

import pytest

from dashboard.page_addresses import PAGES
from dashboard.texts import texts
from surveys.language.texts import LANGUAGES
from surveys.questionnaires import list_questionnaires
from surveys.vocabulary import load
from tests.page_visits import Pages
from tests.sight import Sight, unescape

TITLES = {
    "start": {"pl": "Co wiemy i co robimy", "en": "What we know and what we do"},
    "problems": {"pl": "Problemy", "en": "Problems"},
    "activities": {"pl": "Działania", "en": "Activities"},
    "groups": {"pl": "Grupy docelowe", "en": "Target groups"},
    "results": {"pl": "Wyniki ankiet", "en": "Survey results"},
    "partnerships": {"pl": "Partnerstwa", "en": "Partnerships"},
    "comparison": {"pl": "Porównanie partnerstw", "en": "Comparing partnerships"},
    "questionnaires": {"pl": "Kwestionariusze", "en": "Questionnaires"},
    "capital": {"pl": "Kapitał społeczny", "en": "Social capital"},
    "map": {"pl": "Mapa partnerstw", "en": "Map of the partnerships"},
    "mirrors": {"pl": "Trzy lustra", "en": "Three mirrors"},
    "solved": {"pl": "Kto już to zrobił?", "en": "Who has done it already?"},
    "applicants": {"pl": "Kto może być wnioskodawcą", "en": "Who may apply"},
    "gaps": {"pl": "Luki", "en": "Gaps"},
    "thread": {"pl": "Czerwona nić", "en": "The red thread"},
    "health": {"pl": "Zdrowie partnerstwa", "en": "Health of the partnership"},
}
EACH = ("problems", "activities", "groups", "results", "partnerships", "gaps", "thread", "capital", "health")
BANNERS = {"pl": "wymyślone", "en": "invented"}
CODE = re.compile(r"\b(?:P[\dAB]\d\d|T\d\d|G\d\d|K\d{3}|F\d\d|FS\d\d)\b")
PLACEHOLDER = re.compile(r"\{\w+\}|\bnan\b|\bNaT\b|\bNone\b(?! of them)")  # "None of them" is an answer


def assert_complete(sight: Sight) -> None:
    """Open every table of a page; then each of its figures has all that belongs to it."""
    assert_figures_complete(sight.open_tables())


def assert_figures_complete(sight: Sight) -> None:
    """Every figure has a title, a sentence, and (when something is drawn) an alternative text and open tables."""
    drawn = 0
    for figure in sight.figures.values():
        assert figure.title, figure.key
        assert figure.sentence.strip(), figure.key
        if figure.spec is None:
            continue
        drawn += 1
        assert len(figure.alt) > 20, figure.key
        # Projects on the line of years are listed below it; activities have their table.
        assert figure.tables or (figure.key == "card-timeline" and not figure.spec["data"][-1]["x"]), figure.key
        assert all(len(table) > 1 for table in figure.tables), figure.key
        # CSV, Excel, SPSS, PNG and SVG
        assert len(figure.downloads) == 5 * len(figure.tables), figure.key
    assert len(sight.at.get("plotly_chart")) in {drawn, drawn + 1}  # the map stands without a frame


def assert_readable(sight: Sight) -> None:
    """No codes, no forgotten place in a sentence, no missing value written as a program writes it."""
    for words in (sight.words, *(figure.alt for figure in sight.figures.values())):
        assert CODE.findall(words) == []
        assert PLACEHOLDER.findall(words) == []
    for figure in sight.figures.values():
        if figure.spec is not None:
            assert [word for word in figure.drawn_words() if CODE.search(word) or PLACEHOLDER.search(word)] == []


PAGES_LOOKED_AT = [pytest.param(page, marks=pytest.mark.xdist_group(f"look-at-{page}")) for page in TITLES]
PAGES_OF_EACH = [pytest.param(page, marks=pytest.mark.xdist_group(f"look-at-{page}")) for page in EACH]


@pytest.fixture(scope="module")
def seen() -> dict[object, Sight]:
    """Pages by address, with every table open."""
    return {}


@pytest.fixture
def look(sample_pages: Pages, seen: dict[object, Sight]) -> Callable[..., Sight]:
    """Return a page of the sample data at an address, to be looked at only."""

    def look(page: str, **address: str) -> Sight:
        key = (page, *sorted(address.items()))
        if key not in seen:
            seen[key] = sample_pages.see(page, **address).open_tables()
        return seen[key]

    return look


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES_LOOKED_AT)
def test_a_page_of_all_partnerships_is_complete(look: Callable[..., Sight], page: str, language: str) -> None:
    sight = look(page, lang=language)
    assert sight.title == TITLES[page][language]
    assert BANNERS[language] in sight.words
    assert_figures_complete(sight)
    assert_readable(sight)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES_OF_EACH)
def test_a_page_of_each_partnership_is_complete(
    look: Callable[..., Sight], sample_truth, page: str, language: str
) -> None:
    # Each partnership on each page in one language, and on the pages in turn in both.
    first = (EACH.index(page) + LANGUAGES.index(language)) % 2
    for slug, sample in list(sample_truth.items())[first::2]:
        sight = look(page, lang=language, partnerstwo=slug)
        name = sample.register.partnership.name
        assert name in (sight.title if page == "partnerships" else sight.words)
        assert_figures_complete(sight)
        assert_readable(sight)


@pytest.mark.parametrize("page", PAGES_LOOKED_AT)
def test_an_english_page_speaks_no_polish(look: Callable[..., Sight], page: str) -> None:
    catalogue = texts()
    polish = {
        text
        for key in catalogue
        if isinstance(text := catalogue.raw(key, "pl"), str) and "{" not in text and text != catalogue.raw(key, "en")
    }
    for address in ({}, {"partnerstwo": "liw"}):
        sight = look(page, lang="en", **address)
        shown = {unescape(text).strip("# *") for text in (*sight.markdown, *sight.words.split("\n"))}
        assert shown & polish == set()


@pytest.mark.xdist_group("look-at-results")
def test_shipped_questions_are_english_on_an_english_page(look: Callable[..., Sight]) -> None:
    asked = [question for one in list_questionnaires() for question in one.questions]
    polish = {text for question in asked for text in (question.text_pl, question.battery) if text.endswith("?")}
    sight = look("results", lang="en", partnerstwo="warszawa-mokotow")
    drawn = " ".join(word for figure in sight.figures.values() if figure.spec for word in figure.drawn_words())
    shown = " ".join([sight.words, drawn]).replace("<br>", " ")
    assert [text for text in polish if text in shown] == []


@pytest.mark.parametrize("page", PAGES_LOOKED_AT)
def test_headings_descend_one_step_at_a_time(look: Callable[..., Sight], page: str) -> None:
    for address in ({"lang": "pl"}, {"lang": "en", "partnerstwo": "liw"}):
        level = 1
        for heading in look(page, **address).headings:
            depth = len(heading) - len(heading.lstrip("#"))
            assert depth <= level + 1, heading
            level = depth


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES_LOOKED_AT)
def test_links_lead_to_pages_that_are_there(look: Callable[..., Sight], sample_truth, page: str, language: str) -> None:
    for link in look(page, lang=language).links:
        query = parse_qs(link.query)
        assert link.page in PAGES.values()
        # A link leads to a partnership, or on the same page to a problem of all.
        assert query.keys() & {"partnerstwo", "problem-wspolny"}
        assert set(query.get("partnerstwo", [])) <= set(sample_truth)
        assert set(query.get("problem-wspolny", [])) <= set(load().problems.codes)
        assert query.get("lang", ["pl"]) == [language]

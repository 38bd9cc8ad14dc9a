"""Data as they come: nothing at all, nothing but a name, no dates, no groups, names that are payloads."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from dashboard.escaping import plain
from surveys.language.texts import LANGUAGES
from surveys.model import Activity, Funding, Partnership, Problem, Project, Register, Territory
from tests.made.odd_names import NAMES, a_partner, name_everything
from tests.made.surveys import load_survey_of, make_question
from tests.page_visits import Pages, load_registers
from tests.pages.test_every_page import TITLES, assert_complete, assert_readable
from tests.sight import Sight

READING = ["start", "problems", "activities", "groups", "results", "partnerships", "map", "mirrors"]
FILTERED = READING[1:]

LOOKS: list[tuple[str, dict[str, str]]] = [
    ("start", {}),
    ("partnerships", {"partnerstwo": "dziwne"}),
    ("problems", {}),
    ("problems", {"partnerstwo": "dziwne"}),
    ("problems", {"problem": "P501"}),
    ("groups", {}),
    ("results", {"partnerstwo": "dziwne"}),
    ("results", {"partnerstwo": "dziwne", "widok": "pytania"}),
    ("map", {}),
    ("map", {"mapa": "P501"}),
    ("mirrors", {"partnerstwo": "dziwne"}),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", READING)
def test_an_empty_database_says_what_to_do_next(pages_of: Callable[..., Pages], page: str, language: str) -> None:
    sight = pages_of().see(page, lang=language)
    assert sight.title == TITLES[page][language]
    assert {"pl": "Nie ma jeszcze żadnych danych", "en": "There are no data yet"}[language] in sight.words
    assert [link.page for link in sight.links] == ["wgraj"]
    assert {"pl": "wymyślone", "en": "invented"}[language] not in sight.words
    assert sight.figures == {}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", [{}, {"partnerstwo": "nowe"}], ids=["all", "one"])
@pytest.mark.parametrize("page", READING)
def test_a_partnership_of_which_only_the_name_is_known(
    pages_of: Callable[..., Pages], page: str, address: dict[str, str], language: str
) -> None:
    register = Register(Partnership("nowe", "Nowe Partnerstwo", sample=True))
    sight = pages_of(load_registers(register)).see(page, lang=language, **address)
    assert_readable(sight)
    assert_complete(sight)
    if page in {"problems", "activities"}:
        assert sight.at.get("plotly_chart") == []
        assert {"pl": "Nie wpisano jeszcze", "en": "have been entered yet"}[language] in sight.words or address


@pytest.mark.parametrize("page", READING)
def test_things_without_dates_groups_and_money(pages_of: Callable[..., Pages], page: str) -> None:
    register = Register(
        Partnership("bez-dat", "Bez dat", (Territory("99"),), sample=True),
        (a_partner(),),
        problems=(Problem("x", "Problem", "PB99", "T04", "reported"),),
        projects=(Project("x", "Projekt", "idea", funding=(Funding("FS01"), Funding("FS24", None, 2024))),),
        activities=(Activity("x", "Działanie", "T03", "F01", date(2025, 1, 1)),),
    )
    pages = pages_of(load_registers(register))
    for address in ({}, {"partnerstwo": "bez-dat"}):
        sight = pages.see(page, **address)
        assert_readable(sight)
        assert_complete(sight)


@pytest.mark.parametrize("page", READING)
def test_a_project_alone_has_its_place_on_the_line_of_years(pages_of: Callable[..., Pages], page: str) -> None:
    project = Project("x", "Projekt", "idea", starts_on=date(2025, 1, 1), ends_on=date(2027, 5, 1))
    register = Register(Partnership("nowe", "Nowe", sample=True), projects=(project,))
    pages = pages_of(load_registers(register))
    for address in ({}, {"partnerstwo": "nowe"}):
        sight = pages.see(page, **address)
        assert_readable(sight)
        assert_complete(sight)


@pytest.mark.parametrize("page", READING)
def test_a_year_mistyped_by_a_thousand_does_not_break_a_page(pages_of: Callable[..., Pages], page: str) -> None:
    activities = tuple(
        Activity(f"a{year}", "Festyn", "T03", "F01", date(year, 5, 1), target_groups=("G30",)) for year in (1025, 2025)
    )
    register = Register(Partnership("nowe", "Nowe", sample=True), activities=activities)
    pages = pages_of(load_registers(register))
    for address in ({}, {"partnerstwo": "nowe"}):
        sight = pages.see(page, **address)
        assert_readable(sight)
        for figure in sight.figures.values():
            assert figure.spec is None or len(figure.drawn_words()) < 250


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_names_are_shown_as_they_were_written(pages_of: Callable[..., Pages], name: str) -> None:
    question = replace(make_question({"P501": name, "own": name}), text_pl=name, text_en="")
    pages = pages_of(
        load_registers(name_everything(name)),
        load_survey_of("dziwne", people=40, counts={"P501": 40, "own": 20}, name=name, question=question),
    )
    shown = " ".join(name.split())
    for page, address in LOOKS:
        sight = pages.see(page, **address).open_tables()
        assert_escaped(sight, shown)
        if page in {"start", "partnerships"} or "problem" in address:
            assert shown in sight.words


def assert_escaped(sight: Sight, name: str) -> None:
    """No name stands bare in Markdown when it holds a sign that Markdown reads, nor HTML in a chart."""
    labels = [link.proto.label for link in sight.at.page_link]
    cells = [str(cell) for table in sight.at.table for row in table.value.itertuples(index=False) for cell in row]
    if plain(name) != name:
        bare = re.compile(rf"(?<!\\){re.escape(name)}")
        assert [text for text in (*sight.markdown, *labels, *cells) if bare.search(text)] == []
    for figure in sight.figures.values():
        for word in figure.drawn_words() if figure.spec is not None else ():
            # A whole line may be bold: that is the chart's own doing, never a name's.
            for line in word.split("<br>"):
                assert not re.search(r"<(?:img|a|b)\b", line.removeprefix("<b>").removesuffix("</b>"))


def test_partnerships_of_one_name_can_each_be_chosen(pages_of: Callable[..., Pages]) -> None:
    registers = [
        Register(Partnership(slug, "Razem", aims=f"Cel {slug}", sample=True), (a_partner(),))
        for slug in ("razem-gora", "razem-dol")
    ]
    pages = pages_of(load_registers(*registers))
    assert sorted(link.query for link in pages.see("start").links) == [
        "partnerstwo=razem-dol",
        "partnerstwo=razem-gora",
    ]
    for slug in ("razem-gora", "razem-dol"):
        assert f"Cel {slug}" in pages.see("partnerships", partnerstwo=slug).words
        assert f"Cel {slug}" in pages.see("partnerships").choose(filter_partnership=slug).words


def test_a_hundred_partnerships_fit_on_a_page(pages_of: Callable[..., Pages]) -> None:
    registers = [replace(name_everything(f"Partnerstwo numer {number}", f"p{number}")) for number in range(100)]
    pages = pages_of(load_registers(*registers))
    for page in READING:
        sight = pages.see(page)
        assert_readable(sight)
        for figure in sight.figures.values():
            if figure.spec is not None:
                assert figure.spec["layout"]["height"] < 1500, figure.key

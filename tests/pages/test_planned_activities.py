"""Activities that are only planned are said to be planned wherever activities are counted."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from dashboard.stories import opening
from surveys.model import Activity, Partnership, Problem, Register
from tests.page_visits import Pages, load_registers

ONE_PLANNED = {"pl": "3 działania (w tym 1 zaplanowane)", "en": "3 activities (1 of them planned)"}
PROBLEM = Problem("p", "Nuda", "P501", "T04", "reported", target_groups=("G05",))


def register(*days: date) -> Register:
    activities = tuple(
        Activity(f"a{place}", "Festyn", "T03", "F01", day, target_groups=("G05",), problems=("p",))
        for place, day in enumerate(days)
    )
    return Register(Partnership("nowe", "Nowe", sample=True), problems=(PROBLEM,), activities=activities)


@pytest.fixture
def at_new_year(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "utc_now", lambda: datetime(2026, 1, 1, 12, tzinfo=UTC))


@pytest.mark.usefixtures("at_new_year")
@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize(
    ("page", "address"),
    [
        ("start", {}),
        ("activities", {}),
        ("partnerships", {}),
        ("partnerships", {"partnerstwo": "nowe"}),
        ("problems", {"problem": "P501"}),
    ],
    ids=str,
)
def test_planned_ones_are_counted_apart(
    pages_of: Callable[..., Pages], page: str, address: dict[str, str], language: str
) -> None:
    days = (date(2025, 5, 1), date(2026, 1, 1), date(2026, 1, 2))
    sight = pages_of(load_registers(register(*days))).see(page, lang=language, **address)
    assert ONE_PLANNED[language] in sight.words


@pytest.mark.usefixtures("at_new_year")
def test_where_nothing_is_planned_nothing_is_said_of_plans(pages_of: Callable[..., Pages]) -> None:
    pages = pages_of(load_registers(register(date(2025, 5, 1))))
    for page in ("start", "partnerships"):
        assert "1 działanie" in pages.see(page).words
        assert "(w tym" not in pages.see(page).words


@pytest.mark.usefixtures("at_new_year")
@pytest.mark.parametrize(("language", "words"), [("pl", "zaczęło się"), ("en", "began")])
def test_a_year_to_come_is_not_told_as_past(pages_of: Callable[..., Pages], language: str, words: str) -> None:
    pages = pages_of(load_registers(register(date(2025, 5, 1), date(2027, 5, 1), date(2027, 6, 1))))
    sentence = pages.see("activities", lang=language).figures["activities-year"].sentence
    assert "**2027** (2)" in sentence
    assert words not in sentence


@pytest.mark.parametrize(("language", "words"), [("pl", "także zaplanowanych"), ("en", "planned ones included")])
def test_each_figure_of_activities_says_that_plans_are_in_it(
    pages_of: Callable[..., Pages], language: str, words: str
) -> None:
    figures = (
        pages_of(load_registers(register(date(2025, 5, 1)))).see("activities", lang=language).open_tables().figures
    )
    for key in ("activities-theme", "activities-form", "activities-group", "activities-year"):
        assert any(words in word for word in figures[key].words), key

"""The line of years of a card: whole years, each named once, however few or many there are."""

from datetime import date
from itertools import pairwise

import pytest

from dashboard.charts.timeline import Span, draw_timeline
from surveys.language.texts import LANGUAGES
from surveys.privacy.disclosure import CountRow, publish_counts
from surveys.privacy.published import Source


def axis_of(years: list[int], projects: tuple[Span, ...] = ()) -> dict[str, object]:
    rows = [CountRow((str(year),), dict.fromkeys(LANGUAGES, (str(year),)), 1) for year in years]
    table = publish_counts(rows, dimensions=("year",), unit="count", source=Source({"pl": "co", "en": "what"}))
    chart = draw_timeline(projects, table, heading="Działania", alt="alt", language="pl")
    return chart.figure.to_plotly_json()["layout"]["xaxis"]


def test_one_year_is_named_once_in_its_middle_under_its_circle() -> None:
    axis = axis_of([2025])
    assert list(axis["ticktext"]) == ["2025"]
    assert list(axis["tickvals"]) == ["2025-07-01"]
    assert list(axis["range"]) == ["2025-01-01", "2025-12-31"]


def test_one_short_project_has_a_whole_year_too() -> None:
    axis = axis_of([], (Span("Festyn", date(2025, 5, 1), date(2025, 5, 2)),))
    assert list(axis["ticktext"]) == ["2025"]


@pytest.mark.parametrize("last", [2019, 2026, 2040, 3000])
def test_many_years_are_few_labels_of_whole_years(last: int) -> None:
    names = [int(name) for name in axis_of([2018, last])["ticktext"]]
    assert len(names) <= 8
    assert names[0] == 2018
    assert len({late - early for early, late in pairwise(names)}) == 1


def test_a_mistyped_early_year_is_still_a_date() -> None:
    assert axis_of([25, 2025])["tickvals"][0] == "0025-07-01"

"""Need and supply of every partnership in sight, judged together."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from dashboard.data import place_shares
from dashboard.stories.opening import texts_of
from dashboard.visit import View
from etl.store.reading import PlaceShares, RegisterFrames
from surveys.analysis.asked_people import find_asked_people
from surveys.analysis.place_series import sort_by_time
from surveys.analysis.red_thread import LIVE_PROJECTS
from surveys.analysis.rows import Row, is_known, rows_of
from surveys.analysis.supply_gaps import (
    Period,
    SupplyScreen,
    count_supply,
    find_little,
    name_supply_gaps,
    need_of_themes,
    sum_money,
)
from surveys.analysis.survey_tables import tabulate_options
from surveys.analysis.three_mirrors import look_at_answers
from surveys.model import PopulationKind
from surveys.privacy.published import PublishedTable, Source
from surveys.vocabulary import load

GROUP, THEME = "group", "theme"
KINDS = (GROUP, THEME)
_LISTS = {GROUP: "target_groups", THEME: "problems"}
_SHARES = frozenset({"single", "multiple"})
_DEFAULT_YEARS = 3

Key = tuple[str, str, str]  # partnership, group or theme, its code


@dataclass(frozen=True, slots=True)
class Need:
    """What one measurement says of the needs of a partnership.

    Attributes:
        measurement: row of `PlaceShares.questions`.
        options: its options with the number of people, code by code; they have not passed the gate.
        table: published shares.
        values: p-value against "not above the average", by code of a group or a theme; empty where too few answered.
    """

    measurement: Row
    options: Sequence[Row]
    table: PublishedTable
    values: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Supply:
    """What was done in a partnership in the period, by code; what nobody wrote down is absent.

    Attributes:
        entered: activities of the period, whatever they were for.
    """

    activities: Mapping[str, int]
    participants: Mapping[str, float]
    money: Mapping[str, float]
    entered: int


@dataclass(frozen=True, slots=True)
class Gathered:
    """Everything the page shows."""

    period: Period
    needs: Mapping[tuple[str, str], Need]
    supplies: Mapping[tuple[str, str], Supply]
    screen: SupplyScreen[Key]

    def gaps_of(self, slug: str, kind: str) -> list[str]:
        """Return the codes of the named gaps of a partnership."""
        return [code for place, of_kind, code in self.screen.gaps if (place, of_kind) == (slug, kind)]


def choose_period(view: View, today: date) -> Period:
    """Return the years whose action counts: the chosen ones, else the last three."""
    years = view.filters.years
    return Period(*years) if years is not None else Period(today.year - _DEFAULT_YEARS + 1, today.year)


def gather(view: View, slugs: tuple[str, ...], period: Period, today: date) -> Gathered:
    """Put need and supply together and name the gaps.

    Args:
        view: what is looked at; only its scope and its register are asked.
        slugs: partnerships in sight: all their comparisons are judged together.
        period: years whose action counts; ``today``: later activities are plans and don't count.
        today: see above.
    """
    needs = {
        (slug, kind): need
        for kind in KINDS
        for slug, need in _read_needs(place_shares(view.scope, _LISTS[kind]), kind, slugs).items()
    }
    supplies = {
        (slug, kind): supply
        for kind in KINDS
        for slug, supply in _read_supplies(view.register, kind, slugs, period, today).items()
    }
    little = {
        (slug, kind, code)
        for (slug, kind), need in needs.items()
        for supply in [supplies[slug, kind]]
        for code in find_little(supply.activities, need.values, supply.entered)
    }
    values = {(slug, kind, code): p for (slug, kind), need in needs.items() for code, p in need.values.items()}
    return Gathered(period, needs, supplies, name_supply_gaps(values, little))


def theme_of_problems() -> dict[str, str]:
    """Return the theme of every problem of the list."""
    return {code: problem.theme for code, problem in load().problems.items()}


def _read_needs(shares: PlaceShares, kind: str, slugs: Iterable[str]) -> dict[str, Need]:
    """Return the newest measurement of each partnership that asked residents."""
    questions = shares.questions
    asked = questions[
        questions["type"].isin(_SHARES)
        & questions["partnership"].isin(set(slugs))
        & (find_asked_people(questions) == PopulationKind.RESIDENTS)
    ]
    newest = sort_by_time(asked).drop_duplicates(["partnership", "wave"]).groupby("partnership").tail(1)
    measured = shares.counts[shares.counts["measured"].isin(set(newest["measured"]))]
    # Plain rows: a frame for each of hundreds of partnerships costs more than all the rest.
    options: dict[str, list[Row]] = defaultdict(list)
    for option in rows_of(shares.options):
        options[str(option["asked"])].append(option)
    people: dict[str, dict[str, int]] = defaultdict(dict)
    for count in rows_of(measured):
        people[str(count["measured"])][str(count["code"])] = int(count["people"])
    return {
        str(row["partnership"]): _read_need(row, kind, options[str(row["asked"])], people[str(row["measured"])])
        for row in rows_of(newest)
    }


def _read_need(row: Row, kind: str, listed: Sequence[Row], people: Mapping[str, int]) -> Need:
    options = [option | {"people": people.get(str(option["code"]), 0)} for option in listed]
    source = Source(
        texts_of(f"gaps.{kind}.need_what"),
        {"pl": str(row["text_pl"]), "en": str(row["text_en"] or row["text_pl"])},
        waves=(str(row["wave_name"]),),
    )
    table = tabulate_options(row | {"vocabulary": _LISTS[kind]}, options, source=source)
    real = set(load().lists[_LISTS[kind]]) - {str(option["code"]) for option in listed if option["is_other"]}
    sights = look_at_answers(table, real)
    if kind == THEME:
        return Need(row, options, table, need_of_themes(sights, theme_of_problems()))
    return Need(row, options, table, {code: sight.seen for code, sight in sights.items() if sight.seen is not None})


def _read_supplies(
    frames: RegisterFrames, kind: str, slugs: Iterable[str], period: Period, today: date
) -> dict[str, Supply]:
    done = frames.activities[frames.activities["starts_on"] <= pd.Timestamp(today)]
    of_activities, of_projects = _links(frames, kind)
    counted = count_supply(of_activities, done, period)
    live = frames.projects[frames.projects["status"].isin(LIVE_PROJECTS)]
    sums = sum_money(of_projects, frames.funding, live, period)
    inside = done[done["starts_on"].dt.year.between(period.first, period.last)]
    entered = inside.groupby("partnership").size().to_dict()
    activities, participants = _by_code(counted, "activities"), _by_code(counted, "participants")
    money = _by_code(sums, "amount_pln")
    return {
        slug: Supply(activities[slug], participants[slug], money[slug], int(entered.get(slug, 0))) for slug in slugs
    }


def _by_code(frame: pd.DataFrame, column: str) -> dict[str, dict[str, Any]]:
    """Return the known values of a column by partnership and code, empty for whoever has none."""
    values: dict[str, dict[str, Any]] = defaultdict(dict)
    for row in rows_of(frame[["partnership", "code", column]]):
        if is_known(row[column]):
            values[row["partnership"]][row["code"]] = row[column]
    return values


def _links(frames: RegisterFrames, kind: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the codes of activities, and those of projects: their own, their activities' and their problems'."""
    if kind == GROUP:
        own = frames.activity_groups.rename(columns={"group": "code"})
        named = frames.project_groups.rename(columns={"group": "code"})
    else:
        own = frames.activities[["partnership", "uid", "theme"]].rename(columns={"theme": "code"})
        themes = frames.problems[["partnership", "uid", "theme"]].rename(columns={"uid": "problem", "theme": "code"})
        named = frames.project_problems.merge(themes, on=["partnership", "problem"])
    columns = ["partnership", "uid", "code"]
    belonging = frames.activities[["partnership", "uid", "project"]].dropna(subset=["project"])
    through = belonging.merge(own, on=["partnership", "uid"]).drop(columns="uid").rename(columns={"project": "uid"})
    return own[columns], pd.concat([named[columns], through[columns]], ignore_index=True).drop_duplicates()

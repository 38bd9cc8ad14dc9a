"""Where need and action don't meet: what residents say beside what was entered as done, code by code.

* **Need** is a share of a survey with its interval. A need is *surely large* when its code is chosen more often than
  the average code of the same list, by the exact one-sided test of `three_mirrors.look_at_answers`, which rests on the
  published shares alone. A theme is asked through its problems: its need is that of its most chosen problem, with the
  p-value multiplied by the number of the theme's problems on the list (Bonferroni), because the largest of several was
  picked.
  Ratings of importance are no need here: they are put to services (a doctor, transport), not to groups or problems, and
  a mean of five words has no "average of the list" to be above; the page of results sets them beside availability.
* **Supply** is a full count of what was entered for a stated period, no sample: activities, people who took part, money
  of projects. It is *little* when the activities are at most half of what the average code of the list has.

A gap is a need that is surely large where the supply is little. Which supplies are little does not depend on who
answered the survey, so the p-values of those codes alone are judged together by Benjamini and Hochberg: in the long run
at most the stated rate of the named gaps has a need that is not above the average.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import pandas as pd

from surveys.analysis.multiplicity import benjamini_hochberg
from surveys.analysis.three_mirrors import RATE, Sight

FEWEST_ACTIVITIES = 5
"""With fewer activities entered in the period nothing is called little: the register says too little itself."""
_LITTLE = 0.5

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class SupplyScreen(Generic[Key]):
    """Gaps found among everything that was looked at.

    Attributes:
        gaps: named ones with their adjusted p-values, in the order of the keys.
        comparisons: how many needs were looked at: those whose supply is little.
        rate: at most this share of the named ones is false in the long run.
    """

    gaps: Mapping[Key, float]
    comparisons: int
    rate: float


@dataclass(frozen=True, slots=True)
class Period:
    """Years whose supply counts, both included."""

    first: int
    last: int


def find_little(activities: Mapping[str, int], codes: Iterable[str], entered: int) -> frozenset[str]:
    """Return the codes of a list with little supply, none where too little was entered to tell.

    Args:
        activities: number by code; a code without any may be absent.
        codes: the list that need was asked of.
        entered: activities of the period, whatever they were for.
    """
    listed = list(codes)
    if entered < FEWEST_ACTIVITIES or not listed:
        return frozenset()
    most = _LITTLE * sum(activities.get(code, 0) for code in listed) / len(listed)
    return frozenset(code for code in listed if activities.get(code, 0) <= most)


def need_of_themes(sights: Mapping[str, Sight], themes: Mapping[str, str]) -> dict[str, float]:
    """Return the p-value of each theme's need from those of its problems.

    Args:
        sights: by code of the problem.
        themes: theme by code of the problem.
    """
    found: dict[str, list[float]] = {}
    for code, sight in sights.items():
        if code in themes and sight.seen is not None:
            found.setdefault(themes[code], []).append(sight.seen)
    return {theme: min(1.0, min(values) * len(values)) for theme, values in found.items()}


def name_supply_gaps(needs: Mapping[Key, float], little: Collection[Key], rate: float = RATE) -> SupplyScreen[Key]:
    """Return the gaps that can be named at a false-discovery rate.

    Args:
        needs: p-value against "not above the average code", by place and code.
        little: keys whose supply is little.
        rate: between 0 and 1.
    """
    keys: Sequence[Key] = [key for key in needs if key in little]
    adjusted = benjamini_hochberg([needs[key] for key in keys]).tolist()
    return SupplyScreen({key: p for key, p in zip(keys, adjusted, strict=True) if p <= rate}, len(keys), rate)


def count_supply(links: pd.DataFrame, activities: pd.DataFrame, period: Period) -> pd.DataFrame:
    """Return what was done for each code in a period.

    Args:
        links: partnership, uid (of an activity), code.
        activities: partnership, uid, starts_on, participants (``NaN`` when nobody counted).
        period: years of the activities' first days.

    Returns:
        Frame partnership, code, activities, participants (sum of those known, ``NaN`` when none is).
    """
    inside = activities[activities["starts_on"].dt.year.between(period.first, period.last)]
    joined = links.drop_duplicates().merge(
        inside[["partnership", "uid", "participants"]], on=["partnership", "uid"], how="inner"
    )
    groups = joined.groupby(["partnership", "code"])
    return pd.DataFrame(
        {"activities": groups.size(), "participants": groups["participants"].sum(min_count=1)}
    ).reset_index()


def sum_money(links: pd.DataFrame, funding: pd.DataFrame, projects: pd.DataFrame, period: Period) -> pd.DataFrame:
    """Return the money of projects for each code; a project's money stands in full with every code it is for.

    Args:
        links: partnership, uid (of a project), code.
        funding: partnership, uid, amount_pln, year (``NaN``: that of the project's beginning).
        projects: partnership, uid, starts_on.
        period: years of the money.

    Returns:
        Frame partnership, code, amount_pln.
    """
    money = funding.dropna(subset=["amount_pln"]).merge(
        projects[["partnership", "uid", "starts_on"]], on=["partnership", "uid"]
    )
    year = money["year"].fillna(money["starts_on"].dt.year)
    inside = money[year.between(period.first, period.last)]
    joined = links.drop_duplicates().merge(inside, on=["partnership", "uid"], how="inner")
    return joined.groupby(["partnership", "code"])[["amount_pln"]].sum().reset_index()

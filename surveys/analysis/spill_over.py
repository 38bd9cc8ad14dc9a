"""Does one success lead to co-operation on quite different tasks? Pairs of partners, and the themes they meet in.

After Putnam: trust grows by working together and spills over into other fields. Of the pairs of partners whose first
joint activity was in one theme, what share later acted together in another, and is that more than the calendar alone
would give? Chance is what comes out when the dates of the same activities are shuffled within the partnership.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from statistics import median

import numpy as np

Pair = tuple[Hashable, Hashable]


@dataclass(frozen=True, slots=True)
class JointActivity:
    """An activity that partners did together.

    Attributes:
        on: its first day.
        theme: code.
        partners: who took part; an activity of one partner joins nobody.
    """

    on: date
    theme: str
    partners: frozenset[Hashable]


@dataclass(frozen=True, slots=True)
class SpillOver:
    """What followed first meetings in one theme.

    Attributes:
        theme: of the first joint activity.
        pairs: pairs of partners who first met in it.
        share: of these who later acted together in another theme.
        by_chance: the same when the dates are shuffled, mean of the shuffles; ``None`` when not asked for.
        p_value: how often shuffles give as large a share; ``None`` when not asked for.
        days_to_second: median days to the first activity in another theme, among pairs with one; ``None`` without.
    """

    theme: str
    pairs: int
    share: float
    by_chance: float | None
    p_value: float | None
    days_to_second: float | None


def measure_spill_over(activities: Sequence[JointActivity], *, seed: int, shuffles: int = 499) -> tuple[SpillOver, ...]:
    """Return the spill-over from each theme in which a pair of partners first met, themes in order of code.

    Pairs that meet in several themes on their first day are left out: nothing came first.

    Args:
        activities: of one partnership.
        seed: of the shuffles; the same seed gives the same figures.
        shuffles: how often dates are shuffled; 0 for none.

    Source: R. D. Putnam, Making Democracy Work (1993), chapter 6, for the idea; permutation test with the observed
    order counted among the shuffles (Phipson, Smyth, Statistical Applications in Genetics 9 (2010) 39).
    """
    days = [activity.on for activity in activities]
    found = _follow(activities, days)
    random = np.random.default_rng(seed)
    by_chance: dict[str, list[float]] = {theme: [] for theme in found}
    as_large = dict.fromkeys(found, 1)
    for _ in range(shuffles):
        shuffled = _follow(activities, [days[place] for place in random.permutation(len(days))])
        for theme in found:
            waits = shuffled.get(theme)
            if waits is None:
                continue
            by_chance[theme].append(_share(waits))
            as_large[theme] += _share(waits) >= _share(found[theme])
    return tuple(
        SpillOver(
            theme=theme,
            pairs=len(waits),
            share=_share(waits),
            by_chance=float(np.mean(by_chance[theme])) if by_chance[theme] else None,
            p_value=as_large[theme] / (len(by_chance[theme]) + 1) if by_chance[theme] else None,
            days_to_second=median(later) if (later := [wait for wait in waits if wait is not None]) else None,
        )
        for theme, waits in sorted(found.items())
    )


def count_new_cross_sector_pairs(
    activities: Iterable[JointActivity], sectors: Mapping[Hashable, str]
) -> dict[int, int]:
    """Return by year how many pairs of partners of different sectors acted together for the first time.

    Args:
        activities: of one partnership.
        sectors: of every partner.

    Returns:
        Every year from the first activity to the last, years without a new pair too; empty without activities.
    """
    met: dict[Pair, int] = {}
    years = []
    for activity in activities:
        years.append(activity.on.year)
        for pair in _pairs(activity):
            if sectors[pair[0]] != sectors[pair[1]]:
                met[pair] = min(met.get(pair, activity.on.year), activity.on.year)
    firsts = list(met.values())
    return {year: firsts.count(year) for year in range(min(years), max(years) + 1)} if years else {}


def _follow(activities: Sequence[JointActivity], days: Sequence[date]) -> dict[str, list[int | None]]:
    """Return by theme of first meeting the days each pair took to another theme, ``None`` for those that never did."""
    together: dict[Pair, list[tuple[date, str]]] = {}
    for activity, day in zip(activities, days, strict=True):
        for pair in _pairs(activity):
            together.setdefault(pair, []).append((day, activity.theme))
    waits: dict[str, list[int | None]] = {}
    for meetings in together.values():
        first = min(day for day, _ in meetings)
        themes = {theme for day, theme in meetings if day == first}
        if len(themes) > 1:
            continue
        (theme,) = themes
        later = [(day - first).days for day, other in meetings if other != theme]
        waits.setdefault(theme, []).append(min(later, default=None))
    return waits


def _pairs(activity: JointActivity) -> Iterable[Pair]:
    return combinations(sorted(activity.partners, key=str), 2)


def _share(waits: Sequence[int | None]) -> float:
    return sum(wait is not None for wait in waits) / len(waits)

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
import numpy.typing as npt

Pair = tuple[Hashable, Hashable]
Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


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
    meetings = _list_meetings(activities)
    if meetings is None:
        return ()
    days = np.array([activity.on.toordinal() for activity in activities], dtype=np.int64)
    random = np.random.default_rng(seed)
    shuffled = [days[random.permutation(len(days))] for _ in range(shuffles)]
    firsts = _first_themes(meetings, np.array([days, *shuffled]))
    found = _follow(meetings, days, firsts[0])
    return tuple(
        _compare(meetings.themes[theme], found[theme], _shares_from(meetings, firsts[1:], theme))
        for theme in sorted(found, key=lambda theme: meetings.themes[theme])
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


@dataclass(frozen=True, slots=True, eq=False)
class _Meetings:
    """Every time a pair of partners met, pairs one after another.

    Attributes:
        themes: codes, in order.
        activity, theme: of each meeting: place of its activity, place of its theme.
        starts: where the meetings of each pair begin.
        pair: of each meeting.
        varied: of each pair: whether it met in more than one theme.
    """

    themes: tuple[str, ...]
    activity: Ints
    theme: Ints
    starts: Ints
    pair: Ints
    varied: npt.NDArray[np.bool_]


def _list_meetings(activities: Sequence[JointActivity]) -> _Meetings | None:
    met: dict[Pair, list[int]] = {}
    for place, activity in enumerate(activities):
        for pair in _pairs(activity):
            met.setdefault(pair, []).append(place)
    if not met:
        return None
    themes = tuple(sorted({activity.theme for activity in activities}))
    theme_of = np.array([themes.index(activity.theme) for activity in activities], dtype=np.int64)
    sizes = np.array([len(places) for places in met.values()])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int64)
    activity_of = np.concatenate(list(met.values())).astype(np.int64)
    theme = theme_of[activity_of]
    varied = np.minimum.reduceat(theme, starts) != np.maximum.reduceat(theme, starts)
    return _Meetings(themes, activity_of, theme, starts, np.repeat(np.arange(len(sizes)), sizes), varied)


def _first_themes(meetings: _Meetings, days: Ints) -> Ints:
    """Return (orders of days, pairs): the theme of each pair's first day, −1 where that day had several."""
    when = days[:, meetings.activity]
    first = np.minimum.reduceat(when, meetings.starts, axis=1)
    on_first = when == first[:, meetings.pair]
    lowest = np.minimum.reduceat(np.where(on_first, meetings.theme, len(meetings.themes)), meetings.starts, axis=1)
    highest = np.maximum.reduceat(np.where(on_first, meetings.theme, -1), meetings.starts, axis=1)
    found: Ints = np.where(lowest == highest, lowest, -1)
    return found


def _follow(meetings: _Meetings, days: Ints, firsts: Ints) -> dict[int, list[int | None]]:
    """Return by theme of first meeting the days each pair took to another theme, ``None`` for those that never did."""
    when = days[meetings.activity]
    first = np.minimum.reduceat(when, meetings.starts)
    never = np.iinfo(np.int64).max
    other = meetings.theme != firsts[meetings.pair]
    next_day = np.minimum.reduceat(np.where(other, when, never), meetings.starts)
    waits: dict[int, list[int | None]] = {}
    for pair in np.flatnonzero(firsts >= 0):
        wait = None if next_day[pair] == never else int(next_day[pair] - first[pair])
        waits.setdefault(int(firsts[pair]), []).append(wait)
    return waits


def _shares_from(meetings: _Meetings, firsts: Ints, theme: int) -> Floats:
    """Return the share that spilled over from a theme in each order of days that has pairs which first met in it."""
    begun = firsts == theme
    pairs = begun.sum(axis=1)
    spilled = (begun & meetings.varied).sum(axis=1)
    shares: Floats = spilled[pairs > 0] / pairs[pairs > 0]
    return shares


def _compare(theme: str, waits: Sequence[int | None], shares: Floats) -> SpillOver:
    later = [wait for wait in waits if wait is not None]
    share = len(later) / len(waits)
    return SpillOver(
        theme=theme,
        pairs=len(waits),
        share=share,
        by_chance=float(shares.mean()) if len(shares) else None,
        p_value=(1 + int((shares >= share).sum())) / (len(shares) + 1) if len(shares) else None,
        days_to_second=median(later) if later else None,
    )


def _pairs(activity: JointActivity) -> Iterable[Pair]:
    return combinations(sorted(activity.partners, key=str), 2)

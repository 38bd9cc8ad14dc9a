"""Does the decision stand? The first three under other ways of counting the same votes and ratings.

An item that is among the first whatever is done can be relied on; one that comes and goes with the method, with one
sector or with one person, is a matter for discussion.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from surveys.analysis.ballots import borda

Floats = npt.NDArray[np.float64]
WEIGHT_STEP = 0.25


class Change(StrEnum):
    """What is done otherwise in a scenario."""

    METHOD = "method"  # the votes as they are, counted in each way there is
    SECTOR = "sector"  # without the people of one sector
    PERSON = "person"  # without one person
    WEIGHTS = "weights"  # size or seriousness a quarter more or less


@dataclass(frozen=True, slots=True, eq=False)
class Meeting:
    """Votes and ratings of one meeting about the same items.

    Attributes:
        ranks: people × items, ties share the mean of their places; ``None`` when nobody ranked.
        dots: people × items; ``None`` when there were none.
        sectors: of each person, as long as the ballots, ``""`` for who did not say; ``None`` when not asked.
        ratings: size, seriousness and effectiveness (NACCHO scales) × items; ``None`` when not rated.
    """

    ranks: npt.ArrayLike | None = None
    dots: npt.ArrayLike | None = None
    sectors: Sequence[str] | None = None
    ratings: npt.ArrayLike | None = None


@dataclass(frozen=True, slots=True)
class Stability:
    """How often each item is among the first.

    Attributes:
        shares: 0–1 of the scenarios, by item; an item that ties for the last place counts in part.
        scenarios: number of them.
        by_change: the same shares and numbers for each thing that was changed; changes that were not tried are absent.
    """

    shares: tuple[float, ...]
    scenarios: int
    by_change: Mapping[Change, tuple[tuple[float, ...], int]] = field(default_factory=dict)


def try_decision(meeting: Meeting, top: int = 3) -> Stability:
    """Return how often each item is among the first under Borda, dots, Hanlon, other weights, and without some people.

    Scenarios: Borda and dots with all; each without one sector; each without one person; Hanlon (NACCHO) as rated,
    and with size or seriousness counting a quarter more or less.

    Args:
        meeting: what was voted and rated; at least one of the three.
        top: how many are chosen.

    Raises:
        ValueError: when there is nothing to count.
    """
    return try_scores(_scenarios(meeting), top)


def try_scores(scenarios: Iterable[tuple[Change, Floats]], top: int = 3) -> Stability:
    """Return how often each item is among the first of scenarios that somebody else has counted.

    Args:
        scenarios: what was done otherwise, and the scores of all items, larger is earlier.
        top: how many are chosen.

    Raises:
        ValueError: when there is no scenario.
    """
    chosen = [(change, _first(scores, top)) for change, scores in scenarios]
    if not chosen:
        raise ValueError("a decision needs a vote or a rating")
    by_change = {}
    for change in Change:
        of_change = [first for other, first in chosen if other is change]
        if of_change:
            by_change[change] = (tuple(np.mean(of_change, axis=0).tolist()), len(of_change))
    return Stability(tuple(np.mean([first for _, first in chosen], axis=0).tolist()), len(chosen), by_change)


def _scenarios(meeting: Meeting) -> Iterator[tuple[Change, Floats]]:
    for ballots, count in ((meeting.ranks, _borda_points), (meeting.dots, _dot_sums)):
        if ballots is None:
            continue
        given = np.asarray(ballots, dtype=float)
        for change, kept in list_crowds(len(given), meeting.sectors):
            yield change, count(given[kept])
    if meeting.ratings is not None:
        size, seriousness, effectiveness = np.asarray(meeting.ratings, dtype=float)
        for of_size, of_seriousness in ((0, 0), (1, 0), (-1, 0), (0, 1), (0, -1)):
            weights = 1 + WEIGHT_STEP * of_size, 2 * (1 + WEIGHT_STEP * of_seriousness)
            change = Change.WEIGHTS if of_size or of_seriousness else Change.METHOD
            yield change, (weights[0] * size + weights[1] * seriousness) * effectiveness


def list_crowds(people: int, sectors: Sequence[str] | None) -> Iterator[tuple[Change, npt.NDArray[np.bool_]]]:
    """Yield everybody, everybody but one sector, everybody but one person; never nobody."""
    everybody = np.ones(people, dtype=bool)
    yield Change.METHOD, everybody
    if sectors is not None:
        of_people = np.array(sectors)
        for sector in sorted(set(sectors) - {""}):  # who did not say is of no sector
            if (of_people != sector).any():
                yield Change.SECTOR, of_people != sector
    for person in range(people if people > 1 else 0):
        kept = everybody.copy()
        kept[person] = False
        yield Change.PERSON, kept


def _borda_points(ranks: Floats) -> Floats:
    return borda(ranks).points


def _dot_sums(dots: Floats) -> Floats:
    return np.asarray(dots.sum(axis=0))


def _first(scores: Floats, top: int) -> Floats:
    """Return 1 for items among the first; those that tie for the last places share them."""
    if top >= len(scores):
        return np.ones(len(scores))
    limit = np.sort(scores)[::-1][top - 1]
    above, at = scores > limit + 1e-9, np.abs(scores - limit) <= 1e-9
    return np.asarray(above + at * (top - above.sum()) / at.sum())

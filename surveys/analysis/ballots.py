"""What a meeting's votes say: Borda points, dots, the nominal group, and how far people agree.

Ballots are rankings, people × items, 1 the most important; items ranked alike share the mean of their places. Who
voted how is nobody's business: callers pass ballots without names and show sums.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class BordaResult:
    """Points of a ranking vote.

    Attributes:
        points: of each item; an item ranked alone at the first place gets one point for every other item.
        winners: positions of the items with most points.
        beaten_by: items that a majority puts before a winner, each pair of it considered: a Borda winner that loses
            one is to be discussed.
    """

    points: Floats
    winners: tuple[int, ...]
    beaten_by: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class NominalItem:
    """An item of the nominal group.

    Attributes:
        key: as listed.
        points: sum; the first of k ranked items gets k.
        voters: people who ranked it.
        low, high: least and most points among those who ranked it.
        split: some put it in the upper half of their list and as many left it out: to be discussed before the revote.
    """

    key: str
    points: int
    voters: int
    low: int
    high: int
    split: bool


def rank_with_ties(scores: npt.ArrayLike) -> Floats:
    """Return ranks of scores, 1 the largest; equal scores share the mean of their places.

    Args:
        scores: one dimension, or people × items (ranked within each person).
    """
    values = np.asarray(scores, dtype=float)
    larger = (values[..., None, :] > values[..., :, None]).sum(axis=-1)
    equal = (values[..., None, :] == values[..., :, None]).sum(axis=-1)
    return np.asarray(larger + (equal + 1) / 2)


def kendall_w(ranks: npt.ArrayLike) -> float:
    """Return Kendall's coefficient of concordance with the correction for ties: 0 no agreement, 1 all alike.

    Args:
        ranks: people × items; ties share the mean of their places.

    Returns:
        NaN when there are fewer than two people or items, or when everybody ranked all items alike.

    Source: M. G. Kendall, B. Babington Smith, Annals of Mathematical Statistics 10 (1939) 275–287; ties Kendall,
    Rank Correlation Methods (1948), chapter 6.
    """
    given = np.asarray(ranks, dtype=float)
    if given.ndim != 2 or min(given.shape) < 2:
        return float("nan")
    people, items = given.shape
    sums = given.sum(axis=0)
    spread = float(((sums - sums.mean()) ** 2).sum())
    ties = sum(float((size**3 - size).sum()) for size in (np.unique(row, return_counts=True)[1] for row in given))
    most = people**2 * (items**3 - items) - people * ties
    return 12 * spread / most if most > 0 else float("nan")


def borda(ranks: npt.ArrayLike) -> BordaResult:
    """Return Borda points, and whether a winner loses a pairwise majority.

    Args:
        ranks: people × items; ties share the mean of their places.

    Raises:
        ValueError: when there is no ballot or no item.

    Source: J.-C. de Borda (1781); H. P. Young, American Political Science Review 82 (1988) 1231–1244 for the majority.
    """
    given = np.asarray(ranks, dtype=float)
    if given.ndim != 2 or not given.size:
        raise ValueError("a vote needs a ballot and an item")
    points = (given.shape[1] - given).sum(axis=0)
    winners = np.flatnonzero(np.isclose(points, points.max()))
    before = (given[:, :, None] < given[:, None, :]).sum(axis=0)  # people who put the row's item before the column's
    beaten = np.flatnonzero((before[:, winners] > before[winners, :].T).any(axis=1))
    return BordaResult(points, tuple(winners.tolist()), tuple(beaten.tolist()))


def count_dots(ballots: npt.ArrayLike, *, closed: bool, each: int | None = None) -> npt.NDArray[np.int64]:
    """Return the dots of each item: blind until the vote is closed.

    Args:
        ballots: people × items, dots put on each.
        closed: the vote is over; before, a running count would lead those who have yet to vote.
        each: dots a person has, ``None`` when not limited.

    Raises:
        PermissionError: when the vote is still open.
        ValueError: when somebody put more dots than there were, or fewer than none.
    """
    if not closed:
        raise PermissionError("dots are counted when the vote is closed")
    given = np.asarray(ballots, dtype=np.int64)
    if (given < 0).any() or (each is not None and (given.sum(axis=1) > each).any()):
        raise ValueError("a ballot holds more dots than a person has, or fewer than none")
    return np.asarray(given.sum(axis=0))


def nominal_group(ballots: Sequence[Sequence[str]], items: Sequence[str], most: int) -> tuple[NominalItem, ...]:
    """Return the points of a nominal group's vote, most first; equal points in the order listed.

    Args:
        ballots: for each person the items ranked, the most important first, at most ``most``.
        items: all that were listed.
        most: k, how many each may rank.

    Raises:
        ValueError: when a ballot is too long, names an item twice, or one that was not listed.

    Source: A. L. Delbecq, A. H. Van de Ven, D. H. Gustafson, Group Techniques for Program Planning (1975), chapter 3.
    """
    given: Mapping[str, list[int]] = {key: [] for key in items}
    for ballot in ballots:
        if len(ballot) > most or len(set(ballot)) != len(ballot) or not set(ballot) <= set(items):
            raise ValueError("a ballot ranks listed items, each once, and no more than were asked for")
        for place, key in enumerate(ballot):
            given[key].append(most - place)
    results = [
        NominalItem(
            key=key,
            points=sum(points),
            voters=len(points),
            low=min(points, default=0),
            high=max(points, default=0),
            split=_is_split(points, len(ballots), most),
        )
        for key, points in given.items()
    ]
    return tuple(sorted(results, key=lambda item: -item.points))


def _is_split(points: Sequence[int], people: int, most: int) -> bool:
    """At least a third for it and a third without it: the middle says nothing about such an item."""
    upper = sum(point > most / 2 for point in points)
    return people > 0 and upper * 3 >= people and (people - len(points)) * 3 >= people

"""One closed round counted otherwise: in other ways, with other weights, without a sector, without a person.

What can be tried depends on what was voted. Places, dots and ratings are counted by their sums and by Borda; ratings by
Hanlon and of impact beside feasibility also as their method counts them; opinions by consensus of groups, by agreement
alone and by what is left of it after objections. Of a show of hands nobody knows whose they were: without a person
means a hand fewer for one problem after another.
"""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from surveys.analysis.ballots import borda, rank_with_ties
from surveys.analysis.decision_stability import WEIGHT_STEP, Change, list_crowds
from surveys.analysis.priorities import rate_size
from surveys.analysis.vote_results import group_voters, make_points
from surveys.model.meeting import Ballot, VoteMethod, VoteRound

Floats = npt.NDArray[np.float64]
_Kept = npt.NDArray[np.bool_]
_STEPS = (1 + WEIGHT_STEP, 1 - WEIGHT_STEP)


def list_scenarios(
    one: VoteRound, ballots: Sequence[Ballot], keys: Sequence[str], shares: Mapping[str, float | None]
) -> Iterator[tuple[Change, Floats]]:
    """Yield what was done otherwise, and the scores of the problems then, larger is earlier.

    Args:
        one: closed, about these problems at least.
        ballots: each fits the round; none for a show of hands.
        keys: of the problems whose scores are wanted, in this order.
        shares: of people who named a problem in the survey, by key, for Hanlon's size.
    """
    if one.method is VoteMethod.HANDS:
        yield from _count_hands(one, keys)
        return
    if one.method is VoteMethod.CONSENSUS:
        yield from _count_opinions(one, ballots, keys)
        return
    points = make_points(one, ballots, keys)
    ranks = rank_with_ties(points)
    for change, kept in list_crowds(len(ballots), _sectors(one, ballots)):
        yield change, np.asarray(points[kept].sum(axis=0))
        yield change, borda(ranks[kept]).points
    if one.method is VoteMethod.HANLON:
        yield from _rate_by_hanlon(one, ballots, keys, shares)
    elif one.method is VoteMethod.MATRIX:
        yield from _rate_by_impact(one, ballots, keys)
    else:
        yield from _weigh_first_places(points)


def _weigh_first_places(points: Floats) -> Iterator[tuple[Change, Floats]]:
    """What each person wanted most counts a quarter more, or less."""
    most = points == points.max(axis=1, keepdims=True)
    for step in _STEPS:
        yield Change.WEIGHTS, np.asarray(np.where(most, points * step, points).sum(axis=0))


def _rate_by_hanlon(
    one: VoteRound, ballots: Sequence[Ballot], keys: Sequence[str], shares: Mapping[str, float | None]
) -> Iterator[tuple[Change, Floats]]:
    """Hanlon (NACCHO) with PEARL; with all, size or seriousness also a quarter more or less."""
    marks = _marks(ballots, keys)
    known = np.array([np.nan if share is None else float(rate_size(share)) for share in map(shares.get, keys)])

    def rate(kept: _Kept, of_size: float = 1, of_seriousness: float = 1) -> Floats:
        seriousness, effectiveness = marks[kept, :, 0].mean(axis=0), marks[kept, :, 1].mean(axis=0)
        size = np.where(np.isnan(known), seriousness, known)
        passes = (marks[kept, :, 2:].mean(axis=0) >= 0.5).all(axis=1)
        return np.asarray((of_size * size + 2 * of_seriousness * seriousness) * effectiveness * passes)

    for change, kept in list_crowds(len(ballots), _sectors(one, ballots)):
        yield change, rate(kept)
    everybody = np.ones(len(ballots), dtype=bool)
    for step in _STEPS:
        yield Change.WEIGHTS, rate(everybody, of_size=step)
        yield Change.WEIGHTS, rate(everybody, of_seriousness=step)


def _rate_by_impact(one: VoteRound, ballots: Sequence[Ballot], keys: Sequence[str]) -> Iterator[tuple[Change, Floats]]:
    """The product of the means; with all, impact or feasibility also a quarter heavier or lighter, as an exponent.

    Source: P. W. Bridgman, Dimensional Analysis (1922): the weighted product.
    """
    marks = _marks(ballots, keys)
    for change, kept in list_crowds(len(ballots), _sectors(one, ballots)):
        yield change, np.asarray(marks[kept].mean(axis=0).prod(axis=1))
    impact, feasibility = marks.mean(axis=0).T
    for step in _STEPS:
        yield Change.WEIGHTS, np.asarray(impact**step * feasibility)
        yield Change.WEIGHTS, np.asarray(impact * feasibility**step)


def _count_opinions(one: VoteRound, ballots: Sequence[Ballot], keys: Sequence[str]) -> Iterator[tuple[Change, Floats]]:
    opinions = _marks(ballots, keys)[:, :, 0]
    for change, kept in list_crowds(len(ballots), _sectors(one, ballots)):
        there = opinions[kept]
        crowd = [ballot for ballot, stays in zip(ballots, kept, strict=True) if stays]
        sizes = group_voters(crowd) if one.by_sector else {}
        mine = np.array([ballot.sector if ballot.sector in sizes else "" for ballot in crowd])
        groups = [there[mine == name] for name in sizes] or [there]
        agreed = [(1 + (group == 1).sum(axis=0)) / (2 + len(group)) for group in groups]
        yield change, np.asarray(np.prod(agreed, axis=0))
        yield change, np.asarray((there == 1).sum(axis=0), dtype=float)
        yield change, np.asarray(there.sum(axis=0))


def _count_hands(one: VoteRound, keys: Sequence[str]) -> Iterator[tuple[Change, Floats]]:
    hands = np.array([one.hands.get(key, 0) for key in keys], dtype=float)
    yield Change.METHOD, hands
    for place in np.flatnonzero(hands):
        fewer = hands.copy()
        fewer[place] -= 1
        yield Change.PERSON, fewer


def _marks(ballots: Sequence[Ballot], keys: Sequence[str]) -> Floats:
    """People × problems × marks of a method where everybody marks everything."""
    return np.array([[ballot.marks[key] for key in keys] for ballot in ballots], dtype=float)


def _sectors(one: VoteRound, ballots: Sequence[Ballot]) -> list[str] | None:
    return [ballot.sector for ballot in ballots] if one.by_sector else None

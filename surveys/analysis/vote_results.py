"""From the ballots of a closed round to its result: points, spread, agreement, what is to be discussed again.

The result depends neither on the order of ballots nor on that of problems: problems with equal scores share their
place and stand in the order of their keys, which say nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import isnan, prod

import numpy as np
import numpy.typing as npt

from surveys.analysis.ballot_checks import MATRIX_SCALE, PEARL_QUESTIONS
from surveys.analysis.ballots import borda, count_dots, kendall_w, nominal_group, rank_with_ties
from surveys.analysis.priorities import Quadrant, hanlon, pearl, place_in_quadrant, rate_size
from surveys.model.meeting import Ballot, VoteMethod, VoteRound

Floats = npt.NDArray[np.float64]
LEAST_GROUP = 5
SPLIT_SHARE = 1 / 3


@dataclass(frozen=True, slots=True)
class ItemResult:
    """What a round says of one problem.

    Attributes:
        key: of the problem.
        score: what the order goes by: points, dots, a rating, the consensus; larger is earlier.
        place: 1 the first; problems with equal scores have equal places.
        voters: people who gave it something (a place, a dot); everybody, where all are rated; ``None`` when that is
            not to be told (`surveys.privacy.vote_gate`).
        low, high: least and most that one of those people gave.
        split: people are divided about it: to be discussed before a second round.
        parts: what the score is made of, by name: ``size``, ``seriousness``, ``effectiveness``; ``impact``,
            ``feasibility``; ``agree``, ``disagree``, ``pass``.
        dropped: names of the PEARL questions that it fails for most people; any of them drops it.
        quadrant: impact beside feasibility.
    """

    key: str
    score: float
    place: int = 0
    voters: int | None = 0
    low: float = 0
    high: float = 0
    split: bool = False
    parts: Mapping[str, float] = field(default_factory=dict)
    dropped: tuple[str, ...] = ()
    quadrant: Quadrant | None = None


@dataclass(frozen=True, slots=True)
class VoteResult:
    """Result of one round.

    Attributes:
        items: the first first.
        voters: ballots; people in the room for a show of hands.
        agreement: Kendall's W, ``None`` where there is none.
        beaten_by: keys of problems that a majority puts before the winner.
        groups: sizes of the groups of voters by which consensus was counted, by name; empty when not by groups.
    """

    method: VoteMethod
    items: tuple[ItemResult, ...]
    voters: int
    agreement: float | None = None
    beaten_by: tuple[str, ...] = ()
    groups: Mapping[str, int] = field(default_factory=dict)

    @property
    def tied_first(self) -> tuple[str, ...]:
        """Keys of the problems that share the first place; empty when one stands there alone."""
        first = tuple(item.key for item in self.items if item.place == 1)
        return first if len(first) > 1 else ()


def count_votes(one: VoteRound, ballots: Sequence[Ballot], shares: Mapping[str, float | None]) -> VoteResult:
    """Return the result of a round.

    Args:
        one: closed.
        ballots: each fits the round (`surveys.analysis.ballot_checks.check_ballot`).
        shares: of people who named a problem in the survey, by key, for the size in Hanlon's method; ``None`` or absent
            where no survey says: then it is as large as it is serious.
    """
    voters = one.people if one.method is VoteMethod.HANDS else len(ballots)
    if not voters:
        return VoteResult(one.method, tuple(ItemResult(key, 0.0, 1) for key in sorted(one.items)), 0)
    keys = tuple(sorted(one.items))
    counted = _place(_COUNTING[one.method](one, ballots, keys, shares))
    ranks = make_ranks(one, ballots, keys)
    agreement: float | None = None
    beaten: tuple[str, ...] = ()
    if ranks is not None:
        agreement = kendall_w(ranks)
        winners = [place for place, key in enumerate(keys) if any(i.key == key and i.place == 1 for i in counted)]
        beaten = tuple(keys[place] for place in find_beating(ranks, winners))
    return VoteResult(
        one.method,
        counted,
        voters,
        None if agreement is None or isnan(agreement) else round(agreement, 9),
        beaten,
        group_voters(ballots) if one.method is VoteMethod.CONSENSUS and one.by_sector else {},
    )


def make_ranks(one: VoteRound, ballots: Sequence[Ballot], keys: Sequence[str]) -> Floats | None:
    """Return ballots as ranks, people × problems, ties and what was left out sharing the mean of their places.

    ``None`` where a round ranks nothing: opinions and hands.
    """
    if not ballots or one.method in {VoteMethod.CONSENSUS, VoteMethod.HANDS}:
        return None
    return rank_with_ties(make_points(one, ballots, keys))


def make_points(one: VoteRound, ballots: Sequence[Ballot], keys: Sequence[str]) -> Floats:
    """Return what each person gave each problem, larger the more important, people × problems."""

    def give(marks: tuple[int, ...]) -> float:
        if one.method is VoteMethod.NOMINAL:
            return one.most + 1 - marks[0]
        if one.method is VoteMethod.RANKING:
            return len(keys) + 1 - marks[0]
        if one.method is VoteMethod.HANLON:
            return marks[0] * marks[1] if all(marks[2:]) else 0
        return marks[0] * marks[1] if one.method is VoteMethod.MATRIX else marks[0]

    return np.array([[give(ballot.marks[key]) if key in ballot.marks else 0.0 for key in keys] for ballot in ballots])


def find_beating(ranks: Floats, winners: Sequence[int]) -> list[int]:
    """Return the positions that a majority of those who tell them apart puts before a winner.

    Args:
        ranks: people × problems, 1 the most important.
        winners: positions of the problems with the best score.
    """
    before = (ranks[:, :, None] < ranks[:, None, :]).sum(axis=0)  # people who put the row's before the column's
    chosen = list(winners)
    return np.flatnonzero((before[:, chosen] > before[chosen, :].T).any(axis=1)).tolist()


def group_voters(ballots: Sequence[Ballot]) -> dict[str, int]:
    """Return groups of voters by sector, none of fewer than five; small ones are put together as ``""``.

    Where one group alone would be left, there are no groups: the whole is one.
    """
    sizes: dict[str, int] = {}
    for ballot in ballots:
        sizes[ballot.sector] = sizes.get(ballot.sector, 0) + 1
    large = {sector: size for sector, size in sizes.items() if sector and size >= LEAST_GROUP}
    rest = len(ballots) - sum(large.values())
    while 0 < rest < LEAST_GROUP and large:
        smallest = min(large, key=lambda sector: (large[sector], sector))
        rest += large.pop(smallest)
    groups = {**large, **({"": rest} if rest else {})}
    return groups if len(groups) > 1 else {}


def _count_nominal(one: VoteRound, ballots: Sequence[Ballot], keys: Sequence[str], _: object) -> list[ItemResult]:
    lists = [sorted(ballot.marks, key=lambda key: ballot.marks[key]) for ballot in ballots]
    return [
        ItemResult(item.key, item.points, 0, item.voters, item.low, item.high, item.split)
        for item in nominal_group(lists, keys, one.most)
    ]


def _count_dots(one: VoteRound, ballots: Sequence[Ballot], keys: Sequence[str], _: object) -> list[ItemResult]:
    points = make_points(one, ballots, keys).astype(np.int64)
    sums = count_dots(points, closed=one.closed, each=one.most)
    return [_spread(key, float(sums[place]), points[:, place]) for place, key in enumerate(keys)]


def _count_ranking(one: VoteRound, ballots: Sequence[Ballot], keys: Sequence[str], _: object) -> list[ItemResult]:
    ranks = rank_with_ties(make_points(one, ballots, keys))
    points = borda(ranks).points
    third = max(1.0, len(keys) / 3)
    results = []
    for place, key in enumerate(keys):
        given = ranks[:, place]
        first, last = (given <= third).mean(), (given > len(keys) - third).mean()
        split = bool(min(first, last) >= SPLIT_SHARE)
        results.append(
            ItemResult(key, float(points[place]), 0, len(ballots), float(given.min()), float(given.max()), split)
        )
    return results


def _count_hanlon(
    _one: VoteRound, ballots: Sequence[Ballot], keys: Sequence[str], shares: Mapping[str, float | None]
) -> list[ItemResult]:
    results = []
    for key in keys:
        marks = np.array([ballot.marks[key] for ballot in ballots], dtype=float)
        seriousness, effectiveness = marks[:, 0].mean(), marks[:, 1].mean()
        share = shares.get(key)
        size = seriousness if share is None else float(rate_size(share))
        passes = {name: bool(marks[:, 2 + place].mean() >= 0.5) for place, name in enumerate(PEARL_QUESTIONS)}
        score = float(hanlon(size, seriousness, effectiveness)) * pearl(**passes)
        parts = {"size": float(size), "seriousness": float(seriousness), "effectiveness": float(effectiveness)}
        dropped = tuple(name for name, passed in passes.items() if not passed)
        low, high = float(marks[:, 0].min()), float(marks[:, 0].max())
        results.append(ItemResult(key, score, 0, len(ballots), low, high, _is_far(marks[:, 0], 10), parts, dropped))
    return results


def _count_matrix(_one: VoteRound, ballots: Sequence[Ballot], keys: Sequence[str], _: object) -> list[ItemResult]:
    results = []
    for key in keys:
        marks = np.array([ballot.marks[key] for ballot in ballots], dtype=float)
        impact, feasibility = (float(value) for value in marks.mean(axis=0))
        span = MATRIX_SCALE[1] - MATRIX_SCALE[0]
        results.append(
            ItemResult(
                key,
                impact * feasibility,
                voters=len(ballots),
                low=float(marks[:, 0].min()),
                high=float(marks[:, 0].max()),
                split=_is_far(marks[:, 0], span) or _is_far(marks[:, 1], span),
                parts={"impact": impact, "feasibility": feasibility},
                quadrant=place_in_quadrant(impact, feasibility, MATRIX_SCALE),
            )
        )
    return results


def _count_consensus(one: VoteRound, ballots: Sequence[Ballot], keys: Sequence[str], _: object) -> list[ItemResult]:
    """Group-informed consensus: the product over groups of the share that agrees, each begun with one of two.

    Source: C. Small et al., Polis: scaling deliberation by mapping high dimensional opinion spaces, RECERCA 26 (2021).
    """
    sizes = group_voters(ballots) if one.by_sector else {}
    groups: dict[str, list[Ballot]] = {name: [] for name in sizes} or {"": []}
    for ballot in ballots:
        groups[ballot.sector if ballot.sector in sizes else ""].append(ballot)
    results = []
    for key in keys:
        opinions = [ballot.marks[key][0] for ballot in ballots]
        agree, disagree = opinions.count(1), opinions.count(-1)
        consensus = prod(
            (1 + sum(ballot.marks[key][0] == 1 for ballot in group)) / (2 + len(group)) for group in groups.values()
        )
        parts = {"agree": float(agree), "disagree": float(disagree), "pass": float(opinions.count(0))}
        split = min(agree, disagree) >= SPLIT_SHARE * len(opinions)
        results.append(ItemResult(key, consensus, 0, len(ballots), split=split, parts=parts))
    return results


def _count_hands(one: VoteRound, _ballots: Sequence[Ballot], keys: Sequence[str], _: object) -> list[ItemResult]:
    return [ItemResult(key, float(one.hands.get(key, 0)), 0, one.hands.get(key, 0)) for key in keys]


_Counting = Callable[[VoteRound, Sequence[Ballot], Sequence[str], Mapping[str, float | None]], list[ItemResult]]
_COUNTING: Mapping[VoteMethod, _Counting] = {
    VoteMethod.NOMINAL: _count_nominal,
    VoteMethod.DOTS: _count_dots,
    VoteMethod.RANKING: _count_ranking,
    VoteMethod.HANLON: _count_hanlon,
    VoteMethod.MATRIX: _count_matrix,
    VoteMethod.CONSENSUS: _count_consensus,
    VoteMethod.HANDS: _count_hands,
}


def _spread(key: str, score: float, given: npt.NDArray[np.int64]) -> ItemResult:
    """Dots of one problem: a third put two or more on it and a third put none."""
    some = given[given > 0]
    many, none = (given >= 2).mean(), (given == 0).mean()
    low, high = (float(some.min()), float(some.max())) if len(some) else (0.0, 0.0)
    return ItemResult(key, score, 0, len(some), low, high, bool(min(many, none) >= SPLIT_SHARE))


def _is_far(ratings: Floats, span: float) -> bool:
    """Half the scale lies between the extremes, and a third of the people stand near each of them."""
    low, high = float(ratings.min()), float(ratings.max())
    if high - low < span / 2:
        return False
    below, above = (ratings <= low + span / 4).mean(), (ratings >= high - span / 4).mean()
    return bool(min(below, above) >= SPLIT_SHARE)


def _place(items: Sequence[ItemResult]) -> tuple[ItemResult, ...]:
    """Order results, and give equal scores equal places; the last digits of sums depend on the order of ballots."""
    ordered = sorted(items, key=lambda item: (-round(item.score, 9), item.key))
    placed = []
    for item in ordered:
        place = 1 + sum(other.score > item.score + 1e-9 for other in ordered)
        parts = {name: round(part, 9) for name, part in item.parts.items()}
        placed.append(replace(item, place=place, score=round(item.score, 9), parts=parts))
    return tuple(placed)

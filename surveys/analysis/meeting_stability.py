"""Does a meeting's decision stand? Its closed rounds as scenarios of `surveys.analysis.decision_stability`.

A round is counted in other ways, with other weights, without each sector and without each person, as far as its method
allows (`surveys.analysis.round_scenarios`). Of several rounds of one method the last counts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from surveys.analysis.decision_stability import Change, try_scores
from surveys.analysis.round_scenarios import list_scenarios
from surveys.analysis.vote_results import count_votes
from surveys.model.meeting import Ballot, VoteMethod, VoteRound

TOP = 3
SURE = 0.999


@dataclass(frozen=True, slots=True)
class ItemStability:
    """How often a problem is among the first.

    Attributes:
        key: of the problem.
        share: 0–1 of all scenarios.
        by_change: share and number of scenarios for each thing that was changed.
    """

    key: str
    share: float
    by_change: Mapping[Change, tuple[float, int]]

    @property
    def is_sure(self) -> bool:
        """Whether it stays whatever is done."""
        return self.share >= SURE


@dataclass(frozen=True, slots=True)
class MeetingStability:
    """How a meeting's first problems stand.

    Attributes:
        items: those that are among the first in some scenario, the surest first, then as the newest round has them.
        top: how many are first.
        scenarios: how many were tried.
    """

    items: tuple[ItemStability, ...]
    top: int
    scenarios: int


def try_rounds(
    rounds: Sequence[tuple[VoteRound, Sequence[Ballot]]], shares: Mapping[str, float | None], *, least: int = 5
) -> MeetingStability | None:
    """Return how the first three stand, ``None`` when no round says anything about it.

    Only the problems of the newest round are judged: the others were left behind by the meeting itself.

    Args:
        rounds: closed, with their ballots, in the order held.
        shares: of people who named a problem in the survey, by key, for Hanlon's size.
        least: votes that a round needs.
    """
    last = {one.method: (one, ballots) for one, ballots in rounds if _count(one, ballots) >= least}
    usable = list(last.values())
    if not usable:
        return None
    newest, newest_ballots = max(usable, key=lambda pair: pair[0].number)
    places = {item.key: item.place for item in count_votes(newest, newest_ballots, shares).items}
    keys = tuple(sorted(newest.items))
    top = min(TOP, len(keys) - 1)
    sums = np.zeros(len(keys))
    count = 0
    by_change: dict[Change, tuple[np.ndarray, int]] = {}
    for one, ballots in usable:
        if not set(keys) <= set(one.items):
            continue
        tried = try_scores(list_scenarios(one, ballots, keys, shares), top)
        sums += np.array(tried.shares) * tried.scenarios
        count += tried.scenarios
        for change, (part, number) in tried.by_change.items():
            before, seen = by_change.get(change, (np.zeros(len(keys)), 0))
            by_change[change] = (before + np.array(part) * number, seen + number)
    items = [
        ItemStability(
            key,
            _tidy(sums[place] / count),
            {change: (_tidy(part[place] / number), number) for change, (part, number) in by_change.items()},
        )
        for place, key in enumerate(keys)
        if sums[place] > 0
    ]
    return MeetingStability(
        tuple(sorted(items, key=lambda item: (-item.share, places[item.key], item.key))), top, count
    )


def _tidy(share: float) -> float:
    """Without the last digits of a sum, which depend on the order of what was added."""
    return round(float(share), 9)


def _count(one: VoteRound, ballots: Sequence[Ballot]) -> int:
    return one.people if one.method is VoteMethod.HANDS else len(ballots)

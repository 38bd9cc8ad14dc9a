"""Who should meet: partners who have not worked together yet, though they care for the same things.

A pair is worth introducing for what both have in common: themes, target groups and problems. Pairs of different
sectors come first. Every suggestion carries its reasons and, where there is one, a partner who knows both.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

# A problem that both work on says more than a group, and a group more than a theme, which many share.
_WEIGHTS = {"problems": 3, "groups": 2, "themes": 1}
_MOST_OF_ONE = 2  # suggestions in which one partner is named: a list of one partner helps nobody else


@dataclass(frozen=True, slots=True)
class Interests:
    """What a partner cares for, as codes.

    Attributes:
        themes: of its statute and of activities it took part in.
        groups, problems: of activities and projects it took part in.
    """

    themes: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    problems: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Introduction:
    """Two partners who should meet.

    Attributes:
        one, two: the partners.
        across: they are of different sectors.
        shared: what both care for.
        through: a partner who has worked with both, ``None`` when nobody has.
    """

    one: Hashable
    two: Hashable
    across: bool
    shared: Interests
    through: Hashable | None


def suggest_introductions(
    interests: Mapping[Hashable, Interests],
    sectors: Mapping[Hashable, str],
    ties: Iterable[frozenset[Hashable]],
    *,
    most: int = 10,
) -> tuple[Introduction, ...]:
    """Return pairs without a tie that have most in common, across sectors first; each partner twice at most.

    Args:
        interests: of every partner that may be suggested.
        sectors: of the same; an empty sector is known to be different from none.
        ties: pairs who have worked together.
        most: how many are suggested.
    """
    known = {tie for tie in ties if len(tie) == 2}
    neighbours: dict[Hashable, set[Hashable]] = {partner: set() for partner in interests}
    for one, two in (tuple(tie) for tie in known):
        neighbours.setdefault(one, set()).add(two)
        neighbours.setdefault(two, set()).add(one)
    found = []
    for one, two in combinations(sorted(interests, key=str), 2):
        if frozenset((one, two)) in known:
            continue
        shared = _share(interests[one], interests[two])
        if weight := _weigh(shared):
            across = bool(sectors[one] and sectors[two] and sectors[one] != sectors[two])
            found.append((not across, -weight, str(one), str(two), Introduction(one, two, across, shared, None)))
    found.sort(key=lambda entry: entry[:4])
    named: dict[Hashable, int] = {}
    chosen = []
    for *_, pair in found:
        if max(named.get(pair.one, 0), named.get(pair.two, 0)) >= _MOST_OF_ONE:
            continue
        for partner in (pair.one, pair.two):
            named[partner] = named.get(partner, 0) + 1
        both = neighbours[pair.one] & neighbours[pair.two]
        through = min(both, key=lambda partner: (-len(neighbours[partner]), str(partner)), default=None)
        chosen.append(Introduction(pair.one, pair.two, pair.across, pair.shared, through))
        if len(chosen) == most:
            break
    return tuple(chosen)


def _share(one: Interests, two: Interests) -> Interests:
    return Interests(one.themes & two.themes, one.groups & two.groups, one.problems & two.problems)


def _weigh(shared: Interests) -> int:
    return sum(weight * len(getattr(shared, name)) for name, weight in _WEIGHTS.items())

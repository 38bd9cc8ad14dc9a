"""Where the mirrors agree: every one that speaks of a problem sees it, or all three do not.

Mirrors agree on a problem that at least two of them speak of and that each of those sees, by its own measure
(`surveys.analysis.three_mirrors`); a mirror that leaves a problem open keeps it from being named. That none sees it is
named only where all three speak. Each mirror has to hold by itself, so the test is the largest of their p-values
(R. L. Berger, Technometrics 24 (1982) 295–302); those of a mirror without chance are 0. Agreements that chance can
feign are judged together by Benjamini and Hochberg, apart from gaps: of each kind at most the stated rate is false in
the long run.

An agreement says how each side ranks the problem among others. It does not say how large the problem is or where it
comes from, and that nobody sees a problem does not say that there is none.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic

from surveys.analysis.multiplicity import benjamini_hochberg
from surveys.analysis.three_mirrors import RATE, Key, Mirror, Sight

_FEWEST = 2


@dataclass(frozen=True, slots=True)
class Agreement(Generic[Key]):
    """Mirrors that say the same of one problem.

    Attributes:
        key: place and problem, as they were given.
        mirrors: those that speak of it, in the order of `Mirror`.
        sees: whether all of them see it; otherwise none of the three does.
        adjusted: p-value after Benjamini and Hochberg; ``None`` where chance has no part.
    """

    key: Key
    mirrors: tuple[Mirror, ...]
    sees: bool
    adjusted: float | None


@dataclass(frozen=True, slots=True)
class Accord(Generic[Key]):
    """Agreements found among everything that was looked at.

    Attributes:
        agreements: the named ones, in the order of the keys.
        comparisons: how many were looked at where chance has a part.
        rate: at most this share of the named ones is false in the long run.
    """

    agreements: tuple[Agreement[Key], ...]
    comparisons: int
    rate: float


def name_agreements(sights: Mapping[Key, Mapping[Mirror, Sight]], rate: float = RATE) -> Accord[Key]:
    """Return the agreements of mirrors that can be named at a false-discovery rate.

    Args:
        sights: what each mirror says, by place and problem; a mirror that says nothing is left out.
        rate: between 0 and 1.
    """
    looked_at: list[tuple[Key, tuple[Mirror, ...], bool, float, bool]] = []
    for key, of_key in sights.items():
        mirrors = tuple(mirror for mirror in Mirror if mirror in of_key)
        certain = not any(of_key[mirror].by_chance for mirror in mirrors)
        seen = [of_key[mirror].seen for mirror in mirrors]
        unseen = [of_key[mirror].unseen for mirror in mirrors]
        for sees, values, fewest in ((True, seen, _FEWEST), (False, unseen, len(Mirror))):
            known = [value for value in values if value is not None]
            if len(known) == len(mirrors) >= fewest:
                looked_at.append((key, mirrors, sees, max(known), certain))
    adjusted = iter(benjamini_hochberg([p for *_, p, certain in looked_at if not certain]).tolist())
    named, by_chance = [], 0
    for key, mirrors, sees, _, certain in looked_at:
        value = None if certain else next(adjusted)
        by_chance += not certain
        if value is None or value <= rate:
            named.append(Agreement(key, mirrors, sees, value))
    return Accord(tuple(named), by_chance, rate)

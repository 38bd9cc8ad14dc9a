"""How alike two partnerships are: kind of place, number of inhabitants, what weighs in them and on whom.

Likeness is the same both ways and doesn't depend on units: weights of problems may be marks or people, inhabitants may
be counted in people or in thousands, as long as both are. What is not known of one of the two is left out, never taken
for likeness or its absence.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from surveys.analysis.place_kinds import PlaceKind
from surveys.analysis.place_profiles import profile_likeness


class Aspect(StrEnum):
    """What two partnerships can be alike in."""

    KIND = "kind"
    POPULATION = "population"
    PROBLEMS = "problems"
    GROUPS = "groups"


class Closeness(StrEnum):
    """Likeness in words: the aspects are rough, so a number would say more than is known."""

    CLOSE = "close"
    SIMILAR = "similar"
    DIFFERENT = "different"
    UNKNOWN = "unknown"


_WEIGHTS = {Aspect.KIND: 1.0, Aspect.POPULATION: 1.0, Aspect.PROBLEMS: 2.0, Aspect.GROUPS: 1.0}
_CLOSE, _SIMILAR = 0.7, 0.45
_ALIKE_IN = 0.6  # an aspect of so much is named as one that both share
_NEIGHBOURS = (
    frozenset({PlaceKind.RURAL, PlaceKind.VILLAGE}),
    frozenset({PlaceKind.RURAL, PlaceKind.URBAN_RURAL}),
    frozenset({PlaceKind.URBAN, PlaceKind.URBAN_RURAL}),
    frozenset({PlaceKind.URBAN, PlaceKind.DISTRICT}),
)


@dataclass(frozen=True, slots=True)
class PartnershipProfile:
    """What a partnership is like.

    Attributes:
        kind: of its territory.
        population: inhabitants of its territory, ``None`` when not known; the same unit for all.
        problems: weight by code of a problem, in any unit; empty when nothing is known.
        groups: the same by code of a target group.
    """

    kind: PlaceKind = PlaceKind.UNKNOWN
    population: float | None = None
    problems: Mapping[str, float] = field(default_factory=dict)
    groups: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two partnerships are.

    Attributes:
        value: 0 to 1, ``None`` when no aspect is known of both.
        aspects: the same of each aspect known of both.
    """

    value: float | None
    aspects: Mapping[Aspect, float]

    @property
    def closeness(self) -> Closeness:
        """Likeness in words."""
        if self.value is None:
            return Closeness.UNKNOWN
        if self.value >= _CLOSE:
            return Closeness.CLOSE
        return Closeness.SIMILAR if self.value >= _SIMILAR else Closeness.DIFFERENT

    @property
    def alike_in(self) -> tuple[Aspect, ...]:
        """Aspects in which both are alike."""
        return tuple(aspect for aspect, value in self.aspects.items() if value >= _ALIKE_IN)


def measure_likeness(one: PartnershipProfile, two: PartnershipProfile) -> Likeness:
    """Return how alike two partnerships are: a weighted mean of the aspects known of both.

    Source: for weights of problems and groups the quantitative coefficient of Sørensen and Dice (`profile_likeness`)
    of shares that add up to 1.
    """
    found = {
        Aspect.KIND: _compare_kinds(one.kind, two.kind),
        Aspect.POPULATION: _compare_numbers(one.population, two.population),
        Aspect.PROBLEMS: _compare_weights(one.problems, two.problems),
        Aspect.GROUPS: _compare_weights(one.groups, two.groups),
    }
    known = {aspect: value for aspect, value in found.items() if value is not None}
    if not known:
        return Likeness(None, {})
    weight = sum(_WEIGHTS[aspect] for aspect in known)
    return Likeness(sum(_WEIGHTS[aspect] * value for aspect, value in known.items()) / weight, known)


def _compare_kinds(one: PlaceKind, two: PlaceKind) -> float | None:
    if PlaceKind.UNKNOWN in {one, two}:
        return None
    if one is two:
        return 1.0
    return 0.5 if PlaceKind.MIXED in {one, two} or frozenset({one, two}) in _NEIGHBOURS else 0.0


def _compare_numbers(one: float | None, two: float | None) -> float | None:
    if not one or not two or min(one, two) < 0:
        return None
    return min(one, two) / max(one, two)


def _compare_weights(one: Mapping[str, float], two: Mapping[str, float]) -> float | None:
    codes = sorted({*one, *two})
    weights = np.array([[side.get(code, 0.0) for code in codes] for side in (one, two)])
    if not codes or not (weights.sum(axis=1) > 0).all():
        return None
    shares = weights / weights.sum(axis=1, keepdims=True)
    return float(profile_likeness(shares)[0, 1])

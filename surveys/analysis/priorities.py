"""Setting priorities: Hanlon's method in two published variants, PEARL, and impact beside feasibility.

Ratings are people's judgement, and the result is no more exact than they are: say which variant is used, show the
parts beside the result, and ask whether the decision stands (`surveys.analysis.decision_stability`).
"""

from collections.abc import Sequence
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from surveys.analysis.ballots import borda, count_dots, kendall_w, nominal_group

__all__ = [
    "SIZE_TABLE",
    "HanlonVariant",
    "Quadrant",
    "borda",
    "count_dots",
    "hanlon",
    "kendall_w",
    "nominal_group",
    "pearl",
    "place_in_quadrant",
    "rate_size",
]

Floats = npt.NDArray[np.float64]


class HanlonVariant(StrEnum):
    """The two published forms."""

    NACCHO = "naccho"
    UIC = "uic"


class Quadrant(StrEnum):
    """Impact beside feasibility."""

    DO_FIRST = "do_first"  # large impact, feasible
    PREPARE = "prepare"  # large impact, hard to do
    IF_TIME = "if_time"  # small impact, feasible
    LEAVE = "leave"  # small impact, hard to do


_SERIOUSNESS_SCALE = {HanlonVariant.NACCHO: 10.0, HanlonVariant.UIC: 20.0}

SIZE_TABLE: tuple[tuple[float, int], ...] = (
    (0.50, 10), (0.40, 9), (0.30, 8), (0.25, 7), (0.20, 6), (0.15, 5), (0.10, 4), (0.05, 3), (0.02, 2), (0.0, 1),
)  # fmt: skip
"""Our own table, shown beside the result: from this share of people who named the problem, this size."""


def hanlon(
    size: npt.ArrayLike,
    seriousness: npt.ArrayLike,
    effectiveness: npt.ArrayLike,
    *,
    variant: HanlonVariant | str = HanlonVariant.NACCHO,
    seriousness_scale: float | None = None,
) -> Floats:
    """Return Hanlon's basic priority rating of problems.

    NACCHO: (A + 2B) · C with A, B, C from 0 to 10. UIC: (A + B) · C / 3 with B from 0 to 20. Each on its own scale
    orders the problems alike.

    Args:
        size: A, 0–10 (from a survey share by `rate_size`).
        seriousness: B, on the variant's scale.
        effectiveness: C, 0–10.
        variant: which form is used; it is said with the result.
        seriousness_scale: the largest B there can be, to make sure that it is the variant's; without it several B
            none of which is above 10 are taken for the other variant's.

    Raises:
        ValueError: when a rating is off its scale, or B was rated on the other variant's scale.

    Source: J. J. Hanlon, G. E. Pickett, Public Health (1984); NACCHO, Guide to Prioritization Techniques; University
    of Illinois at Chicago, Prioritization (APEXPH).
    """
    form = HanlonVariant(variant)
    scale = _SERIOUSNESS_SCALE[form]
    if seriousness_scale is not None and seriousness_scale != scale:
        raise ValueError(f"in this variant seriousness is rated from 0 to {scale:.0f}")
    a, b, c = (np.asarray(part, dtype=float) for part in (size, seriousness, effectiveness))
    for part, most in ((a, 10.0), (b, scale), (c, 10.0)):
        if not ((part >= 0) & (part <= most)).all():
            raise ValueError("a rating is off its scale")
    if form is HanlonVariant.UIC and seriousness_scale is None and b.size > 1 and 0 < b.max() <= 10:
        raise ValueError("seriousness was rated from 0 to 10, and this variant wants 0 to 20")
    return np.asarray((a + 2 * b) * c if form is HanlonVariant.NACCHO else (a + b) * c / 3)


def pearl(*, propriety: bool, economics: bool, acceptability: bool, resources: bool, legality: bool) -> int:
    """Return PEARL: 1 when a problem passes every question, 0 when any "no" drops it.

    Source: Hanlon, Pickett (1984).
    """
    return int(propriety and economics and acceptability and resources and legality)


def rate_size(share: float, table: Sequence[tuple[float, int]] = SIZE_TABLE) -> int:
    """Return the size of a problem from the share of people who named it, by a table that is shown.

    Args:
        share: 0–1; nobody is a size of 0.
        table: shares, the largest first, with the size from each on.
    """
    if not 0 <= share <= 1:
        raise ValueError("a share lies between 0 and 1")
    return next((size for least, size in table if share >= least), 0) if share > 0 else 0


def place_in_quadrant(impact: float, feasibility: float, scale: tuple[float, float] = (1, 5)) -> Quadrant:
    """Return where a project stands; the cuts are at the midpoint of the *scale*, not of the answers.

    Args:
        impact: on the scale; the midpoint itself counts as large.
        feasibility: on the scale; the midpoint itself counts as feasible.
        scale: its least and greatest value.
    """
    if not (scale[0] <= impact <= scale[1] and scale[0] <= feasibility <= scale[1]):
        raise ValueError("a rating is off its scale")
    middle = sum(scale) / 2
    if impact >= middle:
        return Quadrant.DO_FIRST if feasibility >= middle else Quadrant.PREPARE
    return Quadrant.IF_TIME if feasibility >= middle else Quadrant.LEAVE

"""A battery: questions of one stem with one scale ("Jak Pan/Pani ocenia dostępność…"), read side by side.

Each question keeps its own distribution and base. They are put in order by the share of named answers, with its
interval; who is first is a claim of its own (`surveys.analysis.leading`), because the same people answered all.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from surveys.analysis.crosstabs import CellSums, share_cells
from surveys.analysis.frequencies import ScaleSummary, summarise_scale


@dataclass(frozen=True, slots=True, eq=False)
class BatteryItem:
    """One question of a battery.

    Attributes:
        name: of the question.
        summary: its distribution and middle.
        named: share of the named answers together, with ``low`` and ``high``; NaN when nobody answered.
    """

    name: str
    summary: ScaleSummary
    named: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, eq=False)
class Battery:
    """The questions, the largest share of named answers first; those that nobody answered last.

    Attributes:
        items: in that order.
        bases_differ: some questions were answered by fewer than nine tenths of those who answered the most: their
            shares are of different people, and the page says so.
    """

    items: tuple[BatteryItem, ...]
    bases_differ: bool


def summarise_battery(chosen: Mapping[str, CellSums], named: Collection[int]) -> Battery:
    """Return the questions of a battery side by side.

    Args:
        chosen: sums [options] of each question, by its name; the options are the same for all.
        named: positions of the answers whose share orders the questions ("bardzo dobra" and "dobra").

    Raises:
        ValueError: when the questions have different numbers of options, or the named answers are none of them.
    """
    sizes = {len(sums.count) for sums in chosen.values()}
    positions = sorted(named)
    if len(sizes) > 1 or not positions or (sizes and not 0 <= positions[0] <= positions[-1] < min(sizes)):
        raise ValueError("a battery has one scale, and the named answers are on it")
    items = [_item(name, sums, positions) for name, sums in chosen.items()]
    ordered = sorted(items, key=lambda item: -np.nan_to_num(item.named, nan=-1.0))
    bases = [item.summary.frequencies.base for item in items]
    return Battery(tuple(ordered), bool(bases) and min(bases) < 0.9 * max(bases))


def _item(name: str, sums: CellSums, positions: list[int]) -> BatteryItem:
    base = _pick(sums, list(range(len(sums.count))))
    share, low, high = share_cells(_pick(sums, positions), base)
    return BatteryItem(name, summarise_scale(sums), float(share[0]), float(low[0]), float(high[0]))


def _pick(sums: CellSums, positions: list[int]) -> CellSums:
    """Add up some options; each person chose one, so the sums are of different people."""
    if sums.weight is None or sums.weight_squared is None:
        return CellSums(sums.count[positions].sum(keepdims=True))
    return CellSums(
        sums.count[positions].sum(keepdims=True),
        sums.weight[positions].sum(keepdims=True),
        sums.weight_squared[positions].sum(keepdims=True),
    )

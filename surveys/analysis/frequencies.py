"""Answers to one question: who answered, what they said, and of those who said nothing, why.

One place for the denominators: a share is of the people who saw the question and answered it, also of a multiple
choice (per option, never per combination). Kinds of missing ("trudno powiedzieć", "nie dotyczy", "odmowa", a blank)
stand apart and are never values. Input are sums over people (`surveys.analysis.crosstabs.CellSums`). Nothing here has
passed the disclosure gate.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
import numpy.typing as npt

from surveys.analysis.crosstabs import CellSums, share_cells

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
NOT_SHOWN = "not_shown"
BLANK = "blank"


@dataclass(frozen=True, slots=True)
class Bases:
    """Who answered a question.

    Attributes:
        people: everybody who took part.
        asked: those the question was shown to.
        answered: those who gave a real answer: the base of all shares.
        missing: the rest of those asked by kind of missing (list ``missing_kinds``), kinds of nobody left out.
    """

    people: int
    asked: int
    answered: int
    missing: Mapping[str, int]

    @property
    def non_response(self) -> float:
        """Share of those asked who left the question blank or refused; 0 when nobody was asked."""
        silent = self.missing.get(BLANK, 0) + self.missing.get("refused", 0)
        return silent / self.asked if self.asked else 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Frequencies:
    """Options of one question, in the order given.

    Attributes:
        count: people who chose the option.
        base: people who answered.
        effective_base: the same after weighting.
        share: 0–1, weighted when weights were given; NaN when nobody answered.
        low, high: 95 % Wilson interval.
    """

    count: Ints
    base: int
    effective_base: float
    share: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True, slots=True, eq=False)
class ScaleSummary:
    """A scale: its distribution first, and beside it where its middle is.

    Attributes:
        frequencies: the distribution.
        mean, low, high: mean score with its 95 % interval; NaN when fewer than two answered.
        median: position of the option that half of the people reach, ``None`` when nobody answered.
    """

    frequencies: Frequencies
    mean: float
    low: float
    high: float
    median: int | None


@dataclass(frozen=True, slots=True, eq=False)
class RankingSummary:
    """A ranking, option by option.

    Attributes:
        first: people who put it first; ``share``, ``low``, ``high`` are of everybody who ranked anything.
        ranked: people who ranked it at all.
        mean_place: among those, from 1; NaN when nobody ranked it.
        base: people who ranked anything.
    """

    first: Ints
    share: Floats
    low: Floats
    high: Floats
    ranked: Ints
    mean_place: Floats
    base: int


@dataclass(frozen=True, slots=True)
class Quartiles:
    """The middle of some numbers. Least and greatest are one person's each and are never told.

    Attributes:
        base: people who gave a number.
        lower, median, upper: quartiles; each is the mean of at least as many people's numbers as were asked for.
    """

    base: int
    lower: float
    median: float
    upper: float


def count_bases(people: int, answered: int, missing: Mapping[str, int]) -> Bases:
    """Return who answered a question.

    Args:
        people: everybody who took part.
        answered: people with a real answer.
        missing: people without one by kind, ``not_shown`` among them; who is in none of these left it blank.

    Raises:
        ValueError: when more people are counted than took part.
    """
    told = {kind: count for kind, count in missing.items() if kind not in {NOT_SHOWN, BLANK} and count}
    asked = people - missing.get(NOT_SHOWN, 0)
    blank = asked - answered - sum(told.values())
    if min(blank, answered, *missing.values(), 0) < 0:
        raise ValueError("more answers than people who took part")
    return Bases(people, asked, answered, {**told, **({BLANK: blank} if blank else {})})


def count_options(chosen: CellSums, base: CellSums) -> Frequencies:
    """Return the frequencies of a single or multiple choice.

    Args:
        chosen: sums [options].
        base: sums [1] of the people who answered.
    """
    share, low, high = share_cells(chosen, base)
    return Frequencies(chosen.count, int(base.count[0]), float(base.effective[0]), share, low, high)


def summarise_scale(chosen: CellSums, scores: Sequence[float] | None = None) -> ScaleSummary:
    """Return the distribution of a scale, with its mean and median beside it.

    Args:
        chosen: sums [options] in the order of the scale; each person chose one.
        scores: what each option counts; 1, 2, 3 … by default.

    Source: interval of the (weighted) mean by linearisation with Student's t, Cochran, Sampling Techniques (1977),
    section 6.4; medians of ordered options are options, not numbers between them.
    """
    base = CellSums(chosen.count[:, None], *_columns(chosen)).total()
    frequencies = count_options(chosen, base)
    if not frequencies.base:
        return ScaleSummary(frequencies, np.nan, np.nan, np.nan, None)
    points = np.asarray(scores if scores is not None else np.arange(1, len(chosen.count) + 1), dtype=float)
    mean = float((frequencies.share * points).sum())
    median = int(np.searchsorted(np.cumsum(frequencies.share), 0.5 - 1e-12))
    return ScaleSummary(frequencies, mean, *_mean_interval(chosen, points, mean, frequencies.base), median)


def summarise_ranking(places: npt.ArrayLike, base: int) -> RankingSummary:
    """Return first places and mean places of a ranking.

    Args:
        places: people [options × places] who put the option at the place, first place first.
        base: people who ranked anything.
    """
    count = np.asarray(places, dtype=np.int64)
    first, ranked = count[:, 0], count.sum(axis=1)
    mean = np.full(len(count), np.nan)
    np.divide(count @ np.arange(1, count.shape[1] + 1), ranked, out=mean, where=ranked > 0)
    share, low, high = share_cells(CellSums(first), CellSums(np.array([base])))
    return RankingSummary(first, share, low, high, ranked, mean, base)


def summarise_numbers(values: npt.ArrayLike, count: npt.ArrayLike, least: int = 3) -> Quartiles | None:
    """Return the quartiles of numbers from how many people gave each, so that none is a single person's number.

    Neighbouring numbers are joined into bands until each holds enough people; a quartile is the mean of its band.

    Args:
        values: distinct numbers, in any order.
        count: people who gave each.
        least: people a band holds.

    Returns:
        Quartiles, ``None`` when there are not enough people for four bands.
    """
    order = np.argsort(np.asarray(values, dtype=float), kind="stable")
    numbers, people = np.asarray(values, dtype=float)[order], np.asarray(count, dtype=np.int64)[order]
    total = int(people.sum())
    if total < 4 * least:
        return None
    bands = _bands(people, least)
    sizes = np.bincount(bands, people)
    means = np.bincount(bands, people * numbers) / sizes
    reached = np.cumsum(sizes)
    lower, median, upper = (float(means[np.searchsorted(reached, total * part)]) for part in (0.25, 0.5, 0.75))
    return Quartiles(total, lower, median, upper)


def _bands(people: Ints, least: int) -> Ints:
    """Return the band of each number; the last band takes in what is too few for one of its own."""
    bands = np.zeros(len(people), dtype=np.int64)
    band = held = 0
    for place, number in enumerate(people.tolist()):
        if held >= least:
            band, held = band + 1, 0
        bands[place] = band
        held += number
    if held < least and band:
        bands[bands == band] = band - 1
    return bands


def _columns(sums: CellSums) -> tuple[Floats, Floats] | tuple[None, None]:
    if sums.weight is None or sums.weight_squared is None:
        return None, None
    return sums.weight[:, None], sums.weight_squared[:, None]


def _mean_interval(chosen: CellSums, points: Floats, mean: float, people: int) -> tuple[float, float]:
    from scipy.special import stdtrit  # noqa: PLC0415 # costs 0.2 s of a cold start

    if people < 2:
        return np.nan, np.nan
    squares = chosen.count.astype(float) if chosen.weight_squared is None else chosen.weight_squared
    variance = people / (people - 1) * float((squares * (points - mean) ** 2).sum()) / float(chosen.sums.sum()) ** 2
    reach = float(stdtrit(people - 1, 0.975)) * sqrt(variance)
    return mean - reach, mean + reach

"""Weights: answers brought to the population's make-up, and what that costs.

Raking (iterative proportional fitting) gives each combination of profile answers one factor, so that the weighted
sums meet the population's margins. It mends who answered by the margins given, and nothing else: people who never
fill in questionnaires differ in more than sex and age, and no weight knows how. The page says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from surveys.analysis.weighting_checks import check_margins, write_code
from surveys.findings import FaultError, Finding, Report

Floats = npt.NDArray[np.float64]
Margins = Mapping[str, Mapping[str, float]]
"""People of the population, or their shares, by column and code."""

LARGEST_ERROR = 1e-6
MOST_ROUNDS = 100
LOWEST_RATIO, HIGHEST_RATIO = 0.3, 3.0
# Trimming and raking pull against each other; where both can be had, a few dozen turns get there.
_MOST_TRIMS = 50
_RATIO_SLACK = 0.01


@dataclass(frozen=True, slots=True, eq=False)
class Weighting:
    """Weights with what is to be said about them.

    Attributes:
        weights: one per row of the frame; they add up to the margins' total over the people with a full profile.
        rounds: rounds of raking, all together.
        error: largest relative error of a margin.
        trimmed: people whose weight was brought back to 0.3 or 3 times the mean at some turn.
        effective: effective number of people (Kish).
        design_effect: people divided by effective people.
        remarks: warnings of the raking (missing profile answers, weights past the bounds, a costly weighting).
    """

    weights: "pd.Series[float]"
    rounds: int
    error: float
    trimmed: int
    effective: float
    design_effect: float
    remarks: Report


def rake(frame: pd.DataFrame, margins: Margins) -> "pd.Series[float]":
    """Return weights that bring answers to the population's margins; see `weigh_people`, which also says what it cost.

    Args:
        frame: as in `weigh_people`.
        margins: as in `weigh_people`.

    Raises:
        FaultError: as in `weigh_people`.
    """
    return weigh_people(frame, margins).weights


def weigh_people(frame: pd.DataFrame, margins: Margins) -> Weighting:
    """Rake answers to the population's margins, trim extreme weights, and rake again.

    Weights are trimmed to 0.3–3 times their mean; margins come first, so where both cannot be had the margins are
    met and a remark says how far the weights reach. People without a full profile get the mean weight.

    Args:
        frame: one row a person; a column of codes for each margin (missing: None or NaN); other columns are ignored.
        margins: for each column, people of the population by code, or their shares; every margin has one total.

    Returns:
        Weights and remarks; weighted sums of those with a full profile equal the margins to 1e-6.

    Raises:
        FaultError: unequal totals, an impossible margin, a category without respondents or without population,
            nobody with a full profile, or margins that no weights can meet. All faults at once.

    Source: W. E. Deming, F. F. Stephan, Annals of Mathematical Statistics 11 (1940) 427–444.
    """
    margins = {
        name: {write_code(code): float(value) for code, value in margin.items()} for name, margin in margins.items()
    }
    faults = check_margins(frame, margins)
    if faults.stops:
        raise FaultError(faults)
    codes = np.stack([_place(frame[name], [*margin]) for name, margin in margins.items()])
    full = (codes >= 0).all(axis=0)
    # People with one profile have one weight: what is fitted are the combinations that occur.
    sizes = tuple(len(margin) for margin in margins.values())
    profiles = np.ravel_multi_index(tuple(codes[:, full]), sizes)
    found, cell_of, people = np.unique(profiles, return_inverse=True, return_counts=True)
    cells = np.stack(np.unravel_index(found, sizes))
    targets = [np.array(list(margin.values())) for margin in margins.values()]
    fitted = _fit_trimmed(cells, people.astype(float), targets)
    if fitted.error >= LARGEST_ERROR:
        raise FaultError(Report((Finding("WEIGHTS-NOT-REACHED", facts={"rounds": fitted.rounds}),)))
    weights = np.full(len(frame), float(np.average(fitted.weights, weights=people)))
    weights[full] = fitted.weights[cell_of]
    effective, design_effect = kish(weights)
    return Weighting(
        weights=pd.Series(weights, index=frame.index, name="weight"),
        rounds=fitted.rounds,
        error=fitted.error,
        trimmed=int(people[fitted.trimmed].sum()),
        effective=effective,
        design_effect=design_effect,
        remarks=_remarks(weights, int((~full).sum()), effective),
    )


def kish(weights: npt.ArrayLike) -> tuple[float, float]:
    """Return what weights cost: the effective number of people and the design effect.

    Args:
        weights: not negative, not all 0.

    Returns:
        n_eff = (Σw)²/Σw², and deff = n/n_eff. (A "Kish factor" with a square root, as some software has it, is
        another quantity.)

    Raises:
        ValueError: when there are no weights, or a weight is negative or no number.

    Source: L. Kish, Survey Sampling (1965), section 11.7.
    """
    values = np.asarray(weights, dtype=float).ravel()
    if not len(values) or not np.isfinite(values).all() or (values < 0).any() or not values.any():
        raise ValueError("weights are finite, not negative and not all 0")
    values = values / values.max()  # squares of large weights stay exact
    effective = float(values.sum() ** 2 / (values**2).sum())
    return effective, len(values) / effective


@dataclass(frozen=True, slots=True, eq=False)
class _Fitted:
    weights: Floats
    rounds: int
    error: float
    trimmed: npt.NDArray[np.bool_]


def _fit_trimmed(cells: npt.NDArray[np.int64], people: Floats, targets: list[Floats]) -> _Fitted:
    """Rake, trim and rake until the weights stay within the bounds, or turning about gains nothing more."""
    weights, rounds, error = _fit(cells, people, targets, np.ones(len(people)))
    trimmed = np.zeros(len(people), dtype=bool)
    for _ in range(_MOST_TRIMS):
        mean = float(np.average(weights, weights=people))
        low, high = LOWEST_RATIO * mean, HIGHEST_RATIO * mean
        outside = (weights < low * (1 - _RATIO_SLACK)) | (weights > high * (1 + _RATIO_SLACK))
        if error >= LARGEST_ERROR or not outside.any():
            break
        trimmed |= outside
        weights, more, error = _fit(cells, people, targets, np.clip(weights, low, high))
        rounds += more
    return _Fitted(weights, rounds, error, trimmed)


def _fit(
    cells: npt.NDArray[np.int64], people: Floats, targets: list[Floats], start: Floats
) -> tuple[Floats, int, float]:
    weights = start.copy()
    error = np.inf
    for done in range(1, MOST_ROUNDS + 1):
        for codes, target in zip(cells, targets, strict=True):
            weights *= (target / np.bincount(codes, weights * people, minlength=len(target)))[codes]
        error = max(
            float(np.abs(np.bincount(codes, weights * people, minlength=len(target)) / target - 1).max())
            for codes, target in zip(cells, targets, strict=True)
        )
        if error < LARGEST_ERROR / 10:
            return weights, done, error
    return weights, MOST_ROUNDS, error


def _place(answers: "pd.Series[Any]", codes: list[str]) -> npt.NDArray[np.int64]:
    """Return the place of each answer among the codes, −1 where it is missing or none of them."""
    given, known = pd.factorize(answers)  # a column has few distinct answers, and −1 stands for a missing one
    place_of = {code: place for place, code in enumerate(codes)}
    places = [place_of.get(write_code(answer), -1) for answer in known]
    return np.array([*places, -1], dtype=np.int64)[given]


def _remarks(weights: Floats, without_profile: int, effective: float) -> Report:
    ratios = weights / weights.mean()
    found = []
    if without_profile:
        found.append(Finding("WEIGHTS-PROFILE-MISSING", facts={"count": without_profile}))
    if ratios.min() < LOWEST_RATIO * (1 - _RATIO_SLACK) or ratios.max() > HIGHEST_RATIO * (1 + _RATIO_SLACK):
        facts = {"low": round(float(ratios.min()) * 100), "high": round(float(ratios.max()) * 100)}
        found.append(Finding("WEIGHTS-PAST-BOUNDS", facts=facts))
    if effective < len(weights) / 2:
        found.append(Finding("WEIGHTS-COSTLY", facts={"count": len(weights), "effective": round(effective)}))
    return Report(tuple(found))

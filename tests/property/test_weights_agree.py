"""Weights and weighted shares against samplics, which knows nothing of us.

Not compared: samplics' standard error of a share (linearised, with answers) and ours (Kish's effective number, of
weights alone) are two quantities; what Rao–Scott's test makes of its covariance is compared in
`test_crosstabs_property`. Calibration is not compared either: we rake, and on margins alone both have one solution.
"""

import warnings
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.analysis.crosstabs import share_cells, sum_cells
from surveys.analysis.weighting import kish, weigh_people
from tests.property.test_crosstabs_property import ask_samplics


def weigh_by_samplics() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # archived: on import it warns of its own end
        from samplics.weighting import SampleWeight
    return SampleWeight()


def draw(seed: int, people: int) -> tuple[pd.DataFrame, dict[str, dict[str, float]]]:
    """Answers, and margins near enough for weights that nobody has to trim."""
    chance = np.random.default_rng(seed)
    frame = pd.DataFrame({"sex": chance.choice(["f", "m"], people), "age": chance.choice(["a", "b", "c"], people)})
    margins = {}
    for name in frame:
        shares = frame[name].value_counts(normalize=True)
        near = {str(code): float(share * chance.uniform(0.8, 1.25)) for code, share in shares.items()}
        margins[str(name)] = {code: 1000 * share / sum(near.values()) for code, share in near.items()}
    return frame, margins


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10_000))
def test_raking_and_its_cost_agree_with_samplics(seed: int) -> None:
    frame, margins = draw(seed, 200)
    ours = weigh_people(frame, margins)
    theirs = weigh_by_samplics().rake(
        samp_weight=np.ones(len(frame)),
        margins={name: frame[name].to_numpy() for name in margins},
        control=margins,
        tol=1e-10,
        ctrl_tol=1e-10,
        max_iter=500,
    )
    made = ours.weights.to_numpy()
    assert made / made.mean() == pytest.approx(np.asarray(theirs) / np.mean(theirs), rel=1e-6)
    effective, design_effect = kish(made)
    assert design_effect == pytest.approx(weigh_by_samplics().calculate_deff_weight(theirs), rel=1e-6)
    assert effective * design_effect == pytest.approx(len(frame))


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10_000))
def test_weighted_shares_agree_with_samplics(seed: int) -> None:
    chance = np.random.default_rng(seed)
    option, weight = np.concatenate([np.arange(4), chance.integers(0, 4, 200)]), chance.lognormal(0, 0.5, 204)
    cells = sum_cells(option, np.zeros(204, dtype=int), (4, 1), weight)
    bases = sum_cells(np.zeros(204, dtype=int), np.zeros(204, dtype=int), (1, 1), weight)
    shares, low, high = share_cells(cells, bases)
    expected, _covariance = ask_samplics(option, weight)
    assert shares[:, 0] == pytest.approx(expected)
    assert (low <= shares).all()
    assert (shares <= high).all()

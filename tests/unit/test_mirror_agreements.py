"""Agreements of mirrors: every mirror has to hold, and worlds without any are given some no more often than stated."""

import numpy as np

from surveys.analysis.mirror_agreements import name_agreements
from surveys.analysis.three_mirrors import OPEN, SEES, SEES_NOT, Mirror, Sight

RESIDENTS, PARTNERS, DATA = Mirror
STRONG, WEAK = Sight(1e-6, 1.0), Sight(0.3, 0.7)


def named(**sights):
    return [(one.key, one.mirrors, one.sees) for one in name_agreements(sights).agreements]


def test_all_that_speak_have_to_see_it():
    assert named(A={RESIDENTS: STRONG, PARTNERS: SEES, DATA: SEES}) == [("A", (RESIDENTS, PARTNERS, DATA), True)]
    assert named(A={RESIDENTS: STRONG, PARTNERS: SEES}) == [("A", (RESIDENTS, PARTNERS), True)]
    assert named(A={RESIDENTS: STRONG, PARTNERS: SEES, DATA: OPEN}) == []
    assert named(A={RESIDENTS: STRONG, PARTNERS: SEES, DATA: SEES_NOT}) == []
    assert named(A={RESIDENTS: WEAK, PARTNERS: SEES, DATA: SEES}) == []
    assert named(A={RESIDENTS: STRONG, PARTNERS: WEAK}) == []
    assert named(A={RESIDENTS: STRONG}) == []


def test_that_none_sees_it_takes_all_three():
    unseen = Sight(1.0, 1e-6)
    assert named(A={RESIDENTS: unseen, PARTNERS: SEES_NOT, DATA: SEES_NOT}) == [("A", tuple(Mirror), False)]
    assert named(A={RESIDENTS: unseen, PARTNERS: SEES_NOT}) == []


def test_agreements_without_chance_are_named_and_not_counted():
    accord = name_agreements({"A": {PARTNERS: SEES, DATA: SEES}, "B": {RESIDENTS: WEAK, DATA: SEES}})
    assert [(one.key, one.adjusted) for one in accord.agreements] == [("A", None)]
    assert accord.comparisons == 1


def test_a_world_without_agreements_is_given_some_no_more_often_than_stated():
    rng = np.random.default_rng(20_260)
    runs, found = 400, 0
    for _ in range(runs):
        # Partners see everything; no problem is above the average for residents: their p-values are even.
        values = rng.random(24).tolist()
        found += bool(
            name_agreements({n: {RESIDENTS: Sight(p, 1 - p), PARTNERS: SEES} for n, p in enumerate(values)}).agreements
        )
    assert found / runs <= 0.07  # the rate of 5 % and two standard errors of 400 runs

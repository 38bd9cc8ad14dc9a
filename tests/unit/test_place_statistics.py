"""Many places at once, against worlds whose truth is known: shrunken shares, ranks, funnels, likeness, the gate."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binom
from statsmodels.stats.multitest import multipletests

from surveys.analysis.comparability import Grade, Measured
from surveys.analysis.comparison import funnel_limits, shrink_shares, simulate_ranks
from surveys.analysis.place_comparability import judge_places
from surveys.analysis.place_profiles import compare_with_others, find_alike, profile_likeness, typical_share
from surveys.analysis.place_standing import Position, find_positions, funnel_p_values, stand_places
from surveys.analysis.side_by_side import set_side_by_side
from surveys.model import QuestionType, WaveMode

BASES = np.array([20, 25, 30, 35, 40, 50, 60, 75, 90, 120, 150, 200, 260, 330, 400])
RUNS = 1000


@pytest.fixture(scope="module")
def worlds():
    """Fifteen places of 20 to 400 people, a thousand times: true shares, and people who said so."""
    chance = np.random.default_rng(7)
    truth = chance.beta(8, 18, size=(RUNS, len(BASES)))
    return truth, chance.binomial(BASES, truth)


def test_nine_of_ten_rank_intervals_hold_the_true_rank_and_shrunken_shares_are_nearer(worlds):
    truth, counts = worlds
    held, raw, shrunken = 0, 0.0, 0.0
    ranks = (-truth).argsort(axis=1).argsort(axis=1) + 1
    for run in range(RUNS):
        shares = shrink_shares(counts[run], BASES)
        raw += float(((counts[run] / BASES - truth[run]) ** 2).sum())
        shrunken += float(((shares.estimates - truth[run]) ** 2).sum())
        intervals = simulate_ranks(shares, seed=run, draws=400)
        held += sum(one.low <= rank <= one.high for one, rank in zip(intervals, ranks[run], strict=True))
    assert held / (RUNS * len(BASES)) >= 0.88
    assert shrunken < 0.8 * raw


def test_places_that_are_all_alike_are_never_put_in_order():
    chance = np.random.default_rng(3)
    named = 0
    for _ in range(200):
        counts = dict(enumerate(zip(chance.binomial(BASES, 0.3).tolist(), BASES.tolist(), strict=True)))
        standings = stand_places({f"p{key:02}": pair for key, pair in counts.items()})
        named += sum(standing.stands_out for standing in standings.places.values()) > 0
    assert named / 200 <= 0.08  # one run in twenty, and its chance


def test_a_place_planted_far_out_is_found_and_the_order_of_places_changes_nothing():
    counts = {f"p{place:02}": (round(base * 0.3), int(base)) for place, base in enumerate(BASES)}
    counts["p14"] = (240, 400)
    standings = stand_places(counts)
    assert [key for key, one in standings.places.items() if one.stands_out and one.own > standings.mean] == ["p14"]
    assert standings.places["p14"].position is Position.FAR_ABOVE
    assert standings.places["p14"].rank.low == standings.places["p14"].rank.high == 1
    turned = stand_places(dict(reversed(counts.items())))
    assert turned.places == standings.places
    assert not standings.prior_is_known


@pytest.mark.parametrize("level", [0.95, 0.998])
@pytest.mark.parametrize("mean", [0.02, 0.3, 0.85])
def test_the_limits_are_the_exact_ones_between_whole_numbers(mean, level):
    """Beside scipy's own quantiles: never further than one person from them."""
    low, high = funnel_limits(mean, BASES, level)
    for found, part in ((low, (1 - level) / 2), (high, (1 + level) / 2)):
        exact = binom.ppf(part, BASES, mean)
        assert (found * BASES <= exact + 1e-9).all()
        assert (found * BASES >= np.maximum(exact - 1, 0) - 1e-9).all()


def test_a_p_value_and_the_drawn_limits_agree():
    chance = np.random.default_rng(11)
    shares = chance.binomial(BASES, 0.35) / BASES
    positions, p_values = find_positions(shares, BASES, 0.3), funnel_p_values(shares, BASES, 0.3)
    for position, p_value in zip(positions, p_values, strict=True):
        assert (p_value < 0.05) == (position is not Position.INSIDE)
        assert (p_value < 0.002) == (position in {Position.FAR_ABOVE, Position.FAR_BELOW})
    counts = {
        f"p{place:02}": (round(share * base), int(base))
        for place, (share, base) in enumerate(zip(shares, BASES, strict=True))
    }
    standings = stand_places(counts)
    raw = funnel_p_values(shares, BASES, standings.mean)
    expected = multipletests(raw, method="fdr_bh")[1]
    assert [one.p_value for one in standings.places.values()] == pytest.approx(expected)


def test_likeness_is_symmetric_and_knows_no_unit_and_finds_the_planted_twin():
    chance = np.random.default_rng(5)
    profiles = chance.dirichlet(np.ones(20), size=12) * 2.5
    profiles[7] = profiles[2]
    bases = chance.integers(40, 400, size=12)
    shares = chance.binomial(bases[:, None], np.minimum(profiles, 1)) / bases[:, None]
    variances = shares * (1 - shares) / (bases[:, None] - 1)
    likeness = profile_likeness(shares, variances)
    assert np.allclose(likeness, likeness.T)
    assert np.allclose(likeness, profile_likeness(shares * 100, variances * 100**2))
    assert ((likeness >= 0) & (likeness <= 1)).all()
    keys = [f"p{place:02}" for place in range(12)]
    counts = np.rint(shares * bases[:, None]).astype(int)
    assert find_alike(keys, counts, bases, "p02")[0] == "p07"
    assert find_alike(keys, counts, bases, "p07")[0] == "p02"
    order = chance.permutation(12)
    turned = find_alike([keys[place] for place in order], counts[order], bases[order], "p02")
    assert turned == find_alike(keys, counts, bases, "p02")
    assert np.isnan(profile_likeness(np.array([[0.0, 0.0], [0.1, 0.2]]))[0]).all()


def test_others_together_count_each_place_once_and_differences_hold_their_rate():
    assert typical_share(np.array([900, 10, 10]), np.array([1000, 100, 100])).share == pytest.approx(1.1 / 3)
    nobody = typical_share(np.array([0, 0, 0]), np.array([40, 50, 60]))
    assert (nobody.share, nobody.low) == (0, 0)
    assert 0 < nobody.high < 0.1
    chance, runs = np.random.default_rng(1), 300
    truth = np.full(30, 0.2)
    false = 0
    for _ in range(runs):
        others = chance.binomial(np.array([60, 80, 200, 50])[:, None], truth)
        own = chance.binomial(80, truth)
        found = compare_with_others((own, 80), (others, np.array([60, 80, 200, 50])))
        false += any(one.is_seen for one in found)
        for one in found:
            assert one.is_seen == (one.p_value <= 0.05)
    assert false / runs <= 0.05 + 3 * (0.05 * 0.95 / runs) ** 0.5


USUAL = Measured("Co doskwiera?", QuestionType.MULTIPLE, ("P1", "P2"), 3, WaveMode.PAPER, month=5)


def test_the_gate_leaves_out_who_differs_from_most_whatever_the_order():
    measured = {
        "a": USUAL,
        "b": replace(USUAL, mode=WaveMode.ONLINE),
        "c": USUAL,
        "d": replace(USUAL, max_choices=None),
        "e": replace(USUAL, month=11),
        "f": replace(USUAL, type=QuestionType.SINGLE, max_choices=None),
    }
    verdict = judge_places(measured)
    assert verdict == judge_places(dict(reversed(measured.items())))
    assert verdict.compared == ("a", "b", "c", "e")
    assert verdict.grade is Grade.RESERVED
    assert {one.doubt.key: one.places for one in verdict.left_out} == {"cap": ("d", "f"), "form": ("f",)}
    kept = {one.doubt.key: one.places for one in verdict.reservations}
    assert (kept["mode"], kept["month"]) == (("b",), ("e",))
    asked = {"a": USUAL, "b": USUAL, **{place: replace(USUAL, population="residents") for place in "cde"}}
    verdict = judge_places({**asked, "f": replace(USUAL, population="youth"), "g": USUAL, "h": USUAL})
    assert {one.doubt.key: one.places for one in verdict.left_out} == {"population": ("f",)}
    assert judge_places({}).grade is Grade.NOT_COMPARABLE
    assert judge_places({"a": USUAL}).grade is Grade.NOT_COMPARABLE


def test_sides_do_not_depend_on_the_order_of_rows():
    questions = pd.DataFrame(
        {
            "measured": range(6),
            "asked": [1] * 6,
            "partnership": ["liw", "liw", "gora", "las", "bor", "bor"],
            "wave": ["a", "b", "a", "a", "a", "b"],
            "wave_name": "Ankieta",
            "mode": "paper",
            "population": None,
            "population_words": "",
            "sampling": None,
            "form": "7",
            "asked_of": "",
            "limits": "",
            "opened_on": pd.to_datetime(["2021-05-01", "2025-05-01", "2024-05-01", None, "2020-05-01", "2023-05-01"]),
            "closed_on": pd.to_datetime([None] * 6),
            "type": "multiple",
            "battery": "",
            "text_pl": "Co doskwiera?",
            "text_en": "",
            "max_choices": 3.0,
            "base": [40, 50, 60, 70, 80, 90],
        }
    )
    options = pd.DataFrame({"asked": 1, "position": [0, 1], "code": ["P501", "P101"], "missing_kind": [None, None]})
    counts = pd.DataFrame({"measured": range(6), "code": "P501", "people": [10, 20, 30, 40, 50, 60]})
    territory = pd.DataFrame({"partnership": ["liw", "gora"], "teryt": ["1433042", "1438011"], "name": ""})

    def sides(order):
        return set_side_by_side(
            questions=questions.iloc[order],
            options=options,
            counts=counts.iloc[::-1],
            territory=territory,
            code_list="problems",
        )

    first, turned = sides([0, 1, 2, 3, 4, 5]), sides([5, 3, 1, 4, 2, 0])
    assert first.places == turned.places == ("bor", "gora", "las", "liw")
    assert first.counts_of("P501") == turned.counts_of("P501")
    assert first.counts_of("P501") == {"bor": (60, 90), "gora": (30, 60), "las": (40, 70), "liw": (20, 50)}
    assert first.order_codes() == ("P501", "P101")
    told = [(one["wave"], two["wave"], verdict.grade) for one, two, verdict in turned.pairs]
    assert told == [("a", "b", Grade.RESERVED)] * 2

"""Three mirrors: planted gaps are found, worlds without any name too many no more often than is stated."""

import numpy as np
import pytest
from scipy.stats import binomtest

from surveys.analysis.three_mirrors import (
    OPEN,
    SEES,
    SEES_NOT,
    Mirror,
    Ranked,
    Sight,
    average_share,
    look_at_answers,
    look_at_places,
    look_at_register,
    name_gaps,
    rank_register,
)
from surveys.privacy.disclosure import ShareRow, publish_shares
from surveys.privacy.published import PublishedTable, Source, State

RESIDENTS, PARTNERS, DATA = Mirror
RUNS, RATE = 300, 0.05
OPTIONS = 24
CODES = [f"P{number}" for number in range(OPTIONS)]


def publish(counts, base: int) -> PublishedTable:
    rows = [
        ShareRow((code,), {"pl": (code,), "en": (code,)}, int(count), base)
        for code, count in zip(CODES, counts, strict=False)
    ]
    return publish_shares(rows, dimensions=("choice",), source=Source({"pl": "", "en": ""}), exclusive=False)


def choose_three(rng: np.random.Generator, people: int, weights) -> np.ndarray:
    """Counts of a question capped at three: everybody takes three different problems."""
    keys = rng.random((people, OPTIONS)) ** (1 / np.asarray(weights))
    return np.bincount(np.argsort(-keys, axis=1)[:, :3].ravel(), minlength=OPTIONS)


def deterministic(rng: np.random.Generator) -> dict[Mirror, Sight]:
    """What registers and figures say has nothing to do with the residents' sample."""
    return {PARTNERS: (SEES, SEES_NOT, OPEN)[rng.integers(3)], DATA: (SEES, SEES_NOT, OPEN)[rng.integers(3)]}


def by_chance(screen):
    return [gap for gap in screen.gaps if gap.adjusted is not None]


@pytest.mark.parametrize("people", [45, 200])
def test_a_world_without_gaps_is_given_some_no_more_often_than_stated(people):
    rng = np.random.default_rng(20_260)
    named = 0
    for _ in range(RUNS):
        seen = look_at_answers(publish(choose_three(rng, people, np.ones(OPTIONS)), people), CODES)
        screen = name_gaps({code: {RESIDENTS: seen[code], **deterministic(rng)} for code in CODES}, RATE)
        assert screen.comparisons > 10
        named += bool(by_chance(screen))
    assert named / RUNS <= RATE


def test_planted_gaps_are_found_and_few_others_named():
    rng = np.random.default_rng(7)
    high, low = CODES[:4], CODES[4:8]
    # The others are chosen exactly as often as the average problem, so that a gap of theirs is false.
    chosen = np.array([0.22] * 4 + [0.02] * 4 + [0.12] * (OPTIONS - 8))
    false_shares, found, planted_shares = [], 0, 0
    for _ in range(RUNS):
        picked = rng.random((400, OPTIONS)) < chosen
        seen = look_at_answers(publish(picked.sum(axis=0), 400), CODES)
        sights = {code: {RESIDENTS: seen[code], **deterministic(rng)} for code in CODES}
        planted = {(code, other) for code in high for other in (PARTNERS, DATA) if sights[code][other] is SEES_NOT}
        planted |= {(code, other) for code in low for other in (PARTNERS, DATA) if sights[code][other] is SEES}
        named = {
            (gap.key, gap.sees_not if gap.sees is RESIDENTS else gap.sees) for gap in by_chance(name_gaps(sights, RATE))
        }
        found += len(named & planted)
        planted_shares += len(planted)
        false_shares.append(len(named - planted) / max(1, len(named)))
    assert found / planted_shares > 0.95
    assert np.mean(false_shares) <= RATE


def test_the_residents_test_is_the_exact_binomial_one():
    counts = [40, 9, 0, *[12] * 20]
    table = publish(counts, 150)
    codes = CODES[: len(counts)]
    lowest, highest = average_share(table, codes)
    assert lowest == highest == pytest.approx(sum(counts) / 150 / len(counts))
    sights = look_at_answers(table, codes)
    for code, count in zip(codes, counts, strict=True):
        assert sights[code].seen == pytest.approx(binomtest(count, 150, lowest, alternative="greater").pvalue)
        assert sights[code].unseen == pytest.approx(binomtest(count, 150, lowest, alternative="less").pvalue)


def test_nothing_is_told_of_a_hidden_answer():
    """One person and two people behind a hidden answer look the same, also through the others."""
    one, two = (publish([50, hidden, *[20] * 20], 200) for hidden in (1, 2))
    assert one.rows[1].state is two.rows[1].state is State.SUPPRESSED
    codes = CODES[:22]
    assert look_at_answers(one, codes) == look_at_answers(two, codes)
    hidden = look_at_answers(one, codes)[CODES[1]]
    assert hidden.unseen < 1e-4
    assert hidden.seen > 0.99


def test_too_few_people_are_not_compared():
    for base in (9, 10, 29):
        assert look_at_answers(publish([base // 2] * 5, base), CODES) == {}
    assert len(look_at_answers(publish([15] * 5, 30), CODES)) == 5
    assert look_at_answers(publish([], 100), CODES) == {}


def test_other_answers_are_no_problems():
    table = publish([30, 10, 90], 100)
    assert set(look_at_answers(table, CODES[:2])) == set(CODES[:2])
    assert average_share(table, CODES[:2]) == (0.2, 0.2)


def register(*entries) -> list[dict[str, object]]:
    return [dict(zip(("code", "status", "size", "severity"), entry, strict=True)) for entry in entries]


NAN = float("nan")


def test_a_register_ranks_by_size_and_twice_severity():
    ranking = rank_register(
        register(
            ("A", "confirmed", 3, 9), ("B", "reported", 9, 6), ("C", "confirmed", 10, 2), ("D", "solved", 10, 10),
            ("E", "confirmed", NAN, 4), ("A", "solved", 1, 1), ("F", "solved", NAN, NAN), ("F", "postponed", 5, 1),
        )
    )  # fmt: skip
    assert ranking == {
        "A": Ranked(2, 21, solved=False),
        "B": Ranked(2, 21, solved=False),
        "C": Ranked(4, 14, solved=False),
        "D": Ranked(1, 30, solved=True),
        "E": Ranked(None, None, solved=False),
        "F": Ranked(5, 7, solved=False),
    }
    sights = look_at_register(ranking, [*"ABCDEF", "X"])
    assert sights == {"A": SEES, "B": SEES, "C": OPEN, "D": OPEN, "E": OPEN, "F": OPEN, "X": SEES_NOT}


def test_a_register_without_ratings_sees_what_it_holds_and_a_short_one_says_nothing():
    unrated = rank_register(register(*((code, "confirmed", NAN, NAN) for code in "ABCDE")))
    assert look_at_register(unrated, "AX") == {"A": SEES, "X": SEES_NOT}
    assert look_at_register(dict(list(unrated.items())[:4]), "AX") == {}
    assert look_at_register(rank_register(register()), "A") == {}


@pytest.mark.parametrize(
    ("worse", "sight"),
    [
        ([0.8], SEES), ([0.75, 0.51], SEES), ([0.9, 0.5], OPEN), ([0.5, 0.2], SEES_NOT), ([0.6], OPEN),
        ([0.74, 0.1], OPEN), ([], None),
    ],
)  # fmt: skip
def test_official_figures_see_the_worst_quarter(worse, sight):
    assert look_at_places(worse) == sight


def test_gaps_without_chance_are_named_and_not_counted():
    screen = name_gaps({"A": {PARTNERS: SEES, DATA: SEES_NOT}, "B": {PARTNERS: SEES, DATA: SEES}, "C": {DATA: SEES}})
    [gap] = screen.gaps
    assert (gap.key, gap.sees, gap.sees_not, gap.adjusted) == ("A", PARTNERS, DATA, None)
    assert screen.comparisons == 0


def test_two_samples_are_compared_by_the_weaker_one():
    strong, weak = Sight(0.001, 0.9), Sight(0.5, 0.04)
    screen = name_gaps({"A": {RESIDENTS: strong, PARTNERS: weak}}, 0.1)
    assert screen.comparisons == 2
    [gap] = screen.gaps
    assert (gap.sees, gap.sees_not) == (RESIDENTS, PARTNERS)
    assert gap.adjusted == pytest.approx(0.08)
    assert name_gaps({"A": {RESIDENTS: strong, PARTNERS: weak}}, 0.05).gaps == ()

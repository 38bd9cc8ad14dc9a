"""Raking and its price: published numbers, laws, and every fault a page can run into."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.analysis.voices import Presence, compare_voices
from surveys.analysis.weighting import kish, rake, weigh_people
from surveys.findings import FaultError
from surveys.language.texts import LANGUAGES


def spread(seed: list[list[int]]) -> pd.DataFrame:
    """A person for every one counted in a table; columns row and column."""
    rows = [(str(r), str(c)) for r, line in enumerate(seed) for c, people in enumerate(line) for _ in range(people)]
    return pd.DataFrame(rows, columns=["row", "column"])


def codes_of(frame: pd.DataFrame, margins: dict[str, dict[str, float]]) -> list[str]:
    with pytest.raises(FaultError) as caught:
        rake(frame, margins)
    for finding in caught.value.report:
        for language in LANGUAGES:
            assert finding.message(language)
            assert finding.remedy(language)
    return [finding.code for finding in caught.value.report]


def test_the_published_table_is_fitted() -> None:
    frame = spread([[7, 9], [12, 7]])
    weights = rake(frame, {"row": {"0": 5, "1": 15}, "column": {"0": 10, "1": 10}})
    table = weights.groupby([frame["row"], frame["column"]]).sum().unstack().to_numpy()
    assert table == pytest.approx(np.array([[1.7757, 3.2243], [8.2243, 6.7757]]), abs=5e-5)
    # The association of the sample is kept: only the margins change.
    assert table[0, 0] * table[1, 1] / table[0, 1] / table[1, 0] == pytest.approx(7 * 7 / 9 / 12)


def test_codes_may_be_numbers_and_columns_may_have_gaps() -> None:
    frame = pd.DataFrame({"row": [0, 0, 1, 1, 1, None]})
    weights = rake(frame, {"row": {0: 5, 1: 15}})
    assert weights.to_list() == pytest.approx([2.5, 2.5, 5, 5, 5, 4])


def test_kish_gives_the_published_numbers() -> None:
    effective, design_effect = kish([1, 1, 1, 1, 2])
    assert effective == pytest.approx(4.5)
    assert design_effect == pytest.approx(1.1111, abs=5e-5)


@pytest.mark.parametrize("weights", [[], [0, 0], [1, -1], [1, float("nan")]])
def test_kish_refuses_what_is_no_weight(weights: list[float]) -> None:
    with pytest.raises(ValueError, match="weights"):
        kish(weights)


@st.composite
def surveys(draw: st.DrawFn) -> tuple[pd.DataFrame, dict[str, dict[str, float]]]:
    sizes = draw(st.lists(st.integers(2, 4), min_size=1, max_size=3))
    random = np.random.default_rng(draw(st.integers(0, 10_000)))
    # Every combination occurs, so margins can always be met.
    grid = np.array(np.meshgrid(*[np.arange(size) for size in sizes])).reshape(len(sizes), -1)
    people = np.repeat(grid, random.integers(1, 30, grid.shape[1]), axis=1)
    names = [f"q{position}" for position in range(len(sizes))]
    frame = pd.DataFrame(people.T.astype(str), columns=names)
    shares = [random.dirichlet(np.full(size, 3.0)) + 0.02 for size in sizes]
    return frame, {
        name: {str(code): float(value) for code, value in enumerate(share / share.sum() * 5000)}
        for name, share in zip(names, shares, strict=True)
    }


@given(surveys())
@settings(max_examples=60)
def test_margins_equal_their_targets(survey: tuple[pd.DataFrame, dict[str, dict[str, float]]]) -> None:
    frame, margins = survey
    result = weigh_people(frame, margins)
    for name, margin in margins.items():
        reached = result.weights.groupby(frame[name]).sum()
        assert reached.to_dict() == pytest.approx(margin, rel=1e-6)
    assert result.error < 1e-6
    assert result.effective * result.design_effect == pytest.approx(len(frame))
    ratios = result.weights / result.weights.mean()
    told = "WEIGHTS-PAST-BOUNDS" in {finding.code for finding in result.remarks}
    assert told == (ratios.min() < 0.297 or ratios.max() > 3.03)


@given(surveys(), st.integers(0, 100))
@settings(max_examples=30)
def test_the_order_of_people_and_categories_does_not_matter(
    survey: tuple[pd.DataFrame, dict[str, dict[str, float]]], seed: int
) -> None:
    frame, margins = survey
    turned = {name: dict(reversed(margin.items())) for name, margin in margins.items()}
    shuffled = frame.sample(frac=1, random_state=seed)
    assert rake(shuffled, turned).loc[frame.index].to_numpy() == pytest.approx(rake(frame, margins), rel=1e-5)


def test_extreme_weights_are_told_of_where_the_margins_ask_for_them() -> None:
    """One old person in ten speaks for half of the inhabitants: five times the mean, and nothing can mend it."""
    frame = pd.DataFrame({"age": ["y"] * 90 + ["o"] * 10})
    margins = {"age": {"y": 50.0, "o": 50.0}}
    result = weigh_people(frame, margins)
    assert result.weights.groupby(frame["age"]).sum().to_dict() == pytest.approx(margins["age"])
    assert [finding.code for finding in result.remarks] == ["WEIGHTS-PAST-BOUNDS", "WEIGHTS-COSTLY"]
    assert result.trimmed == 10


def test_extreme_weights_are_trimmed_where_others_can_carry_them() -> None:
    """Raked once, four old men would count five times the mean each; others can carry what they carried."""
    people = {("y", "k"): 120, ("y", "m"): 60, ("o", "k"): 40, ("o", "m"): 4}
    frame = pd.DataFrame([key for key, number in people.items() for _ in range(number)], columns=["age", "sex"])
    margins = {"age": {"y": 60.0, "o": 40.0}, "sex": {"k": 55.0, "m": 45.0}}
    result = weigh_people(frame, margins)
    for name, margin in margins.items():
        assert result.weights.groupby(frame[name]).sum().to_dict() == pytest.approx(margin, rel=1e-6)
    assert result.trimmed > 0
    assert "WEIGHTS-PAST-BOUNDS" not in {finding.code for finding in result.remarks}


def test_people_without_a_full_profile_get_the_mean_weight_and_are_told_of() -> None:
    frame = pd.DataFrame({"sex": ["k"] * 30 + ["m"] * 10 + [None] * 3})
    result = weigh_people(frame, {"sex": {"k": 50, "m": 50}})
    assert result.weights.iloc[-3:].to_list() == pytest.approx([2.5] * 3)
    assert result.weights.iloc[:40].mean() == pytest.approx(2.5)
    (remark,) = result.remarks
    assert remark.code == "WEIGHTS-PROFILE-MISSING"
    assert "3" in remark.message("pl")


SEX = pd.DataFrame({"sex": ["k", "m", "k"], "age": ["y", "y", "o"]})


@pytest.mark.parametrize(
    ("margins", "codes"),
    [
        ({}, ["WEIGHTS-NO-MARGINS"]),
        ({"sex": {"k": 5.0, "m": 5.0, "x": 1.0}}, ["WEIGHTS-CELL-EMPTY"]),
        ({"sex": {"k": 5.0}}, ["WEIGHTS-CATEGORY-UNKNOWN"]),
        ({"sex": {"k": 5.0, "m": 0.0}}, ["WEIGHTS-MARGIN-IMPOSSIBLE"]),
        ({"sex": {"k": 5.0, "m": float("nan")}}, ["WEIGHTS-MARGIN-IMPOSSIBLE"]),
        ({"place": {"a": 5.0}}, ["WEIGHTS-QUESTION-UNKNOWN"]),
        ({"sex": {"k": 5.0, "m": 5.0}, "age": {"y": 5.0, "o": 6.0}}, ["WEIGHTS-TOTALS-UNEQUAL"]),
        (
            {"sex": {"k": 5.0, "x": 5.0}, "age": {"y": 5.0, "o": 6.0}},
            ["WEIGHTS-TOTALS-UNEQUAL", "WEIGHTS-CELL-EMPTY", "WEIGHTS-CATEGORY-UNKNOWN"],
        ),
    ],
)
def test_every_fault_is_a_finding(margins: dict[str, dict[str, float]], codes: list[str]) -> None:
    assert codes_of(SEX, margins) == codes


def test_nobody_with_a_full_profile_is_a_finding() -> None:
    frame = pd.DataFrame({"sex": ["k", None], "age": [None, "o"]})
    assert codes_of(frame, {"sex": {"k": 1.0}, "age": {"o": 1.0}}) == ["WEIGHTS-NOBODY"]


def test_margins_that_no_weights_can_meet_are_a_finding() -> None:
    """All women are young and all men old: half women and a tenth young cannot both be had."""
    frame = pd.DataFrame({"sex": ["k", "m"] * 20, "age": ["y", "o"] * 20})
    assert codes_of(frame, {"sex": {"k": 50.0, "m": 50.0}, "age": {"y": 10.0, "o": 90.0}}) == ["WEIGHTS-NOT-REACHED"]


def test_whose_voice_is_missing() -> None:
    voices = compare_voices({"k": 140, "m": 58, "refused": 9}, {"k": 510, "m": 480, "x": 10})
    women, men, others = voices
    assert (women.presence, men.presence, others.presence) == (Presence.OVER, Presence.UNDER, Presence.MISSING)
    assert women.share == pytest.approx(140 / 198)
    assert women.population_share == pytest.approx(0.51)


def test_a_difference_that_chance_explains_is_no_missing_voice() -> None:
    assert {voice.presence for voice in compare_voices({"k": 22, "m": 18}, {"k": 50, "m": 50})} == {Presence.FAIR}


def test_voices_need_somebody() -> None:
    with pytest.raises(ValueError, match="somebody"):
        compare_voices({}, {"k": 1})

"""Scales of several questions: α by a second way, items first, and not of a few people."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.analysis.scales import cronbach_alpha


def draw(seed: int, people: int = 120, items: int = 5, spread: float = 1.0) -> np.ndarray:
    random = np.random.default_rng(seed)
    trait = random.normal(0, 1, (people, 1))
    return np.clip(np.round(3 + trait + random.normal(0, spread, (people, items))), 1, 5)


def by_analysis_of_variance(scores: np.ndarray) -> float:
    """Hoyt's form: what is left when people and items are taken out, beside how much people differ."""
    people, items = scores.shape
    mean = scores.mean()
    between = items * ((scores.mean(axis=1) - mean) ** 2).sum() / (people - 1)
    rest = scores - scores.mean(axis=1, keepdims=True) - scores.mean(axis=0, keepdims=True) + mean
    return 1 - (rest**2).sum() / ((people - 1) * (items - 1)) / between


@given(st.integers(0, 1000), st.integers(2, 8), st.floats(0.2, 3))
def test_alpha_agrees_with_the_analysis_of_variance(seed: int, items: int, spread: float) -> None:
    scores = draw(seed, items=items, spread=spread)
    result = cronbach_alpha(scores)
    assert result is not None
    assert result.alpha == pytest.approx(by_analysis_of_variance(scores))
    assert result.low <= result.alpha <= result.high <= 1
    turned = cronbach_alpha(scores[::-1, ::-1])
    assert turned is not None
    assert turned.alpha == pytest.approx(result.alpha)
    assert [item.mean for item in turned.items[::-1]] == pytest.approx([item.mean for item in result.items])


def test_what_is_left_without_an_item_is_the_alpha_of_the_others() -> None:
    scores = draw(1)
    result, others = cronbach_alpha(scores), cronbach_alpha(scores[:, 1:])
    assert result is not None
    assert others is not None
    assert result.items[0].alpha_without == pytest.approx(others.alpha)
    rest = scores[:, 1:].sum(axis=1)
    assert result.items[0].rest_correlation == pytest.approx(np.corrcoef(scores[:, 0], rest)[0, 1])


def test_an_item_that_runs_against_the_others_is_named() -> None:
    scores = draw(2)
    scores[:, 3] = 6 - scores[:, 3]
    result = cronbach_alpha(scores)
    assert result is not None
    assert result.reversed_items == (3,)


def test_people_without_all_answers_are_left_out_and_counted() -> None:
    scores = draw(3)
    scores[0, 1] = np.nan
    scores[1] = np.nan
    result = cronbach_alpha(scores)
    assert result is not None
    assert (result.people, result.left_out) == (118, 1)


@pytest.mark.parametrize("scores", [draw(4, people=49), draw(4, items=1), np.full((60, 3), 2.0)])
def test_of_few_people_or_no_differences_there_is_no_alpha(scores: np.ndarray) -> None:
    assert cronbach_alpha(scores) is None


def test_two_equal_items_hang_together_wholly() -> None:
    column = draw(5, items=1)
    result = cronbach_alpha(np.hstack([column, column]))
    assert result is not None
    assert result.alpha == pytest.approx(1)

"""Priorities: the published examples, and votes that show where they disagree."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import rankdata

from surveys.analysis.ballots import rank_with_ties
from surveys.analysis.decision_stability import Meeting, try_decision
from surveys.analysis.priorities import (
    HanlonVariant,
    Quadrant,
    borda,
    count_dots,
    hanlon,
    kendall_w,
    nominal_group,
    pearl,
    place_in_quadrant,
    rate_size,
)

RATINGS = arrays(float, (3, 6), elements=st.integers(0, 10))


def test_the_two_variants_of_hanlon() -> None:
    assert hanlon(8, 6, 5) == (8 + 12) * 5
    assert hanlon(8, 12, 5, variant="uic") == pytest.approx((8 + 12) * 5 / 3)


@given(RATINGS)
def test_both_variants_order_alike_on_their_own_scales(ratings: np.ndarray) -> None:
    size, seriousness, effectiveness = ratings
    seriousness[0] = 10  # so that the doubled scale is seen for what it is
    naccho = hanlon(size, seriousness, effectiveness)
    uic = hanlon(size, 2 * seriousness, effectiveness, variant=HanlonVariant.UIC)
    assert naccho == pytest.approx(3 * uic)


def test_low_ratings_are_taken_for_what_they_are_said_to_be() -> None:
    assert hanlon([5, 6], [3, 9], [5, 5], variant="uic", seriousness_scale=20).tolist() == pytest.approx([40 / 3, 25])


@pytest.mark.parametrize(
    ("ratings", "facts"),
    [
        (([5, 6], [3, 9], [5, 5]), {"variant": "uic"}),
        ((5, 9, 5), {"variant": "uic", "seriousness_scale": 10}),
        ((5, 15, 5), {}),
        ((11, 5, 5), {}),
        ((5, -1, 5), {}),
    ],
)
def test_a_rating_on_the_wrong_scale_is_an_error(ratings, facts) -> None:
    with pytest.raises(ValueError, match=r"scale|rated"):
        hanlon(*ratings, **facts)


def test_any_no_of_pearl_drops_the_item() -> None:
    yes = dict.fromkeys(("propriety", "economics", "acceptability", "resources", "legality"), True)
    assert pearl(**yes) == 1
    for question in yes:
        assert pearl(**(yes | {question: False})) == 0


def test_size_comes_from_a_share_by_a_table() -> None:
    assert [rate_size(share) for share in (0, 0.001, 0.1, 0.25, 0.499, 0.5, 1)] == [0, 1, 4, 7, 9, 10, 10]
    assert [rate_size(share / 100) for share in range(101)] == sorted(rate_size(share / 100) for share in range(101))
    with pytest.raises(ValueError, match="share"):
        rate_size(41)


def test_kendalls_published_w() -> None:
    ranks = [[int(place) for place in ballot] for ballot in ("1234", "1324", "2134", "1243", "1234")]
    assert kendall_w(ranks) == pytest.approx(0.776, abs=5e-4)


def test_w_is_one_when_all_agree_and_undefined_when_nothing_is_said() -> None:
    assert kendall_w([[1, 2, 3]] * 4) == pytest.approx(1)
    assert kendall_w([[1.5, 1.5, 3]] * 4) == pytest.approx(1)
    assert kendall_w([[1, 2], [2, 1]]) == 0
    assert np.isnan(kendall_w([[2, 2, 2]] * 3))
    assert np.isnan(kendall_w([[1, 2, 3]]))


SCORES = arrays(float, st.tuples(st.integers(1, 6), st.integers(1, 6)), elements=st.integers(0, 4))


@given(SCORES)
def test_ranks_agree_with_scipy(scores: np.ndarray) -> None:
    assert rank_with_ties(scores) == pytest.approx(rankdata(-scores, axis=1))


@given(SCORES, st.randoms())
def test_the_order_of_people_and_items_does_not_matter(scores: np.ndarray, random) -> None:
    ranks = rank_with_ties(scores)
    people, items = list(range(ranks.shape[0])), list(range(ranks.shape[1]))
    random.shuffle(people)
    random.shuffle(items)
    turned = ranks[np.ix_(people, items)]
    assert kendall_w(turned) == pytest.approx(kendall_w(ranks), nan_ok=True)
    assert borda(turned).points == pytest.approx(borda(ranks).points[items])
    assert {items[place] for place in borda(turned).beaten_by} == set(borda(ranks).beaten_by)


def test_a_borda_winner_that_loses_a_majority_is_flagged() -> None:
    """Three of five put A before B; B has more points, because the other two put A last."""
    ranks = [[1, 2, 3]] * 3 + [[3, 1, 2]] * 2
    result = borda(ranks)
    assert result.points.tolist() == [6, 7, 2]
    assert result.winners == (1,)
    assert result.beaten_by == (0,)
    assert borda([[1, 2, 3]] * 5).beaten_by == ()


def test_borda_averages_ties() -> None:
    assert borda([[1.5, 1.5, 3]]).points.tolist() == [1.5, 1.5, 0]
    with pytest.raises(ValueError, match="ballot"):
        borda(np.empty((0, 3)))


def test_dots_are_blind_until_the_vote_is_closed() -> None:
    ballots = [[3, 0], [1, 2]]
    with pytest.raises(PermissionError):
        count_dots(ballots, closed=False)
    assert count_dots(ballots, closed=True, each=3).tolist() == [4, 2]
    with pytest.raises(ValueError, match="dots"):
        count_dots(ballots, closed=True, each=2)


def test_the_nominal_group_shows_where_people_are_split() -> None:
    ballots = [["a", "b"], ["a", "b"], ["b", "c"], ["b", "c"]]
    items = nominal_group(ballots, ["a", "b", "c", "d"], most=2)
    assert [(item.key, item.points, item.voters) for item in items] == [
        ("b", 6, 4),
        ("a", 4, 2),
        ("c", 2, 2),
        ("d", 0, 0),
    ]
    assert [item.key for item in items if item.split] == ["a"]
    assert (items[0].low, items[0].high) == (1, 2)


@pytest.mark.parametrize("ballot", [["a", "b", "c"], ["a", "a"], ["x"]])
def test_impossible_ballots_are_refused(ballot: list[str]) -> None:
    with pytest.raises(ValueError, match="ballot"):
        nominal_group([ballot], ["a", "b", "c"], most=2)


def test_quadrants_are_cut_at_the_middle_of_the_scale() -> None:
    assert place_in_quadrant(4, 4) is Quadrant.DO_FIRST
    assert place_in_quadrant(5, 2) is Quadrant.PREPARE
    assert place_in_quadrant(1, 3) is Quadrant.IF_TIME
    assert place_in_quadrant(2, 2) is Quadrant.LEAVE
    with pytest.raises(ValueError, match="scale"):
        place_in_quadrant(6, 3)


def test_a_decision_that_all_share_stands() -> None:
    ranks = [[1, 2, 3, 4, 5]] * 6
    dots = [[3, 2, 1, 0, 0]] * 6
    ratings = [[9, 8, 7, 2, 1]] * 3
    stability = try_decision(Meeting(ranks, dots, ["a", "a", "b", "b", "c", "c"], ratings))
    assert stability.shares == (1, 1, 1, 0, 0)
    assert stability.scenarios == 2 * (1 + 3 + 6) + 5


def test_an_item_that_hangs_on_one_sector_does_not_stand() -> None:
    ranks = [[1, 2, 3, 4]] * 3 + [[4, 3, 2, 1]] * 2
    stability = try_decision(Meeting(ranks=ranks, sectors=["x", "x", "x", "y", "y"]), top=1)
    assert 0.5 < stability.shares[0] < 1
    assert sum(stability.shares) == pytest.approx(1)


def test_a_tie_for_the_last_place_is_shared() -> None:
    assert try_decision(Meeting(ratings=[[5, 5, 5, 5]] * 3), top=3).shares == (0.75,) * 4
    with pytest.raises(ValueError, match="vote"):
        try_decision(Meeting())

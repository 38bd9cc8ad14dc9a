"""Spill-over between themes, followed by hand."""

from datetime import date, timedelta
from itertools import combinations

import numpy as np
import pytest

from surveys.analysis.spill_over import JointActivity, count_new_cross_sector_pairs, measure_spill_over


def act(day: str, theme: str, partners: str) -> JointActivity:
    return JointActivity(date.fromisoformat(day), theme, frozenset(partners))


HISTORY = [
    act("2021-03-01", "T01", "abc"),
    act("2021-04-01", "T01", "ab"),
    act("2021-05-31", "T02", "ab"),
    act("2022-03-01", "T03", "ac"),
    act("2022-06-01", "T02", "cd"),
    act("2023-06-01", "T02", "d"),
]


def test_pairs_are_followed_from_their_first_theme_to_another() -> None:
    from_ecology, from_culture = measure_spill_over(HISTORY, seed=1, shuffles=0)
    assert (from_ecology.theme, from_ecology.pairs) == ("T01", 3)
    assert from_ecology.share == pytest.approx(2 / 3)  # a–b and a–c; b–c never met again
    assert from_ecology.days_to_second == (91 + 365) / 2
    assert (from_culture.pairs, from_culture.share, from_culture.days_to_second) == (1, 0, None)
    assert from_ecology.by_chance is None


def test_a_first_day_of_two_themes_has_no_first() -> None:
    assert measure_spill_over([act("2021-03-01", "T01", "ab"), act("2021-03-01", "T02", "ab")], seed=1) == ()


def test_dates_shuffled_say_what_chance_gives() -> None:
    """Everybody meets in ecology first and in culture later: no shuffle does better, and most do worse."""
    history = [act(f"20{10 + place}-01-01", "T01", "abcd") for place in range(5)]
    history += [act(f"20{15 + place}-01-01", "T02", "ab") for place in range(5)]
    (first,) = measure_spill_over(history, seed=3, shuffles=199)
    assert first.share == pytest.approx(1 / 6)
    assert first.by_chance is not None
    assert 0 < first.by_chance <= 1 / 6 + 1e-9
    assert first.p_value is not None
    assert first.p_value > 0.05
    assert measure_spill_over(history, seed=3, shuffles=199) == (first,)


def test_the_order_in_which_activities_are_written_down_does_not_matter() -> None:
    assert measure_spill_over(HISTORY[::-1], seed=1, shuffles=0) == measure_spill_over(HISTORY, seed=1, shuffles=0)


def test_new_pairs_across_sectors_by_year() -> None:
    sectors = {"a": "public", "b": "civic", "c": "civic", "d": "business"}
    assert count_new_cross_sector_pairs(HISTORY, sectors) == {2021: 2, 2022: 1, 2023: 0}
    assert count_new_cross_sector_pairs([], sectors) == {}


def invent(seed: int, *, planted: bool) -> list[JointActivity]:
    """Activities of forty partners; planted: three of five pairs that meet in ecology go on to culture."""
    random = np.random.default_rng(seed)
    activities = []
    for number in range(160):
        partners = frozenset(int(one) for one in random.choice(40, size=int(random.integers(2, 4)), replace=False))
        theme = f"T{int(random.integers(1, 7)):02}"
        day = date(2015, 1, 1) + timedelta(days=int(random.integers(0, 3000)))
        activities.append(JointActivity(day, theme, partners))
        if planted and theme == "T01" and number % 5 < 3:
            activities.append(JointActivity(day + timedelta(days=300), "T02", partners))
    return activities


def follow_by_hand(activities: list[JointActivity], days: list[date]) -> dict[str, list[bool]]:
    """For each theme of a first meeting whether each pair later met in another: pair after pair, no arrays."""
    spilled: dict[str, list[bool]] = {}
    everybody = sorted({one for activity in activities for one in activity.partners})
    for pair in combinations(everybody, 2):
        meetings = [(day, one.theme) for one, day in zip(activities, days, strict=True) if set(pair) <= one.partners]
        first = {theme for day, theme in meetings if day == min(day for day, _ in meetings)}
        if len(first) == 1:
            (theme,) = first
            spilled.setdefault(theme, []).append(any(other != theme for _, other in meetings))
    return spilled


def test_shares_and_chance_are_those_counted_pair_by_pair() -> None:
    activities = invent(4, planted=False)[:60]
    days = [one.on for one in activities]
    random = np.random.default_rng(9)
    orders = [[days[place] for place in random.permutation(len(days))] for _ in range(19)]
    shuffled = [follow_by_hand(activities, order) for order in orders]
    found = {one.theme: one for one in measure_spill_over(activities, seed=9, shuffles=19)}
    expected = follow_by_hand(activities, days)
    assert found.keys() == expected.keys()
    for theme, pairs in expected.items():
        assert (found[theme].pairs, found[theme].share) == (len(pairs), pytest.approx(np.mean(pairs)))
        shares = [float(np.mean(one[theme])) for one in shuffled if theme in one]
        assert found[theme].by_chance == pytest.approx(np.mean(shares))


def test_a_planted_spill_over_is_found_and_chance_seldom_is() -> None:
    worlds = range(25)
    planted = [{one.theme: one for one in measure_spill_over(invent(seed, planted=True), seed=1)} for seed in worlds]
    assert sum(world["T01"].p_value <= 0.05 for world in planted) >= 23
    false = [one for seed in worlds for one in measure_spill_over(invent(seed, planted=False), seed=1)]
    assert np.mean([one.p_value <= 0.05 for one in false]) <= 0.08

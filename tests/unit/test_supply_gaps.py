"""Need beside supply: planted gaps are found, and no more false ones than the stated rate."""

import numpy as np
import pandas as pd
import pytest

from surveys.analysis.supply_gaps import Period, count_supply, find_little, name_supply_gaps, need_of_themes, sum_money
from surveys.analysis.three_mirrors import Sight, look_at_answers
from surveys.language.texts import LANGUAGES
from surveys.privacy.disclosure import ShareRow, publish_shares
from surveys.privacy.published import Source

GROUPS = [f"g{number}" for number in range(30)]
RATE = 0.05


def choose_three(chance: np.random.Generator, weights: np.ndarray, people: int) -> np.ndarray:
    """How many people chose each group, when everybody chooses three, heavier ones more often."""
    keys = np.log(weights) + chance.gumbel(size=(people, len(weights)))
    chosen = np.argpartition(-keys, 3, axis=1)[:, :3]
    return np.bincount(chosen.ravel(), minlength=len(weights))


def publish(counts: np.ndarray, base: int):
    rows = [
        ShareRow((code,), dict.fromkeys(LANGUAGES, (code,)), int(count), base)
        for code, count in zip(GROUPS, counts, strict=True)
    ]
    source = Source(dict.fromkeys(LANGUAGES, ""))
    return publish_shares(rows, dimensions=("choice",), source=source, exclusive=False)


@pytest.mark.parametrize("needy", [0, 6])
def test_planted_gaps_are_found_at_the_stated_rate(needy):
    """Needs of the needy groups are large, of the others equal; half of each has little supply."""
    chance = np.random.default_rng(20261128)
    false_rates, found, planted = [], 0, 0
    weights = np.ones(30)
    weights[:needy] = np.linspace(4, 8, needy)
    for world in range(100):
        people = int(chance.integers(60, 400))
        sights = look_at_answers(publish(choose_three(chance, weights, people), people), GROUPS)
        supply = {code: 10 if number % 2 else 1 for number, code in enumerate(GROUPS)}
        little = find_little(supply, GROUPS, 60)
        assert little == frozenset(GROUPS[::2])
        needs = {(world, code): sight.seen for code, sight in sights.items() if sight.seen is not None}
        screen = name_supply_gaps(needs, {(world, code) for code in little}, RATE)
        assert screen.comparisons == 15
        named = [code for _, code in screen.gaps]
        false = [code for code in named if code not in GROUPS[:needy]]
        false_rates.append(len(false) / max(1, len(named)))
        found += len(set(named) & set(GROUPS[:needy:2]))
        planted += len(GROUPS[:needy:2])
    assert np.mean(false_rates) <= RATE
    assert found >= 0.9 * planted


def test_what_has_much_supply_is_no_gap_however_large_the_need():
    assert name_supply_gaps({"seniors": 0.0, "youth": 0.0}, {"youth"}).gaps == {"youth": 0.0}
    assert name_supply_gaps({}, set()).comparisons == 0


def test_with_few_activities_nothing_is_called_little():
    assert find_little({"a": 1}, ["a", "b"], entered=4) == frozenset()
    assert find_little({"a": 9}, ["a", "b"], entered=9) == {"b"}
    assert find_little({}, [], entered=9) == frozenset()


def test_a_theme_is_as_needed_as_its_most_chosen_problem_with_allowance_for_the_choice():
    sights = {"P1": Sight(0.01, 1.0), "P2": Sight(0.5, 0.5), "P3": Sight(0.9, 0.1), "P4": Sight(None, 1.0)}
    themes = {"P1": "T1", "P2": "T1", "P3": "T2", "P4": "T3"}
    assert need_of_themes(sights, themes) == {"T1": 0.02, "T2": 0.9}


def frame(**columns) -> pd.DataFrame:
    return pd.DataFrame(columns)


def test_supply_counts_the_years_of_the_period_and_each_activity_once():
    activities = frame(
        partnership=["liw"] * 3,
        uid=["a", "b", "old"],
        starts_on=pd.to_datetime(["2025-01-01", "2026-12-31", "2024-12-31"]),
        participants=[10.0, float("nan"), 99.0],
    )
    links = frame(partnership=["liw"] * 5, uid=["a", "a", "b", "b", "old"], code=["G1", "G1", "G1", "G2", "G2"])
    counted = count_supply(links, activities, Period(2025, 2026)).set_index("code")
    assert counted["activities"].to_dict() == {"G1": 2, "G2": 1}
    assert counted.loc["G1", "participants"] == 10
    assert np.isnan(counted.loc["G2", "participants"])  # nobody counted: no zero


def test_money_without_a_year_is_of_the_year_in_which_its_project_began():
    projects = frame(partnership=["liw"] * 2, uid=["x", "y"], starts_on=pd.to_datetime(["2025-03-01", "2019-01-01"]))
    funding = frame(
        partnership=["liw"] * 4,
        uid=["x", "x", "y", "x"],
        amount_pln=[100.0, 7.0, 50.0, float("nan")],
        year=[float("nan"), 2019.0, float("nan"), 2025.0],
    )
    links = frame(partnership=["liw"] * 3, uid=["x", "x", "y"], code=["G1", "G2", "G1"])
    summed = sum_money(links, funding, projects, Period(2024, 2026)).set_index("code")["amount_pln"]
    assert summed.to_dict() == {"G1": 100.0, "G2": 100.0}

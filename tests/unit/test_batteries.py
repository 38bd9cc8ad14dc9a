"""Questions of one scale side by side."""

import numpy as np
import pytest

from surveys.analysis.batteries import summarise_battery
from surveys.analysis.crosstabs import CellSums
from surveys.analysis.uncertainty import wilson_interval

DOCTOR, SHOP, NOBODY = (CellSums(np.array(count)) for count in ([5, 10, 20, 40, 25], [40, 40, 10, 5, 5], [0] * 5))


def test_questions_stand_in_order_of_the_named_answers() -> None:
    battery = summarise_battery({"doctor": DOCTOR, "nobody": NOBODY, "shop": SHOP}, named={0, 1})
    assert [item.name for item in battery.items] == ["shop", "doctor", "nobody"]
    shop = battery.items[0]
    assert (shop.named, shop.low, shop.high) == pytest.approx((0.8, *wilson_interval(80, 100)))
    assert shop.summary.frequencies.share.tolist() == [0.4, 0.4, 0.1, 0.05, 0.05]
    assert np.isnan(battery.items[2].named)


def test_different_bases_are_told() -> None:
    assert not summarise_battery({"doctor": DOCTOR, "shop": SHOP}, named={0}).bases_differ
    few = CellSums(np.array([10, 10, 10, 10, 10]))
    assert summarise_battery({"doctor": DOCTOR, "few": few}, named={0}).bases_differ


def test_weights_count() -> None:
    weighted = CellSums(np.array([2, 2]), np.array([6.0, 2.0]), np.array([18.0, 2.0]))
    (item,) = summarise_battery({"a": weighted}, named={0}).items
    assert item.named == 0.75
    assert (item.low, item.high) == pytest.approx(wilson_interval(0.75 * 3.2, 3.2))


OTHER = CellSums(np.array([1, 2]))


@pytest.mark.parametrize(
    ("chosen", "named"), [({"a": DOCTOR, "b": OTHER}, {0}), ({"a": DOCTOR}, {5}), ({"a": DOCTOR}, set())]
)
def test_a_battery_has_one_scale(chosen, named) -> None:
    with pytest.raises(ValueError, match="one scale"):
        summarise_battery(chosen, named)

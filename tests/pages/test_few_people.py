"""How many took part in a sensitive activity is not said aloud when they are few, nor can it be had by subtraction."""

from collections.abc import Callable
from datetime import date

import pytest

from surveys.model import Activity, Partnership, Register
from tests.page_visits import Pages, load_registers
from tests.sight import Sight


def see_activities(pages_of: Callable[..., Pages], *activities: tuple[tuple[str, ...], int], **address: str) -> Sight:
    made = tuple(
        Activity(f"a{number}", "Spotkanie", "T04", "F12", date(2024 + number, 5, 1), target_groups=groups,
                 participants_count=people)
        for number, (groups, people) in enumerate(activities)
    )  # fmt: skip
    register = Register(Partnership("liw", "Liw", sample=True), activities=made)
    return pages_of(load_registers(register)).see("activities", **address).open_tables()


def test_a_filter_does_not_tell_what_the_table_hides(pages_of: Callable[..., Pages]) -> None:
    sight = see_activities(pages_of, (("G20",), 4), (("G05",), 50), grupa="G20")
    assert sight.figures["activities-people"].rows == [["Osoby uzależnione i współuzależnione", "ukryte"]]
    assert "4 uczestników" not in sight.words
    assert "nikt nie policzył" not in sight.words


def test_the_total_less_the_rows_does_not_tell_it_either(pages_of: Callable[..., Pages]) -> None:
    sight = see_activities(pages_of, (("G20",), 4), (("G05",), 50))
    assert sight.figures["activities-people"].numbers()["Osoby uzależnione i współuzależnione"] == "ukryte"
    assert "54" not in sight.words
    assert "(1): 50 uczestników" in sight.words


def test_another_group_of_the_same_activity_does_not_tell_it(pages_of: Callable[..., Pages]) -> None:
    sight = see_activities(pages_of, (("G20", "G05"), 4), (("G03",), 30))
    shown = sight.figures["activities-people"].numbers()
    assert shown.pop("Osoby uzależnione i współuzależnione") == "ukryte"
    assert "4" not in shown.values()


@pytest.mark.parametrize(("people", "said"), [(10, "10"), (9, "ukryte"), (0, "ukryte")])
def test_from_ten_people_on_they_are_counted_aloud(pages_of: Callable[..., Pages], people: int, said: str) -> None:
    sight = see_activities(pages_of, (("G20",), people), (("G05",), 50))
    assert sight.figures["activities-people"].numbers()["Osoby uzależnione i współuzależnione"] == said

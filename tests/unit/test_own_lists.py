"""Lists that a partnership fills in, and numbers of versions."""

import pytest

from surveys.model import FormChoice, Membership, Partner, Partnership, Register
from surveys.questionnaires import load_form, read_form, write_sheets
from surveys.questionnaires.own_lists import fill_lists, is_filled, lists_to_fill, next_version, partner_choices

PARTNERS = (FormChoice("p1", {"pl": "Biblioteka"}), FormChoice("p2", {"pl": "OSP"}))


def test_a_form_says_which_lists_wait():
    assert lists_to_fill(load_form("cooperation")) == {"own_partner": "partners", "partners": "partners"}
    assert lists_to_fill(load_form("residents")) == {}
    assert is_filled(load_form("residents"))
    assert not is_filled(load_form("cooperation"))


def test_options_stand_before_the_lists_own_and_are_replaced_when_filled_again():
    form = fill_lists(load_form("cooperation"), {"partners": PARTNERS})
    assert is_filled(form)
    assert [choice.name for choice in form.lists["partners"]] == ["p1", "p2", "none"]
    again = fill_lists(form, {"partners": PARTNERS[1:]})
    assert [choice.name for choice in again.lists["partners"]] == ["p2", "none"]
    assert fill_lists(form, {"places": PARTNERS}) == form
    # The mark outlives a file.
    assert fill_lists(read_form(write_sheets(form)), {"partners": PARTNERS[1:]}).lists == again.lists


def test_partners_that_left_are_not_offered():
    partners = tuple(
        Partner(f"uid{status}", status, "K109", "public", Membership(status))
        for status in ("active", "candidate", "suspended", "withdrawn")
    )
    register = Register(Partnership("liw", "Liw"), partners=partners)
    assert [choice.name for choice in partner_choices(register)] == ["uidactive", "uidsuspended"]


@pytest.mark.parametrize(
    ("versions", "expected"),
    [((), "2026-1"), (("2026-1", "2026-9", "2026-10"), "2026-11"), (("2025-4", "stara", "2026-x"), "2026-1")],
)
def test_the_next_version_counts_within_its_year(versions, expected):
    assert next_version(versions, 2026) == expected

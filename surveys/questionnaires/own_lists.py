"""Lists that a partnership fills in (its partners, its villages), and the number of the next version of its form.

A question marked ``diagnoza::fill`` takes its options from outside when the form is published: ``partners`` from the
register, ``places`` from whoever publishes. They stand before the list's own options ("with nobody", "another place")
and are marked, so that filling in again replaces them.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from surveys.model import Form, FormChoice, Register
from surveys.questionnaires.bank import FILL

PARTNERS, PLACES = "partners", "places"
_MARK = "diagnoza_fill"
_MEMBERS = frozenset({"active", "suspended"})
_VERSION = re.compile(r"^(?P<year>\d{4})-(?P<number>\d+)$")


def lists_to_fill(form: Form) -> dict[str, str]:
    """Return the lists that wait for options, with what they are to hold: ``partners`` or ``places``."""
    return {row.list_name: row.extra[FILL] for row, _ in form.rows() if row.list_name and row.extra.get(FILL)}


def is_filled(form: Form) -> bool:
    """Return whether every list that waits for options has some."""
    return all(any(_MARK in choice.extra for choice in form.lists.get(name, ())) for name in lists_to_fill(form))


def fill_lists(form: Form, options: Mapping[str, Sequence[FormChoice]]) -> Form:
    """Return a form with its waiting lists filled; those that ``options`` don't name stay as they are.

    Args:
        form: of the partnership, or a shipped one.
        options: by what a list is to hold; an option's name is what the data will have.
    """
    lists = dict(form.lists)
    for name, kind in lists_to_fill(form).items():
        if kind in options:
            own = [choice for choice in lists.get(name, ()) if _MARK not in choice.extra]
            taken = {choice.name for choice in own}
            marked = [replace(choice, extra={**choice.extra, _MARK: kind}) for choice in options[kind]]
            lists[name] = (*(choice for choice in marked if choice.name not in taken), *own)
    return replace(form, lists=lists)


def partner_choices(register: Register) -> tuple[FormChoice, ...]:
    """Return the partners of a register that take part, as options: their lasting ids are the names in the data."""
    return tuple(
        FormChoice(partner.uid, {"pl": partner.name, "en": partner.name})
        for partner in register.partners
        if partner.membership.status in _MEMBERS
    )


def next_version(versions: Iterable[str], year: int) -> str:
    """Return the number of a form's next version, ``2026-3`` after ``2026-2``; those of other years don't count."""
    numbers = [
        int(found["number"])
        for version in versions
        if (found := _VERSION.match(version)) is not None and int(found["year"]) == year
    ]
    return f"{year}-{max(numbers, default=0) + 1}"

"""Lists that a partnership fills in before it asks: its partners, its places (``diagnoza::fill`` of a question)."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from surveys.language.collation import sort_key
from surveys.language.folding import fold
from surveys.model import Form, FormChoice, FormRow, Register
from surveys.questionnaires.bank import FILL
from surveys.questionnaires.editing import make_option

PARTNERS = "partners"
_WITHDRAWN, _RESIDENT = "withdrawn", "K401"
# A list with so few real options was not filled in: "none of these" may be one.
_FILLED_FROM = 2


def partner_names(register: Register) -> list[str]:
    """Return the partners of a register that a list may name, in alphabetical order.

    Those that have left are not offered, and neither are residents: no name of a person is put into a questionnaire.
    """
    staying = [partner for partner in register.partners if partner.membership.status != _WITHDRAWN]
    return sorted((partner.name for partner in staying if partner.kind != _RESIDENT), key=sort_key)


def fill_of(row: FormRow) -> str:
    """Return what a question's list is filled in with (``partners``, ``places``), ``""`` for every other question."""
    return row.extra.get(FILL, "")


def waits_for_list(form: Form, row: FormRow) -> bool:
    """Return whether a question's list still has to be filled in."""
    real = [option for option in form.lists.get(row.list_name, ()) if option.missing is None]
    return bool(fill_of(row)) and len(real) < _FILLED_FROM


def lists_to_fill(form: Form) -> Mapping[str, str]:
    """Return what to fill in by name of the list, for lists that still wait."""
    return {row.list_name: fill_of(row) for row, _ in form.rows() if waits_for_list(form, row)}


def fill_list(form: Form, list_name: str, labels: Iterable[str]) -> Form:
    """Return a form with more options in front of those of a list, for all questions that share it; none twice.

    Names are the same in every language of the form.
    """
    options = form.lists.get(list_name, ())
    languages = {language: None for option in options for language in option.labels} or dict.fromkeys(form.titles)
    here = {fold(text) for option in options for text in option.labels.values()}
    taken = {option.name for option in options}
    added: list[FormChoice] = []
    for label in labels:
        if fold(label) not in here:
            here.add(fold(label))
            added.append(make_option(dict.fromkeys({"pl": None, **languages}, label), taken))
            taken.add(added[-1].name)
    return replace(form, lists={**form.lists, list_name: (*added, *options)})

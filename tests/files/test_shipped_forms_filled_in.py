"""Every questionnaire that comes with the program can be filled in to the end, on light pages, and is kept as given."""

import random

import pytest

from etl.store.collections import read_collection
from etl.store.engine import Store
from surveys.filling import Answers, FillableForm, Layout, find_shown, keep_shown, make_fillable, read_fields
from surveys.model import Form
from surveys.questionnaires import list_forms
from surveys.questionnaires.filling_lists import fill_list, lists_to_fill
from tests.files.test_web_form_equals_file import read_rows
from tests.importing_surveys import MACHINE, add_partnership
from tests.made.web_forms import TODAY, make_open
from tests.phone import House, Phone


def fill_lists(form: Form) -> Form:
    """As a partnership does before it asks: its partners, its places."""
    for name in lists_to_fill(form):
        form = fill_list(form, name, ["Szkoła Podstawowa", "Koło Gospodyń Wiejskich", "OSP Ruchna"])
    return form


FORMS = {form.form_id: fill_lists(form) for form in list_forms()}
THANKS, MOST_PAGES, MOST_BYTES = "Dziękujemy!", 60, 30_000


def fill_at_random(phone: Phone, chance: random.Random, most: int) -> dict[str, list[str]]:
    """Fill the page in: any options, at most so many ticks, some text, a small number; and return the fields."""
    by_name: dict[str, list[str]] = {}
    kinds = {}
    for one in phone.page.fields:
        if one.name.startswith("q"):
            by_name.setdefault(one.name, []).append(one.value)
            kinds[one.name] = one.kind
    filled: dict[str, list[str]] = {}
    for name, values in by_name.items():
        kind = kinds[name]
        if kind == "radio":
            filled[name] = [chance.choice(values)]
        elif kind == "checkbox":
            filled[name] = chance.sample(values, min(most, len(values)))
        elif kind == "date":
            filled[name] = ["2026-03-15"]
        elif kind == "select":
            filled[name] = [""]
        elif not name.endswith("o"):
            filled[name] = [str(chance.randint(1, 5))]
    phone.filled = filled
    return filled


def answers_of(form: FillableForm, fields: dict[str, list[str]]) -> Answers:
    read = read_fields(form, range(len(form.asked)), fields)
    assert read.faults == []
    return keep_shown(form, read.answers, find_shown(form, read.answers, TODAY))


def count_given(form: FillableForm, answers: Answers) -> int:
    """Rows that the answers take in the store."""
    return sum(len(answer) if isinstance(answer, tuple) else 1 for answer in answers.values())


@pytest.mark.parametrize("layout", list(Layout), ids=lambda layout: layout.value)
@pytest.mark.parametrize("form_id", FORMS)
def test_it_can_be_filled_in_to_the_end(phones: House, form_id: str, layout: Layout) -> None:
    store: Store = phones.store
    add_partnership(store)
    uid, _ = make_open(store, form=FORMS[form_id], layout=layout, name="Pomiar")
    with store.read() as connection:
        found, kept = read_collection(connection, MACHINE, uid)
    assert kept == FORMS[form_id]
    form, chance = make_fillable(kept, layout), random.Random(form_id)  # noqa: S311 # opinions, not secrets
    phone = phones.phone()
    phone.open(f"/a/{found.token}")
    phone.press("zacznij")
    phones.wait(minutes=10)
    given: dict[str, list[str]] = {}
    for _ in range(MOST_PAGES):
        assert len(phone.page.html.encode()) < MOST_BYTES
        last = any(said.get("value") == "wyslij" for _tag, said in phone.page.tags)
        # "None of these" goes with nothing else, which the form says.
        given |= fill_at_random(phone, chance, 1 if phone.page.status == 422 else 2)
        phone.press("wyslij" if last else "dalej")
        assert phone.page.status in {200, 422}
        if THANKS in phone.page.words:
            break
    assert THANKS in phone.page.words
    rows = read_rows(store, "pomiar")
    assert len(rows["answers"]) + len(rows["texts"]) == count_given(form, answers_of(form, given))  # type: ignore[arg-type] # sets

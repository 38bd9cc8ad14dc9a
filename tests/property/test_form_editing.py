"""However a form is changed, step by step, it stays a form that can be put to people, kept and undone."""

from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.analysis.form_changes import list_changes
from surveys.model import Form, FormGroup
from surveys.model.form_codec import decode_form, encode_form
from surveys.questionnaires import questionnaire_of, write_sheets
from surveys.questionnaires.bank import load_bank
from surveys.questionnaires.checking import check_sheets
from surveys.questionnaires.editing import (
    EditRefusedError,
    Unit,
    add_from,
    add_own,
    begin_section,
    carry,
    dissolve_section,
    list_sections,
    list_units,
    move,
    put_into_section,
    remove,
    reword,
    set_options,
    set_rows,
)
from tests.made.paper_survey import PAPER_FORM

BANK = load_bank()
WORDS = st.text(alphabet="aąbcćdeęłńóśźż ?-12", min_size=1, max_size=20).filter(lambda text: text.strip())
STEPS = st.lists(
    st.tuples(st.integers(0, 10), st.integers(0, 30), st.integers(0, 46), WORDS), min_size=1, max_size=12
)  # fmt: skip


def do(form: Form, kind: int, place: int, number: int, words: str) -> Form:
    units = list_units(form)
    unit = units[place % len(units)] if units else None
    if kind == 0 or unit is None:
        question = BANK[number % len(BANK)]
        source = Form("bank", "", {}, items=(question.item,), lists=question.lists)
        return add_from(form, source, Unit((0,), question.item), unit.path if unit else None)
    if kind == 1:
        return add_own(form, "select_one", {"pl": words}, [{"pl": "tak"}, {"pl": words}], unit.path)
    if kind == 2:
        return remove(form, unit.path)
    if kind == 3:
        return move(form, unit.path, 1 if number % 2 else -1)
    if kind == 4:
        return reword(form, unit.path, labels={"pl": words}, max_choices=number % 4 or None)
    if kind == 5 and unit.rows[0].list_name:
        kept = form.lists.get(unit.rows[0].list_name, ())[: 1 + number % 3]
        return set_options(form, unit.path, [*((each.name, {}) for each in kept), ("", {"pl": words})])
    if kind == 6 and isinstance(unit.item, FormGroup):
        return set_rows(form, unit.path, [(unit.rows[0].name, {}), ("", {"pl": words})])
    return do_with_sections(form, kind, unit, number, words)


def do_with_sections(form: Form, kind: int, unit: Unit, number: int, words: str) -> Form:
    sections = list_sections(form)
    if kind == 7:
        return begin_section(form, unit.path, {"pl": words, "en": words})
    if kind == 8:
        return carry(form, unit.path, 1 if number % 2 else -1)
    if kind == 9:
        return put_into_section(form, unit.path, sections[number % len(sections)].group.name if sections else "")
    if kind == 10 and sections:
        return dissolve_section(form, sections[number % len(sections)].path)
    return form


@settings(max_examples=60)
@given(STEPS)
def test_every_step_leaves_a_sound_form(steps: list[tuple[int, int, int, str]]) -> None:
    form = PAPER_FORM
    for step in steps:
        before = form
        with suppress(EditRefusedError):
            form = do(form, *step)
        questionnaire = questionnaire_of(form)
        names = [question.name for question in questionnaire.questions]
        assert len(set(names)) == len(names)
        for question in questionnaire.questions:
            codes = [choice.code for choice in question.choices]
            assert len(set(codes)) == len(codes)
        assert decode_form(encode_form(form)) == form
        assert list_changes(form, form) == ()
        assert (form == before) or encode_form(form) != encode_form(before)
    assert [each for each in check_sheets(write_sheets(form)) if each.severity == "error"] == []

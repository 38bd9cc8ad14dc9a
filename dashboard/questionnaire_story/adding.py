"""More questions for a draft: from the ready ones, or of one's own."""

import streamlit as st

from dashboard.questionnaire_story import drafts
from dashboard.questionnaire_story.address import Chosen
from dashboard.questionnaire_story.section_editor import show_new_section
from dashboard.visit import Visit
from surveys.language.texts import Language
from surveys.model import Form
from surveys.model.form import say as say_label
from surveys.questionnaires.bank import BankQuestion, find_in_bank, load_bank
from surveys.questionnaires.editing import Path, Unit, add_from, add_own, list_units

_KINDS = ("select_one", "select_multiple", "rank", "text", "integer")
_CHOICES = frozenset({"select_one", "select_multiple", "rank"})
_LAST = ""


def show_adding(visit: Visit, chosen: Chosen, form: Form) -> None:
    """Show both ways of adding a question."""
    st.header(visit.say("questionnaires.add.title"), anchor=False)
    units = list_units(form)
    turn = st.session_state.get("questionnaire_add_turn", 0)
    places = [_LAST, *(unit.item.name for unit in reversed(units))]
    labels = {unit.item.name: _wording(unit, visit.language) for unit in units}
    after = st.selectbox(
        visit.say("questionnaires.add.where"),
        places,
        format_func=lambda name: labels.get(name) or visit.say("questionnaires.add.last"),
        key=f"add-where-{turn}",
    )
    left, right = st.columns(2)
    with left, st.container(border=True, key="card-add-bank"):
        _show_bank(visit, chosen, form, after, turn)
    with right, st.container(border=True, key="card-add-own"):
        _show_own(visit, chosen, after, turn)
    show_new_section(visit, chosen, form, turn)


def _show_bank(visit: Visit, chosen: Chosen, form: Form, after: str, turn: int) -> None:
    st.subheader(visit.say("questionnaires.add.bank"), anchor=False)
    here = {row.name for row, _ in form.rows()}
    bank = {each.id: each for each in load_bank() if not any(row.name in here for row in _unit_of(each).rows)}
    if not bank:
        st.markdown(visit.say("questionnaires.add.bank_empty"))
        return
    picked = st.multiselect(
        visit.say("questionnaires.add.pick"),
        list(bank),
        format_func=lambda number: _describe(visit, bank[number]),
        placeholder=visit.say("questionnaires.add.pick_placeholder"),
        key=f"add-bank-{turn}",
    )
    st.button(
        visit.say("questionnaires.add.bank_button"),
        icon=":material/add:",
        key="add-bank-button",
        on_click=_add_from_bank,
        args=(chosen, tuple(picked), after),
    )


def _describe(visit: Visit, question: BankQuestion) -> str:
    """Return a question of the bank for a list: its wording, and whom it is worded for."""
    audience = visit.say(f"questionnaires.add.for_{question.audience}")
    return f"{say_label(question.item.labels, visit.language) or question.item.name} · {audience}"


def _unit_of(question: BankQuestion) -> Unit:
    return Unit((0,), question.item)


def _add_from_bank(chosen: Chosen, numbers: tuple[str, ...], after: str) -> None:
    if not numbers:
        drafts.refuse("nothing_picked")
        return

    def step(form: Form) -> Form:
        place = _place(form, after)
        for number in numbers:
            question = find_in_bank(number)
            if question is None:
                continue
            source = Form("bank", "", {}, items=(question.item,), lists=question.lists)
            form = add_from(form, source, _unit_of(question), place)
            place = None if place is None else (*place[:-1], place[-1] + 1)
        return form

    if drafts.change(chosen, step):
        _turn_over()


def _show_own(visit: Visit, chosen: Chosen, after: str, turn: int) -> None:
    st.subheader(visit.say("questionnaires.add.own"), anchor=False)
    st.text_input(visit.say("questionnaires.edit.wording_pl"), key=f"own-pl-{turn}")
    kind = st.selectbox(
        visit.say("questionnaires.add.kind"),
        _KINDS,
        format_func=lambda name: visit.say(f"questionnaires.add.kind_{name}"),
        key=f"own-kind-{turn}",
    )
    if kind in _CHOICES:
        st.text_area(visit.say("questionnaires.edit.options_pl"), key=f"own-options-{turn}", height=120)
    st.button(
        visit.say("questionnaires.add.own_button"),
        icon=":material/add:",
        key="add-own-button",
        on_click=_add_own,
        args=(chosen, after, turn),
    )


def _add_own(chosen: Chosen, after: str, turn: int) -> None:
    state = st.session_state
    wording = " ".join(str(state.get(f"own-pl-{turn}", "")).split())
    kind = str(state.get(f"own-kind-{turn}", _KINDS[0]))
    lines = [" ".join(line.split()) for line in str(state.get(f"own-options-{turn}", "")).splitlines() if line.strip()]
    options = [{"pl": line} for line in dict.fromkeys(lines)] if kind in _CHOICES else []
    if not wording or (kind in _CHOICES and len(options) < 2):
        drafts.refuse("own_incomplete")
        return
    if drafts.change(chosen, lambda form: add_own(form, kind, {"pl": wording}, options, _place(form, after))):
        _turn_over()


def _place(form: Form, after: str) -> Path | None:
    return next((unit.path for unit in list_units(form) if unit.item.name == after), None)


def _turn_over() -> None:
    """A new turn has new, empty boxes."""
    st.session_state["questionnaire_add_turn"] = st.session_state.get("questionnaire_add_turn", 0) + 1


def _wording(unit: Unit, language: Language) -> str:
    return say_label(unit.item.labels, language) or unit.item.name

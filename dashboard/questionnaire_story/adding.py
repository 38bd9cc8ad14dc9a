"""More questions for a draft: from the ready ones, or of one's own."""

import streamlit as st

from dashboard.questionnaire_story import drafts
from dashboard.questionnaire_story.address import Chosen
from dashboard.questionnaire_story.showing import title_of
from dashboard.visit import Visit
from surveys.language.texts import Language
from surveys.model import Form
from surveys.model.form import say as say_label
from surveys.questionnaires import list_forms
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


def _show_bank(visit: Visit, chosen: Chosen, form: Form, after: str, turn: int) -> None:
    st.subheader(visit.say("questionnaires.add.bank"), anchor=False)
    here = {row.name for row, _ in form.rows()}
    bank = {
        key: (source, unit)
        for key, (source, unit) in list_bank().items()
        if not any(row.name in here for row in unit.rows)
    }
    if not bank:
        st.markdown(visit.say("questionnaires.add.bank_empty"))
        return
    picked = st.multiselect(
        visit.say("questionnaires.add.pick"),
        list(bank),
        format_func=lambda key: f"{_wording(bank[key][1], visit.language)} · {title_of(bank[key][0], visit.language)}",
        placeholder=visit.say("questionnaires.add.pick_placeholder"),
        key=f"add-bank-{turn}",
    )
    st.button(
        visit.say("questionnaires.add.bank_button"),
        icon=":material/add:",
        key="add-bank-button",
        disabled=not picked,
        on_click=_add_from_bank,
        args=(chosen, tuple(picked), after),
    )


def list_bank() -> dict[str, tuple[Form, Unit]]:
    """Return every question of the shipped questionnaires once, its newest version, by its key."""
    found: dict[str, tuple[Form, Unit]] = {}
    for form in list_forms():
        for unit in list_units(form):
            if unit.rows and unit.rows[0].type != "note":
                found[unit.item.name] = (form, unit)
    return found


def _add_from_bank(chosen: Chosen, keys: tuple[str, ...], after: str) -> None:
    bank = list_bank()

    def step(form: Form) -> Form:
        place = _place(form, after)
        for key in keys:
            source, unit = bank[key]
            form = add_from(form, source, unit, place)
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

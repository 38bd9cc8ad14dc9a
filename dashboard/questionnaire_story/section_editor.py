"""Sections of a draft: a title and a condition changed, moved as a whole, dissolved, and new ones begun."""

from collections.abc import Callable

import streamlit as st

from dashboard.escaping import plain
from dashboard.questionnaire_story import drafts
from dashboard.questionnaire_story.address import Chosen
from dashboard.questionnaire_story.boxes import Boxes, close_question, make_boxes, open_question, opened
from dashboard.questionnaire_story.changes_said import say_changes_of
from dashboard.questionnaire_story.condition_boxes import say_shown, show_condition_boxes
from dashboard.questionnaire_story.draft_faults import say_new_faults
from dashboard.visit import Visit
from surveys.analysis.form_changes import list_changes
from surveys.model import Form, FormGroup, FormRow
from surveys.model.form import Labels
from surveys.model.form import say as say_label
from surveys.questionnaires.editing import (
    EditRefusedError,
    Section,
    begin_section,
    dissolve_section,
    list_sections,
    list_units,
    move,
    reword,
    set_condition,
)

_MARK = "section:"


def show_section_head(visit: Visit, chosen: Chosen, form: Form, section: Section, base: Form | None) -> None:
    """Show where a section begins: its title and condition, and the boxes to change them when it is open."""
    group = section.group
    title = say_label(group.labels, visit.language)
    with st.container(border=True, key=f"card-section-{'-'.join(map(str, section.path))}"):
        st.subheader(plain(title) if title else visit.say("questionnaires.section.untitled"), anchor=False)
        shown = say_shown(visit, form, group.relevant)
        if shown:
            st.caption(shown)
        if opened(chosen) == f"{_MARK}{group.name}":
            _show_editor(visit, chosen, form, section, base)
            return
        st.button(
            visit.say("questionnaires.section.change"),
            icon=":material/edit:",
            help=visit.say("questionnaires.section.change_help", name=plain(title)),
            key=f"open-section-{group.name}",
            on_click=open_question,
            args=(chosen, f"{_MARK}{group.name}"),
        )


def show_new_section(visit: Visit, chosen: Chosen, form: Form, turn: int) -> None:
    """Show the boxes of a new section."""
    units = [unit for unit in list_units(form) if len(unit.path) == 1 or unit.path[-1] > 0]
    if not units:
        return
    with st.container(border=True, key="card-add-section"):
        st.subheader(visit.say("questionnaires.section.new"), anchor=False)
        st.markdown(visit.say("questionnaires.section.what"))
        titles = {
            language: st.text_input(
                visit.say(f"questionnaires.section.title_{language}"), key=f"section-{language}-{turn}", max_chars=200
            )
            for language in ("pl", "en")
        }
        words = {unit.item.name: say_label(unit.item.labels, visit.language) or unit.item.name for unit in units}
        first = st.selectbox(
            visit.say("questionnaires.section.first"),
            list(words),
            format_func=lambda name: words[name],
            key=f"section-first-{turn}",
        )
        labels = {language: " ".join(text.split()) for language, text in titles.items() if text.strip()}
        st.button(
            visit.say("questionnaires.section.begin"),
            icon=":material/add:",
            key="section-begin",
            on_click=_begin,
            args=(chosen, first, labels),
        )


def _show_editor(visit: Visit, chosen: Chosen, form: Form, section: Section, base: Form | None) -> None:
    group = section.group
    boxes = make_boxes(f"section-{group.name}")
    for language in ("pl", "en"):
        st.text_input(
            visit.say(f"questionnaires.section.title_{language}"),
            group.labels.get(language, ""),
            key=boxes.of(f"wording_{language}"),
        )
    names = _names_in(group)
    relevant = show_condition_boxes(visit, boxes, form, group.relevant, names)
    step = _changing(group.name, boxes, relevant)
    _say_what_it_does(visit, form, step, base, names)
    with st.container(horizontal=True):
        st.button(
            visit.say("questionnaires.edit.save"), type="primary", key="section-save", on_click=_act,
            args=(chosen, step, True),
        )  # fmt: skip
        st.button(visit.say("questionnaires.edit.cancel"), key="section-cancel", on_click=close_question)
    with st.container(horizontal=True):
        for name, action, icon in (
            ("up", _moving(group.name, -1), ":material/arrow_upward:"),
            ("down", _moving(group.name, 1), ":material/arrow_downward:"),
            ("dissolve", _dissolving(group.name), ":material/layers_clear:"),
        ):
            st.button(
                visit.say(f"questionnaires.section.{name}"),
                icon=icon,
                key=f"section-{name}",
                on_click=_act,
                args=(chosen, action, name == "dissolve"),
            )


def _say_what_it_does(
    visit: Visit, form: Form, step: Callable[[Form], Form], base: Form | None, names: list[str]
) -> None:
    pending = step(form)
    if pending == form:
        return
    say_new_faults(visit, form, pending)
    if base is not None:
        lines = say_changes_of(visit, list_changes(base, pending), names)
        st.markdown("\n\n".join(lines) if lines else visit.say("questionnaires.edit.harmless"))


def _changing(name: str, boxes: Boxes, relevant: str) -> Callable[[Form], Form]:
    labels = boxes.read_labels("wording")

    def step(form: Form) -> Form:
        path = _find(form, name).path
        return set_condition(reword(form, path, labels=labels), path, relevant)

    return step


def _moving(name: str, by: int) -> Callable[[Form], Form]:
    return lambda form: move(form, _find(form, name).path, by)


def _dissolving(name: str) -> Callable[[Form], Form]:
    return lambda form: dissolve_section(form, _find(form, name).path)


def _find(form: Form, name: str) -> Section:
    found = next((section for section in list_sections(form) if section.group.name == name), None)
    if found is None:
        raise EditRefusedError("gone")
    return found


def _names_in(group: FormGroup) -> list[str]:
    names: list[str] = []
    for item in group.items:
        names += [item.name] if isinstance(item, FormRow) else _names_in(item)
    return names


def _begin(chosen: Chosen, first: str, labels: Labels) -> None:
    if "pl" not in labels:
        drafts.refuse("section_title")
        return

    def step(form: Form) -> Form:
        unit = next((unit for unit in list_units(form) if unit.item.name == first), None)
        if unit is None:
            raise EditRefusedError("gone")
        return begin_section(form, unit.path, labels)

    if drafts.change(chosen, step):
        st.session_state["questionnaire_add_turn"] = st.session_state.get("questionnaire_add_turn", 0) + 1


def _act(chosen: Chosen, step: Callable[[Form], Form], closes: bool) -> None:  # noqa: FBT001 # a callback's argument
    if drafts.change(chosen, step) and closes:
        close_question()

"""The questions of a draft in their order, under the titles of their sections, each to be opened and changed."""

import streamlit as st

from dashboard.escaping import plain
from dashboard.questionnaire_story.address import Chosen
from dashboard.questionnaire_story.boxes import open_question, opened
from dashboard.questionnaire_story.changes_said import say_changes_of
from dashboard.questionnaire_story.question_editor import show_editor
from dashboard.questionnaire_story.rules_boxes import say_rules
from dashboard.questionnaire_story.section_editor import show_section_head
from dashboard.questionnaire_story.showing import summarise
from dashboard.visit import Visit
from surveys.analysis.form_changes import QuestionChange, list_changes
from surveys.model import Form
from surveys.model.form import say as say_label
from surveys.questionnaires import fill_labels
from surveys.questionnaires.editing import Unit, list_sections, list_units
from surveys.questionnaires.numbering import Asked, number_questions


def show_outline(visit: Visit, chosen: Chosen, form: Form, base: Form | None) -> None:
    """Show all questions of a draft; ``base``: the questionnaire that answers will be compared with."""
    st.header(visit.say("questionnaires.draft.questions"), anchor=False)
    units = list_units(form)
    if not units:
        st.markdown(visit.say("questionnaires.draft.empty"))
    changes = () if base is None else list_changes(base, form)
    sections = list(list_sections(form))
    filled = fill_labels(form)
    asked = number_questions(filled)
    before: Unit | None = None
    for unit in units:
        while sections and sections[0].path < unit.path:
            show_section_head(visit, chosen, form, sections.pop(0), base)
        if before is not None and len(unit.path) == 1 and len(before.path) > 1:
            st.caption(visit.say("questionnaires.section.none"))
        _show_unit(visit, chosen, form, unit, base, changes, filled, asked)
        before = unit


def _show_unit(  # a question of the outline and what is said of it
    visit: Visit,
    chosen: Chosen,
    form: Form,
    unit: Unit,
    base: Form | None,
    changes: tuple[QuestionChange, ...],
    filled: Form,
    asked: tuple[Asked, ...],
) -> None:
    names = {row.name for row in unit.rows}
    with st.container(border=True, key=f"card-unit-{'-'.join(map(str, unit.path))}"):
        own = [each for each in asked if each.row.name in names]
        if own:
            wording, answered = summarise(filled, own[0], own if own[0].table is not None else [], visit.language)
            st.markdown(wording)
            st.caption(answered)
        else:
            st.markdown(plain(say_label(unit.item.labels, visit.language)))
        rules = say_rules(visit, form, unit)
        if rules:
            st.caption(rules)
        for line in say_changes_of(visit, changes, [row.name for row in unit.rows]):
            st.markdown(line)
        if opened(chosen) == unit.item.name:
            show_editor(visit, chosen, form, unit, base)
        else:
            _show_open_button(visit, chosen, unit)


def _show_open_button(visit: Visit, chosen: Chosen, unit: Unit) -> None:
    st.button(
        visit.say("questionnaires.draft.change"),
        icon=":material/edit:",
        help=visit.say("questionnaires.draft.change_help", name=plain(say_label(unit.item.labels, visit.language))),
        key=f"open-{unit.item.name}",
        on_click=open_question,
        args=(chosen, unit.item.name),
    )

"""One question of a draft, opened: its words, its options, how many may be chosen, and what a change would mean."""

from collections.abc import Callable, Sequence

import streamlit as st

from dashboard.escaping import plain
from dashboard.questionnaire_story import drafts
from dashboard.questionnaire_story.address import Chosen
from dashboard.questionnaire_story.boxes import Boxes, close_question, make_boxes
from dashboard.questionnaire_story.changes_said import say_changes_of
from dashboard.questionnaire_story.draft_faults import say_new_faults
from dashboard.questionnaire_story.option_lines import Named, read_lines, write_lines
from dashboard.questionnaire_story.rules_boxes import change_rules, show_rules_boxes
from dashboard.visit import Visit
from surveys.analysis.form_changes import list_changes
from surveys.model import Form, FormGroup, FormRow
from surveys.model.form import Labels
from surveys.model.form import say as say_label
from surveys.questionnaires import fill_labels, options_of
from surveys.questionnaires.editing import (
    EditRefusedError,
    Path,
    Rules,
    Unit,
    carry,
    list_sections,
    list_units,
    put_into_section,
    remove,
    reword,
    rules_of,
    set_options,
    set_rows,
)

_MOST_LINES = 14


def show_editor(visit: Visit, chosen: Chosen, form: Form, unit: Unit, base: Form | None) -> None:
    """Show the boxes of a question and what the change would do.

    Args:
        visit: whose page.
        chosen: the draft in the address.
        form: the draft as it is shown.
        unit: the question.
        base: the questionnaire that answers will be compared with, ``None`` when there is none.
    """
    boxes = make_boxes(unit.item.name)
    with st.container(border=True, key="card-question-editor"):
        _show_boxes(visit, boxes, form, unit)
        rules = show_rules_boxes(visit, boxes, form, unit)
        step = _read_boxes(boxes, unit, rules)
        _say_what_it_does(visit, form, unit, base, step)
        with st.container(horizontal=True):
            st.button(
                visit.say("questionnaires.edit.save"),
                type="primary",
                key="question-save",
                on_click=_act,
                args=(chosen, step, True),
            )
            st.button(visit.say("questionnaires.edit.cancel"), key="question-cancel", on_click=close_question)
        with st.container(horizontal=True):
            for name, action, icon in (
                ("up", _moving(unit.item.name, -1), ":material/arrow_upward:"),
                ("down", _moving(unit.item.name, 1), ":material/arrow_downward:"),
                ("remove", _removing(unit.item.name), ":material/delete:"),
            ):
                st.button(
                    visit.say(f"questionnaires.edit.{name}"),
                    icon=icon,
                    key=f"question-{name}",
                    on_click=_act,
                    args=(chosen, action, name == "remove"),
                )
        _show_other_sections(visit, chosen, form, unit)


def _show_boxes(visit: Visit, boxes: Boxes, form: Form, unit: Unit) -> None:
    item = unit.item
    first = unit.rows[0]
    options = options_of(first, fill_labels(form).lists) if first.list_name else ()
    _show_words(visit, boxes, unit, "pl")
    if isinstance(item, FormGroup):
        _area(visit, boxes, "rows_pl", write_lines(unit.rows, "pl"))
    if options:
        _area(visit, boxes, "options_pl", write_lines(options, "pl"))
    if isinstance(item, FormRow) and item.type == "select_multiple":
        st.number_input(
            visit.say("questionnaires.edit.most"),
            min_value=0,
            max_value=max(1, len(options)),
            value=item.max_choices or 0,
            key=boxes.of("most"),
            width=320,
        )
    with st.expander(visit.say("questionnaires.edit.english")):
        _show_words(visit, boxes, unit, "en")
        if isinstance(item, FormGroup):
            _area(visit, boxes, "rows_en", write_lines(unit.rows, "en"))
        if options:
            _area(visit, boxes, "options_en", write_lines(options, "en"))


def _show_words(visit: Visit, boxes: Boxes, unit: Unit, language: str) -> None:
    for name, labels in (("wording", unit.item.labels), ("hint", unit.item.hints)):
        st.text_input(
            visit.say(f"questionnaires.edit.{name}_{language}"),
            labels.get(language, ""),
            key=boxes.of(f"{name}_{language}"),
        )


def _area(visit: Visit, boxes: Boxes, name: str, lines: str) -> None:
    height = 26 * min(_MOST_LINES, lines.count("\n") + 3)
    st.text_area(visit.say(f"questionnaires.edit.{name}"), lines, key=boxes.of(name), height=max(90, height))


def _say_what_it_does(visit: Visit, form: Form, unit: Unit, base: Form | None, step: Callable[[Form], Form]) -> None:
    """Say before it is saved what a change does to comparisons."""
    try:
        pending = step(form)
    except EditRefusedError as refused:
        st.warning(visit.say(f"questionnaires.refused.{refused.reason}", names=plain(", ".join(refused.names))))
        return
    if pending == form:
        return
    say_new_faults(visit, form, pending)
    if base is None:
        return
    lines = say_changes_of(visit, list_changes(base, pending), [row.name for row in unit.rows])
    st.markdown("\n\n".join(lines) if lines else visit.say("questionnaires.edit.harmless"))


def _show_other_sections(visit: Visit, chosen: Chosen, form: Form, unit: Unit) -> None:
    """Let a question be put into another section."""
    sections = [section for section in list_sections(form) if section.path != unit.path[:-1]]
    words = {
        section.group.name: say_label(section.group.labels, visit.language) or section.group.name
        for section in sections
    }
    if len(unit.path) > 1:
        words[""] = visit.say("questionnaires.section.none_end")
    if not words:
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        target = st.selectbox(
            visit.say("questionnaires.section.into"),
            list(words),
            format_func=lambda name: words[name],
            key=f"question-section-{unit.item.name}",
            width=320,
        )
        st.button(
            visit.say("questionnaires.section.put"),
            icon=":material/drive_file_move:",
            key="question-put",
            on_click=_act,
            args=(chosen, _putting(unit.item.name, target), False),
        )


def _read_boxes(boxes: Boxes, unit: Unit, rules: Rules) -> Callable[[Form], Form]:
    """Return the step that the boxes ask for now."""
    name, old_rules = unit.item.name, rules_of(unit.item)
    labels = boxes.read_labels("wording")
    hints = {language: " ".join(boxes.read(f"hint_{language}").split()) for language in ("pl", "en")}
    most = st.session_state.get(boxes.of("most"))
    rows, options = boxes.read_both("rows"), boxes.read_both("options")

    def step(form: Form) -> Form:
        path = _unit(form, name).path
        changed = reword(form, path, labels=labels, hints=hints, max_choices=int(most) if most else None)
        if rows is not None:
            own = _unit(changed, name).rows
            read = read_lines(rows[0], own, rows[1])
            changed = set_rows(changed, path, read) if _differs(read, own) else changed
        if options is not None:
            offered = options_of(_unit(changed, name).rows[0], fill_labels(changed).lists)
            read = read_lines(options[0], offered, options[1])
            changed = set_options(changed, path, read) if _differs(read, offered) else changed
        return change_rules(changed, path, old_rules, rules) if rules != old_rules else changed

    return step


def _differs(read: Sequence[tuple[str, Labels]], before: Sequence[Named]) -> bool:
    """Whether lines say anything new; if not, labels that come from a code list stay there."""
    return [(name, dict(labels)) for name, labels in read] != [(each.name, {}) for each in before]


def _unit(form: Form, name: str) -> Unit:
    found = next((unit for unit in list_units(form) if unit.item.name == name), None)
    if found is None:
        raise EditRefusedError("gone")
    return found


def _path(form: Form, name: str) -> Path:
    return _unit(form, name).path


def _moving(name: str, by: int) -> Callable[[Form], Form]:
    return lambda form: carry(form, _path(form, name), by)


def _putting(name: str, section: str) -> Callable[[Form], Form]:
    return lambda form: put_into_section(form, _path(form, name), section)


def _removing(name: str) -> Callable[[Form], Form]:
    return lambda form: remove(form, _path(form, name))


def _act(chosen: Chosen, step: Callable[[Form], Form], closes: bool) -> None:  # noqa: FBT001 # a callback's argument
    if drafts.change(chosen, step) and closes:
        close_question()

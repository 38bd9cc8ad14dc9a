"""Rules of an opened question: whether it has to be answered, when it is shown, which numbers are taken."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from dashboard.questionnaire_story.boxes import Boxes
from dashboard.questionnaire_story.condition_boxes import say_shown, show_condition_boxes, show_limits
from dashboard.visit import Visit
from surveys.model import Form, FormRow, QuestionType
from surveys.questionnaires.conditions import read_limits, write_limits
from surveys.questionnaires.editing import Item, Rules, Unit, item_at, rules_of, set_rules
from surveys.questionnaires.making import answer_type

_NOTE = "note"


def show_rules_boxes(visit: Visit, boxes: Boxes, form: Form, unit: Unit) -> Rules:
    """Show the boxes of a question's rules, and return the rules that they ask for now."""
    old = rules_of(unit.item)
    with st.expander(visit.say("questionnaires.rules.title"), expanded=old.required or bool(old.relevant)):
        required = old.required
        if not _is_note(unit.item):
            required = st.checkbox(visit.say("questionnaires.rules.required"), old.required, key=boxes.of("required"))
            if required and not old.required:
                st.caption(visit.say("questionnaires.rules.required_effect"))
        names = [row.name for row in unit.rows]
        relevant = show_condition_boxes(visit, boxes, form, old.relevant, names)
        rules = replace(old, required=required, relevant=relevant)
        return _show_constraint(visit, boxes, unit.item, rules) if isinstance(unit.item, FormRow) else rules


def change_rules(form: Form, path: Sequence[int], old: Rules, rules: Rules) -> Form:
    """Return a form with the rules that the boxes ask for; a constraint that other boxes made meanwhile stays."""
    here = rules_of(item_at(form, tuple(path)))
    constraint = here.constraint if rules.constraint == old.constraint else rules.constraint
    messages = here.messages if rules.messages == old.messages else rules.messages
    return set_rules(form, tuple(path), replace(rules, constraint=constraint, messages=messages))


def say_rules(visit: Visit, form: Form, unit: Unit) -> str:
    """Return a question's rules in short; ``""`` when it has none."""
    rules = rules_of(unit.item)
    said = [visit.say("questionnaires.rules.said_required")] if rules.required else []
    return " · ".join([*said, *filter(None, [say_shown(visit, form, rules.relevant)])])


def _show_constraint(visit: Visit, boxes: Boxes, row: FormRow, rules: Rules) -> Rules:
    kind = answer_type(row)
    if kind is None:
        return rules
    limits = read_limits(rules.constraint)
    is_number = kind is QuestionType.NUMBER
    is_capped = row.type == "select_multiple" and row.max_choices is not None
    own = st.toggle(
        visit.say("questionnaires.rules.own"),
        bool(rules.constraint) and not is_capped and not (is_number and limits is not None),
        key=boxes.of("own"),
    )
    if own:
        written = st.text_input(
            visit.say("questionnaires.rules.constraint"),
            rules.constraint,
            key=boxes.of("constraint"),
            help=visit.say("questionnaires.rules.constraint_help"),
        )
        constraint = str(written).strip()
    elif is_number:
        st.markdown(visit.say("questionnaires.rules.limits"))
        least, most = show_limits(visit, lambda end: boxes.of(f"own-{end}"), *(limits or (None, None)))
        constraint = rules.constraint if limits == (least, most) else write_limits(least, most)
        if least is not None and most is not None and least > most:
            st.warning(visit.say("questionnaires.rules.limits_crossed"), icon=":material/warning:")
    else:
        return rules if is_capped or not rules.constraint else replace(rules, constraint="", messages={})
    return replace(rules, constraint=constraint, messages=_ask_messages(visit, boxes, rules, constraint))


def _ask_messages(visit: Visit, boxes: Boxes, rules: Rules, constraint: str) -> dict[str, str]:
    """Ask what is said of an answer that is not taken; nothing is asked where every answer is."""
    old = dict(rules.messages or {})
    if not constraint:
        return {}
    said = {
        language: str(
            st.text_input(
                visit.say(f"questionnaires.rules.message_{language}"),
                old.get(language, ""),
                key=boxes.of(f"message_{language}"),
            )
        )
        for language in ("pl", "en")
    }
    others = {language: text for language, text in old.items() if language not in said}
    return others | {language: " ".join(text.split()) for language, text in said.items() if text.strip()}


def _is_note(item: Item) -> bool:
    return isinstance(item, FormRow) and item.type == _NOTE

"""When a question or a section is shown: clicked together from earlier questions, or written as XLSForm has it."""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum

import streamlit as st

from dashboard.escaping import plain
from dashboard.questionnaire_story.boxes import Boxes
from dashboard.visit import Visit
from etl.exports.questionnaires.skip_words import say_condition
from surveys.model import Form
from surveys.model.form import say as say_label
from surveys.questionnaires import fill_labels, options_of
from surveys.questionnaires.conditions import Asks, Condition, find_asks, read_conditions, write_conditions
from surveys.questionnaires.numbering import Asked, number_questions

_MOST_CONDITIONS = 3
_MOST_SAID = 40
_NONE = ""


class Shown(StrEnum):
    """How it is said when something is shown."""

    ALWAYS = "always"
    WHEN = "when"
    FORMULA = "formula"


def show_condition_boxes(visit: Visit, boxes: Boxes, form: Form, relevant: str, names: Sequence[str]) -> str:
    """Show the boxes of a condition, and return the expression that they ask for now.

    Args:
        visit: whose page.
        boxes: their keys.
        form: the draft.
        relevant: the expression as it is.
        names: of the questions that the condition is about; only earlier ones can be asked.
    """
    earlier = _list_earlier(form, names)
    read = read_conditions(relevant, form)
    clickable = read is not None and len(read) <= _MOST_CONDITIONS and all(one.question in earlier for one in read)
    now = Shown.ALWAYS if read == () else Shown.WHEN if clickable else Shown.FORMULA
    ways = [Shown.ALWAYS, *([Shown.WHEN] if earlier else []), Shown.FORMULA]
    way = st.radio(
        visit.say("questionnaires.rules.shown"),
        ways,
        index=ways.index(now),
        format_func=lambda one: visit.say(f"questionnaires.rules.shown_{one}"),
        key=boxes.of("shown"),
    )
    if way == Shown.ALWAYS:
        return ""
    if way == Shown.FORMULA:
        written = st.text_input(
            visit.say("questionnaires.rules.relevant"),
            relevant,
            key=boxes.of("relevant"),
            help=visit.say("questionnaires.rules.relevant_help"),
        )
        return str(written).strip()
    conditions = _show_conditions(visit, boxes, form, earlier, read if clickable and read else ())
    expression = relevant if clickable and conditions == read else write_conditions(conditions, form)
    _say_it(visit, form, expression, waiting=not conditions)
    return expression


def say_shown(visit: Visit, form: Form, relevant: str) -> str:
    """Return in words when something is shown; ``""`` for always."""
    if not relevant.strip():
        return ""
    numbered = {asked.row.name: asked for asked in number_questions(form)}
    words = say_condition(relevant, fill_labels(form), numbered, visit.language, most=_MOST_SAID)
    if words is None:
        return visit.say("questionnaires.rules.said_formula", formula=plain(relevant))
    return visit.say("questionnaires.rules.said_when", condition=plain(words))


def _show_conditions(
    visit: Visit, boxes: Boxes, form: Form, earlier: Mapping[str, Asked], before: Sequence[Condition]
) -> tuple[Condition, ...]:
    conditions = []
    for place in range(_MOST_CONDITIONS):
        old = before[place] if place < len(before) else None
        names = [_NONE, *earlier]
        name = st.selectbox(
            visit.say(f"questionnaires.rules.question_{'first' if place == 0 else 'further'}"),
            names,
            index=names.index(old.question) if old is not None else 0,
            format_func=lambda each: _name(visit, earlier, each),
            key=boxes.of(f"condition-{place}"),
        )
        if not name:
            break
        condition = _show_one(visit, boxes, form, earlier[name], place, old if old and old.question == name else None)
        if condition is None:
            break
        conditions.append(condition)
    return tuple(conditions)


def _show_one(
    visit: Visit, boxes: Boxes, form: Form, asked: Asked, place: int, old: Condition | None
) -> Condition | None:
    name = asked.row.name
    match find_asks(asked.row):
        case Asks.CHOSEN:
            options = {each.name: each for each in options_of(asked.row, fill_labels(form).lists)}
            chosen = st.multiselect(
                visit.say("questionnaires.rules.options"),
                list(options),
                [each for each in (old.options if old else ()) if each in options],
                format_func=lambda each: say_label(options[each].labels, visit.language) or each,
                placeholder=visit.say("questionnaires.rules.options_placeholder"),
                key=boxes.of(f"options-{place}-{name}"),
            )
            return Condition(name, tuple(chosen)) if chosen else None
        case Asks.BETWEEN:
            least, most = show_limits(
                visit,
                lambda end: boxes.of(f"{end}-{place}-{name}"),
                old.least if old else None,
                old.most if old else None,
            )
            return Condition(name, least=least, most=most)
        case _:
            st.caption(visit.say("questionnaires.rules.any_answer"))
            return Condition(name)


def show_limits(
    visit: Visit, key_of: Callable[[str], str], least: float | None, most: float | None
) -> tuple[float | None, float | None]:
    """Show two boxes for the lowest and the highest number, and return what stands in them."""
    columns = st.columns(2)
    read: list[float | None] = []
    for column, end, value in ((columns[0], "least", least), (columns[1], "most", most)):
        number = column.number_input(
            visit.say(f"questionnaires.rules.{end}"),
            value=value,
            step=1.0,
            format="%g",
            placeholder=visit.say("questionnaires.rules.no_limit"),
            key=key_of(end),
        )
        read.append(None if number is None else float(number))
    return read[0], read[1]


def _say_it(visit: Visit, form: Form, expression: str, *, waiting: bool) -> None:
    if waiting:
        st.caption(visit.say("questionnaires.rules.waiting"))
    else:
        st.markdown(f":material/visibility: {say_shown(visit, form, expression)}")


def _list_earlier(form: Form, names: Sequence[str]) -> dict[str, Asked]:
    """Return the questions asked before the first of some, by name; all of them for names that are not asked."""
    earlier: dict[str, Asked] = {}
    asked = {each.row.name: each for each in number_questions(form)}
    for row, around in form.rows():
        if row.name in names:
            break
        if row.name in asked and not any(group.is_repeat for group in around):
            earlier[row.name] = asked[row.name]
    return earlier


def _name(visit: Visit, earlier: Mapping[str, Asked], name: str) -> str:
    if name not in earlier:
        return visit.say("questionnaires.rules.nothing")
    return f"{earlier[name].number}. {say_label(earlier[name].row.labels, visit.language) or name}"

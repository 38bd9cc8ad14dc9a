"""A questionnaire as people will see it: numbers, wordings, hints, options."""

import streamlit as st

from dashboard.escaping import plain
from dashboard.texts import say
from surveys.language.numerals import format_number
from surveys.language.texts import Language
from surveys.model import Form, FormGroup, QuestionType
from surveys.model.form import say as say_label
from surveys.questionnaires import fill_labels, options_of
from surveys.questionnaires.minutes import estimate_minutes
from surveys.questionnaires.numbering import Asked, list_not_on_paper, number_of_table, number_questions

_ROUND = frozenset({QuestionType.SINGLE, QuestionType.SCALE})


def title_of(form: Form, language: Language) -> str:
    """Return a questionnaire's title, its name where it has none."""
    return say_label(form.titles, language) or form.form_id


def say_size(form: Form, language: Language) -> str:
    """Return how many questions and minutes a questionnaire has, in words."""
    numbers = {number_of_table(asked) for asked in number_questions(form)}
    minutes = estimate_minutes(form)
    return (
        say("questionnaires.size.questions", language, n=len(numbers))
        + ", "
        + say("questionnaires.size.minutes", language, n=minutes, number=format_number(minutes, language))
    )


def show_questions(form: Form, language: Language) -> None:
    """Show all questions in their order."""
    form = fill_labels(form)
    asked = number_questions(form)
    if not asked:
        st.markdown(say("questionnaires.empty_form", language))
        return
    with st.container(key="questionnaire-questions"):
        _show_each(form, asked, language)
    left_out = list_not_on_paper(form)
    if left_out:
        names = "; ".join(say_label(row.labels, language) or row.name for row in left_out)
        st.caption(say("questionnaires.left_out", language, names=plain(names)))


def _show_each(form: Form, asked: tuple[Asked, ...], language: Language) -> None:
    sections: list[FormGroup] = []
    done: FormGroup | None = None
    for each in asked:
        around = [group for group in each.groups if group is not each.table]
        for group in around:
            if group not in sections:
                sections.append(group)
                if say_label(group.labels, language):
                    st.subheader(plain(say_label(group.labels, language)), anchor=False)
        if each.table is not None and each.table is done:
            continue
        done = each.table
        rows = [other for other in asked if each.table is not None and other.table is each.table]
        st.markdown(describe(form, each, rows, language))


def summarise(form: Form, asked: Asked, rows: list[Asked], language: Language) -> tuple[str, str]:
    """Return a question or a table in short: its wording as Markdown, and how it is answered; args as in `describe`."""
    labels = asked.table.labels if asked.table is not None else asked.row.labels
    number = number_of_table(asked) if asked.table is not None else asked.number
    options = [say_label(option.labels, language) or option.name for option in options_of(asked.row, form.lists)]
    parts = [_say_kind(asked, rows, language)]
    parts += ["; ".join(say_label(row.row.labels, language) or row.row.name for row in rows), " / ".join(options)]
    words = say_label(labels, language) or asked.row.name
    return f"**{number}. {plain(words)}**", plain(" – ".join(filter(None, parts)))


def describe(form: Form, asked: Asked, rows: list[Asked], language: Language) -> str:
    """Return a question or a table as Markdown.

    Args:
        form: with filled-in labels.
        asked: the question; of a table its first row.
        rows: all rows of its table, none for a question of its own.
        language: of everything.
    """
    table = asked.table
    number = number_of_table(asked) if table is not None else asked.number
    labels, hints = (table.labels, table.hints) if table is not None else (asked.row.labels, asked.row.hints)
    lines = [f"**{number}. {plain(say_label(labels, language) or asked.row.name)}**"]
    hint = say_label(hints, language)
    lines.append(f"*{plain(hint or _say_kind(asked, rows, language))}*")
    mark = "○" if asked.question.type in _ROUND else "☐"
    options = [plain(say_label(option.labels, language) or option.name)
               for option in options_of(asked.row, form.lists)]  # fmt: skip
    if rows:
        lines += [f"- {row.number}. {plain(say_label(row.row.labels, language) or row.row.name)}" for row in rows]
        lines.append(say("questionnaires.scale", language, options=" / ".join(options)))
    else:
        lines += [f"- {mark} {option}" for option in options]
    # Lists and what stands after them are parted by blank lines.
    text = ""
    for before, line in zip(["", *lines], lines, strict=False):
        joined = before.startswith("- ") == line.startswith("- ")
        text += line if not text else (f"\n{line}" if joined and line.startswith("- ") else f"\n\n{line}")
    return text


def _say_kind(asked: Asked, rows: list[Asked], language: Language) -> str:
    """Return how a question is answered, in words."""
    if rows:
        return say("questionnaires.kind.table", language)
    most = asked.question.max_choices
    return say(f"questionnaires.kind.{'capped' if most else asked.question.type.value}", language, most=most)

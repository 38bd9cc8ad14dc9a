"""What changes between two questionnaires mean for comparing answers, in sentences."""

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from dashboard.escaping import plain
from dashboard.questionnaire_story.rule_changes import say_rule_changes
from dashboard.visit import Visit
from surveys.analysis.comparability import Grade
from surveys.analysis.form_changes import ChangeKind, QuestionChange, list_changes
from surveys.model import Form
from surveys.questionnaires.numbering import Asked, number_questions

_ICONS = {
    Grade.COMPARABLE: ":material/check_circle:",
    Grade.RESERVED: ":material/warning:",
    Grade.NOT_COMPARABLE: ":material/block:",
}


def say_changes_of(visit: Visit, changes: Sequence[QuestionChange], names: Sequence[str]) -> list[str]:
    """Return, for some questions, what their change means; nothing for those that are as they were."""
    said = [
        say_change(visit, change) for change in changes if change.name in names and change.kind is ChangeKind.CHANGED
    ]
    # Rows of one table change alike.
    return list(dict.fromkeys(said))


def say_change(visit: Visit, change: QuestionChange) -> str:
    """Return what a change means: the verdict and its reasons."""
    if change.verdict is None:
        return visit.say(f"questionnaires.change.{change.kind.value}")
    verdict = change.verdict
    reasons = " ".join(doubt.describe(visit.language) for doubt in (*verdict.doubts, *verdict.notes))
    advice = visit.say(f"questionnaires.change.advice_{verdict.grade.name.lower()}")
    return f"{_ICONS[verdict.grade]} **{verdict.describe(visit.language)}** – {reasons} {advice}".replace("  ", " ")


def say_summary(visit: Visit, base: Form, form: Form) -> str:
    """Return in one sentence how many questions can still be compared with those of another questionnaire."""
    changes = list_changes(base, form)
    kinds = Counter(change.kind for change in changes)
    grades = Counter(change.verdict.grade for change in changes if change.verdict is not None)
    here = {asked.question.name for asked in number_questions(form)}
    common = sum(asked.question.name in here for asked in number_questions(base))
    changed = grades[Grade.RESERVED] + grades[Grade.NOT_COMPARABLE]
    return visit.say(
        "questionnaires.change.summary",
        comparable=common - changed,
        reserved=grades[Grade.RESERVED],
        not_comparable=grades[Grade.NOT_COMPARABLE],
        added=kinds[ChangeKind.ADDED],
        removed=kinds[ChangeKind.REMOVED],
    )


def show_changes(visit: Visit, before: Form, after: Form) -> None:
    """Show every question that differs, with the words before and after."""
    changes = list_changes(before, after)
    if not changes:
        st.markdown(visit.say("questionnaires.change.none"))
        return
    for change in changes:
        with st.container(border=True):
            asked = change.after or change.before
            if asked is None:
                continue
            kind = visit.say(f"questionnaires.change.kind_{change.kind.value}")
            st.markdown(f"**{asked.number}. {plain(_wording(visit, asked))}** – {kind}")
            lines = _say_words(visit, change)
            if change.before is not None and change.after is not None:
                lines += say_rule_changes(visit, (before, change.before), (after, change.after))
            if lines:
                st.markdown("\n".join(f"- {line}" for line in lines))
            st.markdown(say_change(visit, change))


def _say_words(visit: Visit, change: QuestionChange) -> list[str]:
    """Return what reads otherwise now: the wording, options that came or went, the limit."""
    if change.kind is not ChangeKind.CHANGED or change.before is None or change.after is None:
        return []
    lines = []
    before, after = _wording(visit, change.before), _wording(visit, change.after)
    if before != after:
        lines += [
            visit.say(f"questionnaires.change.{key}", words=plain(words))
            for key, words in (("before", before), ("after", after))
        ]
    old, new = (
        [choice.label_pl or choice.label_en for choice in asked.question.choices]
        for asked in (change.before, change.after)
    )
    for key, labels in (
        ("options_new", [label for label in new if label not in old]),
        ("options_gone", [label for label in old if label not in new]),
    ):
        if labels:
            lines.append(visit.say(f"questionnaires.change.{key}", options=plain(" / ".join(labels))))
    most = [asked.question.max_choices for asked in (change.before, change.after)]
    if most[0] != most[1]:
        said = [str(number) if number else visit.say("questionnaires.change.no_limit") for number in most]
        lines.append(visit.say("questionnaires.change.most", before=said[0], after=said[1]))
    return lines


def _wording(visit: Visit, asked: Asked) -> str:
    question = asked.question
    text = question.text_en if visit.language == "en" and question.text_en else question.text_pl
    return f"{question.battery} – {text}" if question.battery else text

"""What of a form is shown after some answers: conditions of questions, groups and options.

As in XLSForm, an answer to a question that is no longer shown counts as none, for other conditions too, and is not
stored.
"""

from collections.abc import Mapping
from datetime import date

from surveys.filling.sheets import Answer, Answers, Asked, FillableForm, other_key
from surveys.model.form import FormChoice
from surveys.questionnaires.expressions import ExpressionError, evaluate, is_true

# Conditions that undo one another never come to rest; a form's check names such loops.
_MOST_ROUNDS = 20


def find_shown(form: FillableForm, answers: Answers, today: date) -> frozenset[int]:
    """Return the numbers of the questions and notes that are shown after these answers."""
    shown = frozenset(one.number for one in form.asked)
    for _ in range(_MOST_ROUNDS):
        values = values_of(form, answers, shown, today)
        now = frozenset(one.number for one in form.asked if _all_hold(one.conditions, values, today))
        if now == shown:
            break
        shown = now
    return shown


def keep_shown(form: FillableForm, answers: Answers, shown: frozenset[int]) -> dict[str, Answer]:
    """Return the answers to what is shown; the others are as if never given."""
    kept = {}
    for one in form.questions:
        if one.number in shown:
            for key in (one.name, other_key(one.name)):
                if key in answers:
                    kept[key] = answers[key]
    return kept


def values_of(form: FillableForm, answers: Answers, shown: frozenset[int], today: date) -> dict[str, object]:
    """Return what expressions may refer to: answers to what is shown, words beside "other", what is computed."""
    values: dict[str, object] = {}
    for one in form.questions:
        if one.number in shown and one.name in answers:
            values[one.row.name] = answers[one.name]
            if other_key(one.name) in answers:
                values[f"{one.row.name}_other"] = answers[other_key(one.name)]
    for row, conditions in form.calculations:
        if _all_hold(conditions, values, today):
            try:
                values[row.name] = evaluate(row.calculation, values, today=today)
            except ExpressionError:
                # Asks for what only other programs have: it stays without a value, as before it is computed there.
                values.pop(row.name, None)
    return values


def filter_options(one: Asked, values: Mapping[str, object], today: date) -> tuple[FormChoice, ...]:
    """Return the options that a question offers after some answers (``choice_filter``).

    A filter names columns of the option bare (``gmina = ${gmina}``). As in ODK, a cell that is blank, or whose column
    is not there, is an empty text: such an option is offered only where the other side is empty too.
    """
    text = one.row.choice_filter
    if not text.strip():
        return one.options
    return tuple(choice for choice in one.options if choice.is_other or _is_offered(choice, text, values, today))


def _is_offered(choice: FormChoice, text: str, values: Mapping[str, object], today: date) -> bool:
    return holds(text, values, today, columns={**choice.extra, "name": choice.name})


def holds(  # a condition and everything it may ask for
    expression: str,
    values: Mapping[str, object],
    today: date,
    this: object = None,
    *,
    unknown: bool = True,
    columns: Mapping[str, str] | None = None,
) -> bool:
    """Return whether a condition holds; ``unknown`` for one that cannot be computed here, which refuses nothing."""
    try:
        return is_true(expression, values, this, today=today, columns=columns)
    except ExpressionError:
        return unknown


def _all_hold(conditions: tuple[str, ...], values: Mapping[str, object], today: date) -> bool:
    return all(holds(one, values, today) for one in conditions)

"""What a form refuses: a required question without an answer, an answer that its constraint does not allow."""

from collections.abc import Iterable
from datetime import date

from surveys.filling.sheets import Answers, FieldFault, FillableForm, Trouble
from surveys.filling.showing import filter_options, holds, values_of
from surveys.model.questionnaire import QuestionType


def check_answers(
    form: FillableForm, numbers: Iterable[int], answers: Answers, shown: frozenset[int], today: date
) -> list[FieldFault]:
    """Return what is wrong with the answers to some questions; at most one fault a question.

    Args:
        form: the form.
        numbers: questions that are checked; those that are not shown are left alone.
        answers: everything answered so far.
        shown: what is shown (`find_shown`).
        today: the day that ``today()`` stands for.
    """
    values = values_of(form, answers, shown, today)
    faults = []
    for number in numbers:
        one = form.asked[number]
        if number not in shown or one.kind is None:
            continue
        row, answer = one.row, answers.get(one.name)
        if answer is None:
            if row.required.strip() and holds(row.required, values, today, unknown=False):
                faults.append(FieldFault(number, Trouble.REQUIRED, row.required_messages))
            continue
        chosen = set(answer) if isinstance(answer, tuple) else {answer}
        if one.options and not chosen <= {choice.name for choice in filter_options(one, values, today)}:
            faults.append(FieldFault(number, Trouble.OPTION))
        elif row.max_choices is not None and one.kind is QuestionType.MULTIPLE and len(chosen) > row.max_choices:
            faults.append(FieldFault(number, Trouble.TOO_MANY, row.constraint_messages, str(row.max_choices)))
        elif row.constraint.strip() and not holds(row.constraint, values, today, answer):
            faults.append(FieldFault(number, Trouble.CONSTRAINT, row.constraint_messages))
    return faults

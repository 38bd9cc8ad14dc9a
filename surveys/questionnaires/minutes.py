"""How long a form takes to fill in: reading and answering, for somebody who is in no hurry.

The rule: every word of questions, hints and options is read at 120 words a minute (a list that a table repeats is
read once), each answer takes its time besides, and what only some people are asked counts half. Figures are ours, on
the safe side for older people on paper; they are an estimate and not a measurement.
"""

import math
from collections.abc import Mapping, Sequence

from surveys.model import Form, FormChoice, FormGroup, FormRow, QuestionType
from surveys.model.form import say
from surveys.questionnaires.making import answer_type, fill_labels, is_table, options_of

_WORDS_A_SECOND = 120 / 60
_SECONDS: Mapping[QuestionType, float] = {
    QuestionType.SINGLE: 5, QuestionType.SCALE: 6, QuestionType.MULTIPLE: 15, QuestionType.RANKING: 30,
    QuestionType.NUMBER: 8, QuestionType.DATE: 8, QuestionType.TEXT: 45,
}  # fmt: skip
_LINE_OF_TEXT = 20.0  # an open question with one line, "inne, jakie"
_ASKED_OF_SOME = 0.5

Lists = Mapping[str, tuple[FormChoice, ...]]


def estimate_minutes(form: Form) -> int:
    """Return how many whole minutes a form takes, at least one."""
    filled = fill_labels(form)
    return max(1, math.ceil(estimate_seconds(filled.items, filled.lists) / 60))


def estimate_seconds(items: Sequence[FormRow | FormGroup], lists: Lists) -> float:
    """Return how many seconds rows and groups take.

    Args:
        items: rows and groups.
        lists: options by name of their list, with labels.
    """
    return sum(_of_group(item, lists) if isinstance(item, FormGroup) else _of_row(item, lists) for item in items)


def _of_group(group: FormGroup, lists: Lists) -> float:
    seconds = _read(say(group.labels, "pl"), say(group.hints, "pl"))
    if is_table(group):
        rows = [item for item in group.items if isinstance(item, FormRow)]
        options = {row.list_name for row in rows if row.list_name}
        seconds += sum(_read(*_words_of(lists.get(name, ()))) for name in options)
        seconds += sum(_of_row(row, {}) for row in rows)
    else:
        seconds += estimate_seconds(group.items, lists)
    return seconds * (_ASKED_OF_SOME if group.relevant else 1)


def _of_row(row: FormRow, lists: Lists) -> float:
    kind = answer_type(row)
    if kind is None and row.type != "note":
        return 0
    seconds = _read(say(row.labels, "pl"), say(row.hints, "pl"), *_words_of(options_of(row, lists)))
    if kind is not None:
        short = kind is QuestionType.TEXT and "multiline" not in row.appearance
        seconds += _LINE_OF_TEXT if short else _SECONDS[kind]
    return seconds * (_ASKED_OF_SOME if row.relevant else 1)


def _read(*texts: str) -> float:
    return sum(len(text.split()) for text in texts) / _WORDS_A_SECOND


def _words_of(options: Sequence[FormChoice]) -> list[str]:
    return [say(option.labels, "pl") for option in options]

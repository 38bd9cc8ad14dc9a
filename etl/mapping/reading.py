"""How a column is read: the value that question types, scales and known questionnaires all come to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from etl.clean.dates import read_days
from etl.clean.labels import option_key
from etl.clean.missing import plain_missing_kind
from etl.clean.numbers import read_column_numbers
from etl.mapping.answer_column import AnswerColumn
from etl.mapping.option_list import OptionList
from surveys.model import Choice, QuestionType

_EPOCH = date(1970, 1, 1)
# Longer texts say more than that there is no answer.
_LONGEST_MISSING = 40


@dataclass(frozen=True, slots=True)
class Reading:
    """What a column's distinct values mean. The tuples run parallel to ``AnswerColumn.values``.

    Attributes:
        type: type of the question.
        choices: answer options in the order to show, kinds of missing last.
        picks: indexes into ``choices`` that a value stands for; none for numbers and texts.
        numbers: the number of a value (for a day: days since 1970-01-01), ``None`` for none; empty when the type
            has no numbers.
        texts: open text of a value (for a choice: what was written beside "other"), ``None`` for none; empty when
            there are none.
        ranks: places in a ranking, parallel to ``picks``; empty for everything else.
        written: options as they were written: `option_key` → commonest spelling, how many people.
        likes: written values that may be an option of the known question, `option_key` → its code.
        accepted: suggestions that were taken because all were: `option_key` → code.
        unread: indexes of values that the type could not take; they count as no answer and are reported.
        vocabulary: code list that the choices' codes come from.
        suggestions: index of a choice → code of the vocabulary that it may mean, for a person to decide.
        reason: key of a text that says why it is read so, with ``facts``.
    """

    type: QuestionType
    choices: tuple[Choice, ...] = ()
    picks: tuple[tuple[int, ...], ...] = ()
    numbers: tuple[float | None, ...] = ()
    texts: tuple[str | None, ...] = ()
    unread: tuple[int, ...] = ()
    vocabulary: str | None = None
    suggestions: Mapping[int, str] = field(default_factory=dict)
    reason: str = ""
    facts: dict[str, str | int] = field(default_factory=dict)
    ranks: tuple[tuple[int, ...], ...] = ()
    written: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    likes: Mapping[str, str] = field(default_factory=dict)
    accepted: Mapping[str, str] = field(default_factory=dict)


def read_numbers(
    column: AnswerColumn, *, known: Sequence[Choice] = (), reason: str = "mapping.reason.number"
) -> Reading:
    """Read a column as numbers; said kinds of missing become options, other texts are left unread."""
    return _read_measured(column, QuestionType.NUMBER, read_column_numbers(column.values), known, reason)


def read_dates(column: AnswerColumn, *, known: Sequence[Choice] = (), reason: str = "mapping.reason.date") -> Reading:
    """Read a column as days; nothing is read when day and month cannot be told apart."""
    days: Sequence[date | None] = read_days(column.values) or [None] * len(column.values)
    numbers = [None if day is None else float((day - _EPOCH).days) for day in days]
    return _read_measured(column, QuestionType.DATE, numbers, known, reason)


def read_texts(column: AnswerColumn, *, known: Sequence[Choice] = (), reason: str = "mapping.reason.text") -> Reading:
    """Read a column as open texts; an answer that is nothing but "nie wiem" is a kind of missing, not a text."""
    options = OptionList(known)
    picks: list[tuple[int, ...]] = []
    texts: list[str | None] = []
    for value, text in zip(column.values, column.texts, strict=True):
        kind = plain_missing_kind(option_key(text)) if len(text) <= _LONGEST_MISSING else None
        picks.append(() if kind is None or kind == "blank" else (options.add_missing(text, kind),))
        # The text as written, with its line breaks; a number as read aloud.
        texts.append((value.strip() if isinstance(value, str) else text) if kind is None else None)
    return Reading(QuestionType.TEXT, options.choices, tuple(picks), (), tuple(texts), reason=reason)


def _read_measured(
    column: AnswerColumn, kind: QuestionType, numbers: Sequence[float | None], known: Sequence[Choice], reason: str
) -> Reading:
    options = OptionList(known)
    picks: list[tuple[int, ...]] = []
    unread: list[int] = []
    for position, number in enumerate(numbers):
        missing = None if number is not None else plain_missing_kind(column.keys[position])
        if number is None and missing is None:
            unread.append(position)
        picks.append((options.add_missing(column.texts[position], missing),) if missing and missing != "blank" else ())
    return Reading(kind, options.choices, tuple(picks), tuple(numbers), (), tuple(unread), reason=reason)

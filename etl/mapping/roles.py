"""Roles of columns: which hold answers, which only say when and where, and which name a person."""

import re
from dataclasses import dataclass

import numpy as np

from etl.clean.dates import read_days
from etl.clean.numbers import read_number
from etl.mapping.answer_column import AnswerColumn
from surveys.language.folding import fold
from surveys.privacy.identifiers import IdentifierKind, kind_of_header, scan

# Values looked at for personal data: a column of 20,000 phones shows itself in the first thousand.
_SAMPLE = 1_000

_MOMENTS = re.compile(
    r"^(sygnatura czasowa|timestamp|data( (wypelnienia|przeslania|ankiety|odpowiedzi|i (godzina|czas)))?|"
    r"data (rozpoczecia|zakonczenia|ukonczenia|wyslania)( ankiety| wypelniania)?|start|end|today|"
    r"godzina (rozpoczecia|ukonczenia)|czas ostatniej modyfikacji|"
    r"(start|completion|submission) ?time|(start|end|submit|submission) ?date|datestamp)$"
)
_TECHNICAL = re.compile(
    r"^(id|identyfikator|lp|l\.p|nr|(nr|numer) (ankiety|formularza)|ankieter|jezyk|language|status|"
    r"czas (wypelniania|trwania)( ankiety)?|"
    r"respondent id|collector id|wynik|score|total points|quiz feedback|(points|feedback) - .*)$"
)
# A tool's own columns of these are left out without asking anybody.
_LEFT_OUT_UNASKED = frozenset({IdentifierKind.LOCATION, IdentifierKind.DEVICE})


@dataclass(frozen=True, slots=True)
class Role:
    """What a column is for.

    Attributes:
        name: ``question``, ``metadata``, ``identifier``, ``weight`` or ``ignored``.
        identifier: kind of personal data of an identifier.
        holds_moment: metadata that says when an answer was given.
        reason: key of a text that says why.
    """

    name: str
    identifier: IdentifierKind | None = None
    holds_moment: bool = False
    reason: str = ""


def decide_role(column: AnswerColumn, *, timestamp_column: int | None) -> Role:
    """Return the role of a column: what its source says, else what its header and its values say.

    A source's word does not make a question of personal data: they are looked for in every column of answers.
    """
    if column.position == timestamp_column:
        return Role("metadata", holds_moment=True, reason="mapping.reason.timestamp")
    return _said_role(column) or _role_from_data(column)


def _said_role(column: AnswerColumn) -> Role | None:
    said = column.layout
    if said is not None and said.role not in {None, "question"}:
        kind = scan(_sample(column), header=column.header).kind if said.role == "identifier" else None
        kind = None if kind in _LEFT_OUT_UNASKED else kind
        return Role(str(said.role), kind, holds_moment=said.holds_moment, reason="mapping.reason.source")
    return Role("question") if column.pieces is not None else None


def _role_from_data(column: AnswerColumn) -> Role:
    if not column.header and not column.values:
        return Role("ignored", reason="mapping.reason.blank")
    identifier = scan(_sample(column), header=column.header).kind
    if identifier is not None:
        return Role("identifier", identifier=identifier, reason=f"mapping.reason.identifier.{identifier.value}")
    header = fold(column.header)
    if kind_of_header(column.header) is not None and not column.values:
        return Role("ignored", reason="mapping.reason.blank")
    if _MOMENTS.match(header) and _are_days(column):
        return Role("metadata", holds_moment=True, reason="mapping.reason.timestamp")
    said_question = column.layout is not None and column.layout.role == "question"
    if not said_question and (_TECHNICAL.match(header) or _is_row_number(column)):
        return Role("metadata", reason="mapping.reason.technical")
    return Role("question")


def _sample(column: AnswerColumn) -> list[object]:
    if len(column.values) <= _SAMPLE:
        # Repeated as often as they occur would cost as much as the cells; distinct values show a column's nature.
        return list(column.values)
    return list(column.values[:: len(column.values) // _SAMPLE])


def _are_days(column: AnswerColumn) -> bool:
    sample = column.values[:_SAMPLE]
    days = read_days(sample)
    return days is not None and len(sample) > 0 and all(day is not None for day in days)


def _is_row_number(column: AnswerColumn) -> bool:
    """1, 2, 3 … down the whole first column, however it is called."""
    if column.position != 0 or len(column.values) < 3 or len(column.values) != len(column.codes):
        return False
    numbers = [read_number(value) for value in column.values]
    if any(number is None for number in numbers):
        return False
    steps = np.diff(np.array(numbers, dtype=float))
    return bool((steps == 1).all())

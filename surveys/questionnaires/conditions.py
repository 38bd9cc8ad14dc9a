"""Conditions that can be made by clicking: "when in question X one chose Y", "when the number is from 1 to 5".

Written as XLSForm's expressions and read back from them; what is written otherwise is an expression of its author's
own, which only those who know XLSForm change.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from surveys.model import Form, FormRow, QuestionType
from surveys.questionnaires.expression_parsing import (
    Call,
    ExpressionError,
    Negation,
    Node,
    Number,
    Operation,
    Reference,
    Text,
    This,
    parse,
)
from surveys.questionnaires.making import answer_type, options_of

_BY_OPTION = frozenset({QuestionType.SINGLE, QuestionType.SCALE, QuestionType.MULTIPLE})
Limits = tuple[float | None, float | None]


class Asks(StrEnum):
    """What a condition asks of another question."""

    CHOSEN = "chosen"
    BETWEEN = "between"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition on the answer to another question.

    Attributes:
        question: its name.
        options: at least one of them was chosen; empty for other kinds.
        least, most: the number given is not smaller, not larger; ``None`` for no limit.
    """

    question: str
    options: tuple[str, ...] = ()
    least: float | None = None
    most: float | None = None

    @property
    def asks(self) -> Asks:
        """What it asks."""
        if self.options:
            return Asks.CHOSEN
        return Asks.ANSWERED if self.least is None and self.most is None else Asks.BETWEEN


def find_asks(row: FormRow) -> Asks | None:
    """Return what can be asked of a question's answer by clicking; ``None`` for what is no question."""
    kind = answer_type(row)
    if kind is None:
        return None
    if kind in _BY_OPTION:
        return Asks.CHOSEN
    return Asks.BETWEEN if kind is QuestionType.NUMBER else Asks.ANSWERED


def write_conditions(conditions: Sequence[Condition], form: Form) -> str:
    """Return the expression that holds when all conditions do; empty for none.

    Args:
        conditions: on questions of the form.
        form: says which of them take several answers.
    """
    rows = {row.name: row for row, _ in form.rows()}
    return " and ".join(
        part for condition in conditions for part in _write(condition, rows.get(condition.question), len(conditions))
    )


def read_conditions(expression: str, form: Form) -> tuple[Condition, ...] | None:
    """Return the conditions that an expression is made of, ``None`` when it can't be made by clicking."""
    if not expression.strip():
        return ()
    try:
        node = parse(expression)
    except ExpressionError:
        return None
    rows = {row.name: row for row, _ in form.rows()}
    read: list[Condition] = []
    for part in _split(node, "and"):
        condition = _read(part, rows, form)
        if condition is None:
            return None
        before = read[-1] if read else None
        if before is not None and before.question == condition.question and _are_two_limits(before, condition):
            read[-1] = replace(before, most=condition.most)
        else:
            read.append(condition)
    return tuple(read)


def write_limits(least: float | None, most: float | None) -> str:
    """Return the constraint of a number; empty where there is no limit."""
    said = ((">=", least), ("<=", most))
    return " and ".join(f". {sign} {limit:.12g}" for sign, limit in said if limit is not None)


def read_limits(constraint: str) -> Limits | None:
    """Return the lowest and the highest number of a constraint, ``None`` when it says anything else."""
    if not constraint.strip():
        return None, None
    try:
        node = parse(constraint)
    except ExpressionError:
        return None
    least, most = None, None
    for part in _split(node, "and"):
        match part:
            case Operation(">=", This(), limit) if least is None and (number := _number(limit)) is not None:
                least = number
            case Operation("<=", This(), limit) if most is None and (number := _number(limit)) is not None:
                most = number
            case _:
                return None
    return least, most


def join_expressions(outer: str, inner: str) -> str:
    """Return the expression that holds when both do; an empty one always holds."""
    return f"({outer}) and ({inner})" if outer.strip() and inner.strip() else outer if outer.strip() else inner


def _write(condition: Condition, row: FormRow | None, among: int) -> Iterator[str]:
    name = f"${{{condition.question}}}"
    match condition.asks:
        case Asks.CHOSEN:
            several = row is not None and answer_type(row) is QuestionType.MULTIPLE
            said = [f"selected({name}, '{each}')" if several else f"{name} = '{each}'" for each in condition.options]
            joined = " or ".join(said)
            yield f"({joined})" if len(said) > 1 and among > 1 else joined
        case Asks.BETWEEN:
            for sign, limit in ((">=", condition.least), ("<=", condition.most)):
                if limit is not None:
                    yield f"{name} {sign} {limit:.12g}"
        case Asks.ANSWERED:
            yield f"{name} != ''"


def _split(node: Node, joined: str) -> list[Node]:
    if isinstance(node, Operation) and node.operator == joined:
        return [*_split(node.left, joined), *_split(node.right, joined)]
    return [node]


def _read(node: Node, rows: Mapping[str, FormRow], form: Form) -> Condition | None:
    match node:
        case Operation("!=", Reference(name), Text("")) if name in rows:
            return Condition(name)
        case Operation(">=" | "<=" as sign, Reference(name), limit) if (
            name in rows and find_asks(rows[name]) is Asks.BETWEEN and (number := _number(limit)) is not None
        ):
            return Condition(name, least=number) if sign == ">=" else Condition(name, most=number)
    chosen = [_read_option(part, rows, form) for part in _split(node, "or")]
    names = {each[0] for each in chosen if each is not None}
    if len(names) != 1 or None in chosen:
        return None
    return Condition(names.pop(), tuple(dict.fromkeys(each[1] for each in chosen if each is not None)))


def _read_option(node: Node, rows: Mapping[str, FormRow], form: Form) -> tuple[str, str] | None:
    match node:
        case Operation("=", Reference(name), Text(option)) if name in rows:
            several = False
        case Operation("=", Reference(name), Number(value)) if name in rows:
            option, several = f"{value:g}", False
        case Call("selected", (Reference(name), Text(option)), _) if name in rows:
            several = True
        case _:
            return None
    kind = answer_type(rows[name])
    known = {each.name for each in options_of(rows[name], form.lists)}
    # "= 'a'" of several answers holds for those who chose nothing else: that is not what clicking means.
    fits = kind in _BY_OPTION and (several or kind is not QuestionType.MULTIPLE)
    return (name, option) if fits and option in known else None


def _are_two_limits(first: Condition, second: Condition) -> bool:
    return first.asks is second.asks is Asks.BETWEEN and first.most is None and second.least is None


def _number(node: Node) -> float | None:
    match node:
        case Number(value):
            found = value
        case Negation(Number(value)):
            found = -value
        case _:
            return None
    return found if math.isfinite(found) else None

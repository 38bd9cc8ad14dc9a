"""By which rules a form puts each question: to whom, which answers it takes, whether it can be passed over.

Two rules that are written otherwise and ask the same are one: expressions are compared as they are understood, the
order of what "and" and "or" join does not matter.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from surveys.model import Form, FormRow, QuestionType
from surveys.questionnaires.editing.rules import is_required
from surveys.questionnaires.expression_parsing import (
    Call,
    Column,
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
from surveys.questionnaires.loader import UnknownQuestionnaireError, load_form
from surveys.questionnaires.making import answer_type
from surveys.questionnaires.numbering import Asked, number_questions

_ALWAYS = frozenset({"", "true()"})


@dataclass(frozen=True, slots=True)
class AskingRules:
    """Rules of one question.

    Attributes:
        base: condition under which it is asked, with those of the groups around it; empty for everybody.
        limits: what answers have to meet and which options are offered to whom; empty for every answer.
        cap: most options that the constraint lets people choose, ``None`` without such a constraint.
        required: an answer has to be given.
    """

    base: str = ""
    limits: str = ""
    cap: int | None = None
    required: bool = False


def rules_of_form(form: Form) -> dict[str, AskingRules]:
    """Return the rules of every question of a form, by its name in the questionnaire."""
    return {asked.question.name: _rules_of(asked) for asked in number_questions(form)}


@lru_cache(maxsize=64)
def rules_of_shipped(slug: str, version: str) -> Mapping[str, AskingRules] | None:
    """Return the rules of a questionnaire that comes with the program, ``None`` for a version that it lacks."""
    try:
        return rules_of_form(load_form(slug, version))
    except UnknownQuestionnaireError:
        return None


def say_alike(expression: str) -> str:
    """Return an expression in the one way of writing it that stands for all that are understood alike."""
    if not expression.strip():
        return ""
    try:
        said = _say(parse(expression))
    except ExpressionError:
        said = " ".join(expression.split())
    return "" if said in _ALWAYS else said


def _rules_of(asked: Asked) -> AskingRules:
    row = asked.row
    conditions = {say_alike(one) for one in (*(group.relevant for group in asked.groups), row.relevant)} - {""}
    cap, taken = _part_cap(row)
    limits = [taken, say_alike(row.choice_filter)]
    if row.type == "range":
        limits.append(" ".join(sorted(row.parameters.split())))
    return AskingRules(" and ".join(sorted(conditions)), " | ".join(filter(None, limits)), cap, is_required(row))


def _part_cap(row: FormRow) -> tuple[int | None, str]:
    """Return how many options a constraint lets people choose, and what else it asks."""
    if answer_type(row) is not QuestionType.MULTIPLE or not row.constraint.strip():
        return None, say_alike(row.constraint)
    try:
        parts = _split(parse(row.constraint), "and")
    except ExpressionError:
        return None, say_alike(row.constraint)
    caps = [cap for part in parts if (cap := _cap_of(part)) is not None]
    rest = sorted(_say(part) for part in parts if _cap_of(part) is None)
    return (min(caps) if caps else None), " and ".join(rest)


def _cap_of(node: Node) -> int | None:
    match node:
        case Operation("<=", Call("count-selected", (This(),)), Number(most)):
            return int(most)
        case Operation("<", Call("count-selected", (This(),)), Number(most)):
            return int(most) - 1
        case _:
            return None


def _split(node: Node, joined: str) -> list[Node]:
    if isinstance(node, Operation) and node.operator == joined:
        return [*_split(node.left, joined), *_split(node.right, joined)]
    return [node]


def _say(node: Node) -> str:
    if isinstance(node, Operation):
        if node.operator in {"and", "or"}:
            parts = sorted({_say(part) for part in _split(node, node.operator)})
            return f"({f' {node.operator} '.join(parts)})"
        return f"({_say(node.left)} {node.operator} {_say(node.right)})"
    if isinstance(node, Call):
        return f"{node.name}({', '.join(map(_say, node.arguments))})"
    return f"-({_say(node.of)})" if isinstance(node, Negation) else _say_leaf(node)


def _say_leaf(node: Node) -> str:
    match node:
        case Number(value):
            return f"{value:.12g}"
        case Text(value):
            return repr(value)
        case Reference(name):
            return f"${{{name}}}"
        case Column(name):
            return name
        case This():
            return "."
        case _:
            return repr(node)

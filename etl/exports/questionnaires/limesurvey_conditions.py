"""XLSForm's conditions in the language of LimeSurvey (ExpressionScript).

``${age} >= 18 and selected(${help}, 'care')`` becomes ``(age.NAOK >= 18 && help_care.NAOK == "Y")``. What has no equal
there is refused, so that the export can say what it left out.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from surveys.model import QuestionType
from surveys.questionnaires.expression_parsing import (
    Call,
    ExpressionError,
    Fault,
    Negation,
    Node,
    Number,
    Operation,
    Reference,
    Text,
    This,
    walk,
)
from surveys.questionnaires.expressions import check

# LimeSurvey's own names of the answer "other": among ticks, and among answers of which one is chosen.
OTHER_TICK, OTHER_ANSWER = "other", "-oth-"
_MOST_PARTS = 300
_OPERATORS = {"or": "||", "and": "&&", "=": "==", "!=": "!=", "div": "/", "mod": ""}
# One to one, with the same arguments in the same order.
_FUNCTIONS = {
    "string-length": "strlen", "round": "round", "floor": "floor", "ceiling": "ceil", "abs": "abs", "min": "min",
    "max": "max", "if": "if", "pow": "pow", "int": "intval", "number": "floatval",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Target:
    """A question as LimeSurvey has it.

    Attributes:
        code: of the question.
        type: how it is answered.
        options: our name of an option → its code there (an answer, or a subquestion of a multiple choice).
        row: of a table, the subquestion's code; empty elsewhere.
    """

    code: str
    type: QuestionType
    options: Mapping[str, str]
    row: str = ""

    @property
    def variable(self) -> str:
        """The variable that holds its answer."""
        return f"{self.code}_{self.row}.NAOK" if self.row else f"{self.code}.NAOK"


def translate_condition(expression: str, targets: Mapping[str, Target], this: Target | None = None) -> str:
    """Return a condition in ExpressionScript.

    Args:
        expression: as the form has it.
        targets: by name of our question.
        this: the question that ``.`` stands for.

    Raises:
        ExpressionError: it cannot be said there.
    """
    tree = check(expression)
    if sum(1 for _ in walk(tree)) > _MOST_PARTS:
        raise ExpressionError(Fault.TOO_LONG, 1)
    return _Translation(targets, this).of(tree)


class _Translation:
    def __init__(self, targets: Mapping[str, Target], this: Target | None) -> None:
        self._targets, self._this = targets, this

    def of(self, node: Node) -> str:
        match node:
            case Number(value):
                return f"{value:g}"
            case Text(value):
                return quote(value)
            case Reference() | This():
                return self._plain(self._target(node), node)
            case Negation(of):
                return f"-({self.of(of)})"
            case Operation():
                return self._operation(node)
            case Call():
                return self._call(node)
            case _:
                raise ExpressionError(Fault.UNSUPPORTED, 1)

    def _target(self, node: Node) -> Target:
        found = self._this if isinstance(node, This) else None
        if isinstance(node, Reference):
            found = self._targets.get(node.name)
        if found is None:
            raise ExpressionError(Fault.UNSUPPORTED, 1)
        return found

    def _plain(self, target: Target, node: Node) -> str:
        """A question as a value; one with several answers has none."""
        if target.type in {QuestionType.MULTIPLE, QuestionType.RANKING}:
            raise ExpressionError(Fault.UNSUPPORTED, getattr(node, "position", 1))
        return target.variable

    def _operation(self, node: Operation) -> str:
        if node.operator in {"=", "!="}:
            for asked, said in ((node.left, node.right), (node.right, node.left)):
                if isinstance(asked, Reference | This) and isinstance(said, Text):
                    return self._compare(asked, node.operator, said.value)
        sign = _OPERATORS.get(node.operator, node.operator)
        if not sign:
            raise ExpressionError(Fault.UNSUPPORTED, 1, node.operator)
        return f"({self.of(node.left)} {sign} {self.of(node.right)})"

    def _compare(self, asked: Node, operator: str, option: str) -> str:
        target = self._target(asked)
        sign = _OPERATORS[operator]
        if option == "":
            return f"{'' if operator == '=' else '!'}is_empty({self._plain(target, asked)})"
        if target.options and option not in target.options:
            raise ExpressionError(Fault.UNSUPPORTED, 1, option)
        return f"({self._plain(target, asked)} {sign} {quote(target.options.get(option, option))})"

    def _call(self, node: Call) -> str:
        special: dict[str, Callable[[Call], str]] = {
            "selected": self._selected, "count-selected": self._count, "regex": self._regex,
        }  # fmt: skip
        if node.name in special:
            return special[node.name](node)
        inside = [self.of(part) for part in node.arguments]
        if node.name == "not":
            return f"!({inside[0]})"
        if node.name in {"true", "false"}:
            return "1" if node.name == "true" else "0"
        if node.name == "concat":
            return "implode(" + ", ".join(['""', *inside]) + ")"
        if node.name == "string-length" and not inside and self._this is not None:
            return f"strlen({self._this.variable})"
        if node.name not in _FUNCTIONS:
            raise ExpressionError(Fault.UNSUPPORTED, node.position, node.name)
        return f"{_FUNCTIONS[node.name]}({', '.join(inside)})"

    def _selected(self, node: Call) -> str:
        asked, option = node.arguments
        target = self._target(asked)
        if not isinstance(option, Text) or option.value not in target.options:
            raise ExpressionError(Fault.UNSUPPORTED, node.position, node.name)
        code = target.options[option.value]
        if target.type is QuestionType.MULTIPLE:
            # The field for other words is filled, not ticked.
            other = code == OTHER_TICK
            return f"!is_empty({target.code}_{code}.NAOK)" if other else f'({target.code}_{code}.NAOK == "Y")'
        if target.type is QuestionType.RANKING:
            raise ExpressionError(Fault.UNSUPPORTED, node.position, node.name)
        return f"({target.variable} == {quote(code)})"

    def _count(self, node: Call) -> str:
        target = self._target(node.arguments[0])
        if target.type is not QuestionType.MULTIPLE:
            raise ExpressionError(Fault.UNSUPPORTED, node.position, node.name)
        return f"count({', '.join(f'{target.code}_{code}.NAOK' for code in target.options.values())})"

    def _regex(self, node: Call) -> str:
        asked, pattern = node.arguments
        if not isinstance(pattern, Text):
            raise ExpressionError(Fault.UNSUPPORTED, node.position, node.name)
        escaped = pattern.value.replace("/", "\\/")
        return f"regexMatch({quote(f'/^(?:{escaped})$/')}, {self.of(asked)})"


def quote(text: str) -> str:
    """Return a text in the quotation marks of ExpressionScript."""
    return json.dumps(text, ensure_ascii=False)

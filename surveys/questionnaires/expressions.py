"""Computing XLSForm's expressions: which questions are shown, which answers are refused.

``evaluate("selected(${help}, 'care') and ${age} >= 18", {"help": ("care", "food"), "age": 40})`` is ``True``.

Answers come by question name: a text, a number, a day, the name of the chosen option, or a collection of names where
several may be chosen; nothing (``None``, or no key) where there is no answer. Rules are those of XPath 1.0: a question
without an answer is an empty text, and no comparison of size with it holds. A constraint is not asked about an answer
that was not given: whoever judges answers leaves those out.
"""

import math
import operator
from collections.abc import Callable, Iterable, Mapping
from datetime import date

from surveys.questionnaires.expression_functions import FUNCTIONS, KNOWN_ELSEWHERE, OWN_FUNCTIONS, compile_pattern
from surveys.questionnaires.expression_parsing import (
    Call,
    Column,
    ExpressionError,
    Fault,
    Negation,
    Node,
    Number,
    Operation,
    Path,
    Reference,
    Text,
    This,
    parse,
    walk,
)
from surveys.questionnaires.expression_values import Value, are_equal, to_number, to_text, to_truth, value_of

__all__ = ["ExpressionError", "Fault", "check", "evaluate", "find_loops", "is_true", "names_in"]

# As pyxform reads the columns required and relevant.
_WORDS = {"yes": True, "true": True, "true()": True, "no": False, "false": False, "false()": False}


def evaluate(
    expression: str,
    answers: Mapping[str, object],
    this: object = None,
    *,
    today: date | None = None,
    columns: Mapping[str, object] | None = None,
) -> Value:
    """Return what an expression gives.

    Args:
        expression: as the form has it.
        answers: by question name.
        this: the answer that ``.`` stands for.
        today: the day that ``today()`` stands for.
        columns: the cells of an option's row, for a ``choice_filter``; ``None`` elsewhere.

    Returns:
        A text, a number or a truth. Numbers that cannot be computed are NaN.

    Raises:
        ExpressionError: it is broken, or asks for what only other programs have.
    """
    return _Evaluation(answers, this, today, columns).of(parse(expression))


def is_true(
    expression: str,
    answers: Mapping[str, object],
    this: object = None,
    *,
    today: date | None = None,
    columns: Mapping[str, object] | None = None,
) -> bool:
    """Return whether an expression holds; an empty one does. ``yes`` and ``no`` are understood as in ``required``.

    Args and errors: see `evaluate`.
    """
    text = expression.strip()
    if not text:
        return True
    word = _WORDS.get(text.lower())
    return word if word is not None else to_truth(evaluate(text, answers, this, today=today, columns=columns))


def check(expression: str, *, columns: bool = False) -> Node:
    """Return an expression as a tree, its functions and their arguments checked too.

    Args:
        expression: as the form has it.
        columns: bare names are columns of an option's row, as in a ``choice_filter``.

    Raises:
        ExpressionError: it is broken, or (`Fault.UNSUPPORTED`) right but asks for what only other programs have.
    """
    node = parse(expression)
    unsupported = [found for found in _find_unsupported(node) if not (columns and isinstance(found[0], Column))]
    if unsupported:
        _, position, word = unsupported[0]
        raise ExpressionError(Fault.UNSUPPORTED, position, word)
    return node


def names_in(expression: str) -> tuple[str, ...]:
    """Return the names that an expression refers to, each once; none when it is broken."""
    try:
        return tuple(dict.fromkeys(node.name for node in walk(parse(expression)) if isinstance(node, Reference)))
    except ExpressionError:
        return ()


def find_loops(needs: Mapping[str, Iterable[str]]) -> tuple[tuple[str, ...], ...]:
    """Return every loop of names that need each other, each once, its names in the order they need one another.

    Args:
        needs: name → names that have to be known before it.
    """
    loops: dict[frozenset[str], tuple[str, ...]] = {}
    done: set[str] = set()
    for start in needs:
        if start in done:
            continue
        path: list[str] = [start]
        on_path = {start}
        waiting = [iter(needs.get(start, ()))]
        while waiting:
            name = next(waiting[-1], None)
            if name is None:
                waiting.pop()
                gone = path.pop()
                on_path.discard(gone)
                done.add(gone)
            elif name in on_path:
                loop = tuple(path[path.index(name) :])
                loops.setdefault(frozenset(loop), loop)
            elif name not in done and name in needs:
                path.append(name)
                on_path.add(name)
                waiting.append(iter(needs[name]))
    return tuple(loops.values())


def _find_unsupported(node: Node) -> Iterable[tuple[Node, int, str]]:
    for part in walk(node):
        match part:
            case Column(name, position):
                yield part, position, name
            case Path(position, _):
                yield part, position, ""
            case Call():
                if _check_call(part):
                    yield part, part.position, part.name


def _check_call(call: Call) -> bool:
    """Refuse a wrong call; return whether only other programs can compute it."""
    least, most = _arity(call.name, call.position)
    if call.name in KNOWN_ELSEWHERE:
        return True
    if not least <= len(call.arguments) <= most:
        raise ExpressionError(Fault.ARGUMENTS, call.position, call.name)
    if call.name == "regex" and isinstance(call.arguments[1], Text):
        _check_pattern(call.arguments[1].value, call.position)
    return False


def _arity(name: str, position: int) -> tuple[int, int]:
    if name in OWN_FUNCTIONS:
        return OWN_FUNCTIONS[name]
    if name in FUNCTIONS:
        return FUNCTIONS[name][:2]
    if name in KNOWN_ELSEWHERE:
        return 0, 99
    raise ExpressionError(Fault.UNKNOWN_FUNCTION, position, name)


def _check_pattern(pattern: str, position: int) -> None:
    try:
        compile_pattern(pattern)
    except ExpressionError as error:
        raise ExpressionError(error.fault, position, pattern) from None


class _Evaluation:
    """One expression being computed."""

    def __init__(
        self, answers: Mapping[str, object], this: object, today: date | None, columns: Mapping[str, object] | None
    ) -> None:
        self._answers, self._this, self._today, self._columns = answers, this, today, columns

    def of(self, node: Node) -> Value:
        match node:
            case Number(value) | Text(value):
                return value
            case Reference(name, _):
                return value_of(self._answers.get(name))
            case This():
                return value_of(self._this)
            case Negation(of):
                return -to_number(self.of(of))
            case Operation():
                return self._operation(node)
            case Call():
                return self._call(node)
            case Column(name, position):
                if self._columns is None:
                    raise ExpressionError(Fault.UNSUPPORTED, position, name)
                return value_of(self._columns.get(name))
            case Path(position, _):
                raise ExpressionError(Fault.UNSUPPORTED, position)

    def _operation(self, node: Operation) -> Value:
        # A long sum or row of conditions leans to the left: it is gone down in a loop.
        chain: list[Operation] = []
        left: Node = node
        while isinstance(left, Operation):
            chain.append(left)
            left = left.left
        value = self.of(left)
        for link in reversed(chain):
            value = self._apply(link, value)
        return value

    def _apply(self, node: Operation, left: Value) -> Value:
        if node.operator == "or":
            return to_truth(left) or to_truth(self.of(node.right))
        if node.operator == "and":
            return to_truth(left) and to_truth(self.of(node.right))
        right = self.of(node.right)
        if node.operator == "=":
            return are_equal(left, right)
        if node.operator == "!=":
            return not are_equal(left, right)
        return _SIZES[node.operator](to_number(left), to_number(right))

    def _call(self, node: Call) -> Value:
        least, most = _arity(node.name, node.position)
        if node.name in KNOWN_ELSEWHERE:
            raise ExpressionError(Fault.UNSUPPORTED, node.position, node.name)
        if not least <= len(node.arguments) <= most:
            raise ExpressionError(Fault.ARGUMENTS, node.position, node.name)
        if node.name == "if":
            return self.of(node.arguments[1 if to_truth(self.of(node.arguments[0])) else 2])
        if node.name == "today":
            if self._today is None:
                raise ExpressionError(Fault.NO_DAY, node.position, node.name)
            return self._today.isoformat()
        if node.name in OWN_FUNCTIONS:
            return node.name == "true"
        arguments = [self.of(part) for part in node.arguments]
        if node.name == "string-length" and not arguments:
            arguments = [to_text(value_of(self._this))]
        return FUNCTIONS[node.name][2](arguments)


def _divide(left: float, right: float) -> float:
    if right:
        return left / right
    return math.nan if left == 0 or math.isnan(left) else math.copysign(math.inf, left)


def _remainder(left: float, right: float) -> float:
    return math.fmod(left, right) if right and math.isfinite(left) else math.nan


_SIZES: Mapping[str, Callable[[float, float], Value]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "div": _divide,
    "mod": _remainder,
}

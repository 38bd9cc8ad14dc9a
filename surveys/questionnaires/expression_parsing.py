"""XLSForm's expressions as a tree: ``${age} >= 18 and selected(${help}, 'care')``.

The grammar is that of XPath 1.0 as ODK uses it: ``or, and, = !=, < <= > >=, + -, * div mod, unary -``, functions,
``${name}`` for another answer, ``.`` for this one. Paths (``../age``, ``instance('towns')/…/item[1]``) are taken as
they are: other programs follow them, we can't.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Literal, cast

Operator = Literal["or", "and", "=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "div", "mod"]
MOST_SIGNS, _MOST_PARTS, _MOST_DEPTH = 32_767, 6_000, 100

_TOKEN = re.compile(
    r"""\s*(?:
      (?P<number>\d+(?:\.\d*)?|\.\d+)
    | (?P<text>"[^"]*"|'[^']*')
    | (?P<reference>\$\{\s*[^{}$]*\s*\})
    | (?P<sign><=|>=|!=|//|::|\.\.|[=<>+\-*/()\[\],.@|])
    | (?P<name>[^\W\d][\w.\-]*(?::(?!:)[^\W\d][\w.\-]*)?)
    )""",
    re.VERBOSE,
)
# Office programs put them in by themselves; pyxform takes them for plain ones too.
_TYPED_QUOTES = str.maketrans("\u2018\u2019\u201c\u201d", "''\"\"")
_REFERENCE_NAME = re.compile(r"^(last-saved#)?[^\W\d][\w.\-]*$")
_TIGHTNESS: Mapping[str, int] = {
    "or": 0, "and": 1, "=": 2, "!=": 2, "<": 3, "<=": 3, ">": 3, ">=": 3, "+": 4, "-": 4, "*": 5, "div": 5, "mod": 5,
}  # fmt: skip


class Fault(StrEnum):
    """What is wrong with an expression."""

    EMPTY = "empty"
    UNEXPECTED = "unexpected"
    UNFINISHED = "unfinished"
    UNCLOSED_TEXT = "unclosed_text"
    UNCLOSED_BRACKET = "unclosed_bracket"
    BAD_REFERENCE = "bad_reference"
    UNKNOWN_FUNCTION = "unknown_function"
    ARGUMENTS = "arguments"
    BAD_PATTERN = "bad_pattern"
    SLOW_PATTERN = "slow_pattern"
    TOO_LONG = "too_long"
    UNSUPPORTED = "unsupported"
    NO_DAY = "no_day"


class ExpressionError(ValueError):
    """An expression cannot be read, or not be computed here.

    Attributes:
        fault: what is wrong; `Fault.UNSUPPORTED` when other programs understand it and this one does not.
        position: 1-based sign of the expression where it is.
        word: the part of the expression that it is about.
    """

    def __init__(self, fault: Fault, position: int, word: str = "") -> None:
        self.fault, self.position, self.word = fault, position, word
        super().__init__(f"{fault.value} at {position}")


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written."""

    value: float


@dataclass(frozen=True, slots=True)
class Text:
    """A text in quotes."""

    value: str


@dataclass(frozen=True, slots=True)
class Reference:
    """``${name}``: another answer."""

    name: str
    position: int


@dataclass(frozen=True, slots=True)
class This:
    """``.``: the answer that is being judged."""


@dataclass(frozen=True, slots=True)
class Negation:
    """Unary minus."""

    of: "Node"


@dataclass(frozen=True, slots=True)
class Operation:
    """Two values and what is between them."""

    operator: Operator
    left: "Node"
    right: "Node"


@dataclass(frozen=True, slots=True)
class Call:
    """A function with its arguments."""

    name: str
    arguments: tuple["Node", ...]
    position: int


@dataclass(frozen=True, slots=True)
class Column:
    """A bare name: in a ``choice_filter`` the option's cell in the column of that name."""

    name: str
    position: int


@dataclass(frozen=True, slots=True)
class Path:
    """An XPath into the form's data, which this program doesn't follow; ``inside`` are expressions in its brackets."""

    position: int
    inside: tuple["Node", ...]


Node = Number | Text | Reference | This | Column | Negation | Operation | Call | Path


@lru_cache(maxsize=4096)
def parse(expression: str) -> Node:
    """Return an expression as a tree.

    Raises:
        ExpressionError: it is broken; functions are not asked about here.
    """
    if len(expression) > MOST_SIGNS:
        raise ExpressionError(Fault.TOO_LONG, MOST_SIGNS)
    return _Parser(expression.translate(_TYPED_QUOTES)).read()


def parts_of(node: Node) -> tuple[Node, ...]:
    """Return the nodes that a node is made of, from left to right."""
    match node:
        case Negation(of):
            return (of,)
        case Operation(_, left, right):
            return (left, right)
        case Call(_, inside, _) | Path(_, inside):
            return inside
        case _:
            return ()


def walk(node: Node) -> Iterator[Node]:
    """Yield a node and everything in it, from the outside in and from left to right."""
    waiting = [node]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(parts_of(node)))


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    position: int


def _cut(expression: str) -> list[_Token]:
    tokens: list[_Token] = []
    place, end = 0, len(expression.rstrip())
    while place < end:
        found = _TOKEN.match(expression, place)
        if found is None or found.lastgroup is None:
            start = place + len(expression[place:]) - len(expression[place:].lstrip())
            sign = expression[start]
            fault = Fault.UNCLOSED_TEXT if sign in "\"'" else Fault.UNEXPECTED
            raise ExpressionError(Fault.BAD_REFERENCE if sign == "$" else fault, start + 1, sign)
        tokens.append(_Token(found.lastgroup, found[found.lastgroup], found.start(found.lastgroup) + 1))
        place = found.end()
    return tokens


class _Parser:
    """Reads from the loosest operator to the tightest."""

    def __init__(self, expression: str) -> None:
        self._tokens = _cut(expression)
        self._place = 0
        self._depth = 0
        self._end = len(expression) + 1

    def read(self) -> Node:
        if not self._tokens:
            raise ExpressionError(Fault.EMPTY, 1)
        if len(self._tokens) > _MOST_PARTS:
            raise ExpressionError(Fault.TOO_LONG, self._tokens[_MOST_PARTS].position)
        node = self._inner()
        if (token := self._next()) is not None:
            raise ExpressionError(Fault.UNEXPECTED, token.position, token.text)
        return node

    def _next(self) -> _Token | None:
        return self._tokens[self._place] if self._place < len(self._tokens) else None

    def _is(self, *texts: str) -> bool:
        token = self._next()
        return token is not None and token.kind in {"sign", "name"} and token.text in texts

    def _take(self) -> _Token:
        token = self._next()
        if token is None:
            raise ExpressionError(Fault.UNFINISHED, self._end)
        self._place += 1
        return token

    def _inner(self) -> Node:
        """A whole expression: all of it, or what stands in brackets."""
        self._depth += 1
        if self._depth > _MOST_DEPTH:
            raise ExpressionError(Fault.TOO_LONG, self._end)
        node = self._from(0)
        self._depth -= 1
        return node

    def _from(self, least: int) -> Node:
        """Operators that bind at least so tight; those to the left first, so that a long sum needs no deep stack."""
        left = self._signed()
        while (operator := self._operator()) is not None and _TIGHTNESS[operator] >= least:
            self._take()
            left = Operation(operator, left, self._from(_TIGHTNESS[operator] + 1))
        return left

    def _operator(self) -> Operator | None:
        token = self._next()
        if token is None or token.kind not in {"sign", "name"} or token.text not in _TIGHTNESS:
            return None
        return cast("Operator", token.text)

    def _signed(self) -> Node:
        minuses = 0
        while self._is("-"):
            self._take()
            minuses += 1
        node = self._primary()
        while self._is("|"):
            bar = self._take()
            node = Path(bar.position, (node, self._primary()))
        return Negation(node) if minuses % 2 else node

    def _primary(self) -> Node:
        token = self._take()
        node: Node
        match token.kind, token.text:
            case "number", text:
                return Number(float(text))
            case "text", text:
                return Text(text[1:-1])
            case "reference", text:
                name = text[2:-1].strip()
                if not _REFERENCE_NAME.match(name):
                    raise ExpressionError(Fault.BAD_REFERENCE, token.position, text)
                node = Reference(name, token.position)
            case "sign", ".":
                node = This()
            case "sign", "(":
                node = self._inner()
                self._close(")", token)
            case "sign", ".." | "*":
                node = Path(token.position, ())
            case "sign", "/" | "//" | "@":
                node = self._step(token)
            case "name", _:
                node = self._call(token) if self._is("(") else Column(token.text, token.position)
            case _:
                raise ExpressionError(Fault.UNEXPECTED, token.position, token.text)
        return self._further(node, token.position)

    def _call(self, name: _Token) -> Node:
        bracket = self._take()
        inside: list[Node] = []
        if not self._is(")"):
            inside.append(self._inner())
            while self._is(","):
                self._take()
                inside.append(self._inner())
        self._close(")", bracket)
        return Call(name.text, tuple(inside), name.position)

    def _further(self, node: Node, start: int) -> Node:
        """Brackets and steps behind a value make it a path."""
        while self._is("[", "/", "//", "::"):
            sign = self._take()
            if sign.text == "[":
                inside = self._inner()
                self._close("]", sign)
                node = Path(start, (node, inside))
            else:
                node = Path(start, (node, self._step(sign)))
        return node

    def _step(self, before: _Token) -> Node:
        token = self._take()
        if token.kind == "sign" and token.text == "@":
            token = self._take()
        if token.kind == "reference":
            return Reference(token.text[2:-1].strip(), token.position)
        if token.kind == "name" and self._is("("):
            return Path(token.position, (self._call(token),))
        if token.kind == "name" or token.text in {".", "..", "*"}:
            return Path(before.position, ())
        raise ExpressionError(Fault.UNEXPECTED, token.position, token.text)

    def _close(self, sign: str, opened: _Token) -> None:
        token = self._next()
        if token is None:
            raise ExpressionError(Fault.UNCLOSED_BRACKET, opened.position, opened.text)
        if not self._is(sign):
            raise ExpressionError(Fault.UNEXPECTED, token.position, token.text)
        self._take()

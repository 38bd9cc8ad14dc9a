"""Conditions of questions said in words, for people who fill in paper: "only if in question 4 'no job' was ticked".

Only what can be said in a sentence is: whether an option was chosen, whether a number is large enough, a few of these
joined by one "and" or "or". For anything else there is no sentence.
"""

from collections.abc import Mapping

from surveys.language.languages import Language
from surveys.language.texts import load_catalogue
from surveys.model import Form, QuestionType
from surveys.model.form import say
from surveys.questionnaires import options_of
from surveys.questionnaires.expression_parsing import (
    Call,
    ExpressionError,
    Node,
    Number,
    Operation,
    Reference,
    Text,
    parse,
)
from surveys.questionnaires.numbering import Asked

_CHOICES = frozenset({QuestionType.SINGLE, QuestionType.SCALE, QuestionType.MULTIPLE})
_SIZES = {"=": "equal", ">=": "at_least", "<=": "at_most", ">": "above", "<": "below"}
# A sentence with more of them is one that nobody follows.
_MOST_PARTS = 4


def say_condition(
    relevant: str, form: Form, numbered: Mapping[str, Asked], language: Language, *, most: int = _MOST_PARTS
) -> str | None:
    """Return a condition in words, without "only if"; ``None`` when it can't be said in a sentence.

    Args:
        relevant: XLSForm's expression.
        form: whose options are named.
        numbered: questions by name.
        language: of the words.
        most: parts that a sentence may have.
    """
    try:
        node = parse(relevant)
    except ExpressionError:
        return None
    for joined in ("and", "or"):
        parts = _split(node, joined)
        said = [_say_part(part, form, numbered, language) for part in parts]
        if len(parts) <= most and all(part is not None for part in said):
            return _texts(joined, language).join(_merge([part for part in said if part], joined, language))
    return _say_clauses(_split(node, "and"), form, numbered, language, most)


def _say_clauses(
    clauses: list[Node], form: Form, numbered: Mapping[str, Asked], language: Language, most: int
) -> str | None:
    """Say several conditions that all have to hold, each of which may name some options of one question."""
    parts = [[_say_part(part, form, numbered, language) for part in _split(clause, "or")] for clause in clauses]
    if sum(map(len, parts)) > most or any(part is None for clause in parts for part in clause):
        return None
    said = [_merge([part for part in clause if part], "or", language) for clause in parts]
    return _texts("and", language).join(clause[0] for clause in said) if all(len(each) == 1 for each in said) else None


def _texts(key: str, language: Language, **facts: object) -> str:
    return load_catalogue("etl.texts").say(f"paper_form.only_if.{key}", language, **facts)


def _split(node: Node, joined: str) -> list[Node]:
    if isinstance(node, Operation) and node.operator == joined:
        return [*_split(node.left, joined), *_split(node.right, joined)]
    return [node]


# What was said of a question: key of the sentence, its number, and the option or the value.
_Part = tuple[str, str, str]


def _say_part(node: Node, form: Form, numbered: Mapping[str, Asked], language: Language) -> _Part | None:
    match node:
        case Call("not", (Call("selected", (Reference(name), Text(option))),)):
            return _say_option("not_chosen", name, option, form, numbered, language)
        case Call("selected", (Reference(name), Text(option))):
            return _say_option("chosen", name, option, form, numbered, language)
        case Operation("!=", Reference(name), Text("")) if name in numbered:
            return "answered", numbered[name].number, ""
        case Operation("=" | "!=" as sign, Reference(name), Text(option)):
            return _say_option("chosen" if sign == "=" else "not_chosen", name, option, form, numbered, language)
        case Operation(sign, Reference(name), Number(value)) if sign in _SIZES and name in numbered:
            asked = numbered[name]
            if asked.question.type in _CHOICES:
                return _say_option("chosen", name, f"{value:g}", form, numbered, language) if sign == "=" else None
            return _SIZES[sign], asked.number, f"{value:g}"
        case _:
            return None


def _say_option(
    key: str, name: str, option: str, form: Form, numbered: Mapping[str, Asked], language: Language
) -> _Part | None:
    asked = numbered.get(name)
    if asked is None or asked.question.type not in _CHOICES:
        return None
    found = next((each for each in options_of(asked.row, form.lists) if each.name == option), None)
    if found is None:
        return None
    return key, asked.number, _texts("quoted", language, label=say(found.labels, language) or found.name)


def _merge(parts: list[_Part], joined: str, language: Language) -> list[str]:
    """Say options of one question in one go: "in question 4 'A' or 'B' was ticked"."""
    options: dict[tuple[str, str], list[str]] = {}
    for key, number, value in parts:
        options.setdefault((key, number), []).append(value)
    sentences = []
    for (key, number), values in options.items():
        if key in {"chosen", "not_chosen"}:
            sentences.append(_texts(key, language, number=number, options=_texts(joined, language).join(values)))
        else:
            sentences += [_texts(key, language, number=number, value=value) for value in values]
    return sentences

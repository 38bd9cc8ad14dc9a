"""Conditions and calculations: broken ones, names and options they ask for that are not there, and loops."""

import re
from collections import Counter
from collections.abc import Iterator

from surveys.findings import Finding
from surveys.questionnaires.checking.lines import Facts, Line, Lines, find_like
from surveys.questionnaires.expression_functions import FUNCTIONS, KNOWN_ELSEWHERE, OWN_FUNCTIONS
from surveys.questionnaires.expression_parsing import Call, Column, Node, Operation, Reference, Text, This, parse, walk
from surveys.questionnaires.expressions import ExpressionError, Fault, check, find_loops, names_in

_COLUMNS = ("relevant", "constraint", "calculation", "required", "choice_filter", "repeat_count")
_WORDS = frozenset({"yes", "no", "true", "false", "true()", "false()"})
_IN_TEXT = re.compile(r"\$\{\s*([^{}]*?)\s*\}")
_OWN_CODES = {
    Fault.UNKNOWN_FUNCTION: "FORM-FORMULA-FUNCTION",
    Fault.ARGUMENTS: "FORM-FORMULA-ARGUMENTS",
    Fault.BAD_PATTERN: "FORM-FORMULA-PATTERN",
    Fault.SLOW_PATTERN: "FORM-FORMULA-SLOW",
    Fault.UNSUPPORTED: "FORM-FORMULA-ELSEWHERE",
}
# What XLSForm itself adds to every form.
_GIVEN = frozenset({"instanceID", "instanceName"})


def check_formulas(lines: Lines) -> Iterator[Finding]:
    """Yield formulas that cannot be read, and calculations without one."""
    for line, column, formula in _formulas(lines):
        try:
            check(formula, columns=column == "choice_filter")
        except ExpressionError as error:
            yield _say(lines, line, column, formula, error)
    for line in lines.survey:
        if line.kind is not None and line.kind.name == "calculate" and not line["calculation"] and not line["default"]:
            yield lines.find("FORM-CALCULATION-MISSING", "survey", line, "calculation", name=line["name"])


def check_references(lines: Lines) -> Iterator[Finding]:
    """Yield ``${name}`` that no question is called, or two are; and conditions on questions that come later."""
    counts = Counter(line["name"] for line, _ in lines.nested if line["name"])
    known = set(counts) | _GIVEN
    places = {line["name"]: line.number for line in reversed(lines.survey) if line["name"]}
    for line, column, formula in _formulas(lines):
        for name in names_in(formula):
            yield from _judge_name(lines, line, column, name, counts, known)
            if column == "relevant" and name != line["name"] and places.get(name, 0) > line.number:
                facts: Facts = {"name": name, "later_row": places[name]}
                yield lines.find("FORM-SEES-LATER", "survey", line, column, facts=facts)
    for line in lines.survey:
        for column, texts in line.texts.items():
            for language, text in texts.items():
                for name in dict.fromkeys(_IN_TEXT.findall(text)):
                    yield from _judge_name(lines, line, column, name, counts, known, language=language)


def check_loops(lines: Lines) -> Iterator[Finding]:
    """Yield questions that are shown or computed depending on themselves, by whatever way round."""
    needs: dict[str, list[str]] = {}
    by_name: dict[str, Line] = {}
    for line, around in lines.nested:
        if not line["name"]:
            continue
        by_name.setdefault(line["name"], line)
        own = needs.setdefault(line["name"], [])
        own += [*names_in(line["relevant"]), *names_in(line["calculation"]), *names_in(line["repeat_count"])]
        if around and around[-1]["name"]:
            own.append(around[-1]["name"])  # what stands in a group is shown when the group is
    for loop in find_loops(needs):
        first = min((by_name[name] for name in loop), key=lambda line: line.number)
        column = "relevant" if first["relevant"] else "calculation"
        if len(loop) == 1:
            yield lines.find("FORM-LOOP-OWN", "survey", first, column, name=loop[0])
        else:
            yield lines.find("FORM-LOOP", "survey", first, column, names=" → ".join((*loop, loop[0])))


def check_asked_options(lines: Lines) -> Iterator[Finding]:
    """Yield conditions that compare a question with an option it does not have: they never hold."""
    lists = {}
    for line in lines.survey:
        if line.kind is not None and line.is_choice and line["name"] and line.kind.list_name in lines.lists:
            names = {option["name"] for option in lines.lists[line.kind.list_name]}
            lists[line["name"]] = names | ({"other"} if line.kind.or_other else set())
    for line, column, formula in _formulas(lines):
        try:
            tree = parse(formula)
        except ExpressionError:
            continue
        for name, option in _asked_options(tree, line["name"]):
            if name in lists and option and option not in lists[name]:
                like = find_like(option, lists[name]) or ", ".join(sorted(lists[name])[:6])
                facts = {"name": name, "option": option, "like": like}
                yield lines.find("FORM-OPTION-UNKNOWN", "survey", line, column, facts=facts)


def check_filters(lines: Lines) -> Iterator[Finding]:
    """Yield filters of options that ask for a column the options don't have: it is blank, so mostly nobody sees any."""
    columns = {meant.name for meant in lines.columns["choices"].values()}
    for line in lines.survey:
        if not line["choice_filter"] or not line.is_choice:
            continue
        try:
            tree = parse(line["choice_filter"])
        except ExpressionError:
            continue
        for name in dict.fromkeys(node.name for node in walk(tree) if isinstance(node, Column)):
            if name not in columns:
                like = find_like(name, columns) or ", ".join(sorted(columns)[:6])
                facts = {"name": name, "like": like}
                yield lines.find("FORM-FILTER-COLUMN", "survey", line, "choice_filter", facts=facts)


def _formulas(lines: Lines) -> Iterator[tuple[Line, str, str]]:
    for line in lines.survey:
        for column in _COLUMNS:
            text = line[column]
            if text and text.lower() not in _WORDS:
                yield line, column, text


def _say(lines: Lines, line: Line, column: str, formula: str, error: ExpressionError) -> Finding:
    code = _OWN_CODES.get(error.fault, "FORM-FORMULA-BROKEN")
    facts: dict[str, str | int] = {"formula": formula[:200]}
    if code == "FORM-FORMULA-FUNCTION":
        like = find_like(error.word, (*FUNCTIONS, *OWN_FUNCTIONS, *KNOWN_ELSEWHERE))
        facts |= {"word": error.word, "like": like or "selected, count-selected, not, if, regex"}
    elif code == "FORM-FORMULA-BROKEN":
        facts |= {"position": error.position, "reason": f"@form.fault.{error.fault.value}"}
    elif code != "FORM-FORMULA-ELSEWHERE":
        facts["word"] = error.word or formula[:60]
    return lines.find(code, "survey", line, column, facts=facts)


def _judge_name(
    lines: Lines, line: Line, column: str, name: str, counts: Counter[str], known: set[str], language: str | None = None
) -> Iterator[Finding]:
    bare = name.removeprefix("last-saved#")
    if bare not in known:
        like = find_like(bare, counts)
        code = "FORM-NAME-UNKNOWN-LIKE" if like else "FORM-NAME-UNKNOWN"
        facts = {"name": bare, "like": like} if like else {"name": bare}
        yield lines.find(code, "survey", line, column, language=language, facts=facts)
    elif counts[bare] > 1:
        yield lines.find("FORM-NAME-AMBIGUOUS", "survey", line, column, language=language, name=bare)


def _asked_options(tree: Node, own_name: str) -> Iterator[tuple[str, str]]:
    for node in walk(tree):
        match node:
            case Operation("=" | "!=", left, Text(option)) | Operation("=" | "!=", Text(option), left):
                asked: Node = left
            case Call("selected", (first, Text(option)), _):
                asked = first
            case _:
                continue
        if isinstance(asked, Reference):
            yield asked.name, option
        elif isinstance(asked, This):
            yield own_name, option

"""A form → LimeSurvey's survey structure as a tab-separated file (``.txt``), which its import takes.

Rows are S (settings), SL (texts of a language), G (group), Q (question), SQ (row of an array, tick of a multiple
choice) and A (answer); everything is repeated for each language, the form's own first. What has no equal there is said
in the report: conditions that only XLSForm knows, repeats, questions for a device.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence

from etl.exports.questionnaires.limesurvey_codes import find_targets, takes_other
from etl.exports.questionnaires.limesurvey_conditions import (
    OTHER_ANSWER,
    OTHER_TICK,
    Target,
    translate_condition,
)
from surveys.findings import Finding, Place, Report
from surveys.model import Form, FormGroup, FormRow, QuestionType
from surveys.model.form import Labels, say
from surveys.questionnaires import fill_labels, options_of
from surveys.questionnaires.columns import language_header
from surveys.questionnaires.expressions import ExpressionError
from surveys.questionnaires.numbering import Asked, is_grid, number_questions

COLUMNS = (
    "id", "related_id", "class", "type/scale", "name", "relevance", "text", "help", "language", "validation",
    "mandatory", "encrypted", "other", "default", "same_default", "same_script", "max_answers", "exclude_all_others",
    "em_validation_q", "em_validation_q_tip", "other_replace_text",
)  # fmt: skip
_TYPES = {
    QuestionType.SINGLE: "L", QuestionType.SCALE: "L", QuestionType.MULTIPLE: "M", QuestionType.NUMBER: "N",
    QuestionType.DATE: "D", QuestionType.RANKING: "R", QuestionType.TEXT: "S",
}  # fmt: skip
# What its tables hold.
_GROUP_LENGTH, _TITLE_LENGTH = 100, 200
_MOST_BUTTONS = 20  # a longer list of which one is chosen drops down
# Nobody's address, no time, no name: as a survey of a small place has to be.
_SETTINGS = {
    "format": "G", "anonymized": "Y", "ipaddr": "N", "refurl": "N", "datestamp": "N", "savetimings": "N",
    "showprogress": "Y", "allowprev": "Y",
}  # fmt: skip
_CAP = re.compile(r"^count-selected\(\s*\.\s*\)\s*<=\s*\d+$")
_ALONE = re.compile(r"not\(\s*selected\(\s*\.\s*,\s*'([^']+)'\s*\)\s+and\s+count-selected\(\s*\.\s*\)\s*>\s*1\s*\)")
_REFERENCE = re.compile(r"\$\{\s*([^{}\s]+)\s*\}")
_CODE_OF_LANGUAGE = re.compile(r"\(([a-z]{2,3}(?:-[A-Za-z]+)?)\)\s*$")

Row = dict[str, str]


def write_limesurvey(form: Form) -> tuple[bytes, Report]:
    """Return a form as LimeSurvey's file, and what could not be carried over.

    Args:
        form: shipped, own or uploaded; its lists are filled in where a code list has their labels.
    """
    writer = _Writer(fill_labels(form))
    rows = [*writer.settings(), *(row for language in writer.languages for row in writer.block(language))]
    out = io.StringIO()
    sheet = csv.writer(out, delimiter="\t", quoting=csv.QUOTE_MINIMAL, lineterminator="\n")
    sheet.writerow(COLUMNS)
    sheet.writerows([row.get(column, "") for column in COLUMNS] for row in rows)
    return ("\ufeff" + out.getvalue()).encode("utf-8"), Report(tuple(writer.findings))


class _Writer:
    """One form on its way; what can't be said is noted once, in the form's own language."""

    def __init__(self, form: Form) -> None:
        self._form = form
        self._by_row = find_targets(form)
        self._asked = {id(asked.row): asked for asked in number_questions(form)}
        # A condition that names one of two means the first: pyxform refuses such a form anyway.
        self._targets = {asked.row.name: self._by_row[row] for row, asked in reversed(self._asked.items())}
        self.findings: list[Finding] = []
        self.languages = self._find_languages()
        self._base = next(iter(self.languages))

    def settings(self) -> Iterator[Row]:
        """Yield the rows of the survey itself, and of its titles."""
        codes = list(self.languages.values())
        yield {"class": "S", "name": "language", "text": codes[0]}
        if codes[1:]:
            yield {"class": "S", "name": "additional_languages", "text": " ".join(codes[1:])}
        for name, value in _SETTINGS.items():
            yield {"class": "S", "name": name, "text": value}
        for key, code in self.languages.items():
            title = (self._text(self._form.titles, key) or self._form.form_id)[:_TITLE_LENGTH]
            yield {"class": "SL", "name": "surveyls_title", "text": title, "language": code}

    def block(self, key: str) -> Iterator[Row]:
        """Yield groups, questions and answers in a language."""
        for number, (group, items, conditions) in enumerate(_pages(self._form), 1):
            if group is not None and group.is_repeat:
                if key == self._base:
                    self._say("FORM-EXPORT-LEFT-OUT", group.name)
                continue
            relevance = self._relevance(conditions, group, key) if conditions else "1"
            heading = self._text(group.labels, key) if group is not None else ""
            name = heading or f"{self._text(self._form.titles, key)} – {number}"
            long = len(name) > _GROUP_LENGTH
            yield {
                "class": "G", "type/scale": str(number), "language": self.languages[key], "relevance": relevance,
                "name": f"{name[: _GROUP_LENGTH - 1]}…" if long else name, "text": name if long else "",
            }  # fmt: skip
            for item in items:
                yield from self._item(item, key)

    def _item(self, item: FormRow | FormGroup, key: str) -> Iterator[Row]:
        if isinstance(item, FormGroup):
            yield from self._grid(item, key)
        elif item.type == "note":
            yield self._row("Q", item, key, type="X", name=f"note{item.name}"[:20].replace("_", ""))
        elif id(item) in self._asked:
            yield from self._question(self._asked[id(item)], key)
        elif key == self._base and item.type not in {"calculate", "start", "end", "today", "deviceid", "hidden"}:
            self._say("FORM-EXPORT-LEFT-OUT", item.name)

    def _grid(self, table: FormGroup, key: str) -> Iterator[Row]:
        rows = [item for item in table.items if isinstance(item, FormRow)]
        code = self._by_row[id(rows[0])].code
        yield self._row("Q", table, key, type="F", name=code)
        for row in rows:
            text = self._text(row.labels, key)
            target = self._by_row[id(row)]
            own = self._relevance((row.relevant,), row, key) if row.relevant else ""
            language = self.languages[key]
            yield {"class": "SQ", "name": target.row, "text": text, "language": language, "relevance": own or "1"}
        yield from self._answers(rows[0], self._by_row[id(rows[0])], key)

    def _question(self, asked: Asked, key: str) -> Iterator[Row]:
        row, kind, target = asked.row, asked.question.type, self._by_row[id(asked.row)]
        options = options_of(row, self._form.lists)
        letter = _TYPES[kind]
        if kind is QuestionType.TEXT and "multiline" in row.appearance:
            letter = "T"
        if letter == "L" and len(options) > _MOST_BUTTONS:
            letter = "!"
        question = self._row("Q", row, key, type=letter, name=target.code)
        other = takes_other(row, kind, self._form)
        question["other"] = "Y" if other else "N"
        if other:
            question["other_replace_text"] = self._text(
                next(option.labels for option in options if option.is_other), key
            )
        if key == self._base:
            question |= self._limits(row, target)
        yield question
        if kind is QuestionType.MULTIPLE:
            for option in options:
                if target.options[option.name] != OTHER_TICK:
                    text = self._text(option.labels, key) or option.name
                    code = target.options[option.name]
                    yield {"class": "SQ", "name": code, "text": text, "language": self.languages[key]}
        else:
            yield from self._answers(row, target, key)

    def _answers(self, row: FormRow, target: Target, key: str) -> Iterator[Row]:
        for option in options_of(row, self._form.lists):
            code = target.options[option.name]
            if code != OTHER_ANSWER:
                text = self._text(option.labels, key) or option.name
                yield {"class": "A", "type/scale": "0", "name": code, "text": text, "language": self.languages[key]}

    def _row(self, kind: str, item: FormRow | FormGroup, key: str, *, type: str, name: str) -> Row:  # noqa: A002 # LimeSurvey's word
        relevant = item.relevant
        return {
            "class": kind,
            "type/scale": type,
            "name": name,
            "relevance": self._relevance((relevant,), item, key) if relevant else "1",
            "text": self._text(item.labels, key),
            "help": self._text(item.hints, key),
            "language": self.languages[key],
            "mandatory": "Y"
            if isinstance(item, FormRow) and item.required.lower() in {"yes", "true()", "true"}
            else "N",
        }

    def _limits(self, row: FormRow, target: Target) -> Row:
        """What an answer has to keep to: most ticks, ticks that stand alone, a rule of another kind."""
        limits: Row = {}
        if row.max_choices is not None and target.type is QuestionType.MULTIPLE:
            limits["max_answers"] = str(row.max_choices)
        alone = {name for name in _ALONE.findall(row.constraint) if name in target.options}
        if target.type is QuestionType.MULTIPLE:
            alone |= {option.name for option in options_of(row, self._form.lists) if option.missing is not None}
            codes = [target.options[name] for name in target.options if name in alone]
            if codes:
                limits["exclude_all_others"] = ";".join(codes)
        rest = _ALONE.sub("", row.constraint).strip().removesuffix("and").removeprefix("and").strip()
        if rest and not (_CAP.match(rest) and row.max_choices is not None):
            try:
                limits["em_validation_q"] = translate_condition(rest, self._targets, target)
            except ExpressionError:
                self._say("FORM-EXPORT-RULE", row.name, formula=row.constraint)
            else:
                limits["em_validation_q_tip"] = self._text(row.constraint_messages, self._base)
        return limits

    def _relevance(self, conditions: Sequence[str], item: FormRow | FormGroup | None, key: str) -> str:
        said = []
        for condition in conditions:
            try:
                said.append(translate_condition(condition, self._targets))
            except ExpressionError:
                if key == self._base:
                    self._say("FORM-EXPORT-CONDITION", item.name if item is not None else "", formula=condition)
        return " && ".join(said) if said else "1"

    def _text(self, labels: Labels, key: str) -> str:
        """A text as LimeSurvey shows it: HTML, in which braces are formulas; answers of other questions stay such."""
        text = labels.get(key) or say(labels, self._base)
        parts = _REFERENCE.split(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
        for place, part in enumerate(parts):
            if place % 2:
                target = self._targets.get(part)
                shown = target is not None and target.type is not QuestionType.MULTIPLE
                parts[place] = f"{{{target.variable.removesuffix('.NAOK')}.shown}}" if shown and target else "…"
            else:
                # A brace before a space is no formula.
                parts[place] = part.replace("{", "{ ").replace("}", " }").replace("\n", "<br />").replace("\t", " ")
        return "".join(parts)

    def _find_languages(self) -> Mapping[str, str]:
        """Languages of the form by their codes there, its own first; those whose code nobody knows are left out."""
        texts = [self._form.titles, *(row.labels for row, _ in self._form.rows())]
        keys = dict.fromkeys([self._form.default_language, *(key for labels in texts for key in labels)])
        spoken = [key for key in keys if any(labels.get(key) for labels in texts)] or [self._form.default_language]
        found: dict[str, str] = {}
        for key in spoken:
            named = _CODE_OF_LANGUAGE.search(language_header(key))
            # A form that names no language is taken for a Polish one.
            code = named[1] if named is not None else "pl" if not found and len(spoken) == 1 else ""
            if code and code not in found.values():
                found[key] = code
            else:
                self._say("FORM-EXPORT-LANGUAGE", key or "–")
        return found or {spoken[0]: "pl"}

    def _say(self, code: str, name: str, **facts: str) -> None:
        self.findings.append(Finding(code, Place(), {"name": name, **{key: text[:200] for key, text in facts.items()}}))


def _pages(form: Form) -> Iterator[tuple[FormGroup | None, list[FormRow | FormGroup], tuple[str, ...]]]:
    """Questions in groups as LimeSurvey has them, one deep; what stands between groups makes one of its own."""
    loose: list[FormRow | FormGroup] = []
    for item in form.items:
        if isinstance(item, FormRow) or (is_grid(form, item) and not item.is_repeat):
            loose.append(item)
            continue
        if loose:
            yield None, loose, ()
            loose = []
        yield from _unfold(form, item, ())
    if loose:
        yield None, loose, ()


def _unfold(
    form: Form, group: FormGroup, around: tuple[str, ...]
) -> Iterator[tuple[FormGroup | None, list[FormRow | FormGroup], tuple[str, ...]]]:
    if group.is_repeat:
        yield group, [], ()
        return
    conditions = (*around, group.relevant) if group.relevant else around
    own: list[FormRow | FormGroup] = []
    inside: list[FormGroup] = []
    for item in group.items:
        if isinstance(item, FormRow) or (is_grid(form, item) and not item.is_repeat):
            own.append(item)
        else:
            inside.append(item)
    if own:
        yield group, own, conditions
    for deeper in inside:
        yield from _unfold(form, deeper, conditions)

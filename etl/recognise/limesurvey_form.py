"""LimeSurvey's own structure (``.lss``) beside the answers: wordings, types, options in their order, "other".

The structure comes as a form (`etl.readers.child_limesurvey`): arrays are groups whose rows are sub-questions, ticks
are lists of options. What the structure does not know of is left to the headings and the answers.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from etl.recognise.answer_table import AnswerTable
from etl.recognise.layout import ColumnLayout, Spread
from etl.recognise.limesurvey_headings import Heading
from etl.recognise.limesurvey_words import NOT_SHOWN, OTHER
from etl.recognise.offered_scales import is_scale
from etl.recognise.xlsform_sheets import Form, FormQuestion
from surveys.language.folding import fold
from surveys.model import QuestionType

TOOL = "limesurvey"

_UNSHOWN = "not_shown"
_OTHER_CODE = "-oth-"
_OTHER_SHOWN = "Inne"
# Fields of the database: survey X group X question, then what stands behind a question's code.
_FIELD = re.compile(r"^_?\d+X\d+X(?P<rest>\d+\S*)$")
# How texts are masked in exports that are made to be read in again.
_MASKS = {"{newline}": "\n", "{cr}": "", "{tab}": " ", "{quote}": '"', "{lbrace}": "{", "{rbrace}": "}"}
_FEWEST_MET, _SHARE_MET = 2, 0.7


class SurveyForm:
    """A survey's structure, asked by what headings say.

    Args:
        form: the structure.
    """

    def __init__(self, form: Form) -> None:
        self.form = form
        self._plain: dict[str, FormQuestion] = {}
        self._rows: dict[str, dict[str, FormQuestion]] = {}
        self._numbers: dict[str, str] = {}
        for question in form.questions:
            if question.groups:
                self._rows.setdefault(question.groups[0], {})[question.name] = question
            else:
                self._plain[question.name] = question
            if question.number:
                self._numbers[question.number] = (*question.groups, question.name)[0]
        self._by_text: dict[str, tuple[str, tuple[str, ...]]] = {}
        for code, parts, texts in self._wordings():
            for text in texts:
                self._by_text.setdefault(text, (code, parts))

    def translate(self, cell: str) -> str:
        """Return the code of a field of the database (``12X3X45SQ001`` → ``Q1[SQ001]``); other cells as they are."""
        found = _FIELD.match(cell)
        if found is None:
            return cell
        rest = found["rest"]
        best: str | None = None
        for end in range(1, len(rest) + 1):
            code, suffix = self._numbers.get(rest[:end]), rest[end:]
            if code is None:
                continue
            name = f"{code}[{suffix.replace('#', '][')}]" if suffix else code
            if not suffix or self._knows(code, suffix):
                return name
            best = name
        return best or cell

    def say_heading(self, heading: Heading) -> Heading:
        """Return a heading with the structure's wording, and with its code where it had its wording alone."""
        if heading.metadata:
            return heading
        if not heading.code:
            found = self._by_text.get(_text_key(heading.text, heading.subs))
            if found is None:
                return heading
            heading = replace(heading, code=found[0], parts=found[1])
        question = self._plain.get(heading.code)
        rows = self._rows.get(heading.code)
        if question is not None:
            labels = {option.name: self.form.say(option.labels) for option in self.form.options_of(question)}
            said = tuple(labels.get(part) or part for part in heading.parts)
            return replace(heading, text=self.form.say(question.labels) or heading.text, subs=said or heading.subs)
        if rows is not None:
            first = next(iter(rows.values()))
            row = rows.get("_".join(heading.parts)) or (rows.get(heading.parts[0]) if heading.parts else None)
            subs = (self.form.say(row.labels) or row.name,) if row is not None else heading.subs
            return replace(heading, text=self.form.say(first.group_labels[0]) or heading.text, subs=subs)
        return heading

    def is_met(self, headings: Sequence[Heading]) -> bool:
        """Whether headings are those of this survey: most of the questions have a code of its own."""
        own = {heading.code for heading in headings if not heading.metadata and (heading.code or heading.text)}
        met = own & (self._plain.keys() | self._rows.keys())
        return len(met) >= _FEWEST_MET and len(met) >= _SHARE_MET * len(own)

    def lay_out(self, own: Sequence[Heading], other: Heading | None, table: AnswerTable) -> list[ColumnLayout] | None:
        """Describe the columns of one question, ``None`` when the structure does not know it."""
        code = own[0].code
        question = self._plain.get(code)
        if question is not None:
            return self._lay_out_question(question, own, other, table)
        rows = self._rows.get(code)
        if rows is None:
            return None
        layouts = []
        for heading in own:
            row = self._row_of(rows, heading, own)
            if row is None:
                return None
            stem = self.form.say(row.group_labels[0]) or code
            layouts.append(self._lay_out_one(row, heading, None, table, stem=stem))
        return layouts

    def _lay_out_question(
        self, question: FormQuestion, own: Sequence[Heading], other: Heading | None, table: AnswerTable
    ) -> list[ColumnLayout] | None:
        positions = tuple(heading.position for heading in own)
        header = self.form.say(question.labels) or question.name
        beside = other.position if other is not None else None
        kind = question.type.name
        if kind == "select_multiple":
            labels = {option.name: self.form.say(option.labels) for option in self.form.options_of(question)}
            options = tuple(
                labels.get(heading.parts[0] if heading.parts else "", "") or _sub(heading) for heading in own
            )
            unshown = {text: _UNSHOWN for text in table.distinct(positions) if fold(text) in NOT_SHOWN}
            return [
                ColumnLayout(
                    positions, header, role="question", kind=QuestionType.MULTIPLE, spread=Spread.FLAGS,
                    options=options, other=beside, missing=unshown,
                )
            ]  # fmt: skip
        if kind == "rank":
            labels, _ = self._labels(question, table.distinct(positions))
            return [
                ColumnLayout(
                    positions, header, role="question", kind=QuestionType.RANKING, spread=Spread.PLACES,
                    labels=labels, other=beside,
                )
            ]  # fmt: skip
        if len(own) > 1:
            return None
        return [self._lay_out_one(question, own[0], beside, table)]

    def _lay_out_one(
        self, question: FormQuestion, heading: Heading, other: int | None, table: AnswerTable, *, stem: str = ""
    ) -> ColumnLayout:
        columns = (heading.position,)
        header = self.form.say(question.labels) or _sub(heading)
        texts = table.distinct(columns)
        if question.type.role != "question":
            return ColumnLayout(columns, header, stem, role="metadata")
        if question.type.name != "select_one":
            unshown = {text: _UNSHOWN for text in texts if text == "{question_not_shown}"}
            masked = {text: _unmask(text) for text in texts if "{" in text and text not in unshown}
            kind = question.type.answers if question.type.name != "text" or not stem else None
            return ColumnLayout(columns, header, stem, role="question", kind=kind, labels=masked, missing=unshown)
        labels, missing = self._labels(question, texts)
        scale = other is None and is_scale(list(labels.values()))
        return ColumnLayout(
            columns, header, stem, role="question", kind=None if scale else QuestionType.SINGLE, other=other,
            labels=labels, missing=missing,
        )  # fmt: skip

    def _labels(self, question: FormQuestion, texts: frozenset[str]) -> tuple[dict[str, str], dict[str, str]]:
        """Return cell → label in the order of the form, and cell → kind of missing."""
        options = self.form.lists.get(question.type.list_name, ())
        by_code = {option.name: self.form.say(option.labels) or option.name for option in options}
        by_label = {
            fold(label): by_code[option.name] for option in options for label in (option.name, *option.labels.values())
        }
        coded = sum(text in by_code for text in texts) >= sum(fold(text) in by_label for text in texts)
        labels = by_code if coded else {label: label for label in by_code.values()}
        if not coded:
            labels |= {text: by_label[fold(text)] for text in texts if fold(text) in by_label}
        rest = texts - labels.keys()
        missing = {text: _UNSHOWN for text in rest if fold(text) in NOT_SHOWN}
        if question.type.or_other:
            own = fold(question.other)
            labels = labels | {
                text: _OTHER_SHOWN for text in rest if text == _OTHER_CODE or fold(text) in OTHER or fold(text) == own
            }
        return labels, missing

    def _row_of(self, rows: dict[str, FormQuestion], heading: Heading, own: Sequence[Heading]) -> FormQuestion | None:
        parts = heading.parts
        found = rows.get("_".join(parts))
        if found is not None or len(parts) != 2:
            return found
        # Scales are counted from 0 in fields and ExpressionScript, from 1 in headings with brackets.
        first = 0 if any(other.parts[-1:] == ("0",) for other in own) else 1
        return rows.get(f"{parts[0]}#{int(parts[1]) - first}") if parts[1].isdecimal() else None

    def _knows(self, code: str, suffix: str) -> bool:
        question = self._plain.get(code)
        bare = suffix.removesuffix("comment").removesuffix("other") or "other"
        if question is not None:
            names = {option.name for option in self.form.options_of(question)} | {"other", "filecount"}
            return bare in names or (question.type.name == "rank" and suffix.isdecimal())
        return bare in self._rows.get(code, {})

    def _wordings(self) -> list[tuple[str, tuple[str, ...], list[str]]]:
        found: list[tuple[str, tuple[str, ...], list[str]]] = []
        for question in self.form.questions:
            if question.groups:
                pairs = [(stem, question.labels.get(key, "")) for key, stem in question.group_labels[0].items()]
                parts = tuple(question.name.replace("#", "_").split("_"))
                found.append((question.groups[0], parts, [_text_key(stem, (row,)) for stem, row in pairs if row]))
                continue
            texts = list(question.labels.items())
            found.append((question.name, (), [_text_key(text, ()) for _, text in texts]))
            for option in self.form.options_of(question):
                keys = [_text_key(text, (option.labels.get(key, ""),)) for key, text in texts if key in option.labels]
                found.append((question.name, (option.name,), keys))
        return found


def _text_key(text: str, subs: Sequence[str]) -> str:
    return " | ".join(fold(part) for part in (text, *subs))


def _sub(heading: Heading) -> str:
    return heading.subs[0] if heading.subs else (heading.parts or (heading.code,))[0]


def _unmask(text: str) -> str:
    for mask, sign in _MASKS.items():
        text = text.replace(mask, sign)
    return text

"""A page of questions as its template draws it: fields, what was answered, what is wrong, in which words."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from dashboard.forms.links import Link
from dashboard.forms.progress import Fields, Progress
from dashboard.texts import say as say_text
from surveys.filling import (
    Answer,
    Asked,
    FieldFault,
    Trouble,
    field_name,
    filter_options,
    find_shown,
    other_field_name,
    other_key,
    place_field_name,
)
from surveys.filling.fields import MOST_TEXT, range_of
from surveys.filling.showing import values_of
from surveys.model.form import FormGroup, Labels, say
from surveys.model.questionnaire import QuestionType
from surveys.questionnaires import is_table

_PIPED = re.compile(r"\$\{\s*([^{}$]+?)\s*\}")
# So many options and more fold into one field, or a page of villages would be too long for a phone.
_FOLDED_FROM = 30


@dataclass(frozen=True, slots=True)
class Option:
    """An option of a question on a page: ``value`` of its field, whether it is chosen, its place in a ranking."""

    value: str
    label: str
    chosen: bool = False
    place: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A question, or a note, on a page.

    Attributes:
        look: which part of the template draws it.
        name: of its field; other_name: of the field beside "other", ``""`` for none.
        value: what stands in a field that is typed into.
        fault: what is wrong with it, ``""`` for nothing.
        language, options_language: of its words, where the form lacks those of the page; ``""`` where it has them.
    """

    look: str
    number: int
    label: str
    hint: str
    name: str
    required: bool
    options: tuple[Option, ...] = ()
    value: str = ""
    other_name: str = ""
    other_value: str = ""
    fault: str = ""
    least: str = ""
    most: str = ""
    longest: int = MOST_TEXT
    language: str = ""
    options_language: str = ""

    @property
    def described_by(self) -> str:
        """Ids of what describes the field."""
        parts = [f"h{self.number}" if self.hint else "", f"b{self.number}" if self.fault else ""]
        return " ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Block:
    """Fields under one heading; a table has one stem for all of them."""

    title: str
    hint: str
    table: bool
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Screen:
    """A page of questions.

    Attributes:
        shown: numbers of what stands on it.
        position, pages: its place among the pages that apply, from 1.
        last: sending comes next.
    """

    blocks: tuple[Block, ...]
    shown: tuple[int, ...]
    position: int
    pages: int
    last: bool

    @property
    def faulty(self) -> tuple[Field, ...]:
        """The fields in which something is wrong."""
        return tuple(one for block in self.blocks for one in block.fields if one.fault)


@dataclass(frozen=True, slots=True)
class _Context:
    """What all fields of a page need."""

    link: Link
    values: Mapping[str, object]
    answers: Mapping[str, Answer]
    faults: Mapping[int, FieldFault]
    raw: Fields = field(default_factory=dict)

    def words(self, labels: Labels) -> str:
        """Return a text of the form in the language asked for, with answers put where it names them."""
        return _PIPED.sub(lambda found: self._said(found[1]), say(labels, self.link.look.language))

    def _said(self, name: str) -> str:
        one = next((one for one in self.link.form.questions if one.row.name == name), None)
        value = self.values.get(name, "")
        chosen = value if isinstance(value, tuple) else (value,)
        if one is not None and one.options:
            labels = {choice.name: say(choice.labels, self.link.look.language) for choice in one.options}
            return ", ".join(labels.get(str(each), "") for each in chosen)
        return _written(value) if isinstance(value, str | float) else str(value)


def list_pages(link: Link, shown: frozenset[int]) -> list[int]:
    """Return the pages on which something is shown, in order."""
    return [page for page, numbers in enumerate(link.form.pages) if shown & set(numbers)]


def make_screen(
    link: Link, progress: Progress, page: int, faults: Sequence[FieldFault] = (), raw: Fields | None = None
) -> Screen:
    """Lay a page out.

    Args:
        link: whose form.
        progress: what was answered so far.
        page: 0-based.
        faults: what is wrong on it.
        raw: fields as they were sent, shown again where something is wrong with them.
    """
    shown = find_shown(link.form, progress.answers, link.today)
    here = tuple(number for number in link.form.pages[page] if number in shown)
    context = _Context(
        link=link,
        values=values_of(link.form, progress.answers, shown, link.today),
        answers=progress.answers,
        faults={fault.number: fault for fault in reversed(faults)},
        raw=raw or {},
    )
    pages = list_pages(link, shown)
    blocks = tuple(
        _block(context, group, [link.form.asked[number] for number in numbers])
        for group, numbers in groupby(here, key=lambda number: _inner_group(link.form.asked[number]))
    )
    position = pages.index(page) + 1 if page in pages else 1
    return Screen(blocks, here, position, len(pages), page >= max(pages, default=0))


def _inner_group(one: Asked) -> FormGroup | None:
    return one.around[-1] if one.around else None


def _block(context: _Context, group: FormGroup | None, asked: list[Asked]) -> Block:
    if group is None:
        return Block("", "", False, tuple(_field(context, one) for one in asked))  # noqa: FBT003 # a field, in its place
    return Block(
        context.words(group.labels),
        context.words(group.hints),
        is_table(group) and all(one.is_single for one in asked),
        tuple(_field(context, one) for one in asked),
    )


def _field(context: _Context, one: Asked) -> Field:
    fault = context.faults.get(one.number)
    name = field_name(one.number)
    # What could not be read stands as it was typed, so that a person can mend it.
    typed = context.raw.get(name, [""])[0] if fault is not None and context.raw else None
    answer = context.answers.get(one.name)
    limits = range_of(one)
    other_value = context.answers.get(other_key(one.name), "")
    if fault is not None and context.raw:
        other_value = context.raw.get(other_field_name(one.number), [""])[0]
    return Field(
        look=_look(one),
        number=one.number,
        label=context.words(one.row.labels) or one.row.name,
        hint=context.words(one.row.hints),
        name=name,
        required=bool(one.row.required.strip()) and one.row.required.strip().lower() not in {"no", "false", "false()"},
        options=_options(context, one, answer),
        value=typed if typed is not None else "" if isinstance(answer, tuple) else _written(answer or _default(one)),
        other_name=other_field_name(one.number) if one.other is not None else "",
        other_value=str(other_value),
        fault="" if fault is None else _say_fault(context, fault),
        least="" if limits is None else f"{limits[0]:g}",
        most="" if limits is None else f"{limits[1]:g}",
        language=_other_language(context, one.row.labels),
        options_language=_other_language(context, one.options[0].labels) if one.options else "",
    )


def _other_language(context: _Context, labels: Labels) -> str:
    """A screen reader has to be told when words are not in the language of the page."""
    return "pl" if labels.get("pl") and not labels.get(context.link.look.language) else ""


def _look(one: Asked) -> str:
    if one.kind is None:
        return "note"
    if one.kind is QuestionType.RANKING:
        return "ranking"
    if one.options:
        if not one.is_single:
            return "ticks"
        return "folded" if len(one.options) >= _FOLDED_FROM else "radios"
    if one.kind is QuestionType.NUMBER:
        return "number"
    if one.kind is QuestionType.DATE:
        return "day"
    if one.row.type == "time":
        return "time"
    return "lines" if "multiline" in one.row.appearance else "line"


def _default(one: Asked) -> str:
    """A default is the form's own proposal; one that would have to be computed is none."""
    return one.row.default if one.row.default and not re.search(r"[${(]", one.row.default) else ""


def fields_of_faults(faults: Sequence[FieldFault], fields: Fields) -> Fields:
    """Return what stood in the fields of the questions that something is wrong with: all that a page needs again."""
    names = tuple(field_name(fault.number) for fault in faults)
    own = re.compile(rf"(?:{'|'.join(map(re.escape, names))})(?!\d).*") if names else None
    return {name: said for name, said in fields.items() if own is not None and own.fullmatch(name)}


def _options(context: _Context, one: Asked, answer: Answer | None) -> tuple[Option, ...]:
    offered = {choice.name for choice in filter_options(one, context.values, context.link.today)}
    chosen = answer if isinstance(answer, tuple) else (answer or _default(one),)
    sent = context.raw.get(field_name(one.number)) if one.number in context.faults else None
    ranking = one.kind is QuestionType.RANKING
    options = []
    for place, choice in enumerate(one.options):
        if choice.name not in offered:
            continue
        where = place_field_name(one.number, place) if ranking else ""
        rank = str(chosen.index(choice.name) + 1) if ranking and choice.name in chosen else ""
        if ranking and one.number in context.faults and context.raw:
            rank = context.raw.get(where, [""])[0]
        ticked = choice.name in chosen if sent is None else str(place) in sent
        label = context.words(choice.labels) or choice.name
        options.append(Option(str(place), label, ticked and not ranking, rank, where))
    return tuple(options)


def _say_fault(context: _Context, fault: FieldFault) -> str:
    own = context.words(fault.labels)
    if own and fault.trouble in {Trouble.CONSTRAINT, Trouble.REQUIRED, Trouble.TOO_MANY}:
        return own
    return say_text(f"web_form.fault.{fault.trouble.value}", context.link.look.language, limit=fault.limit)


def _written(answer: Answer | None) -> str:
    if isinstance(answer, float):
        return f"{answer:.12g}"
    return answer if isinstance(answer, str) else ""

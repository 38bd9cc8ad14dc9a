"""A form laid out for being filled in: its questions and notes in order, and which of them share a page."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from surveys.model.form import Form, FormChoice, FormGroup, FormRow, Labels
from surveys.model.questionnaire import Questionnaire, QuestionType
from surveys.questionnaires import answer_type, fill_labels, options_of, questionnaire_of

Answer = str | float | tuple[str, ...]
Answers = Mapping[str, Answer]

_SELECTS = frozenset({QuestionType.SINGLE, QuestionType.SCALE, QuestionType.MULTIPLE, QuestionType.RANKING})


class Layout(StrEnum):
    """How much of a form one page holds."""

    GROUPS = "groups"  # a group a page; questions between two groups share one
    SINGLE = "single"  # everything on one page


class Trouble(StrEnum):
    """Why an answer is not taken."""

    REQUIRED = "required"
    CONSTRAINT = "constraint"
    NUMBER = "number"
    WHOLE = "whole"
    OUT_OF_RANGE = "out_of_range"
    DAY = "day"
    TIME = "time"
    OPTION = "option"  # one that the question does not offer: somebody changed the page
    TOO_MANY = "too_many"
    TOO_LONG = "too_long"
    PLACE_TWICE = "place_twice"
    PLACE_LEFT_OUT = "place_left_out"


@dataclass(frozen=True, slots=True)
class FieldFault:
    """What is wrong with one answer.

    Attributes:
        number: of the question (`Asked.number`).
        labels: the form's own words for it, empty when it has none.
        limit: the number that the words need: most options, most signs, least or largest number.
    """

    number: int
    trouble: Trouble
    labels: Labels = field(default_factory=dict)
    limit: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, or a note between questions.

    Attributes:
        number: its place in the form from 0; its fields are named by it.
        name: of the question in the questionnaire, ``""`` for a note.
        row: as the form has it.
        kind: how it is answered, ``None`` for a note.
        options: in the order shown.
        around: groups around it, from the outside in.
        conditions: expressions that all have to hold for it to be shown.
    """

    number: int
    name: str
    row: FormRow
    kind: QuestionType | None
    options: tuple[FormChoice, ...]
    around: tuple[FormGroup, ...]
    conditions: tuple[str, ...]

    @property
    def other(self) -> FormChoice | None:
        """The option beside which words can be written, ``None`` when there is none."""
        return next((choice for choice in self.options if choice.is_other), None)

    @property
    def is_single(self) -> bool:
        """Whether one option is chosen."""
        return self.kind in {QuestionType.SINGLE, QuestionType.SCALE}


@dataclass(frozen=True, slots=True)
class FillableForm:
    """A form laid out.

    Attributes:
        form: with labels of code lists filled in.
        questionnaire: what its answers mean.
        asked: questions and notes in order; ``asked[n].number == n``.
        calculations: rows that are computed, with their conditions, in order.
        pages: numbers of what stands on each page; at least one page.
        left_out: questions that the web form cannot put: repeats, places on a map, pictures.
    """

    form: Form
    questionnaire: Questionnaire
    asked: tuple[Asked, ...]
    calculations: tuple[tuple[FormRow, tuple[str, ...]], ...]
    pages: tuple[tuple[int, ...], ...]
    left_out: tuple[FormRow, ...] = ()

    @property
    def questions(self) -> tuple[Asked, ...]:
        """What is asked, without the notes."""
        return tuple(one for one in self.asked if one.kind is not None)


def other_key(name: str) -> str:
    """Return the key of the words beside a question's "other"; no question has such a name."""
    return f"{name} other"


# What the device would fill in by itself is not collected, and nobody misses it.
_UNSEEN = frozenset(
    {"start", "end", "today", "deviceid", "phonenumber", "simserial", "subscriberid", "username", "email", "audit"}
    | {"background-audio", "background-geopoint", "start-geopoint", "hidden", "xml-external", "csv-external"}
)


def make_fillable(form: Form, layout: Layout, partnership: str | None = None) -> FillableForm:
    """Lay a form out.

    Args:
        form: a form without faults.
        layout: what shares a page.
        partnership: slug of the partnership whose own form it is.
    """
    filled = fill_labels(form)
    questionnaire = questionnaire_of(filled, partnership)
    names = iter(question.name for question in questionnaire.questions)
    asked: list[Asked] = []
    calculations = []
    left_out = []
    pages: list[list[int]] = []
    before: object = None
    for row, around in filled.rows():
        kind = answer_type(row)
        conditions = tuple(text for text in (*(group.relevant for group in around), row.relevant) if text.strip())
        repeated = any(group.is_repeat for group in around)
        if row.type == "calculate" and not repeated:
            calculations.append((row, conditions))
        options = options_of(row, filled.lists) if kind in _SELECTS else ()
        name = next(names) if kind is not None and not repeated else ""
        # Options that stand in a file of their own are not here.
        if repeated or (kind is None and row.type != "note") or (kind in _SELECTS and not options):
            if row.type not in _UNSEEN | {"calculate", "note"}:
                left_out.append(row)
            continue
        one = Asked(len(asked), name, row, kind, options, around, conditions)
        asked.append(one)
        # A group of the first level begins a page, and what follows it begins another.
        here: object = around[0] if around and layout is Layout.GROUPS else None
        if not pages or here is not before:
            pages.append([])
        pages[-1].append(one.number)
        before = here
    return FillableForm(
        form=filled,
        questionnaire=questionnaire,
        asked=tuple(asked),
        calculations=tuple(calculations),
        pages=tuple(map(tuple, pages)) or ((),),
        left_out=tuple(left_out),
    )

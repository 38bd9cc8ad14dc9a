"""Every question column read: grids together, known questions by their options, profile and code lists by wording."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from etl.clean.labels import option_key
from etl.importing import ColumnDecision, Decisions
from etl.mapping.age_bands import band_ages
from etl.mapping.answer_column import AnswerColumn
from etl.mapping.known_questionnaires import Joined
from etl.mapping.open_codes import code_texts, find_list_of
from etl.mapping.profile import find_profile
from etl.mapping.question_types import holds_numbers, read_as, read_question
from etl.mapping.question_wording import find_cap
from etl.mapping.reading import Reading
from etl.mapping.scales import find_scales_in_use
from etl.mapping.spread_questions import list_offered, read_spread
from etl.mapping.vocabulary_codes import VOCABULARIES, bind_to_vocabulary, list_phrases
from surveys.language.suggestion import load_suggester
from surveys.model import Choice, Question, QuestionType
from surveys.vocabulary import load

# Types whose options the source lists whole.
_CLOSED = frozenset({QuestionType.SINGLE, QuestionType.MULTIPLE, QuestionType.SCALE})
_SPREAD = frozenset({QuestionType.SINGLE, QuestionType.MULTIPLE, QuestionType.RANKING})


@dataclass(frozen=True)
class QuestionReading:
    """One question column, read.

    Attributes:
        column: the column.
        reading: what its values mean.
        text: wording of the question; the row's text in a grid.
        battery: stem of its grid, empty outside grids.
        profile: part of the respondent profile it asks for.
        max_choices: "do 3", ``None`` when nothing is said.
        known: question of the known questionnaire, ``None`` for a new one.
        new_options: options that the known question did not have.
    """

    column: AnswerColumn
    reading: Reading
    text: str
    battery: str
    profile: str | None
    max_choices: int | None
    known: Question | None = None
    new_options: tuple[Choice, ...] = ()


def read_columns(
    columns: Sequence[AnswerColumn],
    joined: Joined | None,
    decisions: Decisions,
    *,
    separator: str | None,
    year: int | None = None,
) -> list[QuestionReading]:
    """Read every column that holds a question, in their order.

    Args:
        columns: question columns.
        joined: known questionnaire the file was joined to.
        decisions: a person's word on single columns.
        separator: between ticked options, where the source has one.
        year: in which people answered, ``None`` when nothing says it.
    """
    batteries: defaultdict[str, list[AnswerColumn]] = defaultdict(list)
    for column in columns:
        if column.grid is not None:
            batteries[column.grid[0]].append(column)
    alone = ([column] for column in columns if column.grid is None)
    scales = find_scales_in_use([*batteries.values(), *alone])
    read: list[QuestionReading] = []
    for column in columns:
        battery = batteries[column.grid[0]] if column.grid is not None else []
        decision = decisions.columns.get(column.position, ColumnDecision())
        known = joined.questions.get(column.position) if joined is not None else None
        if known is not None and joined is not None and _contradicts(decision, known):
            known = _find_other(joined, known, decision)
        if known is not None:
            accept = decisions.accept_suggestions
            read.append(_read_known(column, known, battery or [column], separator, accept=accept, year=year))
        else:
            accept = decisions.accept_suggestions
            read.append(_read_new(column, battery, decision, separator, scales, accept=accept, year=year))
    return read


def _contradicts(decision: ColumnDecision, known: Question) -> bool:
    """Whether a person says that a column is not the known question with its wording."""
    return (
        decision.type not in {None, known.type}
        or decision.vocabulary not in {None, known.vocabulary or ""}
        or decision.profile not in {None, known.profile or ""}
    )


def _find_other(joined: Joined, known: Question, decision: ColumnDecision) -> Question | None:
    """Return the question of the same wording that an earlier file's decision made, ``None`` before there is one."""
    taken = {question.name for question in joined.questions.values()}
    return next(
        (
            question
            for question in joined.questionnaire.questions
            if (question.battery, question.text_pl) == (known.battery, known.text_pl)
            and question.name not in taken
            and not _contradicts(decision, question)
        ),
        None,
    )


def _read_new(
    column: AnswerColumn,
    battery: Sequence[AnswerColumn],
    decision: ColumnDecision,
    separator: str | None,
    scales: Collection[str],
    *,
    accept: bool,
    year: int | None,
) -> QuestionReading:
    stem, text = column.grid if column.grid is not None and len(battery) > 1 else ("", column.header)
    together = battery if stem else [column]
    profile = decision.profile or (find_profile(column.header) if not stem else None)
    phrases = list_phrases()
    separator = _separator_of(column, separator)
    if column.pieces is not None and decision.type in {None, QuestionType.MULTIPLE, QuestionType.RANKING}:
        reading = read_spread(column, kind=decision.type)
    elif decision.type is not None:
        reading = read_as(
            decision.type, column, together, separator=separator, phrases=phrases, reason="mapping.reason.decided"
        )
    elif column.kind is not None:
        reading = read_as(
            column.kind,
            column,
            together,
            separator=separator,
            phrases=phrases | {option_key(label) for label in column.offered},
            known=list_offered(column) if column.kind in _CLOSED else (),
            reason="mapping.reason.source",
        )
    else:
        reading = read_question(column, together, separator=separator, phrases=phrases, profile=profile, scales=scales)
    if profile == "age" and reading.type is QuestionType.NUMBER and decision.type is None:
        reading = band_ages(column, year=year) or reading
    if reading.type is QuestionType.TEXT:
        profile = decision.profile
        about = decision.vocabulary if decision.vocabulary is not None else find_list_of(column.said)
        reading = code_texts(reading, column, about, accept=accept) if about else reading
    elif profile is None and decision.vocabulary != "":
        chosen = decision.vocabulary
        reading = bind_to_vocabulary(
            reading,
            vocabulary=chosen,
            accept_suggestions=accept,
            forced=chosen is not None or find_list_of(column.said) is not None,
            said=column.said,
        )
    return QuestionReading(column, reading, text, stem, profile, find_cap(column.header))


def _read_known(
    column: AnswerColumn,
    known: Question,
    battery: Sequence[AnswerColumn],
    separator: str | None,
    *,
    accept: bool,
    year: int | None,
) -> QuestionReading:
    phrases = list_phrases() | {
        option_key(label) for choice in known.choices for label in (choice.label_pl, choice.label_en) if label
    }
    reason = "mapping.reason.known"
    reading = None
    if known.profile == "age" and holds_numbers(column):
        reading = band_ages(column, known.choices, year=year)
    if reading is None and column.pieces is not None and known.type in _SPREAD:
        reading = read_spread(column, kind=known.type, known=known.choices, reason=reason)
    elif reading is None:
        reading = read_as(
            known.type,
            column,
            battery,
            separator=separator,
            phrases=phrases,
            known=known.choices,
            likens=known.profile != "place",
            reason=reason,
        )
    new = reading.choices[len(known.choices) :]
    if known.type is QuestionType.TEXT and known.vocabulary in VOCABULARIES:
        reading = code_texts(reading, column, known.vocabulary or "", accept=accept)
    elif known.vocabulary in VOCABULARIES and new:
        reading = replace(reading, choices=(*known.choices, *_code_new(known, new, column.said)))
    reading = replace(reading, vocabulary=known.vocabulary)
    return QuestionReading(
        column,
        reading,
        known.text_pl,
        known.battery,
        known.profile,
        known.max_choices,
        known,
        () if known.type is QuestionType.TEXT else reading.choices[len(known.choices) :],
    )


def _separator_of(column: AnswerColumn, separator: str | None) -> str | None:
    return column.layout.separator if column.layout is not None and column.layout.separator else separator


def _code_new(known: Question, new: Sequence[Choice], said: Mapping[str, str | None]) -> list[Choice]:
    """Options that a known question did not have, under a code of its list where they certainly are one."""
    suggester = load_suggester(VOCABULARIES[known.vocabulary or ""])
    taken = {choice.code for choice in known.choices}
    coded: list[Choice] = []
    for choice in new:
        key = option_key(choice.label_pl)
        code: str | None = None
        if key in said:
            code = said[key] if said[key] in load().lists[known.vocabulary or ""] else None
        elif not (choice.missing or choice.is_other):
            found = suggester.suggest(choice.label_pl, 1)
            code = found[0].code if found and found[0].certain else None
        coded.append(replace(choice, code=code) if code and code not in taken else choice)
        taken.add(coded[-1].code)
    return coded

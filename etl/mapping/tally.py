"""Counts of paper questionnaires understood: options with their codes, and the people that each share is of.

Of one choice the people are the sum of its options. Of several choices they are only known when the file says how many
questionnaires there were; where it doesn't, counts are kept and no share can be shown. Whether more than one option
could be ticked is rarely written: it follows from the wording, from a known questionnaire, or from the sums.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from etl.answers import TalliedQuestion, TalliedSurvey
from etl.clean.missing import missing_kind
from etl.importing import ColumnInspection, Decisions, SheetInspection
from etl.mapping.answer_column import AnswerColumn
from etl.mapping.choices import read_choices
from etl.mapping.known_questionnaires import Joined, find_questionnaire
from etl.mapping.naming import name_question, slug_of_title, title_of_file
from etl.mapping.profile import find_profile
from etl.mapping.question_wording import find_cap
from etl.mapping.reading import Reading
from etl.mapping.scales import find_known_scale, read_known_scale
from etl.mapping.vocabulary_codes import bind_to_vocabulary
from etl.recognise.tally import Tally
from etl.recognise.tally_lines import TallyQuestion
from surveys.findings import Finding, Place, Report
from surveys.language.folding import fold
from surveys.model import Question, Questionnaire, QuestionType

_SEVERAL = re.compile(
    r"\b(kilka|wielokrotn\w+|dowoln\w+ liczb\w+|wszystkie pasujace|wiecej niz jedn\w+|"
    r"select all|all that apply|several)\b"
)
_ONE = re.compile(r"\b(jedn\w+ odpowiedz|tylko jedn\w+|prosze wybrac jedn\w+|one answer|select one)\b")
# Types that a known question may have for its counts to be read as its own.
_CHOSEN = frozenset({QuestionType.SINGLE, QuestionType.MULTIPLE, QuestionType.SCALE})


@dataclass(frozen=True, slots=True)
class MappedTally:
    """Counts, understood.

    Attributes:
        survey: questionnaire and counts, ready to be shown and stored.
        lines_read: options in the file; lines_rejected: those without a count.
    """

    survey: TalliedSurvey
    lines_read: int
    lines_rejected: int
    sheet: SheetInspection
    report: Report


def map_tally(file_name: str, tally: Tally, decisions: Decisions, known: Sequence[Questionnaire] = ()) -> MappedTally:
    """Understand counts.

    Args:
        file_name: as the person knows it.
        tally: what the file says.
        decisions: ``questionnaire`` and ``accept_suggestions`` are heeded; ``columns`` by the number of a question.
        known: questionnaires that the counts may be joined to.
    """
    columns = [_as_column(number, question) for number, question in enumerate(tally.questions)]
    joined = None
    if decisions.questionnaire != "":
        joined = find_questionnaire(columns, known, slug=decisions.questionnaire).joined
    place = Place(file_name, tally.sheet.name)
    findings: list[Finding] = []
    if joined is not None:
        facts: dict[str, str | int] = {
            "title": joined.questionnaire.title_pl,
            "met": len(joined.questions),
            "count": len(columns),
        }
        findings.append(Finding("SURVEY-QUESTIONNAIRE-JOINED", place, facts))
    whole = _find_whole(tally, columns)
    names = {question.name for question in joined.questionnaire.questions} if joined else set[str]()
    counted: list[tuple[TalliedQuestion, TallyQuestion]] = []
    for number, (column, source) in enumerate(zip(columns, tally.questions, strict=True)):
        decision = decisions.columns.get(number)
        if decision is not None and decision.ignore:
            continue
        decided = decision.type if decision is not None else None
        item = _count(column, source, joined, decisions, whole, tally.people, decided, names)
        names.add(item.question.name)
        counted.append((item, source))
        findings += _remark(
            item, source, tally.people, Place(file_name, tally.sheet.name, source.row, source.text[:120])
        )
    unread = [line for question in tally.questions for line in question.lines if line.count is None]
    if unread:
        row = unread[0].row
        findings.append(Finding("TALLY-LINE-WITHOUT-COUNT", replace(place, row=row), {"count": len(unread)}))
    return MappedTally(
        survey=TalliedSurvey(
            questionnaire=_questionnaire(file_name, [item.question for item, _ in counted], joined, decisions),
            joined=joined.questionnaire if joined else None,
            tallied=tuple(item for item, _ in counted),
        ),
        lines_read=sum(len(question.lines) for question in tally.questions),
        lines_rejected=len(unread),
        sheet=_inspect(tally, counted),
        report=Report(tuple(findings)),
    )


def _as_column(number: int, question: TallyQuestion) -> AnswerColumn:
    """Return options and counts as the distinct values of a column that nobody stands behind."""
    counts: dict[str, int] = {}
    for line in question.lines:
        if line.count is not None:
            counts[line.label] = counts.get(line.label, 0) + line.count
    labels = tuple(counts)
    return AnswerColumn(number, question.text, labels, labels, np.zeros(0, dtype=np.int32), tuple(counts.values()))


def _find_whole(tally: Tally, columns: Sequence[AnswerColumn]) -> int | None:
    """Return how many people answered: as the file says, else the largest sum of a question of one choice."""
    if tally.people is not None:
        return tally.people
    sums = [column.answered_count for column in columns if _is_one_choice(column)]
    return max(sums, default=None)


def _is_one_choice(column: AnswerColumn) -> bool:
    """Sex and age, and scales in words, are answered once."""
    return find_profile(column.header) is not None or find_known_scale([column]) is not None


def _count(
    column: AnswerColumn,
    source: TallyQuestion,
    joined: Joined | None,
    decisions: Decisions,
    whole: int | None,
    said: int | None,
    decided: QuestionType | None,
    taken: set[str],
) -> TalliedQuestion:
    known = joined.questions.get(column.position) if joined is not None else None
    if known is not None and known.type not in _CHOSEN:
        known = None
    kind = decided or (known.type if known is not None else _decide_type(column, source, whole))
    reading = _read(column, kind, known, accept=decisions.accept_suggestions)
    if known is not None:
        question = replace(known, choices=reading.choices)
    else:
        question = Question(
            name=name_question("", source.text, taken),
            type=reading.type,
            text_pl=source.text,
            choices=reading.choices,
            vocabulary=reading.vocabulary,
            max_choices=find_cap(source.text) if reading.type is QuestionType.MULTIPLE else None,
            profile=find_profile(source.text),
        )
    counts = [0] * len(reading.choices)
    for picks, times in zip(reading.picks, column.counts, strict=True):
        for place in picks:
            counts[place] += times
    people = source.people if source.people is not None else said
    return TalliedQuestion(question, tuple(counts), _base(question, column, counts, people))


def _decide_type(column: AnswerColumn, source: TallyQuestion, whole: int | None) -> QuestionType:
    """Return whether one or several options could be ticked; several where nothing speaks for one."""
    if source.several is not None:
        return QuestionType.MULTIPLE if source.several else QuestionType.SINGLE
    folded = fold(source.text)
    if _ONE.search(folded) or find_cap(source.text) == 1:
        return QuestionType.SINGLE
    if _SEVERAL.search(folded) or find_cap(source.text) is not None:
        return QuestionType.MULTIPLE
    asked = source.people if source.people is not None else whole
    total = column.answered_count
    fits = asked is None or total <= asked
    if fits and (_is_one_choice(column) or total == asked):
        return QuestionType.SINGLE
    return QuestionType.MULTIPLE


def _read(column: AnswerColumn, kind: QuestionType, known: Question | None, *, accept: bool) -> Reading:
    pieces = tuple((text,) for text in column.texts)
    if known is not None:
        reading = read_choices(
            column, pieces, kind, known=known.choices, takes_other=False, reason="mapping.reason.known"
        )
        return replace(reading, vocabulary=known.vocabulary)
    if kind is not QuestionType.MULTIPLE and (scale := read_known_scale(column, [column])) is not None:
        return scale
    kind = QuestionType.SINGLE if kind is QuestionType.SCALE else kind
    reading = read_choices(column, pieces, kind, takes_other=False, reason=f"mapping.reason.{kind.value}")
    if find_profile(column.header) is not None:
        return reading
    return bind_to_vocabulary(reading, accept_suggestions=accept)


def _base(question: Question, column: AnswerColumn, counts: Sequence[int], people: int | None) -> int | None:
    """Return the people with a valid answer; of several choices only those are known who said that they have none."""
    valid = [count for count, choice in zip(counts, question.choices, strict=True) if choice.missing is None]
    if question.type is not QuestionType.MULTIPLE:
        return sum(valid)
    if people is None:
        return None
    blanks = sum(count for key, count in zip(column.keys, column.counts, strict=True) if missing_kind(key) == "blank")
    return max(0, people - blanks - (sum(counts) - sum(valid)))


def _remark(item: TalliedQuestion, source: TallyQuestion, people: int | None, place: Place) -> list[Finding]:
    """Say what is missing in a question's counts, or cannot be."""
    findings: list[Finding] = []
    real = item.counts
    asked = source.people if source.people is not None else people
    if asked is not None and max(real, default=0) > asked:
        findings.append(Finding("TALLY-COUNT-ABOVE-PEOPLE", place, {"count": max(real), "people": asked}))
    if asked is not None and item.question.type is not QuestionType.MULTIPLE and sum(real) > asked:
        findings.append(Finding("TALLY-SUM-ABOVE-PEOPLE", place, {"sum": sum(real), "people": asked}))
    if source.total is not None and source.total != sum(line.count or 0 for line in source.lines):
        facts: dict[str, str | int] = {
            "total": source.total,
            "sum": sum(line.count or 0 for line in source.lines),
        }
        findings.append(Finding("TALLY-TOTAL-DIFFERS", place, facts))
    if item.base is None:
        findings.append(Finding("TALLY-PEOPLE-MISSING", place))
    return findings


def _questionnaire(
    file_name: str, questions: Sequence[Question], joined: Joined | None, decisions: Decisions
) -> Questionnaire:
    asked = {question.name: question for question in questions}
    if joined is not None:
        old = [asked.pop(question.name, question) for question in joined.questionnaire.questions]
        return replace(joined.questionnaire, questions=(*old, *asked.values()))
    title = title_of_file(file_name)
    return Questionnaire(
        slug_of_title(title), "1", title, questions=tuple(asked.values()), partnership=decisions.partnership
    )


def _inspect(tally: Tally, counted: Sequence[tuple[TalliedQuestion, TallyQuestion]]) -> SheetInspection:
    columns = tuple(
        ColumnInspection(
            source.columns,
            source.text,
            "question",
            item.question.type,
            tuple(choice.label_pl for choice in item.question.choices),
            item.question.vocabulary,
            item.question.profile,
            reason="mapping.reason.counted",
        )
        for item, source in counted
    )
    lines = sum(len(question.lines) for question in tally.questions)
    return SheetInspection(tally.sheet.name, "counts", tally.header_row, lines, columns)

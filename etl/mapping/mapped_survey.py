"""What a mapped file is: its answers as arrays, what its columns were taken for, and what was found on the way."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

from etl.answers import QuestionAnswers, SurveyAnswers
from etl.importing import QuestionnaireFit, SheetInspection
from etl.mapping.answer_column import AnswerColumn
from etl.mapping.memory import Lessons
from etl.mapping.reading import Reading
from surveys.findings import Report
from surveys.model import Question


@dataclass(frozen=True)
class MappedSurvey:
    """A file of answers, understood.

    Attributes:
        survey: questionnaire and answers, ready to be counted, shown and stored.
        rows_read, rows_rejected: respondents' rows; wholly empty rows are not read.
        inspect: says what each column was taken for (`sheet`).
        report: findings; errors among them stop the import.
        fit: known questionnaire that the file was joined to or comes nearest to, ``None`` when none comes near.
        lessons: what a person decided, by wording, to be kept once the file is loaded.
    """

    survey: SurveyAnswers
    rows_read: int
    rows_rejected: int
    inspect: Callable[[], SheetInspection]
    report: Report
    fit: QuestionnaireFit | None = None
    lessons: Lessons = field(default_factory=Lessons)

    @cached_property
    def sheet(self) -> SheetInspection:
        """What each column was taken for; found when it is first asked for."""
        return self.inspect()


def collect_answers(
    question: Question, column: AnswerColumn, reading: Reading, texts: Sequence[str | None]
) -> QuestionAnswers:
    """Spread the meaning of a column's distinct values over its respondents.

    Args:
        question: the question, with the reading's choices.
        column: the column.
        reading: what its distinct values mean.
        texts: open text of each distinct value, cleaned; empty when there are none.
    """
    codes = column.codes
    people = choices = np.zeros(0, dtype=np.int32)
    numbers = np.zeros(0, dtype=np.float64)
    if any(reading.picks):
        people, choices = _spread_picks(codes, reading.picks)
        numbers = np.full(len(people), np.nan)
        if reading.ranks:
            numbers = _spread_picks(codes, reading.ranks)[1].astype(np.float64)
    if reading.numbers:
        by_value = np.array(
            [np.nan if number is None else number for number in (*reading.numbers, None)], dtype=np.float64
        )
        measured = by_value[codes]
        who = np.flatnonzero(~np.isnan(measured)).astype(np.int32)
        people = np.concatenate([people, who])
        choices = np.concatenate([choices, np.full(len(who), -1, dtype=np.int32)])
        numbers = np.concatenate([numbers, measured[who]])
        order = np.argsort(people, kind="stable")
        people, choices, numbers = people[order], choices[order], numbers[order]
    text_people: tuple[int, ...] = ()
    written: tuple[str, ...] = ()
    if texts:
        has_text = np.array([text is not None for text in texts] + [False], dtype=bool)
        who = np.flatnonzero(has_text[codes]).astype(np.int32)
        text_people = tuple(who.tolist())
        written = tuple(str(texts[code]) for code in codes[who].tolist())
    return QuestionAnswers(question, column.position, people, choices, numbers, text_people, written)


def _spread_picks(
    codes: npt.NDArray[np.int32], picks: Sequence[tuple[int, ...]]
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """Repeat every respondent for each option of their value, without a loop over respondents."""
    lengths = np.array([len(pick) for pick in picks] + [0], dtype=np.int64)
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    flat = np.array([place for pick in picks for place in pick], dtype=np.int32)
    own_lengths = lengths[codes]  # −1, no answer, reaches the last element: no options
    people = np.repeat(np.arange(len(codes), dtype=np.int32), own_lengths)
    ends = np.cumsum(own_lengths)
    inside = np.arange(len(people)) - np.repeat(ends - own_lengths, own_lengths)
    return people, flat[starts[codes[people]] + inside]

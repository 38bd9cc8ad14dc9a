"""Answers of a survey on their way: a questionnaire and, question by question, arrays of who answered what.

The mapping makes them, previews count them, the store keeps them; sample data are made in the same shape.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import numpy.typing as npt

from surveys.model import Question, Questionnaire

# Parts of the respondent profile that counts are broken down by.
COUNTED_PROFILES = ("gender", "age")


@dataclass(frozen=True)
class QuestionAnswers:
    """Answers to one question.

    Attributes:
        question: the question; its choices are in the order of the questionnaire.
        column: 0-based column of the file it was read from, −1 when there is no file.
        people: int32, ascending: respondent of each answer, 0-based among the stored ones.
        choices: int32, as long: index into ``question.choices``, −1 for a number.
        numbers: float64, as long: the number (for a day: days since 1970-01-01), the place of a ranked option; NaN for
            a choice.
        text_people: respondents who wrote something, ascending.
        texts: what they wrote, free of personal data.
    """

    question: Question
    column: int
    people: npt.NDArray[np.int32]
    choices: npt.NDArray[np.int32]
    numbers: npt.NDArray[np.float64]
    text_people: Sequence[int] = ()
    texts: Sequence[str] = ()

    @property
    def answer_count(self) -> int:
        """Rows the answers take in the store: ticks, numbers and open texts."""
        return len(self.people) + len(self.texts)

    def find_people_with_valid_answer(self) -> npt.NDArray[np.int32]:
        """Return the respondents who gave a real answer: an option that is no kind of missing, a number, a text."""
        missing = np.array([choice.missing is not None for choice in self.question.choices] + [False], dtype=bool)
        # −1, a number, reaches the last element: not missing.
        valid = self.people[~missing[self.choices]]
        return np.unique(np.concatenate([valid, np.array(self.text_people, dtype=np.int32)]))


@dataclass(frozen=True)
class SurveyAnswers:
    """Answers of some respondents to a questionnaire.

    Attributes:
        questionnaire: all questions; those of a known questionnaire that nobody was asked are among them.
        joined: the known questionnaire as it was before this file, ``None`` for a new one.
        answers: one entry per question that was asked.
        source_rows: row of each respondent in the file, 1-based.
        submitted_on: day of submission of each respondent, ``None`` where it isn't known.
        response_ids: the source's own number of each response, ``""`` where one has none; ``None`` when the source
            numbers nothing.
        durations: seconds that each respondent took, as rounded for keeping (`surveys.privacy.durations`), ``None``
            where it isn't known; ``None`` when it is known of nobody.
    """

    questionnaire: Questionnaire
    joined: Questionnaire | None
    answers: tuple[QuestionAnswers, ...]
    source_rows: Sequence[int]
    submitted_on: Sequence[date | None]
    response_ids: Sequence[str] | None = None
    durations: Sequence[int | None] | None = None

    @property
    def people_count(self) -> int:
        """Respondents."""
        return len(self.source_rows)

    @property
    def answer_count(self) -> int:
        """Rows the answers take in the store."""
        return sum(answers.answer_count for answers in self.answers)


@dataclass(frozen=True, slots=True)
class TalliedQuestion:
    """A question of which only counts are known, not who answered what.

    Attributes:
        question: with all its choices.
        counts: people by choice, in the order of the choices.
        base: people with a valid answer, ``None`` when nobody knows; no share can be made then.
    """

    question: Question
    counts: tuple[int, ...]
    base: int | None


@dataclass(frozen=True, slots=True)
class TalliedSurvey:
    """Counts of a survey's answers.

    Attributes:
        questionnaire: all questions; those of a known questionnaire that were not counted are among them.
        joined: the known questionnaire as it was before this file, ``None`` for a new one.
        tallied: one entry per question that was counted.
    """

    questionnaire: Questionnaire
    joined: Questionnaire | None
    tallied: tuple[TalliedQuestion, ...]


def count_choices(answers: QuestionAnswers) -> npt.NDArray[np.int64]:
    """Return how many respondents chose each option of a question, in the order of its choices."""
    chosen = answers.choices[answers.choices >= 0]
    return np.bincount(chosen, minlength=len(answers.question.choices))


def select_people(survey: SurveyAnswers, kept: npt.NDArray[np.bool_]) -> SurveyAnswers:
    """Return the answers of some of the respondents, numbered anew in their order; every question stays.

    Args:
        survey: the answers.
        kept: one element per respondent: whether they stay.
    """
    if kept.all():
        return survey
    people = np.flatnonzero(kept).tolist()
    numbers = np.cumsum(kept) - 1
    ids, durations = survey.response_ids, survey.durations
    return replace(
        survey,
        answers=tuple(_select_answers(answers, kept, numbers) for answers in survey.answers),
        source_rows=[survey.source_rows[person] for person in people],
        submitted_on=[survey.submitted_on[person] for person in people],
        response_ids=None if ids is None else [ids[person] for person in people],
        durations=None if durations is None else [durations[person] for person in people],
    )


def _select_answers(
    answers: QuestionAnswers, kept: npt.NDArray[np.bool_], numbers: npt.NDArray[np.int64]
) -> QuestionAnswers:
    mine = kept[answers.people]
    written = [
        (int(numbers[person]), text)
        for person, text in zip(answers.text_people, answers.texts, strict=True)
        if kept[person]
    ]
    return replace(
        answers,
        people=numbers[answers.people[mine]].astype(np.int32),
        choices=answers.choices[mine],
        numbers=answers.numbers[mine],
        text_people=[person for person, _ in written],
        texts=[text for _, text in written],
    )

"""What a respondent's row is known by: the source's own number of it, and what it says.

Neither leads back to a person. The number is kept as a hash of source and number. The mark of what a row says is made
of nothing but what the store keeps of it anyway (codes of options, numbers, texts free of personal data, the day), so
that whoever guesses at it learns no more than the answers beside it tell.
"""

import hashlib
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from etl.answers import QuestionAnswers, SurveyAnswers

_KEY_DIGITS = 32  # of a SHA-256: two of a hundred thousand respondents never meet


@dataclass(frozen=True)
class RowMarks:
    """Marks of the respondents of a file, in their order.

    Attributes:
        keys: hash of the source's own number, ``None`` where it gave none.
        hashes: int64, of everything that is stored of the row; equal for equal rows of one questionnaire.
    """

    keys: tuple[str | None, ...]
    hashes: npt.NDArray[np.int64]

    def select(self, kept: npt.NDArray[np.bool_]) -> "RowMarks":
        """Return the marks of some of the respondents: one element of ``kept`` for each."""
        chosen = np.flatnonzero(kept).tolist()
        return RowMarks(tuple(self.keys[person] for person in chosen), self.hashes[kept])


def mark_rows(survey: SurveyAnswers, source: str) -> RowMarks:
    """Return the marks of every respondent.

    Args:
        survey: the answers.
        source: what the file was recognised as; numbers of two tools never mean the same response.
    """
    ids = survey.response_ids or [""] * survey.people_count
    return RowMarks(tuple(_key(source, number) if number else None for number in ids), _hash_rows(survey))


def _key(source: str, number: str) -> str:
    return hashlib.sha256(f"{source}\n{number}".encode("utf-8", "backslashreplace")).hexdigest()[:_KEY_DIGITS]


def _hash_rows(survey: SurveyAnswers) -> npt.NDArray[np.int64]:
    """Add up a number for everything a row says: neither the order of columns nor a blank column matters."""
    totals = np.zeros(survey.people_count, dtype=np.uint64)
    for answers in survey.answers:
        _add_answers(totals, answers)
    days = {day: _number("", "day", day.isoformat()) for day in set(survey.submitted_on) if day is not None}
    totals += np.array([days.get(day, 0) if day else 0 for day in survey.submitted_on], dtype=np.uint64)
    return totals.view(np.int64)


def _add_answers(totals: npt.NDArray[np.uint64], answers: QuestionAnswers) -> None:
    name = answers.question.name
    # −1, a number, reaches the last element, which adds nothing.
    of_choices = np.array(
        [*(_number(name, "choice", choice.code) for choice in answers.question.choices), 0], dtype=np.uint64
    )
    chosen = of_choices[answers.choices]
    # Unbuffered: one person may tick several options.
    np.add.at(totals, answers.people, chosen)
    given = ~np.isnan(answers.numbers)
    if given.any():
        distinct, places = np.unique(answers.numbers[given], return_inverse=True)
        of_numbers = np.array([_number(name, "number", repr(number)) for number in distinct.tolist()], dtype=np.uint64)
        # Multiplied, so that an option's place in a ranking counts with its option; odd, so that nothing is lost.
        np.add.at(totals, answers.people[given], of_numbers[places] * (2 * chosen[given] + 1))
    if len(answers.texts):
        of_texts = np.array([_number(name, "text", text) for text in answers.texts], dtype=np.uint64)
        np.add.at(totals, np.array(answers.text_people, dtype=np.int64), of_texts)


def _number(question: str, kind: str, value: str) -> int:
    digest = hashlib.blake2b(f"{question}\n{kind}\n{value}".encode("utf-8", "backslashreplace"), digest_size=8)
    return int.from_bytes(digest.digest())

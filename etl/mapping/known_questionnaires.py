"""Joining a file to a questionnaire that is known already, so that its waves compare."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from etl.clean.labels import question_key
from etl.mapping.answer_column import AnswerColumn
from etl.mapping.profile import find_profile
from surveys.model import Question, Questionnaire

# Share of the file's questions whose wording is met in the questionnaire.
_LEAST_SHARE = 0.7


@dataclass(frozen=True, slots=True)
class Joined:
    """A file's columns met in a known questionnaire.

    Attributes:
        questionnaire: the known one.
        questions: the question of a column, by the column's position.
        share: share of the file's questions that were met, the profile left out.
    """

    questionnaire: Questionnaire
    questions: Mapping[int, Question]
    share: float


def find_questionnaire(
    columns: Sequence[AnswerColumn], known: Sequence[Questionnaire], *, slug: str | None = None
) -> Joined | None:
    """Return the known questionnaire that a file's questions fit best, ``None`` when none fits.

    Args:
        columns: columns with questions.
        known: questionnaires to look in; of two that fit equally the later one is taken.
        slug: a person's choice: only versions of this questionnaire, however few questions fit.
    """
    best: Joined | None = None
    for questionnaire in known:
        if slug is not None and questionnaire.slug != slug:
            continue
        questions = _match(columns, questionnaire)
        share = _share(columns, questionnaire, questions)
        if not questions or (slug is None and share < _LEAST_SHARE):
            continue
        if best is None or share >= best.share:
            best = Joined(questionnaire, questions, share)
    return best


def _share(columns: Sequence[AnswerColumn], questionnaire: Questionnaire, matched: Mapping[int, Question]) -> float:
    """Return the share of the file's questions that were met, the profile left out: every survey asks one's sex.

    A file with nothing but a profile is joined to a questionnaire with nothing else.
    """
    own = [column for column in columns if find_profile(column.header) is None]
    if not own:
        return len(matched) / max(len(columns), len(questionnaire.questions))
    return sum(column.position in matched for column in own) / len(own)


def _match(columns: Sequence[AnswerColumn], questionnaire: Questionnaire) -> dict[int, Question]:
    """Pair columns with questions of the same wording; of several with one wording the first with the first."""
    waiting: defaultdict[str, list[Question]] = defaultdict(list)
    for question in questionnaire.questions:
        for key in dict.fromkeys(_keys_of_question(question)):
            waiting[key].append(question)
    used: set[str] = set()
    matched: dict[int, Question] = {}
    for column in columns:
        for key in _keys_of_column(column):
            found = next((question for question in waiting.get(key, ()) if question.name not in used), None)
            if found is not None:
                used.add(found.name)
                matched[column.position] = found
                break
    return matched


def _keys_of_question(question: Question) -> list[str]:
    texts = [text for text in (question.text_pl, question.text_en) if text]
    if question.battery:
        return [f"{question_key(question.battery)}|{question_key(text)}" for text in texts]
    return [question_key(text) for text in texts]


def _keys_of_column(column: AnswerColumn) -> list[str]:
    keys = [question_key(column.header)]
    if column.grid is not None:
        stem, row = column.grid
        keys.insert(0, f"{question_key(stem)}|{question_key(row)}")
    return keys

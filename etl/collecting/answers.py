"""What people answered in the web form, in the shape in which imports write answers."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from etl.answers import QuestionAnswers, SurveyAnswers
from etl.clean.labels import cell_text
from surveys.filling import Answers, Asked, FillableForm, other_key
from surveys.model import Question, QuestionType
from surveys.privacy.identifiers import scrub_text

_EPOCH = date(1970, 1, 1).toordinal()


def gather_answers(
    form: FillableForm,
    people: Sequence[Answers],
    *,
    days: Sequence[date],
    first_row: int,
    durations: Sequence[int | None] | None = None,
) -> SurveyAnswers:
    """Return the answers of some people to a form.

    Args:
        form: the form they filled in.
        people: what each of them answered; answers to what was not shown are not among them any more.
        days: day on which each of them sent it.
        first_row: number of the first of them among all who sent this form, from 1.
        durations: seconds that each of them took, rounded; ``None`` where it isn't known.
    """
    questions = {question.name: question for question in form.questionnaire.questions}
    return SurveyAnswers(
        questionnaire=form.questionnaire,
        joined=form.questionnaire,
        answers=tuple(_gather(one, questions[one.name], people) for one in form.questions),
        source_rows=range(first_row, first_row + len(people)),
        submitted_on=days,
        durations=durations,
    )


def _gather(one: Asked, question: Question, people: Sequence[Answers]) -> QuestionAnswers:
    places = {choice.code: place for place, choice in enumerate(question.choices)}
    who: list[int] = []
    chosen: list[int] = []
    numbers: list[float] = []
    writers: list[int] = []
    texts: list[str] = []
    for person, answers in enumerate(people):
        answer = answers.get(one.name)
        words = answers.get(other_key(one.name)) if answer is not None else None
        if answer is not None and question.type is QuestionType.TEXT:
            words, answer = answer, None
        if isinstance(words, str):
            # Whatever names or reaches a person stops here, before anything is stored.
            text, _kinds = scrub_text(cell_text(words))
            writers.append(person)
            texts.append(text)
        if answer is None:
            continue
        if isinstance(answer, float):
            given = [(-1, answer)]
        elif isinstance(answer, tuple):
            given = [
                (places[name], float(place) if question.type is QuestionType.RANKING else np.nan)
                for place, name in enumerate(answer, 1)
            ]
        elif question.type is QuestionType.DATE:
            given = [(-1, float(date.fromisoformat(answer).toordinal() - _EPOCH))]
        else:
            given = [(places[answer], np.nan)]
        for choice, number in given:
            who.append(person)
            chosen.append(choice)
            numbers.append(number)
    return QuestionAnswers(
        question=question,
        column=-1,
        people=np.array(who, dtype=np.int32),
        choices=np.array(chosen, dtype=np.int32),
        numbers=np.array(numbers, dtype=np.float64),
        text_people=writers,
        texts=texts,
    )

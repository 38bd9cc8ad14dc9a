"""Survey files of a few people for the store, out of what each of them said: with the source's numbers or without."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import numpy as np
from sqlalchemy import Connection

from etl.answers import QuestionAnswers, SurveyAnswers
from etl.importing import ImportResult
from etl.store.scope import Actor
from etl.store.survey_writing import write_survey_batch
from surveys.findings import Report
from surveys.model import Choice, Question, Questionnaire, QuestionType, Wave

WAVE = "pomiar"
OPTIONS = ("park", "bus", "sklep", "lekarz")
# The number that the source gives a response (``""`` for none), and which option was chosen; ``None`` for none.
Row = tuple[str, int | None]
_START = datetime(2026, 3, 1, tzinfo=UTC)


def _ask(name: str, options: Sequence[str], profile: str | None = None) -> Question:
    choices = tuple(Choice(option, option) for option in options)
    return Question(name, QuestionType.SINGLE, name, choices=choices, profile=profile)


def build_survey(partnership: str, rows: Sequence[Row]) -> SurveyAnswers:
    """Return answers to two questions: what is lacking, and who says so."""
    questions = (_ask("brak", OPTIONS), _ask("plec", ("kobieta", "mezczyzna"), "gender"))
    questionnaire = Questionnaire("ankieta", "1", "Ankieta", questions=questions, partnership=partnership)
    given = np.array([-1 if option is None else option for _, option in rows], dtype=np.int32)
    people, nothing = np.arange(len(rows), dtype=np.int32), np.full(len(rows), np.nan)
    chose = given >= 0
    answers = (
        QuestionAnswers(questions[0], 1, people[chose], given[chose], nothing[chose]),
        QuestionAnswers(questions[1], 2, people, given % 2, nothing),
    )
    return SurveyAnswers(
        questionnaire,
        questionnaire,
        answers,
        source_rows=range(2, len(rows) + 2),
        submitted_on=[None] * len(rows),
        response_ids=[number for number, _ in rows],
    )


def write_rows(
    connection: Connection,
    partnership: str,
    rows: Sequence[Row],
    *,
    name: str = "ankieta.csv",
    replaces: str | None = None,
    keep_both: bool = False,
    step: int = 0,
) -> ImportResult:
    """Import rows into the one wave of a partnership, so many minutes after the first."""
    return write_survey_batch(
        connection,
        actor=Actor.at_machine(),
        wave=Wave(partnership, WAVE, "Pomiar", "ankieta", "1"),
        survey=build_survey(partnership, rows),
        source="kobo",
        file_name=name,
        content_hash=hashlib.sha256(f"{partnership}{rows}".encode()).hexdigest(),
        report=Report(),
        rows_read=len(rows),
        rows_rejected=0,
        sheet="Odpowiedzi",
        replaces=replaces,
        keep_both=keep_both,
        clock=lambda: _START + timedelta(minutes=step),
    )

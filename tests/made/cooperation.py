"""Made partnerships whose network is known, and what their organisations said of working with each other."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

import numpy as np

from etl.answers import QuestionAnswers, SurveyAnswers
from etl.store.engine import Store
from etl.store.scope import Actor
from etl.store.survey_writing import write_survey_batch
from surveys.findings import Report
from surveys.model import (
    Activity,
    Choice,
    Membership,
    Partner,
    Partnership,
    Question,
    Questionnaire,
    QuestionType,
    Register,
    Wave,
)

NAMES = ("Biblioteka", "Dom Kultury", "Firma", "KGW", "Klub", "Parafia", "Szkoła", "Urząd")
SECTORS = ("public", "public", "business", "civic", "civic", "civic", "public", "public")
LIBRARY = NAMES[0]


def a_partnership(*groups: Sequence[str], slug: str = "liw", names: Sequence[str] = NAMES) -> Register:
    """A partnership in which the partners of each group did something together, one group a month."""
    partners = tuple(
        Partner(name, name, "K201", SECTORS[place % len(SECTORS)], Membership("active", date(2020, 1, 1)))
        for place, name in enumerate(names)
    )
    activities = tuple(
        Activity(
            f"a{number}", f"Działanie {number}", "T03", "F01", date(2024, 1, 1) + timedelta(days=30 * number),
            partners=tuple(group),
        )
        for number, group in enumerate(groups)
    )  # fmt: skip
    return Register(Partnership(slug, slug.title(), sample=True), partners, activities=activities)


def load_network_answers(
    slug: str, named: Mapping[str, Sequence[str]], names: Sequence[str]
) -> Callable[[Store], None]:
    """Return what puts a survey into a store: one person of each organisation says whom it does joint events with."""
    codes = {name: f"o{place}" for place, name in enumerate(names)}
    options = tuple(Choice(code, name) for name, code in codes.items())
    own = Question("own_organisation", QuestionType.SINGLE, "Którą organizację?", choices=options)
    event = Question(
        "network_event", QuestionType.MULTIPLE, "Z kim wydarzenie?", choices=(*options, Choice("none", "Z nikim"))
    )
    tellers = list(named)
    places = {name: place for place, name in enumerate(names)}
    answers = (
        _answer(own, [(person, places[teller]) for person, teller in enumerate(tellers)]),
        _answer(
            event,
            [
                (person, places[other])
                for person, teller in enumerate(tellers)
                for other in sorted(named[teller], key=lambda name: places[name])
            ]
            + [(person, len(names)) for person, teller in enumerate(tellers) if not named[teller]],
        ),
    )
    questionnaire = Questionnaire("wspolpraca", "1", "Współpraca", questions=(own, event), partnership=slug)
    survey = SurveyAnswers(
        questionnaire=questionnaire,
        joined=None,
        answers=answers,
        source_rows=range(2, len(tellers) + 2),
        submitted_on=[date(2025, 3, 1)] * len(tellers),
    )

    def load(store: Store) -> None:
        with store.write() as connection:
            write_survey_batch(
                connection,
                actor=Actor.at_machine(),
                wave=Wave(slug, "wspolpraca-2025", "Współpraca 2025", "wspolpraca", "1", opened_on=date(2025, 3, 1)),
                survey=survey,
                source="google_forms",
                file_name="wspolpraca.csv",
                content_hash=hashlib.sha256(slug.encode()).hexdigest(),
                report=Report(),
                rows_read=len(tellers),
                rows_rejected=0,
            )

    return load


def _answer(question: Question, ticks: list[tuple[int, int]]) -> QuestionAnswers:
    ticks.sort()
    return QuestionAnswers(
        question=question,
        column=0,
        people=np.array([person for person, _ in ticks], dtype=np.int32),
        choices=np.array([place for _, place in ticks], dtype=np.int32),
        numbers=np.full(len(ticks), np.nan),
    )

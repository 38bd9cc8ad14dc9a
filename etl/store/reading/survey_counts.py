"""Counts of survey answers, as they are kept beside the answers: their cost does not grow with the respondents."""

from dataclasses import dataclass

import pandas as pd
from sqlalchemy import Connection, select

from etl.store import schema as s
from etl.store.reading.frames import frame_of
from etl.store.reading.open_collections import is_being_collected
from etl.store.reading.scope import Scope
from etl.store.reading.survey_origins import read_survey_origins
from etl.store.reading.wave_people import counts_everybody, people_of_wave

_QUESTION_COLUMNS = [
    "partnership",
    "wave",
    "question",
    "type",
    "text_pl",
    "text_en",
    "battery",
    "battery_en",
    "vocabulary",
    "profile",
    "max_choices",
    "position",
    "base",
]
_CHOICE_COLUMNS = [
    "partnership",
    "wave",
    "question",
    "code",
    "label_pl",
    "label_en",
    "missing_kind",
    "is_other",
    "position",
    "people",
]


@dataclass(frozen=True, slots=True)
class SurveyCounts:
    """Counts per wave, question and option, for everybody who answered. They have not passed the gate yet.

    Attributes:
        waves: partnership, wave (slug), name, questionnaire (slug), version, mode, population, population_words,
            sampling, population_count, invited_count (missing when unknown), opened_on, closed_on, people.
        questions: wave key columns partnership, wave, then question (name), type, text_pl, text_en, battery,
            battery_en, vocabulary, profile, max_choices, base (people with a valid answer), position.
        choices: partnership, wave, question, code, label_pl, label_en, missing_kind, is_other, people, position.
        origins: the files behind each wave (`read_survey_origins`).
    """

    waves: pd.DataFrame
    questions: pd.DataFrame
    choices: pd.DataFrame
    origins: pd.DataFrame


def read_survey_counts(connection: Connection, scope: Scope) -> SurveyCounts:
    """Read the counts of the waves of the partnerships in scope; those still being collected come when they close.

    Questions and options are read once for each questionnaire, and set beside the counts of every wave here: the
    database would send each wording as often as there are waves.
    """
    waves = _read_waves(connection, scope)
    mine = s.wave.c.partnership_id.in_(scope.ids)
    of_waves = s.question.c.questionnaire_id.in_(select(s.wave.c.questionnaire_id).where(mine))
    asked = frame_of(
        connection.execute(
            select(
                s.question.c.questionnaire_id,
                s.question.c.id.label("question_id"),
                s.question.c.name.label("question"),
                s.question.c.type,
                s.question.c.text_pl,
                s.question.c.text_en,
                s.question.c.battery,
                s.question.c.battery_en,
                s.question.c.vocabulary,
                s.question.c.profile,
                s.question.c.max_choices,
                s.question.c.position,
            ).where(of_waves)
        )
    )
    options = frame_of(
        connection.execute(
            select(
                s.question.c.questionnaire_id,
                s.question.c.id.label("question_id"),
                s.question.c.name.label("question"),
                s.question.c.position.label("asked_as"),
                s.choice.c.id.label("choice_id"),
                s.choice.c.code,
                s.choice.c.label_pl,
                s.choice.c.label_en,
                s.choice.c.missing_kind,
                s.choice.c.is_other,
                s.choice.c.position,
            )
            .join_from(s.choice, s.question)
            .where(of_waves)
        )
    )
    counted = s.choice_count.c
    kept = frame_of(
        connection.execute(
            select(
                counted.wave_id,
                counted.question_id,
                counted.choice_id,
                counted.people_count.label("people"),
            ).where(counts_everybody(), counted.wave_id.in_(select(s.wave.c.id).where(mine, ~is_being_collected())))
        )
    )
    order = waves[["wave_id", "questionnaire_id", "partnership", "wave"]].assign(order=range(len(waves)))
    bases = kept[kept["choice_id"] == 0].rename(columns={"people": "base"})
    questions = (
        bases.merge(order, on="wave_id")
        .merge(asked.drop(columns="questionnaire_id"), on="question_id")
        .sort_values(["order", "position"], kind="stable")
    )
    choices = order.merge(options, on="questionnaire_id").sort_values(["order", "asked_as", "position"], kind="stable")
    choices = choices.merge(kept, on=["wave_id", "question_id", "choice_id"], how="left")
    choices["people"] = choices["people"].fillna(0).astype("int64")
    return SurveyCounts(
        waves.drop(columns=["wave_id", "questionnaire_id"]),
        questions[_QUESTION_COLUMNS].reset_index(drop=True),
        choices[_CHOICE_COLUMNS].reset_index(drop=True),
        read_survey_origins(connection, scope),
    )


def read_survey_waves(connection: Connection, scope: Scope) -> pd.DataFrame:
    """Read the closed waves of the partnerships in scope and nothing of their answers (`SurveyCounts.waves`)."""
    return _read_waves(connection, scope).drop(columns=["wave_id", "questionnaire_id"])


def _read_waves(connection: Connection, scope: Scope) -> pd.DataFrame:
    owner = s.partnership.c.slug.label("partnership")
    waves = frame_of(
        connection.execute(
            select(
                owner,
                s.wave.c.slug.label("wave"),
                s.wave.c.name,
                s.questionnaire.c.slug.label("questionnaire"),
                s.questionnaire.c.version,
                s.wave.c.mode,
                s.wave.c.population,
                s.wave.c.population_words,
                s.wave.c.sampling,
                s.wave.c.population_count,
                s.wave.c.invited_count,
                s.wave.c.opened_on,
                s.wave.c.closed_on,
                people_of_wave().label("people"),
                s.wave.c.id.label("wave_id"),
                s.wave.c.questionnaire_id,
            )
            .join_from(s.wave, s.partnership)
            .join(s.questionnaire, s.questionnaire.c.id == s.wave.c.questionnaire_id)
            .where(s.partnership.c.id.in_(scope.ids), ~is_being_collected())
            .order_by(owner, s.wave.c.opened_on.nulls_first(), s.wave.c.id)
        )
    )
    for name in ("opened_on", "closed_on"):
        waves[name] = pd.to_datetime(waves[name])
    for name in ("population_count", "invited_count"):
        waves[name] = pd.to_numeric(waves[name]).astype("float64")
    return waves

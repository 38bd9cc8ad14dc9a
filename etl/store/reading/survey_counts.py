"""Counts of survey answers, as they are kept beside the answers: their cost does not grow with the respondents."""

from dataclasses import dataclass

import pandas as pd
from sqlalchemy import Connection, func, select

from etl.store import schema as s
from etl.store.reading.open_collections import is_being_collected
from etl.store.reading.scope import Scope
from etl.store.reading.survey_origins import read_survey_origins
from etl.store.reading.wave_people import people_of_wave


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
    """Read the counts of the waves of the partnerships in scope; those still being collected come when they close."""
    owner = s.partnership.c.slug.label("partnership")
    in_scope = s.partnership.c.id.in_(scope.ids) & ~is_being_collected()
    wave_slug = s.wave.c.slug.label("wave")
    waves = connection.execute(
        select(
            owner,
            wave_slug,
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
        )
        .join_from(s.wave, s.partnership)
        .join(s.questionnaire, s.questionnaire.c.id == s.wave.c.questionnaire_id)
        .where(in_scope)
        .order_by(owner, s.wave.c.opened_on.nulls_first(), s.wave.c.id)
    )
    wave_frame = pd.DataFrame.from_records(waves.all(), columns=list(waves.keys()))
    for name in ("opened_on", "closed_on"):
        wave_frame[name] = pd.to_datetime(wave_frame[name])
    for name in ("population_count", "invited_count"):
        wave_frame[name] = pd.to_numeric(wave_frame[name]).astype("float64")
    # One pass over the kept counts: everybody (profile_choice_id 0), base (choice_id 0) beside options.
    everybody = s.choice_count.alias("everybody")
    questions = connection.execute(
        select(
            owner,
            wave_slug,
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
            everybody.c.people_count.label("base"),
        )
        .join_from(everybody, s.wave, s.wave.c.id == everybody.c.wave_id)
        .join(s.partnership, s.partnership.c.id == s.wave.c.partnership_id)
        .join(s.question, s.question.c.id == everybody.c.question_id)
        .where(in_scope, everybody.c.choice_id == 0, everybody.c.profile_choice_id == 0)
        .order_by(owner, s.wave.c.opened_on.nulls_first(), s.wave.c.id, s.question.c.position)
    )
    question_frame = pd.DataFrame.from_records(questions.all(), columns=list(questions.keys()))
    choices = connection.execute(
        select(
            owner,
            wave_slug,
            s.question.c.name.label("question"),
            s.choice.c.code,
            s.choice.c.label_pl,
            s.choice.c.label_en,
            s.choice.c.missing_kind,
            s.choice.c.is_other,
            s.choice.c.position,
            func.coalesce(everybody.c.people_count, 0).label("people"),
        )
        .join_from(s.wave, s.partnership)
        .join(s.question, s.question.c.questionnaire_id == s.wave.c.questionnaire_id)
        .join(s.choice, s.choice.c.question_id == s.question.c.id)
        .outerjoin(
            everybody,
            (everybody.c.wave_id == s.wave.c.id)
            & (everybody.c.question_id == s.question.c.id)
            & (everybody.c.choice_id == s.choice.c.id)
            & (everybody.c.profile_choice_id == 0),
        )
        .where(in_scope)
        .order_by(owner, s.wave.c.opened_on.nulls_first(), s.wave.c.id, s.question.c.position, s.choice.c.position)
    )
    choice_frame = pd.DataFrame.from_records(choices.all(), columns=list(choices.keys()))
    return SurveyCounts(wave_frame, question_frame, choice_frame, read_survey_origins(connection, scope))

"""One kind of question across partnerships and measurements, from kept counts only.

What is asked here costs what the options of the questions cost: a partnership of ten thousand respondents reads as
fast as one of ten. Measurements that are still being collected come when they close.
"""

from dataclasses import dataclass

import pandas as pd
from sqlalchemy import ColumnElement, Connection, exists, select

from etl.store import schema as s
from etl.store.reading.frames import frame_of
from etl.store.reading.open_collections import is_being_collected
from etl.store.reading.question_rules import read_forms
from etl.store.reading.scope import Scope
from etl.store.reading.wave_people import counts_everybody, people_of_wave


@dataclass(frozen=True, slots=True)
class PlaceShares:
    """Counts of the questions of one code list, of every partnership in scope. They have not passed the gate yet.

    Attributes:
        questions: one row for each question of each measurement, by partnership and the earliest measurement first
            (one without a day before those with one): measured (number of the row), asked (of the question: the same
            in all measurements of one questionnaire), partnership, wave (slugs), wave_name, questionnaire (slug),
            version, form (which version of whose questionnaire), asked_of and limits (rules of the question, missing
            when unknown: `surveys.questionnaires.asking_rules`), mode, population, population_words, sampling (missing
            when unknown), opened_on, closed_on (``NaT`` when unknown), people (of the measurement), question (name),
            type, text_pl, text_en, battery, max_choices (``NaN`` when uncapped), base (people with a valid answer).
        options: asked, position, code, label_pl, label_en, missing_kind (missing for a real answer), is_other.
        counts: measured, code, people; an option that nobody chose has no row.
        territory: partnership, teryt, name (of a named area inside that unit, else empty), in the order written; a
            partnership without a territory has no row.
    """

    questions: pd.DataFrame
    options: pd.DataFrame
    counts: pd.DataFrame
    territory: pd.DataFrame


def read_place_shares(connection: Connection, scope: Scope, vocabulary: str) -> PlaceShares:
    """Read the counts of every question whose options are codes of a list.

    Args:
        connection: reading connection.
        scope: partnerships to read.
        vocabulary: name of the code list: ``problems``, ``themes``, ``target_groups`` …
    """
    owner = s.partnership.c.slug.label("partnership")
    counted = s.choice_count.c
    mine = s.partnership.c.id.in_(scope.ids)
    closed = mine & ~is_being_collected() & (s.question.c.vocabulary == vocabulary)
    opening = s.wave.c.opened_on.nulls_first()
    questions = connection.execute(
        select(
            s.question.c.id.label("asked"),
            owner,
            s.wave.c.slug.label("wave"),
            s.wave.c.name.label("wave_name"),
            s.questionnaire.c.slug.label("questionnaire"),
            s.questionnaire.c.version,
            s.questionnaire.c.id.label("form"),
            s.wave.c.mode,
            s.wave.c.population,
            s.wave.c.population_words,
            s.wave.c.sampling,
            s.wave.c.opened_on,
            s.wave.c.closed_on,
            people_of_wave().label("people"),
            s.question.c.name.label("question"),
            s.question.c.type,
            s.question.c.text_pl,
            s.question.c.text_en,
            s.question.c.battery,
            s.question.c.max_choices,
            counted.people_count.label("base"),
            s.wave.c.id.label("wave_id"),
        )
        .join_from(s.wave, s.partnership)
        .join(s.questionnaire, s.questionnaire.c.id == s.wave.c.questionnaire_id)
        .join(s.question, s.question.c.questionnaire_id == s.questionnaire.c.id)
        .join(
            s.choice_count,
            (counted.wave_id == s.wave.c.id)
            & (counted.question_id == s.question.c.id)
            & (counted.choice_id == 0)
            & counts_everybody(),
        )
        .where(closed)
        .order_by(owner, opening, s.wave.c.id, s.question.c.position)
    )
    asked = frame_of(questions)
    asked.insert(0, "measured", range(len(asked)))
    _add_rules(connection, asked)
    for name in ("opened_on", "closed_on"):
        asked[name] = pd.to_datetime(asked[name])
    asked["max_choices"] = pd.to_numeric(asked["max_choices"]).astype("float64")
    options = connection.execute(
        select(
            s.question.c.id.label("asked"),
            s.choice.c.position,
            s.choice.c.code,
            s.choice.c.label_pl,
            s.choice.c.label_en,
            s.choice.c.missing_kind,
            s.choice.c.is_other,
        )
        .join_from(s.choice, s.question)
        .where(s.question.c.vocabulary == vocabulary, _is_asked(scope))
        .order_by(s.question.c.id, s.choice.c.position)
    )
    chosen = connection.execute(
        select(
            s.wave.c.id.label("wave_id"),
            s.question.c.id.label("asked"),
            s.choice.c.code,
            counted.people_count.label("people"),
        )
        .join_from(s.wave, s.partnership)
        .join(s.question, s.question.c.questionnaire_id == s.wave.c.questionnaire_id)
        .join(s.choice, s.choice.c.question_id == s.question.c.id)
        .join(
            s.choice_count,
            (counted.wave_id == s.wave.c.id)
            & (counted.question_id == s.question.c.id)
            & (counted.choice_id == s.choice.c.id)
            & counts_everybody(),
        )
        .where(closed, counted.people_count > 0)
        .order_by(s.wave.c.id, s.question.c.position, s.choice.c.position)
    )
    counts = frame_of(chosen)
    counts = counts.merge(asked[["wave_id", "asked", "measured"]], on=["wave_id", "asked"])
    territory = connection.execute(
        select(owner, s.partnership_territory.c.teryt, s.partnership_territory.c.name)
        .join_from(s.partnership_territory, s.partnership)
        .where(mine)
        .order_by(owner, s.partnership_territory.c.position)
    )
    return PlaceShares(
        questions=asked.drop(columns="wave_id"),
        options=frame_of(options),
        counts=counts[["measured", "code", "people"]],
        territory=frame_of(territory),
    )


def _add_rules(connection: Connection, asked: pd.DataFrame) -> None:
    """Add to each question by which rules it was put."""
    forms = read_forms(connection, (int(form) for form in asked["form"].unique()))
    rules = [forms[int(form)].rules_of(str(name)) for form, name in zip(asked["form"], asked["question"], strict=True)]
    asked["form"] = asked["form"].astype(str)
    asked["asked_of"] = pd.Series([None if one is None else one.base for one in rules], dtype=object)
    asked["limits"] = pd.Series([None if one is None else one.limits for one in rules], dtype=object)


def read_asked_vocabularies(connection: Connection, scope: Scope) -> frozenset[str]:
    """Return the code lists that closed measurements in scope asked about, without reading any count."""
    wave = (
        exists()
        .where(
            s.wave.c.questionnaire_id == s.question.c.questionnaire_id,
            s.wave.c.partnership_id.in_(scope.ids),
            ~is_being_collected(),
        )
        .correlate(s.question)
    )
    found = connection.execute(
        select(s.question.c.vocabulary).where(s.question.c.vocabulary.is_not(None), wave).distinct()
    )
    return frozenset(found.scalars())


def _is_asked(scope: Scope) -> ColumnElement[bool]:
    return (
        exists()
        .where(s.wave.c.questionnaire_id == s.question.c.questionnaire_id, s.wave.c.partnership_id.in_(scope.ids))
        .correlate(s.question)
    )

"""Whom a question was put to: what residents say and what partners say are never one series, nor one mirror."""

import pandas as pd

from surveys.model import PopulationKind

# Where nobody wrote down who was asked, these questions of the shipped questionnaires tell.
_BY_QUESTION = {"seen_problems": PopulationKind.PARTNERS, "youth_problems": PopulationKind.YOUTH}


def find_asked_people(questions: pd.DataFrame) -> pd.Series:
    """Return whom each question was put to, by the rows of a frame.

    Args:
        questions: population (value of `PopulationKind`, missing when nobody wrote it down), question (name); or
            measurements, without the latter.

    Returns:
        Values of `PopulationKind`. People who are unknown count as residents: that is whom surveys of a place are
        put to, and the gate of comparisons still says that nobody wrote it down.
    """
    known = questions["population"].where(questions["population"].isin(list(PopulationKind)))
    told = questions["question"].map(_BY_QUESTION) if "question" in questions else known
    return known.fillna(told).fillna(PopulationKind.RESIDENTS).astype(str)


def keep_locals(questions: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that people of the place answered, young or old: not partners, nor who came to an activity.

    Args:
        questions: as for `find_asked_people`.
    """
    return questions[~find_asked_people(questions).isin([PopulationKind.PARTNERS, PopulationKind.PARTICIPANTS])]

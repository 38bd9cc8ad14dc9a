"""Topics that a survey asks about twice: how important they are, and how good they are.

Two questions are of one topic when they have the same words of their own and stand in two tables, one on a known scale
of importance, one on a known scale of rating. The scales tell which of their answers mean "important" and "good".
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from surveys.analysis.rows import Row, rows_of
from surveys.language.folding import fold
from surveys.vocabulary import load

_IMPORTANCE = ("importance_5", "importance_rather_5")
_RATING = (
    "availability_5", "rating_5", "rating_neuter_5", "rating_rather_5", "rating_firm_5", "rating_average_5",
    "quality_5", "quality_average_5",
)  # fmt: skip
_NAMED = 2  # points of a scale from its good end


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic.

    Attributes:
        importance, rating: names of its two questions.
        important, good: codes of the answers that count, in the order of their scales.
    """

    importance: str
    rating: str
    important: tuple[str, ...]
    good: tuple[str, ...]


def find_topics(questions: Mapping[str, Row], choices: Mapping[str, pd.DataFrame]) -> tuple[Topic, ...]:
    """Return the topics of a measurement, in the order in which their importance was asked.

    Args:
        questions: rows of ``SurveyCounts.questions`` by name, in the order asked.
        choices: rows of ``SurveyCounts.choices`` by name of the question.
    """
    rated: dict[str, tuple[str, tuple[str, ...]]] = {}
    for name, row in questions.items():
        good = _named_codes(row, choices[name], _RATING)
        if good:
            rated.setdefault(_key_of(row), (name, good))
    found = []
    for name, row in questions.items():
        important = _named_codes(row, choices[name], _IMPORTANCE)
        if important and (other := rated.get(_key_of(row))) is not None:
            found.append(Topic(name, other[0], important, other[1]))
    return tuple(found)


def _key_of(question: Row) -> str:
    return fold(str(question["text_pl"]))


def _named_codes(question: Row, options: pd.DataFrame, scales: tuple[str, ...]) -> tuple[str, ...]:
    """Return the codes of the two best points when a question stands on one of the scales, else nothing."""
    if question["type"] not in {"scale", "single"}:
        return ()
    codes = {fold(str(row["label_pl"])): str(row["code"]) for row in rows_of(options[options["missing_kind"].isna()])}
    for name in scales:
        points = [fold(point) for point in load().scales[name].values_pl]
        if set(points) == set(codes):
            return tuple(codes[point] for point in points[:_NAMED])
    return ()

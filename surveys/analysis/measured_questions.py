"""A question of a measurement as the gate of comparisons sees it: the same for pages and for documents."""

import pandas as pd

from surveys.analysis.comparability import Measured
from surveys.analysis.rows import Row, is_known
from surveys.analysis.sampling import name_population
from surveys.model import QuestionType, SampleKind, WaveMode


def describe_measured(question: Row, options: pd.DataFrame, wave: Row, wording: str) -> Measured:
    """Return a question as it was put in a measurement.

    Args:
        question: row of ``SurveyCounts.questions``.
        options: rows of ``SurveyCounts.choices`` of this question in this measurement.
        wave: row of ``SurveyCounts.waves``.
        wording: of the question in Polish, with the stem of its battery.
    """
    cap, opened = question["max_choices"], wave["opened_on"]
    return Measured(
        wording=wording,
        type=QuestionType(question["type"]),
        options=tuple(options[options["missing_kind"].isna()]["code"]),
        max_choices=int(cap) if is_known(cap) else None,
        mode=WaveMode(wave["mode"]),
        population=name_population(wave["population"], wave["population_words"]),
        sampling=SampleKind(wave["sampling"]) if is_known(wave["sampling"]) else None,
        month=opened.month if is_known(opened) else None,
        code_list_version=str(question["vocabulary"] or "") if is_known(question["vocabulary"]) else "",
    )

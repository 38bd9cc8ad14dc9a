"""A question of a measurement as the gate of comparisons sees it: the same for pages and for documents."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from surveys.analysis.comparability import Measured
from surveys.analysis.rows import Row, is_known
from surveys.analysis.sampling import name_population
from surveys.model import QuestionType, SampleKind, WaveMode
from surveys.questionnaires.asking_rules import AskingRules


@dataclass(frozen=True, slots=True)
class PutBy:
    """By which form a measurement put its questions.

    Attributes:
        form: tells one version of a questionnaire from another; empty when it isn't known.
        rules: of each question by its name; ``None`` of a questionnaire that was met in a file only.
    """

    form: str = ""
    rules: Mapping[str, AskingRules] | None = None

    def rules_of(self, name: str) -> AskingRules | None:
        """Return the rules of a question, ``None`` when nobody knows them."""
        return None if self.rules is None else self.rules.get(name)


_UNKNOWN = PutBy()


def describe_measured(
    question: Row, options: pd.DataFrame, wave: Row, wording: str, put_by: PutBy = _UNKNOWN
) -> Measured:
    """Return a question as it was put in a measurement.

    Args:
        question: row of ``SurveyCounts.questions``.
        options: rows of ``SurveyCounts.choices`` of this question in this measurement.
        wave: row of ``SurveyCounts.waves``.
        wording: of the question in Polish, with the stem of its battery.
        put_by: the form that put it.
    """
    cap, opened = question["max_choices"], wave["opened_on"]
    rules = put_by.rules_of(str(question["question"]))
    return Measured(
        wording=wording,
        type=QuestionType(question["type"]),
        options=tuple(options[options["missing_kind"].isna()]["code"]),
        max_choices=int(cap) if is_known(cap) else None if rules is None else rules.cap,
        mode=WaveMode(wave["mode"]),
        population=name_population(wave["population"], wave["population_words"]),
        sampling=SampleKind(wave["sampling"]) if is_known(wave["sampling"]) else None,
        month=opened.month if is_known(opened) else None,
        base=None if rules is None else rules.base,
        limits=None if rules is None else rules.limits,
        required=None if rules is None else rules.required,
        form=put_by.form,
        code_list_version=str(question["vocabulary"] or "") if is_known(question["vocabulary"]) else "",
    )

"""An SPSS file of the known survey: numbers with labels, ticks in a declared set, declared kinds of missing."""

import numpy as np
import pandas as pd

from surveys.model import QuestionType
from tests.made.layouts.tables import Laid, Row
from tests.made.spss_files import with_response_sets, write_spss
from tests.made.truth import NOTHING, Asked, KnownSurvey, Said


def spss(survey: KnownSurvey) -> tuple[Laid, tuple[str, bytes]]:
    """The survey as a survey house hands it over."""
    survey = survey.without(QuestionType.RANKING).without_own_words()
    columns: dict[str, list[object]] = {"id": [float(number) for number in range(1, len(survey.answers) + 1)]}
    labels: dict[str, str] = {"id": "Numer ankiety"}
    values: dict[str, dict[float, str]] = {}
    missing: dict[str, list[float]] = {}
    measure: dict[str, str] = {}
    sets: list[str] = []
    for place, one in enumerate(survey.asked):
        answers = survey.column(place)
        if one.type is QuestionType.MULTIPLE:
            names = [f"{one.name}_{number}" for number in range(1, len(one.options) + 1)]
            for name, option in zip(names, one.options, strict=True):
                columns[name] = [np.nan if said == NOTHING else float(option in said.labels) for said in answers]
                labels[name] = option
            sets.append(_declare(one, names))
            continue
        labels[one.name] = f"{one.stem} [{one.text}]" if one.stem else one.text
        columns[one.name] = [_cell(one, said) for said in answers]
        if one.options:
            codes = _codes(one)
            values[one.name] = {code: label for label, code in codes.items()}
            missing[one.name] = [codes[label] for label in one.missing]
            measure[one.name] = "ordinal" if one.type is QuestionType.SCALE else "nominal"
    content = write_spss(
        pd.DataFrame(columns), column_labels=labels, variable_value_labels=values,
        missing_ranges={name: found for name, found in missing.items() if found}, variable_measure=measure,
    )  # fmt: skip
    rows: list[Row] = [[] for _ in survey.answers]
    laid = Laid("spss", "Diagnoza", [], rows, survey)
    return laid, ("Diagnoza.sav", with_response_sets(content, "".join(sets)))


def _declare(one: Asked, names: list[str]) -> str:
    """A set of ticks in SPSS's own words; the length of its label is counted in bytes."""
    return f"${one.name}=D1 1 {len(one.text.encode())} {one.text} {' '.join(names)}\n"


def _codes(one: Asked) -> dict[str, float]:
    kinds = {label: float(97 + number) for number, label in enumerate(one.missing)}
    return {**{option: float(number) for number, option in enumerate(one.options, 1)}, **kinds}


def _cell(one: Asked, said: Said) -> object:
    if one.type is QuestionType.TEXT:
        return said.words
    if one.type is QuestionType.DATE:
        return said.day if said.number is not None else None
    if one.type is QuestionType.NUMBER:
        return np.nan if said.number is None else said.number
    return _codes(one)[said.labels[0]] if said.labels else np.nan

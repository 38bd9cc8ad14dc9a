"""Which measurements of which places belong side by side, and their counts as one table of numbers.

The one place with the rule of series: measurements that put the same question, by its wording, to the same kind of
people, whatever form it stood in: partners who were asked what residents were asked are another series. What else may
differ (options, cap, mode, month) is for the gate of comparisons to judge. Of each partnership the newest measurement
of a series stands for it. The order of rows and partnerships does not matter.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from surveys.analysis.asked_people import find_asked_people
from surveys.analysis.rows import Row, rows_of
from surveys.language.folding import fold
from surveys.model import PopulationKind

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Series:
    """A question that several measurements put.

    Attributes:
        key: of the wording, with its stem in front, and of who was asked; the same in every measurement.
        people: who was asked.
        text_pl, text_en: wording, as the newest measurement has it; the English one may be empty.
        places_count: partnerships that asked it.
    """

    key: str
    people: PopulationKind
    text_pl: str
    text_en: str
    places_count: int


@dataclass(frozen=True, slots=True, eq=False)
class PlaceMatrix:
    """Counts of one question, measurement by measurement.

    Attributes:
        measured: rows of ``PlaceShares.questions``, in the order given.
        codes: real answers that any of them offered, in the order of the first that did.
        people: measured × codes; 0 where the option was not offered either.
        offered: as large: whether the option was offered.
        bases: people with a valid answer, by measurement.
    """

    measured: tuple[int, ...]
    codes: tuple[str, ...]
    people: Ints
    offered: npt.NDArray[np.bool_]
    bases: Ints


def add_series(questions: pd.DataFrame) -> pd.DataFrame:
    """Return questions with columns ``asked_people`` and ``series`` (of wording, with its stem, and people).

    Args:
        questions: of ``PlaceShares``.
    """
    stems = questions["battery"].fillna("").astype(str)
    wordings = (stems + " " + questions["text_pl"].astype(str)).str.strip()
    folded = {wording: fold(wording) for wording in wordings.unique()}
    people = find_asked_people(questions)
    return questions.assign(asked_people=people, series=wordings.map(folded) + " (" + people + ")")


def list_series(questions: pd.DataFrame) -> tuple[Series, ...]:
    """Return the series among questions, the one that most partnerships asked first, then by wording.

    Args:
        questions: of `add_series`.
    """
    found = []
    for key, rows in questions.groupby("series", sort=False):
        newest = sort_by_time(rows).iloc[-1]
        places = int(rows["partnership"].nunique())
        found.append(
            Series(
                str(key),
                PopulationKind(newest["asked_people"]),
                str(newest["text_pl"]),
                str(newest["text_en"] or ""),
                places,
            )
        )
    return tuple(sorted(found, key=lambda series: (-series.places_count, series.key)))


def sort_by_time(questions: pd.DataFrame) -> pd.DataFrame:
    """Return questions in order of their measurements' days, those without a day first.

    A measurement without an opening day has its closing day; days that are equal keep the order of the store.
    """
    days = questions["opened_on"].fillna(questions["closed_on"])
    return questions.assign(_day=days).sort_values(["_day", "measured"], na_position="first").drop(columns="_day")


def pick_newest(questions: pd.DataFrame) -> pd.DataFrame:
    """Return of each partnership the question of its newest measurement, in order of the partnerships' slugs.

    Args:
        questions: of one series.
    """
    newest = sort_by_time(questions).groupby("partnership", sort=False).tail(1)
    return newest.sort_values("partnership").reset_index(drop=True)


def pick_newest_two(questions: pd.DataFrame) -> list[tuple[Row, Row]]:
    """Return of each partnership with two measurements or more the last two, the earlier one first.

    Args:
        questions: of one series; two questions of one measurement count as one.
    """
    ordered = sort_by_time(questions).drop_duplicates(["partnership", "wave"], keep="last")
    asked: dict[str, list[Row]] = {}
    for row in rows_of(ordered.groupby("partnership", sort=False).tail(2)):
        asked.setdefault(str(row["partnership"]), []).append(row)
    return [(asked[place][0], asked[place][1]) for place in sorted(asked) if len(asked[place]) > 1]


def build_matrix(questions: pd.DataFrame, options: pd.DataFrame, counts: pd.DataFrame) -> PlaceMatrix:
    """Return the counts of questions as one table of numbers.

    Args:
        questions: some rows of `PlaceShares.questions`, each of its own measurement.
        options: of `PlaceShares`; kinds of missing are left out.
        counts: of `PlaceShares`.
    """
    measured = questions["measured"].to_numpy(dtype=np.int64)
    asked = questions["asked"].to_numpy(dtype=np.int64)
    real = options[options["missing_kind"].isna() & options["asked"].isin(set(asked.tolist()))]
    codes = tuple(dict.fromkeys(str(code) for code in real.sort_values(["asked", "position"])["code"]))
    place_of_code = {code: place for place, code in enumerate(codes)}
    offered_by_question = {
        int(str(question)): [place_of_code[str(code)] for code in rows["code"]]
        for question, rows in real.groupby("asked")
    }
    offered = np.zeros((len(measured), len(codes)), dtype=bool)
    for row, question in enumerate(asked.tolist()):
        offered[row, offered_by_question.get(question, [])] = True
    people = np.zeros(offered.shape, dtype=np.int64)
    row_of = {number: row for row, number in enumerate(measured.tolist())}
    mine = counts[counts["measured"].isin(row_of) & counts["code"].isin(place_of_code)]
    rows, columns = mine["measured"].map(row_of).to_numpy(int), mine["code"].map(place_of_code).to_numpy(int)
    people[rows, columns] = mine["people"].to_numpy(dtype=np.int64)
    people[~offered] = 0  # the code of a kind of missing elsewhere
    return PlaceMatrix(tuple(measured.tolist()), codes, people, offered, questions["base"].to_numpy(dtype=np.int64))

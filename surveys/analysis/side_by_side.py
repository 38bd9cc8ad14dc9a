"""Partnerships side by side on one question: which of them, by which measurement, and what the gate says of them.

The newest measurement of each partnership stands for it; the gate of comparisons leaves out those that differ in what
makes figures not comparable. Nothing here depends on the order of rows or partnerships.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from surveys.analysis.comparability import Verdict, judge_comparability
from surveys.analysis.place_comparability import PlacesVerdict, judge_places, read_measured
from surveys.analysis.place_kinds import PlaceKind, find_place_kind
from surveys.analysis.place_series import (
    PlaceMatrix,
    Series,
    add_series,
    build_matrix,
    list_series,
    pick_newest,
    pick_newest_two,
)
from surveys.analysis.rows import Row, rows_of

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class SideBySide:
    """Partnerships beside each other.

    Attributes:
        all_series: questions that could be looked at, the one that most partnerships asked first.
        series: the one looked at, ``None`` when nobody asked any.
        questions: of the partnerships compared, in order of their slugs: rows of ``PlaceShares.questions``.
        matrix: their counts, in the same order.
        verdict: of the gate of comparisons.
        kinds: kind of place of every partnership with a territory.
        pairs: of each partnership asked twice or more the last two measurements, and whether they may be compared.
    """

    all_series: tuple[Series, ...]
    series: Series | None
    questions: pd.DataFrame
    matrix: PlaceMatrix
    verdict: PlacesVerdict
    kinds: dict[str, PlaceKind]
    pairs: tuple[tuple[Row, Row, Verdict], ...]

    @property
    def places(self) -> tuple[str, ...]:
        """Slugs of the partnerships compared, in order."""
        return self.verdict.compared

    def counts_of(self, code: str) -> dict[str, tuple[int, int]]:
        """Return people with an answer and people who answered, of each partnership where it could be given."""
        if code not in self.matrix.codes:
            return {}
        place = self.matrix.codes.index(code)
        return {
            slug: (int(self.matrix.people[row, place]), int(self.matrix.bases[row]))
            for row, slug in enumerate(self.places)
            if self.matrix.offered[row, place]
        }

    def order_codes(self) -> tuple[str, ...]:
        """Return the answers, the one with the largest mean share first, each place counting once."""
        known = self.matrix.bases > 0
        shares = self.matrix.people[known] / self.matrix.bases[known, None]
        asked = self.matrix.offered[known]
        means = np.where(asked, shares, 0.0).sum(axis=0) / np.maximum(asked.sum(axis=0), 1)
        return tuple(code for _, code in sorted(zip((-means.round(9)).tolist(), self.matrix.codes, strict=True)))


def set_side_by_side(  # frames of one question to the store, by name
    *,
    questions: pd.DataFrame,
    options: pd.DataFrame,
    counts: pd.DataFrame,
    territory: pd.DataFrame,
    code_list: str,
    series: str | None = None,
    years: tuple[int, int] | None = None,
    kind: PlaceKind | None = None,
) -> SideBySide:
    """Set partnerships side by side.

    Args:
        questions: of ``PlaceShares``; so are ``options``, ``counts`` and ``territory``.
        options: what could be answered.
        counts: what was answered.
        territory: of every partnership.
        code_list: name of the list that the answers are codes of.
        series: key of the series to look at; by default the one that most partnerships asked.
        years: first and last year of the measurements that count; one without a day then does not.
        kind: only partnerships of this kind of place.
    """
    kinds = find_kinds(territory)
    found = add_series(questions)
    if years is not None:
        found = found[found["opened_on"].fillna(found["closed_on"]).dt.year.between(*years)]
    if kind is not None:
        of_kind = {slug for slug, one in kinds.items() if one is kind}
        found = found[found["partnership"].isin(of_kind)]
    listed = list_series(found)
    chosen = next((one for one in listed if one.key == series), listed[0] if listed else None)
    mine = found[found["series"] == chosen.key] if chosen is not None else found[:0]
    newest = pick_newest(mine)
    verdict = judge_places(read_measured(newest, options, code_list))
    compared = newest[newest["partnership"].isin(set(verdict.compared))].reset_index(drop=True)
    return SideBySide(
        all_series=listed,
        series=chosen,
        questions=compared,
        matrix=build_matrix(compared, options, counts),
        verdict=verdict,
        kinds=kinds,
        pairs=_judge_pairs(mine, options, code_list),
    )


def find_kinds(territory: pd.DataFrame) -> dict[str, PlaceKind]:
    """Return the kind of place by partnership; one without a territory has none.

    Args:
        territory: partnership, teryt, name.
    """
    units: dict[str, list[tuple[str, str]]] = {}
    for row in rows_of(territory):
        units.setdefault(str(row["partnership"]), []).append((str(row["teryt"]), str(row["name"] or "")))
    return {slug: find_place_kind(listed) for slug, listed in sorted(units.items())}


def kind_of(kinds: Mapping[str, PlaceKind], slug: str) -> PlaceKind:
    """Return the kind of a partnership's place, `PlaceKind.UNKNOWN` without a territory."""
    return kinds.get(slug, PlaceKind.UNKNOWN)


def _judge_pairs(
    questions: pd.DataFrame, options: pd.DataFrame, code_list: str
) -> tuple[tuple[Row, Row, Verdict], ...]:
    pairs = pick_newest_two(questions)
    sides = [pd.DataFrame([pair[side] for pair in pairs]) for side in (0, 1)] if pairs else []
    measured = [read_measured(side, options, code_list) for side in sides]
    return tuple(
        (
            earlier,
            later,
            judge_comparability(measured[0][str(earlier["partnership"])], measured[1][str(later["partnership"])]),
        )
        for earlier, later in pairs
    )

"""A ranking over columns: a column an option, in each cell its place, and no place given twice by one person."""

import re
from collections.abc import Mapping, Sequence

import numpy as np

from etl.readers.raw import RawSheet
from etl.recognise.answer_table import AnswerTable
from etl.recognise.layout import ColumnLayout, Spread
from etl.recognise.option_columns import find_stems
from surveys.model import QuestionType

_PLACE = re.compile(r"^(?P<place>\d{1,2})\.?( ?miejsce| ?place)?$", re.IGNORECASE)
_FEWEST_OPTIONS, _FEWEST_PEOPLE, _FEWEST_PLACES = 3, 6, 2
# Whoever gives a place twice has not understood the question; few do.
_STRAY = 0.05


def find_ranked_options(
    sheet: RawSheet, headers: Mapping[int, str], last_header: int, *, stems: Mapping[int, str] | None = None
) -> tuple[ColumnLayout, ...]:
    """Find the rankings of a sheet.

    Args:
        sheet: the sheet.
        headers: header of each column to look at, by 0-based position; of columns under a common ``stem`` the option.
        last_header: 1-based row of the last row of headers.
        stems: question over several columns, where a row of headers of its own says it.

    Returns:
        A layout with `Spread.RANKS` for each of them, in the order of their columns.
    """
    table = AnswerTable(sheet, last_header + 1)
    if len(table) < _FEWEST_PEOPLE:
        return ()
    placed = {position: "" for position in headers if _holds_places(table, sheet, position)}
    own = {position: header for position, header in headers.items() if position not in (stems or {})}
    named = find_stems(own, {position: kind for position, kind in placed.items() if position in own})
    named |= {position: (stem, headers[position]) for position, stem in (stems or {}).items() if position in placed}
    found: list[ColumnLayout] = []
    for run in _runs(named):
        if len(run) >= _FEWEST_OPTIONS and _are_ranks(table, run):
            labels = {text: match["place"] for text in table.distinct(run) if (match := _PLACE.match(text))}
            options = tuple(named[position][1] for position in run)
            found.append(
                ColumnLayout(
                    tuple(run), named[run[0]][0], role="question", kind=QuestionType.RANKING, spread=Spread.RANKS,
                    options=options, labels={text: place for text, place in labels.items() if text != place},
                )
            )  # fmt: skip
    return tuple(found)


def _holds_places(table: AnswerTable, sheet: RawSheet, position: int) -> bool:
    if len(sheet.columns[position].values) > 2 * len(sheet.columns):
        return False
    texts = table.texts(position).values()
    return bool(texts) and all(_PLACE.match(text) for text in texts)


def _runs(named: Mapping[int, tuple[str, str]]) -> list[list[int]]:
    runs: list[list[int]] = []
    for position in sorted(named):
        if runs and runs[-1][-1] == position - 1 and named[runs[-1][0]][0] == named[position][0]:
            runs[-1].append(position)
        else:
            runs.append([position])
    return runs


def _are_ranks(table: AnswerTable, columns: Sequence[int]) -> bool:
    """Whether people give each place once, from the first on, and nearly everybody gives several."""
    places = np.zeros((len(table), len(columns)), dtype=np.int64)
    for number, position in enumerate(columns):
        codes = table.codes(position)
        for code, text in table.texts(position).items():
            match = _PLACE.match(text)
            if match is not None:
                places[codes == code, number] = int(match["place"])
    several = (places > 0).sum(axis=1) >= _FEWEST_PLACES
    if int(several.sum()) < _FEWEST_PEOPLE or places.max() > len(columns):
        return False
    ordered = np.sort(np.where(places > 0, places, -1 - np.arange(len(columns))), axis=1)
    twice = (ordered[:, 1:] == ordered[:, :-1]).any(axis=1)
    first = (places == 1).any(axis=1)
    # Three ratings differ by chance in one row of five, in many rows never.
    return float((twice | ~first)[several].mean()) <= _STRAY

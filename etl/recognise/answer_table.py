"""Answers below the headers as recognisers look at them: distinct texts of columns, who filled what, ticks, places."""

from collections.abc import Collection, Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from etl.clean.labels import cell_text, says_nothing
from etl.readers.raw import RawSheet
from surveys.language.folding import fold


class AnswerTable:
    """The rows of a sheet from some row on that have any cell filled.

    Args:
        sheet: the sheet.
        first_row: 1-based row of the first respondent.
    """

    def __init__(self, sheet: RawSheet, first_row: int) -> None:
        self._sheet = sheet
        filled = np.zeros(sheet.row_count, dtype=bool)
        for column in sheet.columns:
            filled |= column.codes >= 0
        filled[: first_row - 1] = False
        self.rows: npt.NDArray[np.int64] = np.flatnonzero(filled)
        self.texts = cache(self._read_texts)

    def __len__(self) -> int:
        return len(self.rows)

    def codes(self, position: int) -> npt.NDArray[np.int32]:
        """Return a column's codes in these rows, −1 for an empty cell."""
        return self._sheet.columns[position].codes[self.rows]

    def _read_texts(self, position: int) -> dict[int, str]:
        """Return the texts of a column's distinct values in these rows, by code; a cell of spaces or a dot is none."""
        column = self._sheet.columns[position]
        seen = np.unique(self.codes(position))
        texts = {int(code): cell_text(column.values[code]) for code in seen if code >= 0}
        return {code: text for code, text in texts.items() if not says_nothing(text)}

    def distinct(self, positions: Sequence[int]) -> frozenset[str]:
        """Return all texts of some columns."""
        return frozenset(text for position in positions for text in self.texts(position).values())

    def count(self, position: int) -> int:
        """Return how many cells of a column are filled."""
        return int(np.isin(self.codes(position), list(self.texts(position))).sum())

    def filled(self, positions: Sequence[int]) -> npt.NDArray[np.bool_]:
        """Return which cells are filled: shape (rows, columns)."""
        return self.marked(positions, self.distinct(positions))

    def marked(self, positions: Sequence[int], texts: Collection[str]) -> npt.NDArray[np.bool_]:
        """Return which cells hold one of some texts: shape (rows, columns)."""
        marked = np.zeros((len(self.rows), len(positions)), dtype=bool)
        for number, position in enumerate(positions):
            wanted = [code for code, text in self.texts(position).items() if text in texts]
            marked[:, number] = np.isin(self.codes(position), wanted)
        return marked

    def holds_whole_rows(self, positions: Sequence[int], texts: Collection[str]) -> bool:
        """Whether some texts stand in all of the columns of a row or in none, as "not shown" does."""
        marked = self.marked(positions, texts)
        return bool((marked.all(axis=1) == marked.any(axis=1)).all())

    def never_together(self, first: Sequence[int], second: Sequence[int]) -> bool:
        """Whether no row has both some of the first and some of the second columns filled."""
        return not bool((self.filled(first).any(axis=1) & self.filled(second).any(axis=1)).any())

    def places_of_options(self, positions: Sequence[int]) -> bool:
        """Whether columns hold first, second, third place: no option twice in a row, no place without the one before.

        Ticks and scales hardly ever look so: at least one row must have two places filled.
        """
        numbers: dict[str, int] = {}
        table = np.full((len(self.rows), len(positions)), -1, dtype=np.int64)
        for number, position in enumerate(positions):
            codes = self.codes(position)
            for code, text in self.texts(position).items():
                table[codes == code, number] = numbers.setdefault(fold(text), len(numbers))
        filled = table >= 0
        counts = filled.sum(axis=1)
        if not (counts >= 2).any() or (filled[:, 1:] & ~filled[:, :-1]).any():
            return False
        ordered = np.sort(np.where(filled, table, -1 - np.arange(table.shape[1])), axis=1)
        return not bool((ordered[:, 1:] == ordered[:, :-1]).any())

    def ranks_of_options(self, positions: Sequence[int], unranked: Collection[str] = ()) -> bool:
        """Whether columns hold places of their options: whole numbers from 1 to as many as there are, none twice.

        Args:
            positions: the columns.
            unranked: texts that give an option no place.
        """
        allowed = {str(place) for place in range(1, len(positions) + 1)}
        return self.distinct(positions) - set(unranked) <= allowed and self._differ_in_rows(positions)

    def _differ_in_rows(self, positions: Sequence[int]) -> bool:
        table = np.full((len(self.rows), len(positions)), -1, dtype=np.int64)
        for number, position in enumerate(positions):
            codes = self.codes(position)
            for code, text in self.texts(position).items():
                if text.isdigit():
                    table[codes == code, number] = int(text)
        filled = table >= 0
        if int((filled.sum(axis=1) >= 2).sum()) < 2:
            return False
        ordered = np.sort(np.where(filled, table, -1 - np.arange(table.shape[1])), axis=1)
        return not bool((ordered[:, 1:] == ordered[:, :-1]).any())

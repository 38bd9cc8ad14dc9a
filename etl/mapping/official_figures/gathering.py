"""Figures gathered one by one: a variable, year and area has one, and what contradicts it is counted."""

from etl.indicator_figures import FigureRow
from surveys.indicators import FigureState, ReadCell, Variable

MOST_FIGURES = 2_000_000


class TooManyFiguresError(Exception):
    """A file holds more figures than are taken at a time."""


class Gathering:
    """Takes figures; a blank makes way for whatever comes later, anything else stays.

    Attributes:
        doubled: figures that came once more and were the same, or blank.
        contradicted: figures that came once more and were others; the first one stands.
    """

    def __init__(self) -> None:
        self.variables: list[Variable] = []
        self.doubled = 0
        self.contradicted = 0
        self._places: dict[str, int] = {}
        self._rows: list[FigureRow] = []
        self._at: dict[tuple[int, int, str], int] = {}

    @property
    def rows(self) -> list[FigureRow]:
        """The figures, in the order in which they came."""
        return self._rows

    def place_of(self, variable: Variable) -> int:
        """Return the place of a variable; two that are the same one share it."""
        key = f"{variable.source} | {variable.key}"
        place = self._places.get(key)
        if place is None:
            place = self._places[key] = len(self.variables)
            self.variables.append(variable)
        return place

    def take(self, variable: int, year: int, teryt: str, cell: ReadCell, attribute: str) -> None:
        """Take one figure.

        Raises:
            TooManyFiguresError: there are too many.
        """
        said = "; ".join(part for part in (attribute, cell.mark) if part)
        row: FigureRow = (variable, year, teryt, cell.value, cell.state, said)
        at = self._at.setdefault((variable, year, teryt), len(self._rows))
        if at == len(self._rows):
            if at >= MOST_FIGURES:
                raise TooManyFiguresError
            self._rows.append(row)
            return
        first = self._rows[at]
        if first[4] is FigureState.BLANK:
            self._rows[at] = row
        elif cell.state is not FigureState.BLANK and first[3:5] != row[3:5]:
            self.contradicted += 1
            return
        self.doubled += 1

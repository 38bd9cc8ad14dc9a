"""Official figures on their way from a file to the store."""

from dataclasses import dataclass, field
from datetime import date

from surveys.indicators import FigureState, SeriesNote, Variable

# Place of the variable, year, TERYT code, digits or None, state, attribute.
FigureRow = tuple[int, int, str, str | None, FigureState, str]


@dataclass(frozen=True, slots=True)
class IndicatorFigures:
    """Figures of one file.

    Attributes:
        variables: what is measured.
        rows: one per figure; none of a variable, year and area stands twice.
        notes: footnotes and breaks that the file speaks of.
        fetched_on: day of the export, ``None`` when the file doesn't say.
        description: what the file says of itself, in its words.
    """

    variables: tuple[Variable, ...]
    rows: list[FigureRow] = field(repr=False)
    notes: tuple[SeriesNote, ...] = ()
    fetched_on: date | None = None
    description: str = ""

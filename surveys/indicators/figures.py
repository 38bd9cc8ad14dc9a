"""A variable, a figure of it, and the signs that official tables write where there is no number.

Signs as Statistics Poland and the OZPS form define them: ``.`` no information, or none that can be relied on; ``x``
not applicable; ``-`` the phenomenon did not occur; ``#`` kept confidential; ``0`` it exists, but in less than the unit
of the table (OZPS, and BDL where an attribute says so).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from surveys.indicators.dimensions import AgeBand, Sex, read_age_band, read_sex, says_all
from surveys.language.folding import fold

SAMPLE = "sample"
"""Source of the invented figures that come with the sample data."""

_SPACES = re.compile(r"[\s\u00a0\u202f]")
_GROUPED = re.compile(r"^[-−–]?\d{1,3}([ \u00a0\u202f]\d{3})+([.,]\d+)?$")
_PLAIN = re.compile(r"^[-−–]?\d+([.,]\d+)?$")
# "12,5 a)", "12,5*": a footnote's sign behind the number.
_FOOTNOTED = re.compile(r"^(?P<number>.*\d)\s*(?P<sign>[*†]{1,3}|[a-z]\)|\([a-z]\))$")
_LONGEST = 40


class FigureState(StrEnum):
    """What a cell says: a number, or why there is none."""

    VALUE = "value"
    BELOW_UNIT = "below_unit"
    DID_NOT_OCCUR = "did_not_occur"
    NO_INFORMATION = "no_information"
    NOT_APPLICABLE = "not_applicable"
    CONFIDENTIAL = "confidential"
    BLANK = "blank"


_SIGNS = {
    ".": FigureState.NO_INFORMATION,
    ":": FigureState.NO_INFORMATION,
    "x": FigureState.NOT_APPLICABLE,
    "-": FigureState.DID_NOT_OCCUR,
    "−": FigureState.DID_NOT_OCCUR,
    "–": FigureState.DID_NOT_OCCUR,
    "—": FigureState.DID_NOT_OCCUR,
    "#": FigureState.CONFIDENTIAL,
    "": FigureState.BLANK,
}

# Words of an attribute, the more particular first.
_ATTRIBUTES = (
    (("tajemnic", "confidential"), FigureState.CONFIDENTIAL),
    (("nie wystapil", "not occur"), FigureState.DID_NOT_OCCUR),
    (("nie dotyczy", "niemozliwe", "niecelowe", "not applicable"), FigureState.NOT_APPLICABLE),
    (("brak informacji", "brak danych", "no information", "not available"), FigureState.NO_INFORMATION),
    (("mniejsza niz", "mniejszych niz", "less than"), FigureState.BELOW_UNIT),
)
_ABSENT = frozenset({FigureState.NO_INFORMATION, FigureState.NOT_APPLICABLE, FigureState.CONFIDENTIAL})


@dataclass(frozen=True, slots=True)
class Variable:
    """What is measured, of an area and a year.

    Attributes:
        source: ``bdl``, ``ozps``, or `SAMPLE` for invented figures, which never stand among real ones.
        name: dimensions as the source names them, joined by ``"; "``.
        unit: as the source names it; ``""`` when it doesn't.
        subject: name of the table or section; ``""`` when the file doesn't say.
        subject_code: BDL's code of the table (``P2137``); ``""`` when the file doesn't say.
        bdl_id: BDL's number of the variable, ``None`` in exports, which don't have it.
        sex, age: dimensions that were understood; ``None`` when the name has none.
    """

    source: str
    name: str
    unit: str = ""
    subject: str = ""
    subject_code: str = ""
    bdl_id: int | None = None
    sex: Sex | None = None
    age: AgeBand | None = None

    @property
    def key(self) -> str:
        """What makes it the same variable in another file: its table, its dimensions and its unit."""
        table = self.subject_code or self.subject
        return " | ".join(fold(part) for part in (table, self.name, self.unit))


@dataclass(frozen=True, slots=True)
class ReadCell:
    """What one cell says.

    Attributes:
        value: decimal digits as written, with a point; ``None`` when there is no number.
        state: whether it is a number, else why not.
        mark: sign of a footnote behind the number.
    """

    value: str | None
    state: FigureState
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A variable's figure of one area and year.

    Attributes:
        teryt: 2, 4 or 7 digits, or `surveys.indicators.areas.COUNTRY`.
        value: as in `ReadCell`.
        attribute: what the source says of the figure beside it; ``""`` when nothing.
    """

    year: int
    teryt: str
    value: str | None
    state: FigureState
    attribute: str = ""

    @property
    def number(self) -> Decimal | None:
        """The exact number; ``None`` for every absence. One below the unit is no number to reckon with either."""
        return Decimal(self.value) if self.value is not None and self.state is FigureState.VALUE else None


@dataclass(frozen=True, slots=True)
class SeriesNote:
    """What a source says of its figures: a footnote, or a break of the series.

    Attributes:
        kind: ``footnote`` or ``break``.
        text: as the source wrote it.
    """

    kind: str
    text: str


def name_variable(  # what a source says of a variable, by name
    source: str,
    dimensions: Sequence[str],
    *,
    unit: str = "",
    subject: str = "",
    subject_code: str = "",
    bdl_id: int | None = None,
) -> Variable:
    """Return a variable by its dimensions, with the sex and the ages that they name."""
    parts = [" ".join(part.split()) for part in dimensions if part.strip()]
    ages = [band for part in parts if (band := read_age_band(part)) is not None]
    sex = read_sex(parts)
    if sex is None and any(says_all(part) for part in parts):
        sex = Sex.ALL
    age = ages[0] if len(ages) == 1 else None
    return Variable(source, "; ".join(parts), unit, subject, subject_code, bdl_id, sex, age)


def read_attribute(text: str) -> FigureState | None:
    """Return what an attribute beside a figure says of its absence, ``None`` when it says something else."""
    bare = text.strip()
    sign = _SIGNS.get(bare.lower())
    if bare and sign is not None:
        return sign
    folded = fold(bare)
    return next((state for words, state in _ATTRIBUTES if any(word in folded for word in words)), None)


def apply_attribute(cell: ReadCell, text: str) -> ReadCell:
    """Return a cell as its attribute has it: what is said to be missing is no number, whatever stands there."""
    state = read_attribute(text)
    zero = cell.value is None or not Decimal(cell.value)
    if state in _ABSENT or (state is FigureState.DID_NOT_OCCUR and zero):
        return ReadCell(None, state, cell.mark)
    if state is FigureState.BELOW_UNIT and cell.value is not None and zero:
        return ReadCell(cell.value, state, cell.mark)
    return cell


def read_figure(text: str, *, zero_is_below_unit: bool = False) -> ReadCell | None:
    """Return what a cell of an official table says, ``None`` when it is neither a number nor a known sign.

    Args:
        text: the cell, with a comma or a point before the decimals, thousands apart by spaces or not.
        zero_is_below_unit: the table's ``0`` means "less than the unit".

    >>> read_figure("1 234,50")
    ReadCell(value='1234.50', state=<FigureState.VALUE: 'value'>, mark='')
    """
    bare = text.strip().strip("\u00a0\u202f")
    sign = _SIGNS.get(bare.lower())
    if sign is not None:
        return ReadCell(None, sign)
    if len(bare) > _LONGEST:
        return None
    mark = ""
    footnoted = _FOOTNOTED.match(bare)
    if footnoted is not None:
        bare, mark = footnoted["number"].strip(), footnoted["sign"]
    if not (_PLAIN.match(bare) or _GROUPED.match(bare)):
        return None
    value = _SPACES.sub("", bare).replace(",", ".").replace("−", "-").replace("–", "-")
    below = zero_is_below_unit and not Decimal(value)
    return ReadCell(value, FigureState.BELOW_UNIT if below else FigureState.VALUE, mark)

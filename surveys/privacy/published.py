"""The one thing that leaves: a table whose every cell has passed the disclosure rules.

Only `surveys.privacy.disclosure` makes a `PublishedTable`; everything that shows or saves figures takes nothing
else. A hidden cell has a state of its own: never 0, never blank, never the same as missing.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from surveys.language.texts import Language
from surveys.model import SampleKind


class State(StrEnum):
    """What happened to a row at the gate."""

    SHOWN = "shown"
    FLAGGED = "flagged"  # few people: shown with a warning
    COUNTS_ONLY = "counts_only"  # too few for percents: counts in words only
    SUPPRESSED = "suppressed"


class Reason(StrEnum):
    """Why a row was hidden. Which of two rows was hidden for the other's sake is never told."""

    FEW_ASKED = "few_asked"  # too few people answered the question, or nobody did
    FEW_CHOSE = "few_chose"  # too few gave this answer, or its figure would give such an answer away


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that figures are made of.

    Attributes:
        name: as the person knows it.
        loaded_on: day it was loaded (ISO).
        row_count: rows of it that count, ``None`` where that would tell how few people answered
            (`surveys.privacy.disclosure.publish_files`).
    """

    name: str
    loaded_on: str
    row_count: int | None


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure comes from: the answer to "skąd ta liczba?".

    Attributes:
        what: what was counted, in words, both languages (``pl``, ``en``).
        question: wording of the question for survey figures, else empty.
        waves: names of the waves, files or partnerships that the figures come from.
        as_of: newest date in the data (ISO), empty when unknown.
        files: what was loaded to make the figures, the earliest first; empty when that is not told.
        rule: name of the disclosure rule applied.
        asked: whom the measurement asked and how, in words, both languages; empty where that is no matter of a survey.
        sampling: how people came into the sample, ``None`` when nobody wrote it down.
        population_count: people there are, ``None`` when unknown.
    """

    what: dict[Language, str]
    question: dict[Language, str] = field(default_factory=dict)
    waves: tuple[str, ...] = ()
    as_of: str = ""
    rule: str = ""
    files: tuple[SourceFile, ...] = ()
    asked: dict[Language, str] = field(default_factory=dict)
    sampling: SampleKind | None = None
    population_count: int | None = None


@dataclass(frozen=True, slots=True)
class PublishedRow:
    """One bar, cell or line of a published table.

    Attributes:
        keys: codes that say what the row is about, in the order of the table's ``dimensions``.
        labels: the same in words, per language.
        value: the figure: a count, or a share 0–1; ``None`` when suppressed or when only the count may be said.
        count: people (or things) behind a share, ``None`` when suppressed or when ``value`` is itself the count.
        base: people asked who gave a valid answer, ``None`` for counts of things or when suppressed.
        low, high: 95 % interval of a share, ``None`` when there is none (a count, a census, suppressed).
        effective_base: effective number of people under a weighted share, ``None`` for other rows.
        decimals: of an official figure, as its source wrote it; 0 for other rows.
        reason: why the row is suppressed, ``None`` when it is not.
    """

    keys: tuple[str, ...]
    labels: dict[Language, tuple[str, ...]]
    value: float | None
    state: State
    count: int | None = None
    base: int | None = None
    low: float | None = None
    high: float | None = None
    reason: Reason | None = None
    effective_base: float | None = None
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class PublishedTable:
    """Figures that may be shown.

    Attributes:
        dimensions: what the rows are broken down by, for example ``("theme", "year")``.
        unit: ``count`` (things), ``people``, ``share``, ``pln``, ``points`` (of a vote), ``weight`` (of a
            problem), ``official`` (figures of official sources, in units that the rows name).
        rows: in the order they should be read.
        source: where the figures come from.
        corrected: intervals are narrower because a large part of a small population was drawn and answered.
        suppressed_count: rows that the rules hid.
    """

    dimensions: tuple[str, ...]
    unit: str
    rows: tuple[PublishedRow, ...]
    source: Source
    corrected: bool = False

    @property
    def suppressed_count(self) -> int:
        """How many rows the rules hid."""
        return sum(row.state is State.SUPPRESSED for row in self.rows)

    @property
    def too_few_asked(self) -> bool:
        """Whether nothing is shown because too few people answered, and for no other reason."""
        return bool(self.rows) and all(row.reason is Reason.FEW_ASKED for row in self.rows)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show at all."""
        return not self.rows

"""What a recogniser says, and what a recogniser is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from etl.readers.raw import RawBook, RawSheet
from etl.recognise.layout import NO_TIMES, ColumnLayout, SetAside, TimeColumns
from surveys.findings import Finding

# At this score and above nobody has to be asked what the file is.
CERTAIN = 0.8


@dataclass(frozen=True, slots=True)
class Recognition:
    """What a book was taken for.

    Attributes:
        source: ``google_forms``, ``partnership_workbook``, ``generic`` …
        score: certainty 0–1.
        reasons: keys of texts that say why.
        kind: ``answers`` (a row per respondent), ``register``, ``questionnaire`` (a form without answers), ``counts``
            (a tally: question, option, count) or ``indicators`` (official figures by area and year).
        sheet: name of the sheet with the answers, ``None`` when the source reads several.
        header_row: 1-based row of the headers, ``None`` when the source has its own layout.
        separator: what stands between ticked options in one cell (``;`` or ``, ``); ``None`` when it isn't known.
        timestamp_column: 0-based column with the moment of submission, ``None`` when there is none.
        response_id_column: 0-based column with the source's own number of each response, ``None`` when it has none.
        times: which columns tell how long people took, as far as the source says.
        first_row: 1-based row of the first respondent, ``None`` for the one below the headers.
        layout: what the source says of its columns; one that it does not name stands for itself.
        set_aside: rows that the source says are no finished answers.
        sheet_kinds: name of another sheet → its kind (see `etl.importing.SheetInspection`), where the source knows it.
        questionnaire: slug and version of the questionnaire that the file says it belongs to; empty when it says none.
        remarks: what there is to say of the file before its answers are read: parts that are not read, for example.
    """

    source: str
    score: float
    reasons: tuple[str, ...]
    kind: str = "answers"
    sheet: str | None = None
    header_row: int | None = None
    separator: str | None = None
    timestamp_column: int | None = None
    response_id_column: int | None = None
    times: TimeColumns = NO_TIMES
    first_row: int | None = None
    layout: tuple[ColumnLayout, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    sheet_kinds: Mapping[str, str] = field(default_factory=dict)
    remarks: tuple[Finding, ...] = ()
    questionnaire: tuple[str, str] = ("", "")


def find_best_sheet(book: RawBook, recognise_sheet: Callable[[RawSheet], Recognition | None]) -> Recognition | None:
    """Return what the best sheet of a book was taken for, a visible one before a hidden one; ``None`` for no sheet."""
    visible_first = sorted(book.sheets, key=lambda sheet: sheet.hidden)
    found = [recognition for sheet in visible_first if (recognition := recognise_sheet(sheet)) is not None]
    return max(found, key=lambda recognition: recognition.score, default=None)


class Recogniser(Protocol):
    """One source's recogniser. A module with this function is one."""

    def recognise(self, book: RawBook) -> Recognition | None:
        """Return what the book is, or ``None`` when it certainly is not of this source."""
        ...

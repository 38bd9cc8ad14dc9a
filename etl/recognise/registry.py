"""All recognisers, asked in turn: the most certain answer wins, the earlier one when two are equally sure."""

from etl.readers.raw import RawBook
from etl.recognise import generic_table, google_forms, partnership_workbook
from etl.recognise.recognition import Recogniser, Recognition
from surveys.findings import FaultError, Finding, Place, Report

# The quickest to be sure stands first; the one that takes any table stands last.
RECOGNISERS: tuple[Recogniser, ...] = (google_forms, partnership_workbook, generic_table)
# Nobody else can be surer than this.
_BEYOND_DOUBT = 0.95


def recognise_book(book: RawBook) -> Recognition:
    """Return what a book is.

    Raises:
        FaultError: nothing in it looks like a table with headers.
    """
    found: list[Recognition] = []
    for recogniser in RECOGNISERS:
        recognition = recogniser.recognise(book)
        if recognition is not None:
            found.append(recognition)
            if recognition.score >= _BEYOND_DOUBT:
                break
    if not found:
        raise FaultError(Report((Finding("SURVEY-HEADER-MISSING", Place(file=book.file_name)),)))
    return max(found, key=lambda recognition: recognition.score)

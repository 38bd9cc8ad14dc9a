"""All recognisers, asked in turn: the most certain answer wins, the earlier one when two are equally sure."""

from etl.readers.raw import RawBook
from etl.recognise import generic_table, google_forms, partnership_workbook
from etl.recognise.recognition import Recogniser, Recognition
from surveys.findings import FaultError, Finding, Place, Report

RECOGNISERS: tuple[Recogniser, ...] = (partnership_workbook, google_forms, generic_table)


def recognise_book(book: RawBook) -> Recognition:
    """Return what a book is.

    Raises:
        FaultError: nothing in it looks like a table with headers.
    """
    found = [recognition for recogniser in RECOGNISERS if (recognition := recogniser.recognise(book)) is not None]
    if not found:
        raise FaultError(Report((Finding("SURVEY-HEADER-MISSING", Place(file=book.file_name)),)))
    return max(found, key=lambda recognition: recognition.score)

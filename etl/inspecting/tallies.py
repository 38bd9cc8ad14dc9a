"""What counts of paper questionnaires are of, and what is missing for shares."""

from collections.abc import Sequence
from dataclasses import replace

from etl.importing import Decisions, Inspection, SheetInspection
from etl.mapping.known_questionnaires import choose_named
from etl.mapping.tally import map_tally
from etl.readers.raw import RawBook
from etl.recognise.recognition import Recognition
from etl.recognise.tally import Tally, find_tally
from surveys.findings import FaultError, Finding, Place, Report
from surveys.model import Questionnaire
from surveys.questionnaires import list_questionnaires


def inspect_tally(
    book: RawBook, recognition: Recognition, known: Sequence[Questionnaire], decisions: Decisions
) -> Inspection:
    """Say which questions were counted, and what is missing for shares."""
    tally = require_tally(book, decisions)
    everything = (*list_questionnaires(), *known)
    named = choose_named(everything, recognition.questionnaire, decisions.questionnaire)
    mapped = map_tally(book.file_name, tally, decisions, named or everything)
    sheets = tuple(
        mapped.sheet
        if sheet is tally.sheet
        else SheetInspection(sheet.name, "ignored" if sheet.row_count else "empty", None, sheet.row_count)
        for sheet in book.sheets
    )
    return Inspection(recognition.source, recognition.score, recognition.reasons, sheets, book.report + mapped.report)


def require_tally(book: RawBook, decisions: Decisions) -> Tally:
    """Return the counts of a book, with the number of questionnaires that a person gave.

    Raises:
        FaultError: ``SURVEY-HEADER-MISSING``.
    """
    tally = find_tally(book)
    if tally is None:
        raise FaultError(Report((Finding("SURVEY-HEADER-MISSING", Place(file=book.file_name)),)))
    return tally if decisions.people is None else replace(tally, people=decisions.people)

"""What a book of answers holds: its questions, column by column, and faults that would stop its loading."""

from collections.abc import Sequence

from etl.importing import Decisions, Inspection, QuestionnaireFit, SheetInspection, WordedDecision
from etl.mapping.survey import map_survey
from etl.readers.raw import RawBook, RawSheet
from etl.recognise.recognition import Recognition
from surveys.findings import FaultError
from surveys.model import Questionnaire
from surveys.questionnaires import list_questionnaires


def inspect_survey(
    book: RawBook,
    recognition: Recognition,
    known: Sequence[Questionnaire],
    decisions: Decisions,
    remembered: Sequence[WordedDecision] = (),
) -> Inspection:
    """Say what a book of answers is; faults that would stop its loading are findings."""
    fit: QuestionnaireFit | None = None
    try:
        mapped = map_survey(book, recognition, decisions, (*list_questionnaires(), *known), remembered)
        answers, report, fit = mapped.sheet, mapped.report, mapped.fit
    except FaultError as fault:
        answers, report = SheetInspection(recognition.sheet or "", "answers", recognition.header_row, 0), fault.report
    sheets = tuple(
        answers if sheet.name == answers.name else _inspect_other(sheet, recognition) for sheet in book.sheets
    )
    report = book.report + recognition.remarks + report
    return Inspection(recognition.source, recognition.score, recognition.reasons, sheets, report, fit)


def _inspect_other(sheet: RawSheet, recognition: Recognition) -> SheetInspection:
    kind = recognition.sheet_kinds.get(sheet.name, "ignored" if sheet.row_count else "empty")
    return SheetInspection(sheet.name, kind, None, sheet.row_count)

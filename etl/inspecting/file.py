"""The way in: read a file, recognise it, and ask the branch of its kind."""

from collections.abc import Sequence

from etl.clean.program_blanks import empty_program_blanks
from etl.importing import Decisions, Incoming, Inspection, WordedDecision
from etl.inspecting.answers import inspect_survey
from etl.inspecting.form import inspect_form
from etl.inspecting.official_figures import inspect_indicators
from etl.inspecting.register import inspect_register
from etl.inspecting.tallies import inspect_tally
from etl.progress import Progress, ignore_progress
from etl.readers.opening import open_book
from etl.readers.raw import RawBook
from etl.recognise.recognition import Recognition
from etl.recognise.registry import recognise_book
from surveys.model import Questionnaire


def inspect_file(
    incoming: Incoming,
    *,
    known_questionnaires: Sequence[Questionnaire] = (),
    decisions: Decisions | None = None,
    remembered: Sequence[WordedDecision] = (),
    progress: Progress = ignore_progress,
) -> Inspection:
    """Say what a file is, without storing anything.

    Args:
        incoming: the file.
        known_questionnaires: beside the shipped ones, questionnaires that the file may be joined to.
        decisions: what a person has decided so far.
        remembered: what was decided before in the partnership; see `etl.survey_import.read_memory`.
        progress: told between the steps.

    Raises:
        FaultError: the file cannot be read, or holds no table.
    """
    book, recognition = read_file(incoming, progress)
    progress("mapping", 0.5)
    if recognition.kind == "register":
        return inspect_register(book, recognition)
    if recognition.kind == "questionnaire":
        return inspect_form(book, recognition)
    if recognition.kind == "indicators":
        return inspect_indicators(book, recognition)
    if recognition.kind == "counts":
        return inspect_tally(book, recognition, known_questionnaires, decisions or Decisions())
    return inspect_survey(book, recognition, known_questionnaires, decisions or Decisions(), remembered)


def read_file(incoming: Incoming, progress: Progress) -> tuple[RawBook, Recognition]:
    """Read a file and say what it is: the first steps of a look and of an import.

    Raises:
        FaultError: it cannot be read, or holds no table.
    """
    progress("reading", 0.02)
    book = empty_program_blanks(open_book(incoming))
    progress("recognising", 0.3)
    return book, recognise_book(book)

"""The branch of the pipeline for counts of paper questionnaires: rehearse, load."""

from collections.abc import Sequence
from dataclasses import replace

from etl.answers import TalliedQuestion
from etl.content_hash import hash_sheets
from etl.importing import Decisions, ImportResult, OptionPreview, QuestionPreview
from etl.inspecting.tallies import require_tally
from etl.mapping.known_questionnaires import choose_named
from etl.mapping.naming import name_wave, slug_of_title, title_of_file
from etl.mapping.tally import map_tally
from etl.progress import Progress
from etl.readers.raw import RawBook
from etl.recognise.recognition import Recognition
from etl.store.engine import Store
from etl.store.moments import Clock
from etl.store.questionnaires import read_questionnaires
from etl.store.scope import Action, Actor
from etl.store.survey_writing import find_earlier_import, require_partnership
from etl.store.tally_writing import require_free_wave, write_tally_batch
from surveys.findings import FaultError, Finding, Place, Report
from surveys.model import Questionnaire, Wave, WaveMode
from surveys.questionnaires import list_questionnaires


def import_tally(  # what an import needs, by name
    book: RawBook,
    recognition: Recognition,
    *,
    store: Store,
    actor: Actor,
    decisions: Decisions,
    known: Sequence[Questionnaire],
    progress: Progress,
    dry_run: bool,
    clock: Clock,
) -> ImportResult:
    """Load counts, or rehearse it.

    Raises:
        ForbiddenError: the actor may not import into the partnership.
        FaultError: there is nowhere to load them to.
    """
    place = Place(book.file_name)
    if decisions.partnership is None:
        raise FaultError(Report((Finding("SURVEY-PARTNERSHIP-MISSING", place),)))
    actor.require(Action.IMPORT, decisions.partnership)
    tally = require_tally(book, decisions)
    name = name_wave(decisions.wave or title_of_file(book.file_name))
    mode = WaveMode.PAPER if decisions.mode is WaveMode.UNKNOWN else decisions.mode
    wave = Wave(
        decisions.partnership,
        slug_of_title(name),
        name,
        questionnaire="",
        version="",
        mode=mode,
        fieldwork=decisions.fieldwork,
    )
    content_hash = hash_sheets([tally.sheet])
    with store.read() as connection:
        partnership_id = require_partnership(connection, decisions.partnership, book.file_name)
        earlier = find_earlier_import(connection, partnership_id, content_hash, book.file_name)
        if earlier is not None:
            batch, said = earlier
            return ImportResult(batch, recognition.source, 0, 0, 0, 0, Report((said,)), already_loaded=True)
        require_free_wave(connection, partnership_id, wave, book.file_name)
        own = read_questionnaires(connection, partnership_id)
    progress("mapping", 0.35)
    everything = (*list_questionnaires(), *known, *own)
    named = choose_named(everything, recognition.questionnaire, decisions.questionnaire)
    mapped = map_tally(book.file_name, tally, decisions, named or everything)
    report = book.report + mapped.report
    preview = tuple(_preview(item) for item in mapped.survey.tallied)
    rehearsed = ImportResult(None, recognition.source, mapped.lines_read, 0, mapped.lines_rejected, 0, report)
    if dry_run or report.stops:
        lines = 0 if report.stops else mapped.lines_read - mapped.lines_rejected
        people = 0 if report.stops else sum(sum(item.counts) for item in mapped.survey.tallied)
        return replace(rehearsed, rows_stored=lines, answers_stored=people, preview=preview if dry_run else ())
    progress("storing", 0.6)
    with store.write() as connection:
        result = write_tally_batch(
            connection,
            actor=actor,
            wave=wave,
            survey=mapped.survey,
            source=recognition.source,
            file_name=book.file_name,
            content_hash=content_hash,
            report=report,
            lines_read=mapped.lines_read,
            lines_rejected=mapped.lines_rejected,
            sheet=tally.sheet.name,
            clock=clock,
        )
    progress("done", 1.0)
    return result


def _preview(item: TalliedQuestion) -> QuestionPreview:
    options = tuple(
        OptionPreview(choice.label_pl or choice.label_en, count, choice.missing is not None)
        for choice, count in zip(item.question.choices, item.counts, strict=True)
    )
    return QuestionPreview(item.question.text_pl, item.question.type, item.base or 0, options)

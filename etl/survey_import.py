"""The branch of the pipeline for answers: rehearse, load."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from etl.answers import QuestionAnswers, count_choices, select_people
from etl.clean.labels import cell_text
from etl.content_hash import hash_sheets
from etl.importing import (
    Decisions,
    ImportResult,
    OptionPreview,
    QuestionPreview,
    WordedDecision,
)
from etl.mapping.mapped_survey import MappedSurvey
from etl.mapping.naming import name_wave, slug_of_title, title_of_file
from etl.mapping.survey import map_survey
from etl.progress import Progress
from etl.readers.raw import RawBook, RawSheet
from etl.recognise.recognition import Recognition
from etl.store.batch_rows import find_wave_of_batch
from etl.store.engine import Store
from etl.store.fieldwork import differs, read_wave_fieldwork
from etl.store.mapping_decisions import read_decisions
from etl.store.moments import Clock
from etl.store.questionnaires import read_questionnaires, read_wave_questionnaire
from etl.store.register_changes import find_partnership
from etl.store.row_plan import plan_rows
from etl.store.scope import Action, Actor
from etl.store.survey_loading import load_survey
from etl.store.survey_writing import find_earlier_import, require_partnership
from surveys.findings import FaultError, Finding, Place, Report
from surveys.model import Questionnaire, QuestionType, Wave
from surveys.questionnaires import list_questionnaires

_SHEETS_NAMED = 8
# Sheets of one survey may have a title more or less above their headers.
_TITLE_ROWS = 3


def import_survey(  # what an import needs, by name
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
    """Load a book of answers, or rehearse it.

    Raises:
        ForbiddenError: the actor may not import into the partnership.
        FaultError: there is nothing to load, or nowhere to.
    """
    place = Place(book.file_name)
    if decisions.partnership is None:
        raise FaultError(Report((Finding("SURVEY-PARTNERSHIP-MISSING", place),)))
    actor.require(Action.IMPORT, decisions.partnership)
    target = _find_target(store, book, recognition, decisions, known)
    if target.earlier is not None:
        batch, said = target.earlier
        return ImportResult(batch, recognition.source, 0, 0, 0, 0, Report((said,)), already_loaded=True)
    progress("mapping", 0.35)
    mapped = map_survey(book, recognition, decisions, target.known, target.remembered)
    report = book.report + recognition.remarks + _remark_other_sheets(book, recognition) + mapped.report
    if target.wave_exists and mapped.survey.joined is None:
        report += (Finding("SURVEY-WAVE-OTHER-QUESTIONNAIRE", place, {"wave": target.wave.name}),)
    if target.fieldwork_kept:
        report += (Finding("SURVEY-FIELDWORK-KEPT", place, {"wave": target.wave.name}),)
    rehearsed = ImportResult(None, recognition.source, mapped.rows_read, 0, mapped.rows_rejected, 0, report)
    if report.stops:
        return replace(rehearsed, preview=_preview(mapped)) if dry_run else rehearsed
    if dry_run:
        return _rehearse_rows(store, mapped, target, rehearsed, decisions, book.file_name)
    progress("storing", 0.45)
    result = load_survey(
        store,
        actor=actor,
        wave=target.wave,
        survey=mapped.survey,
        source=recognition.source,
        file_name=book.file_name,
        content_hash=target.content_hash,
        report=report,
        rows_read=mapped.rows_read,
        rows_rejected=mapped.rows_rejected,
        sheet=recognition.sheet,
        replaces=decisions.replaces,
        keep_both=decisions.keep_both,
        clock=clock,
        progress=lambda share: progress("storing", 0.45 + 0.5 * share),
        lessons=mapped.lessons,
    )
    progress("done", 1.0)
    return result


def _rehearse_rows(  # what a rehearsal looks at
    store: Store,
    mapped: MappedSurvey,
    target: "_Target",
    rehearsed: ImportResult,
    decisions: Decisions,
    file_name: str,
) -> ImportResult:
    """Tell new rows from known ones as loading would."""
    with store.read() as connection:
        plan = plan_rows(
            connection,
            partnership_id=target.partnership_id,
            wave_slug=target.wave.slug,
            survey=mapped.survey,
            source=rehearsed.source,
            file_name=file_name,
            replaces=decisions.replaces,
            keep_both=decisions.keep_both,
        )
    new = select_people(mapped.survey, plan.kept)
    return replace(
        rehearsed,
        report=rehearsed.report + plan.report,
        rows_stored=new.people_count,
        rows_rejected=rehearsed.rows_rejected + plan.rejected_count,
        rows_known=plan.known_count,
        answers_stored=new.answer_count,
        preview=_preview(mapped),
    )


@dataclass(frozen=True, slots=True)
class _Target:
    """Where a file would go: its wave, the questionnaires it may join, the import that brought it before.

    Of a wave that exists: whether it says otherwise of whom it asked than the person does.
    """

    partnership_id: int
    wave: Wave
    wave_exists: bool
    known: tuple[Questionnaire, ...]
    content_hash: str
    earlier: tuple[str, Finding] | None
    remembered: tuple[WordedDecision, ...]
    fieldwork_kept: bool = False


def _find_target(
    store: Store, book: RawBook, recognition: Recognition, decisions: Decisions, known: Sequence[Questionnaire]
) -> _Target:
    partnership = decisions.partnership or ""
    content_hash = hash_sheets(sheet for sheet in book.sheets if sheet.name == recognition.sheet)
    with store.read() as connection:
        partnership_id = require_partnership(connection, partnership, book.file_name)
        replaced = find_wave_of_batch(connection, partnership_id, decisions.replaces) if decisions.replaces else None
        title = decisions.wave or replaced or title_of_file(book.file_name)
        name = name_wave(title)
        wave = Wave(
            partnership,
            slug_of_title(name),
            name,
            questionnaire="",
            version="",
            mode=decisions.mode,
            fieldwork=decisions.fieldwork,
        )
        earlier = find_earlier_import(connection, partnership_id, content_hash, book.file_name)
        remembered = read_decisions(connection, partnership_id)
        asked = read_wave_questionnaire(connection, partnership_id, wave.slug)
        if asked is not None:
            told = read_wave_fieldwork(connection, partnership_id, wave.slug)
            kept = told is not None and differs(decisions.fieldwork, told)
            return _Target(partnership_id, wave, True, (asked,), content_hash, earlier, remembered, kept)  # noqa: FBT003 # a field, in its place
        own = read_questionnaires(connection, partnership_id)
    known_here = (*list_questionnaires(), *known, *own)
    return _Target(partnership_id, wave, False, known_here, content_hash, earlier, remembered)  # noqa: FBT003 # a field, in its place


def _preview(mapped: MappedSurvey) -> tuple[QuestionPreview, ...]:
    return tuple(_preview_question(answers) for answers in mapped.survey.answers)


def _preview_question(answers: QuestionAnswers) -> QuestionPreview:
    question = answers.question
    options: tuple[OptionPreview, ...] = ()
    if question.type not in {QuestionType.NUMBER, QuestionType.DATE, QuestionType.TEXT}:
        counts = count_choices(answers).tolist()
        options = tuple(
            OptionPreview(choice.label_pl or choice.label_en, count, choice.missing is not None)
            for choice, count in zip(question.choices, counts, strict=True)
        )
    text = f"{question.battery} – {question.text_pl}" if question.battery else question.text_pl
    return QuestionPreview(text, question.type, len(answers.find_people_with_valid_answer()), options)


def _remark_other_sheets(book: RawBook, recognition: Recognition) -> tuple[Finding, ...]:
    # What the source knows of has a remark of its own, or is used.
    spoken_of = {recognition.sheet, *recognition.sheet_kinds}
    others = [sheet for sheet in book.sheets if sheet.row_count and sheet.name not in spoken_of]
    alike = [sheet for sheet in others if _has_same_headers(book, sheet, recognition)]
    findings = []
    for code, sheets in (
        ("SURVEY-SHEETS-ALIKE", alike),
        ("SURVEY-SHEETS-IGNORED", [sheet for sheet in others if sheet not in alike]),
    ):
        if sheets:
            names = ", ".join(sheet.name for sheet in sheets[:_SHEETS_NAMED])
            findings.append(Finding(code, Place(book.file_name), {"names": names}))
    return tuple(findings)


def _has_same_headers(book: RawBook, other: RawSheet, recognition: Recognition) -> bool:
    """Whether another sheet asks the same: answers of one survey, a sheet a village, perhaps."""
    sheet = book.sheet(recognition.sheet or "")
    if sheet is None or recognition.header_row is None:
        return False
    headers = [cell_text(value) for value in sheet.row(recognition.header_row)]
    below = range(1, min(other.row_count, recognition.header_row + _TITLE_ROWS))
    return any(headers == [cell_text(value) for value in other.row(row)] for row in below)


def read_memory(
    store: Store, actor: Actor, partnership: str
) -> tuple[tuple[Questionnaire, ...], tuple[WordedDecision, ...]]:
    """Return a partnership's own questionnaires and what was decided there before.

    Nothing for somebody who may not import there, as if there were nothing: looking at a file needs no right.
    """
    if not actor.may(Action.IMPORT, partnership):
        return (), ()
    with store.read() as connection:
        partnership_id = find_partnership(connection, partnership)
        if partnership_id is None:
            return (), ()
        return read_questionnaires(connection, partnership_id), read_decisions(connection, partnership_id)

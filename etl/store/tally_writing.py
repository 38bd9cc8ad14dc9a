"""Counts without respondents into the store, as one batch that can be undone.

They are a wave of their own: answers of people and figures that only sums are known of never add up in one wave.
Undoing the import removes the wave, with all that was made for it (`etl.store.survey_undoing`).
"""

from dataclasses import replace

from sqlalchemy import Connection, select

from etl.answers import SurveyAnswers, TalliedSurvey
from etl.importing import ImportResult
from etl.store import schema as s
from etl.store.audit import Author, record_action
from etl.store.batch_rows import NewBatch, insert_batch
from etl.store.counting import COUNT_COLUMNS, CountRow
from etl.store.engine import insert_rows
from etl.store.moments import Clock, utc_now
from etl.store.questionnaires import Made, StoredQuestionnaire
from etl.store.scope import Action, Actor
from etl.store.survey_undoing import log_made
from etl.store.survey_writing import find_earlier_import, require_partnership, store_questionnaire, store_wave
from surveys.findings import FaultError, Finding, Place, Report
from surveys.model import Wave


def write_tally_batch(  # noqa: PLR0913 # what is known of an import, by name
    connection: Connection,
    *,
    actor: Actor,
    wave: Wave,
    survey: TalliedSurvey,
    source: str,
    file_name: str,
    content_hash: str,
    report: Report,
    lines_read: int,
    lines_rejected: int,
    sheet: str | None = None,
    clock: Clock = utc_now,
) -> ImportResult:
    """Import counts as one batch and one wave.

    Args:
        connection: writing connection; its transaction is the import's.
        actor: needs the right to import into the partnership.
        wave: slug, name, partnership and mode of a wave that is not there yet.
        survey: questionnaire and counts.
        source: what the file was recognised as.
        file_name: as the person knows it.
        content_hash: of the cells that were read.
        report: findings of reading and mapping; errors among them stop the import.
        lines_read: options in the file.
        lines_rejected: those that were left out, each with a finding.
        sheet: name of the sheet with the counts.
        clock: tells when.

    Raises:
        ForbiddenError: the actor may not.
        FaultError: there is no such partnership, or the wave is there already.
    """
    by = Author(actor.name, clock())
    outcome = ImportResult(None, source, lines_read, 0, lines_rejected, 0, report)
    actor.require(Action.IMPORT, wave.partnership)
    partnership_id = require_partnership(connection, wave.partnership, file_name, lock=True)
    earlier = find_earlier_import(connection, partnership_id, content_hash, file_name)
    if earlier is not None:
        uid, said = earlier
        return replace(outcome, batch=uid, report=report + Report((said,)), already_loaded=True)
    if report.stops:
        return outcome
    require_free_wave(connection, partnership_id, wave, file_name)
    nobody = SurveyAnswers(survey.questionnaire, survey.joined, answers=(), source_rows=(), submitted_on=())
    made = Made()
    stored = store_questionnaire(connection, nobody, partnership_id, made)
    wave_id, _ = store_wave(connection, wave, nobody, partnership_id, stored.id, file_name)
    lines, people = lines_read - lines_rejected, sum(sum(item.counts) for item in survey.tallied)
    batch = NewBatch(
        "survey", source, file_name, content_hash, lines_read, lines, lines_rejected, people, wave_id, sheet=sheet
    )
    batch_id, uid = insert_batch(connection, partnership_id, batch, report=report, by=by)
    log_made(connection, batch_id, made)
    rows = _count_rows(survey, stored)
    insert_rows(connection, "choice_count", COUNT_COLUMNS, rows, shared={"wave_id": wave_id})
    facts: dict[str, str | int] = {"batch": uid, "source": source, "wave": wave.slug, "questions": len(survey.tallied)}
    record_action(connection, by, "import_survey", f"partnership:{wave.partnership}", facts)
    return replace(outcome, batch=uid, rows_stored=lines, answers_stored=people)


def require_free_wave(connection: Connection, partnership_id: int, wave: Wave, file_name: str) -> None:
    """Refuse a wave that is there already: counts stand alone.

    Raises:
        FaultError: ``TALLY-WAVE-TAKEN``.
    """
    taken = connection.execute(
        select(s.wave.c.name).where(s.wave.c.partnership_id == partnership_id, s.wave.c.slug == wave.slug)
    ).scalar()
    if taken is not None:
        raise FaultError(Report((Finding("TALLY-WAVE-TAKEN", Place(file_name), {"wave": taken}),)))


def _count_rows(survey: TalliedSurvey, stored: StoredQuestionnaire) -> list[CountRow]:
    """Return rows for the bases (0 where nobody knows it, so that no share is shown) and for the options chosen."""
    rows: list[CountRow] = []
    for item in survey.tallied:
        question_id = stored.questions[item.question.name]
        rows.append((question_id, 0, 0, item.base or 0))
        rows += [
            (question_id, stored.choices[item.question.name, choice.code], 0, count)
            for choice, count in zip(item.question.choices, item.counts, strict=True)
            if count
        ]
    return rows

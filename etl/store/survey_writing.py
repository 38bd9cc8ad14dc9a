"""Answers of a survey into the store as one batch that can be undone.

The same content twice is one import, also when two people press at once: the partnership's row is locked, the
loaded batch is looked for, and a unique index stands behind both.
"""

from collections.abc import Callable
from dataclasses import replace

from sqlalchemy import Connection, func, insert, select, update

from etl.answers import SurveyAnswers, select_people
from etl.importing import ImportResult
from etl.store import schema as s
from etl.store.answer_rows import insert_answers, insert_counts, insert_responses
from etl.store.audit import Author, record_action
from etl.store.batch_rows import (
    NewBatch,
    find_loaded_batch,
    insert_basis,
    insert_batch,
    insert_findings,
    set_batch_state,
)
from etl.store.counting import recount_wave
from etl.store.fieldwork import fieldwork_values
from etl.store.moments import Clock, utc_now
from etl.store.questionnaires import (
    Made,
    StoredQuestionnaire,
    extend_questionnaire,
    find_questionnaire_id,
    insert_questionnaire,
    lock_shipped_questionnaires,
)
from etl.store.register_changes import find_partnership
from etl.store.row_plan import RowPlan, plan_rows
from etl.store.scope import Action, Actor
from etl.store.superseding import choose_standing, let_stand, put_aside, read_kept_rows
from etl.store.survey_undoing import log_made
from etl.store.waiting import STEPS, read_shown, settle_shown
from surveys.findings import FaultError, Finding, Place, Report
from surveys.model import Questionnaire, Wave


def write_survey_batch(  # noqa: PLR0913 # what is known of an import, by name
    connection: Connection,
    *,
    actor: Actor,
    wave: Wave,
    survey: SurveyAnswers,
    source: str,
    file_name: str,
    content_hash: str,
    report: Report,
    rows_read: int,
    rows_rejected: int,
    sheet: str | None = None,
    replaces: str | None = None,
    keep_both: bool = False,
    clock: Clock = utc_now,
    progress: Callable[[float], None] = lambda _share: None,
) -> ImportResult:
    """Import answers as one batch.

    Args:
        connection: writing connection; its transaction is the import's.
        actor: needs the right to import into the partnership.
        wave: slug, name, partnership and mode; made when the partnership has none of this slug. Its other fields
            are found from the answers.
        survey: questionnaire and answers.
        source: what the file was recognised as.
        file_name: as the person knows it.
        content_hash: of the cells that were read.
        report: findings of reading and mapping; errors among them stop the import.
        rows_read: rows of respondents in the file.
        rows_rejected: those that were left out, each with a finding.
        sheet: name of the sheet with the answers.
        replaces: uid of the import of this wave whose place the file takes.
        keep_both: a person decided that the file stands beside an import that looks the same.
        clock: tells when.
        progress: takes the share of answers written; what it raises breaks the import off.

    Raises:
        ForbiddenError: the actor may not.
        FaultError: there is no such partnership, the wave belongs to another questionnaire, or the import to be
            replaced can't be.
    """
    by = Author(actor.name, clock())
    outcome = ImportResult(None, source, rows_read, 0, rows_rejected, 0, report)
    actor.require(Action.IMPORT, wave.partnership)
    partnership_id = require_partnership(connection, wave.partnership, file_name, lock=True)
    earlier = find_earlier_import(connection, partnership_id, content_hash, file_name)
    if earlier is not None:
        uid, said = earlier
        return replace(outcome, batch=uid, report=report + Report((said,)), already_loaded=True)
    if report.stops:
        return outcome
    plan = plan_rows(
        connection,
        partnership_id=partnership_id,
        wave_slug=wave.slug,
        survey=survey,
        source=source,
        file_name=file_name,
        replaces=replaces,
        keep_both=keep_both,
    )
    report += plan.report
    rejected = rows_rejected + plan.rejected_count
    outcome = replace(outcome, report=report, rows_rejected=rejected, rows_known=plan.known_count)
    if report.stops:
        return outcome
    new = select_people(survey, plan.kept)
    made = Made()
    stored = store_questionnaire(connection, new, partnership_id, made)
    wave_id, first_no = store_wave(connection, wave, new, partnership_id, stored.id, file_name)
    batch = NewBatch(
        "survey",
        source,
        file_name,
        content_hash,
        rows_read,
        new.people_count,
        rejected,
        new.answer_count,
        wave_id,
        rows_known=plan.known_count,
        sheet=sheet,
    )
    batch_id, uid = insert_batch(connection, partnership_id, batch, report=report, by=by)
    log_made(connection, batch_id, made)
    shown = read_shown(connection, wave_id)
    _make_room(connection, wave_id, batch_id, plan)
    insert_responses(connection, new, wave_id, batch_id, first_no, plan.marks.select(plan.kept))
    insert_answers(connection, new, stored, wave_id, first_no, progress)
    if first_no == 1:
        insert_counts(connection, new, stored, wave_id)
    else:
        if settle_shown(connection, wave_id, shown):
            waits = Report((Finding("SURVEY-ANSWERS-WAIT", Place(file_name), {"least": STEPS.min_base}),))
            insert_findings(connection, batch_id, waits, first=len(report))
            outcome = replace(outcome, report=report + waits)
        recount_wave(connection, wave_id, [stored.questions[answers.question.name] for answers in new.answers])
    record_action(
        connection,
        by,
        "import_survey",
        f"partnership:{wave.partnership}",
        {
            "batch": uid,
            "source": source,
            "wave": wave.slug,
            "responses": new.people_count,
            "rows_rejected": rejected,
        },
    )
    return replace(outcome, batch=uid, rows_stored=new.people_count, answers_stored=new.answer_count)


def _make_room(connection: Connection, wave_id: int, batch_id: int, plan: RowPlan) -> None:
    """Put the rows aside that the new ones take the place of, and note what the import builds on."""
    insert_basis(connection, batch_id, "known", plan.known)
    insert_basis(connection, batch_id, "changed", {base: len(numbers) for base, numbers in plan.changed.items()})
    if plan.replaced_id is not None:
        insert_basis(connection, batch_id, "replaced", {plan.replaced_id: 0})
        set_batch_state(connection, plan.replaced_id, "replaced")
        let_stand(
            connection, wave_id, [row.response_no for row in choose_standing(read_kept_rows(connection, wave_id))]
        )
    put_aside(connection, wave_id, sorted(number for numbers in plan.changed.values() for number in numbers))


def require_partnership(connection: Connection, slug: str, file_name: str, *, lock: bool = False) -> int:
    """Return the row of the partnership that a file of answers or counts goes to (see `find_partnership`).

    Raises:
        FaultError: ``SURVEY-PARTNERSHIP-UNKNOWN``.
    """
    found = find_partnership(connection, slug, lock=lock)
    if found is None:
        raise FaultError(Report((Finding("SURVEY-PARTNERSHIP-UNKNOWN", Place(file_name), {"slug": slug}),)))
    return found


def find_earlier_import(
    connection: Connection, partnership_id: int, content_hash: str, file_name: str
) -> tuple[str, Finding] | None:
    """Return the batch that loaded this content and the finding that says so, ``None`` when none did."""
    earlier = find_loaded_batch(connection, partnership_id, content_hash)
    if earlier is None:
        return None
    facts = {"batch": earlier.uid, "day": earlier.made_at[:10]}
    return earlier.uid, Finding("IMPORT-ALREADY-LOADED", Place(file_name), facts)


def store_questionnaire(
    connection: Connection, survey: SurveyAnswers, partnership_id: int, made: Made
) -> StoredQuestionnaire:
    """Reuse the known questionnaire, extended by what is new; a shipped one is never changed for one partnership."""
    if survey.joined is None:
        return insert_questionnaire(connection, survey.questionnaire, partnership_id, made)
    if survey.joined.partnership is None:
        lock_shipped_questionnaires(connection)
    found = find_questionnaire_id(connection, survey.joined, partnership_id)
    if survey.joined.partnership is None and _brings_new(survey.questionnaire, survey.joined):
        return insert_questionnaire(connection, survey.questionnaire, partnership_id, made)
    if found is None:
        owner = None if survey.joined.partnership is None else partnership_id
        return insert_questionnaire(connection, survey.questionnaire, owner, made)
    return extend_questionnaire(connection, found, survey.questionnaire, made)


def _brings_new(questionnaire: Questionnaire, known: Questionnaire) -> bool:
    before = {(question.name, choice.code) for question in known.questions for choice in question.choices}
    names = {question.name for question in known.questions}
    return any(
        question.name not in names or any((question.name, choice.code) not in before for choice in question.choices)
        for question in questionnaire.questions
    )


def store_wave(  # a wave's row comes from all of them
    connection: Connection,
    wave: Wave,
    survey: SurveyAnswers,
    partnership_id: int,
    questionnaire_id: int,
    file_name: str,
) -> tuple[int, int]:
    """Return the wave's row and the number of the first new respondent; a diagnosis it names is found by its uid."""
    days = [day for day in survey.submitted_on if day is not None]
    opened, closed = (min(days), max(days)) if days else (None, None)
    row = connection.execute(
        select(s.wave).where(s.wave.c.partnership_id == partnership_id, s.wave.c.slug == wave.slug)
    ).one_or_none()
    if row is None:
        diagnosis = (
            select(s.diagnosis.c.id)
            .where(s.diagnosis.c.partnership_id == partnership_id, s.diagnosis.c.uid == wave.diagnosis)
            .scalar_subquery()
        )
        wave_id = connection.execute(
            insert(s.wave)
            .values(
                partnership_id=partnership_id,
                slug=wave.slug,
                name=wave.name,
                questionnaire_id=questionnaire_id,
                diagnosis_id=diagnosis,
                mode=wave.mode.value,
                opened_on=opened,
                closed_on=closed,
                **fieldwork_values(wave.fieldwork),
            )
            .returning(s.wave.c.id)
        ).scalar_one()
        return wave_id, 1
    if row.questionnaire_id != questionnaire_id:
        finding = Finding("SURVEY-WAVE-OTHER-QUESTIONNAIRE", Place(file_name), {"wave": row.name})
        raise FaultError(Report((finding,)))
    if days:
        known = [*days, *(day for day in (row.opened_on, row.closed_on) if day is not None)]
        connection.execute(
            update(s.wave).where(s.wave.c.id == row.id).values(opened_on=min(known), closed_on=max(known))
        )
    lasts = (
        connection.execute(select(func.max(table.c.response_no)).where(table.c.wave_id == row.id)).scalar() or 0
        for table in (s.response, s.superseded_response)
    )
    return row.id, max(lasts) + 1

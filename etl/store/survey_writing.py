"""Answers of a survey into the store as one batch that can be undone.

The same content twice is one import, also when two people press at once: the partnership's row is locked, the
loaded batch is looked for, and a unique index stands behind both.
"""

from collections.abc import Callable
from dataclasses import replace

from sqlalchemy import Connection, delete, exists, func, insert, select, update

from etl.answers import SurveyAnswers
from etl.importing import ImportResult
from etl.store import schema as s
from etl.store.answer_rows import insert_answers, insert_counts, insert_responses
from etl.store.audit import Author, record_action
from etl.store.batch_rows import NewBatch, find_loaded_batch, insert_batch
from etl.store.counting import recount_wave
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
from etl.store.schema_operations import import_change
from etl.store.scope import Action, Actor
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
        clock: tells when.
        progress: takes the share of answers written; what it raises breaks the import off.

    Raises:
        ForbiddenError: the actor may not.
        FaultError: there is no such partnership, or the wave belongs to another questionnaire.
    """
    by = Author(actor.name, clock())
    outcome = ImportResult(None, source, rows_read, 0, rows_rejected, 0, report)
    actor.require(Action.IMPORT, wave.partnership)
    partnership_id = find_partnership(connection, wave.partnership, lock=True)
    if partnership_id is None:
        raise FaultError(Report((Finding("SURVEY-PARTNERSHIP-UNKNOWN", Place(file_name), {"slug": wave.partnership}),)))
    earlier = find_earlier_import(connection, partnership_id, content_hash, file_name)
    if earlier is not None:
        uid, said = earlier
        return replace(outcome, batch=uid, report=report + Report((said,)), already_loaded=True)
    if report.stops:
        return outcome
    made = Made()
    stored = _store_questionnaire(connection, survey, partnership_id, made)
    wave_id, first_no = _store_wave(connection, wave, survey, partnership_id, stored.id, file_name)
    batch = NewBatch(
        "survey",
        source,
        file_name,
        content_hash,
        rows_read,
        survey.people_count,
        rows_rejected,
        survey.answer_count,
        wave_id,
    )
    batch_id, uid = insert_batch(connection, partnership_id, batch, report=report, by=by)
    _log_made(connection, batch_id, made)
    insert_responses(connection, survey, wave_id, batch_id, first_no)
    insert_answers(connection, survey, stored, wave_id, first_no, progress)
    if first_no == 1:
        insert_counts(connection, survey, stored, wave_id)
    else:
        recount_wave(connection, wave_id, [stored.questions[answers.question.name] for answers in survey.answers])
    record_action(
        connection,
        by,
        "import_survey",
        f"partnership:{wave.partnership}",
        {
            "batch": uid,
            "source": source,
            "wave": wave.slug,
            "responses": survey.people_count,
            "rows_rejected": rows_rejected,
        },
    )
    return replace(outcome, batch=uid, rows_stored=survey.people_count, answers_stored=survey.answer_count)


def find_earlier_import(
    connection: Connection, partnership_id: int, content_hash: str, file_name: str
) -> tuple[str, Finding] | None:
    """Return the batch that loaded this content and the finding that says so, ``None`` when none did."""
    earlier = find_loaded_batch(connection, partnership_id, content_hash)
    if earlier is None:
        return None
    facts = {"batch": earlier.uid, "day": earlier.made_at[:10]}
    return earlier.uid, Finding("IMPORT-ALREADY-LOADED", Place(file_name), facts)


def _store_questionnaire(
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


def _store_wave(  # a wave's row comes from all of them
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
            )
            .returning(s.wave.c.id)
        ).scalar_one()
        return wave_id, 1
    if row.questionnaire_id != questionnaire_id:
        finding = Finding("SURVEY-WAVE-OTHER-QUESTIONNAIRE", Place(file_name), {"wave": row.name})
        raise FaultError(Report((finding,)))
    if days:
        known = [day for day in (row.opened_on, row.closed_on) if day is not None]
        connection.execute(
            update(s.wave)
            .where(s.wave.c.id == row.id)
            .values(opened_on=min(opened, *known), closed_on=max(closed, *known))
        )
    last = connection.execute(select(func.max(s.response.c.response_no)).where(s.response.c.wave_id == row.id)).scalar()
    return row.id, (last or 0) + 1


# ---------------------------------------------------------------- what an import made, and its undoing

_QUESTIONNAIRE, _QUESTION, _CHOICE = "survey_questionnaire", "survey_question", "survey_choice"


def _log_made(connection: Connection, batch_id: int, made: Made) -> None:
    """Keep the row ids of new questionnaires, questions and options beside the batch; they hold no answers."""
    things = [
        *((_QUESTIONNAIRE, row) for row in made.questionnaires),
        *((_QUESTION, row) for row in made.questions),
        *((_CHOICE, row) for row in made.choices),
    ]
    if things:
        connection.execute(
            insert(import_change),
            [
                {"batch_id": batch_id, "position": position, "entity": entity, "uid": str(row)}
                for position, (entity, row) in enumerate(things)
            ],
        )


def undo_survey_batch(connection: Connection, batch_id: int) -> None:
    """Take back the answers of an import, and what it had made that nothing else uses.

    The wave goes when nobody is left in it, a questionnaire when no wave is left of it. The state of the batch
    itself is the caller's to change.

    Args:
        connection: writing connection.
        batch_id: row of the batch.
    """
    wave_ids = list(
        connection.execute(select(s.response.c.wave_id).where(s.response.c.batch_id == batch_id).distinct()).scalars()
    )
    for wave_id in wave_ids:
        mine = select(s.response.c.response_no).where(
            s.response.c.wave_id == wave_id, s.response.c.batch_id == batch_id
        )
        for table in (s.answer, s.open_answer):
            connection.execute(delete(table).where(table.c.wave_id == wave_id, table.c.response_no.in_(mine)))
        connection.execute(delete(s.response).where(s.response.c.wave_id == wave_id, s.response.c.batch_id == batch_id))
        _settle_wave(connection, wave_id)
    _remove_made(connection, batch_id)


def _settle_wave(connection: Connection, wave_id: int) -> None:
    people, opened, closed = connection.execute(
        select(func.count(), func.min(s.response.c.submitted_on), func.max(s.response.c.submitted_on)).where(
            s.response.c.wave_id == wave_id
        )
    ).one()
    if people:
        connection.execute(update(s.wave).where(s.wave.c.id == wave_id).values(opened_on=opened, closed_on=closed))
        recount_wave(connection, wave_id)
    else:
        connection.execute(delete(s.wave).where(s.wave.c.id == wave_id))


def _remove_made(connection: Connection, batch_id: int) -> None:
    made: dict[str, list[int]] = {_QUESTIONNAIRE: [], _QUESTION: [], _CHOICE: []}
    for row in connection.execute(select(import_change).where(import_change.c.batch_id == batch_id)):
        if row.entity in made:
            made[row.entity].append(int(row.uid))
    # Asked question by question within the waves of its questionnaire: that is how answers are laid out.
    of_questionnaire = (
        select(s.wave.c.id)
        .join_from(s.wave, s.question, s.question.c.questionnaire_id == s.wave.c.questionnaire_id)
        .where(s.question.c.id == s.answer.c.question_id)
    )
    used = exists().where(
        s.answer.c.wave_id.in_(of_questionnaire),
        s.answer.c.question_id == s.choice.c.question_id,
        s.answer.c.choice_id == s.choice.c.id,
    )
    connection.execute(delete(s.choice).where(s.choice.c.id.in_(made[_CHOICE]), ~used))
    counted = exists().where(
        s.choice_count.c.question_id == s.question.c.id,
        s.choice_count.c.choice_id == 0,
        s.choice_count.c.people_count > 0,
    )
    connection.execute(delete(s.question).where(s.question.c.id.in_(made[_QUESTION]), ~counted))
    gone = s.choice_count.c.question_id.not_in(select(s.question.c.id))
    connection.execute(delete(s.choice_count).where(s.choice_count.c.question_id.in_(made[_QUESTION]), gone))
    connection.execute(
        delete(s.questionnaire).where(
            s.questionnaire.c.id.in_(made[_QUESTIONNAIRE]),
            s.questionnaire.c.id.not_in(select(s.wave.c.questionnaire_id)),
        )
    )

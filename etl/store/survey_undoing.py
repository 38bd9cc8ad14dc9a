"""Taking back the import of a survey: its rows go, what they took the place of stands again.

Whatever an import made in questionnaires is logged beside it, and goes with it unless something else uses it.
"""

from sqlalchemy import Connection, delete, exists, func, insert, or_, select, update

from etl.store import schema as s
from etl.store.batch_rows import find_loaded_batch, set_batch_state
from etl.store.counting import recount_wave
from etl.store.questionnaires import Made
from etl.store.retention import find_deletion
from etl.store.row_plan import find_builder
from etl.store.schema_operations import import_basis, import_batch, import_change
from etl.store.superseding import delete_responses, has_rows_aside
from etl.store.waiting import read_shown, settle_shown
from surveys.findings import Finding, Place, Report

_QUESTIONNAIRE, _QUESTION, _CHOICE = "survey_questionnaire", "survey_question", "survey_choice"


def log_made(connection: Connection, batch_id: int, made: Made) -> None:
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


def undo_survey_batch(connection: Connection, batch_id: int) -> Report:
    """Take back the answers of an import, and what it had made that nothing else uses.

    What it took the place of stands again. The wave goes when nobody is left in it, a questionnaire when no wave is
    left of it.

    Args:
        connection: writing connection.
        batch_id: row of the batch; its state becomes ``undone``.

    Returns:
        Errors that say why it cannot be undone (nothing was changed then), or nothing.
    """
    batch = connection.execute(select(import_batch).where(import_batch.c.id == batch_id)).one()
    deleted_on = None if batch.wave_id is None else find_deletion(connection, batch.wave_id)
    if deleted_on is not None:
        return Report((Finding("UNDO-ANSWERS-DELETED", Place(batch.file_name), {"day": deleted_on.isoformat()}),))
    replaced = connection.execute(
        select(import_batch)
        .join_from(import_basis, import_batch, import_batch.c.id == import_basis.c.base_id)
        .where(import_basis.c.batch_id == batch_id, import_basis.c.relation == "replaced")
    ).one_or_none()
    later = find_builder(connection, batch_id)
    if later is None and replaced is not None:
        # Its content stands once more since then; brought back it would stand twice.
        later = find_loaded_batch(connection, replaced.partnership_id, replaced.content_hash)
    if later is not None:
        facts = {"later": later.uid, "later_file": later.file_name, "later_day": later.made_at[:10]}
        return Report((Finding("UNDO-LATER-IMPORT", Place(batch.file_name), facts),))
    set_batch_state(connection, batch_id, "undone")
    if replaced is not None:
        set_batch_state(connection, replaced.id, "loaded")
    if batch.wave_id is not None:
        shown = read_shown(connection, batch.wave_id)
        delete_responses(connection, batch.wave_id, batch_id)
        settle_shown(connection, batch.wave_id, shown)
        _settle_wave(connection, batch.wave_id)
    _remove_made(connection, batch_id)
    return Report()


def _settle_wave(connection: Connection, wave_id: int) -> None:
    people, opened, closed = connection.execute(
        select(func.count(), func.min(s.response.c.submitted_on), func.max(s.response.c.submitted_on)).where(
            s.response.c.wave_id == wave_id
        )
    ).one()
    if people:
        connection.execute(update(s.wave).where(s.wave.c.id == wave_id).values(opened_on=opened, closed_on=closed))
    elif not has_rows_aside(connection, wave_id):
        connection.execute(delete(s.wave).where(s.wave.c.id == wave_id))
        return
    recount_wave(connection, wave_id)


def _remove_made(connection: Connection, batch_id: int) -> None:
    made: dict[str, list[int]] = {_QUESTIONNAIRE: [], _QUESTION: [], _CHOICE: []}
    for row in connection.execute(select(import_change).where(import_change.c.batch_id == batch_id)):
        if row.entity in made:
            made[row.entity].append(int(row.uid))
    # Asked question by question within the waves of its questionnaire: that is how answers are laid out.
    of_questionnaire = (
        select(s.wave.c.id)
        .join_from(s.wave, s.question, s.question.c.questionnaire_id == s.wave.c.questionnaire_id)
        .where(s.question.c.id == s.choice.c.question_id)
    )
    used = or_(
        *(
            exists().where(
                table.c.wave_id.in_(of_questionnaire),
                table.c.question_id == s.choice.c.question_id,
                table.c.choice_id == s.choice.c.id,
            )
            for table in (s.answer, s.superseded_answer)
        ),
        # Counts without respondents, of another measurement.
        exists().where(
            s.choice_count.c.question_id == s.choice.c.question_id, s.choice_count.c.choice_id == s.choice.c.id
        ),
    )
    connection.execute(delete(s.choice).where(s.choice.c.id.in_(made[_CHOICE]), ~used))
    counted = exists().where(
        s.choice_count.c.question_id == s.question.c.id,
        s.choice_count.c.people_count > 0,
    )
    of_question = select(s.wave.c.id).where(s.wave.c.questionnaire_id == s.question.c.questionnaire_id)
    aside = or_(
        *(
            exists().where(table.c.wave_id.in_(of_question), table.c.question_id == s.question.c.id)
            for table in (s.superseded_answer, s.superseded_open_answer)
        )
    )
    connection.execute(delete(s.question).where(s.question.c.id.in_(made[_QUESTION]), ~counted, ~aside))
    gone = s.choice_count.c.question_id.not_in(select(s.question.c.id))
    connection.execute(delete(s.choice_count).where(s.choice_count.c.question_id.in_(made[_QUESTION]), gone))
    connection.execute(
        delete(s.questionnaire).where(
            s.questionnaire.c.id.in_(made[_QUESTIONNAIRE]),
            s.questionnaire.c.id.not_in(select(s.wave.c.questionnaire_id)),
        )
    )

"""Loading answers in one transaction, sure of its outcome: a commit that was not answered is looked up."""

from collections.abc import Callable
from dataclasses import replace

from sqlalchemy.exc import DBAPIError

from etl.answers import SurveyAnswers
from etl.importing import ImportResult
from etl.mapping.memory import Lessons
from etl.store.audit import Author
from etl.store.engine import Store
from etl.store.mapping_decisions import keep_lessons
from etl.store.moments import Clock
from etl.store.register_changes import find_partnership
from etl.store.scope import Actor
from etl.store.survey_writing import find_earlier_import, write_survey_batch
from surveys.findings import Finding, Report
from surveys.model import Wave

_NOTHING_LEARNT = Lessons()


def load_survey(  # noqa: PLR0913 # what is known of an import, by name
    store: Store,
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
    sheet: str | None,
    replaces: str | None,
    keep_both: bool,
    clock: Clock,
    progress: Callable[[float], None],
    lessons: Lessons = _NOTHING_LEARNT,
) -> ImportResult:
    """Import answers in a transaction of their own; see `write_survey_batch` for the arguments.

    What a person decided on the file is kept in the same transaction (``lessons``).

    When the database breaks off or somebody else's import of the same content got there first, the store is asked
    what is in it now before anybody is told that it failed.
    """
    try:
        with store.write() as connection:
            result = write_survey_batch(
                connection,
                actor=actor,
                wave=wave,
                survey=survey,
                source=source,
                file_name=file_name,
                content_hash=content_hash,
                report=report,
                rows_read=rows_read,
                rows_rejected=rows_rejected,
                sheet=sheet,
                replaces=replaces,
                keep_both=keep_both,
                clock=clock,
                progress=progress,
            )
            partnership_id = find_partnership(connection, wave.partnership)
            if result.batch is not None and not result.already_loaded and partnership_id is not None:
                by = Author(actor.name, clock())
                keep_lessons(connection, partnership_id, wave.partnership, lessons, file_name=file_name, by=by)
            return result
    except DBAPIError as error:
        earlier = _look_for(store, wave.partnership, content_hash, file_name)
        if earlier is None:
            raise
        batch, said = earlier
        outcome = ImportResult(
            batch, source, rows_read, 0, rows_rejected, 0, report + Report((said,)), already_loaded=True
        )
        return replace(outcome, already_loaded=not error.connection_invalidated)


def _look_for(store: Store, partnership: str, content_hash: str, file_name: str) -> tuple[str, Finding] | None:
    with store.read() as connection:
        partnership_id = find_partnership(connection, partnership)
        if partnership_id is None:
            return None
        return find_earlier_import(connection, partnership_id, content_hash, file_name)

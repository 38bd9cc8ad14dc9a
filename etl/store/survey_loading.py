"""Loading answers in one transaction, sure of its outcome: a commit that was not answered is looked up."""

from collections.abc import Callable
from dataclasses import replace

from sqlalchemy.exc import DBAPIError

from etl.answers import SurveyAnswers
from etl.importing import ImportResult
from etl.store.engine import Store
from etl.store.moments import Clock
from etl.store.register_changes import find_partnership
from etl.store.scope import Actor
from etl.store.survey_writing import find_earlier_import, write_survey_batch
from surveys.findings import Finding, Report
from surveys.model import Wave


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
) -> ImportResult:
    """Import answers in a transaction of their own; see `write_survey_batch` for the arguments.

    When the database breaks off or somebody else's import of the same content got there first, the store is asked
    what is in it now before anybody is told that it failed.
    """
    try:
        with store.write() as connection:
            return write_survey_batch(
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

"""The whole path of a file, on one screen: read → recognise → map → clean → check → rehearse or load.

Each step is a room that may not do the next one's work: `readers` give cells, `recognise` says what they are,
`mapping` and `clean` say what they mean, the store keeps them in one transaction. A look alone (`etl.inspecting`) needs
no store. A new source is a reader or a recogniser; nothing here changes for it.
"""

from collections.abc import Sequence

from etl.importing import Decisions, ImportResult, Incoming
from etl.indicators_import import import_indicators
from etl.inspecting.file import inspect_file, read_file
from etl.inspecting.form import refuse_form
from etl.progress import Progress, ignore_progress
from etl.recognise.registry import settle_source
from etl.register_import import import_register
from etl.store.engine import Store
from etl.store.moments import Clock, utc_now
from etl.store.scope import Actor
from etl.survey_import import import_survey
from etl.tally_import import import_tally
from surveys.model import Questionnaire

__all__ = ["import_file", "inspect_file", "preview_file"]


def import_file(  # everything an import needs, by name
    incoming: Incoming,
    *,
    store: Store,
    actor: Actor,
    decisions: Decisions,
    known_questionnaires: Sequence[Questionnaire] = (),
    progress: Progress = ignore_progress,
    dry_run: bool = False,
    clock: Clock = utc_now,
) -> ImportResult:
    """Load a file, or rehearse loading it.

    Args:
        incoming: the file.
        store: open store.
        actor: whoever loads it; needs the right to import into the partnership.
        decisions: partnership, wave and everything else a person decided. For answers ``questionnaire=""`` asks for
            a new questionnaire, ``None`` for the known one that fits.
        known_questionnaires: beside the stored and the shipped ones, questionnaires that the file may be joined to.
        progress: told between the steps; what it raises breaks the import off and leaves nothing behind.
        dry_run: do everything but store; the result then has no batch, but counts and a preview.
        clock: tells when.

    Returns:
        What it came to. Errors in its report mean that nothing was stored.

    Raises:
        FaultError: the file cannot be read, holds no table, has no place to go, or nobody said what it is while
            that is not certain.
        ForbiddenError: the actor may not.
    """
    book, found = read_file(incoming, progress)
    recognition = settle_source(book, found, decisions.source)
    if recognition.kind == "register":
        return import_register(
            book,
            recognition,
            store=store,
            actor=actor,
            decisions=decisions,
            progress=progress,
            dry_run=dry_run,
            clock=clock,
        )
    if recognition.kind == "questionnaire":
        raise refuse_form(book, recognition)
    if recognition.kind == "indicators":
        return import_indicators(
            book,
            recognition,
            store=store,
            actor=actor,
            decisions=decisions,
            progress=progress,
            dry_run=dry_run,
            clock=clock,
        )
    if recognition.kind == "counts":
        return import_tally(
            book,
            recognition,
            store=store,
            actor=actor,
            decisions=decisions,
            known=known_questionnaires,
            progress=progress,
            dry_run=dry_run,
            clock=clock,
        )
    return import_survey(
        book,
        recognition,
        store=store,
        actor=actor,
        decisions=decisions,
        known=known_questionnaires,
        progress=progress,
        dry_run=dry_run,
        clock=clock,
    )


def preview_file(
    incoming: Incoming,
    *,
    store: Store,
    actor: Actor,
    decisions: Decisions,
    known_questionnaires: Sequence[Questionnaire] = (),
    progress: Progress = ignore_progress,
) -> ImportResult:
    """Rehearse loading a file: `import_file` without storing, with a preview of what each question would show."""
    return import_file(
        incoming,
        store=store,
        actor=actor,
        decisions=decisions,
        known_questionnaires=known_questionnaires,
        progress=progress,
        dry_run=True,
    )

"""Changing a draft that others may change too: whoever saves says which draft they changed."""

from datetime import datetime

from sqlalchemy import Connection

from etl.store.form_steps import Side, Step, find_step, keep_step, take_step
from etl.store.forms import FormState, StoredForm, find_form_id, read_form, save_draft
from etl.store.register_changes import find_partnership
from etl.store.scope import Action, Actor
from surveys.findings import FaultError, Finding, Place, Report
from surveys.model import Form
from surveys.model.form_codec import decode_form, encode_form


def change_draft(connection: Connection, actor: Actor, partnership: str, seen: Form, form: Form, now: datetime) -> None:
    """Put a changed form in the place of the draft that was seen.

    Args:
        connection: writing connection.
        actor: needs the right to write questionnaires there.
        partnership: slug.
        seen: the draft as the person saw it when they changed it.
        form: the draft as they want it; of the same name and version.
        now: this moment.

    Raises:
        ForbiddenError: the actor may not, or there is no such draft.
        FaultError: ``FORM-CHANGED-MEANWHILE``, somebody else saved another one in between; ``FORM-PUBLISHED``.
    """
    actor.require(Action.COLLECT, partnership)
    find_partnership(connection, partnership, lock=True)  # two who save at once come one after the other
    stored = read_form(connection, actor, partnership, seen.form_id, seen.version)
    if stored.state is FormState.DRAFT and stored.form != seen:
        raise FaultError(Report((Finding("FORM-CHANGED-MEANWHILE", Place()),)))
    save_draft(connection, actor, partnership, form, now)
    if form != seen:
        which = find_form_id(connection, partnership, form.form_id, form.version)
        keep_step(connection, actor, which, encode_form(seen), now)


def step_draft(
    connection: Connection, actor: Actor, partnership: str, seen: Form, side: Side, now: datetime
) -> Form | None:
    """Take the last change of a draft back, or make one again that was taken back; return the draft after that.

    Args:
        connection: writing connection.
        actor: needs the right to write questionnaires there.
        partnership: slug.
        seen: the draft as the person saw it.
        side: `Side.EARLIER` to take back, `Side.LATER` to make again.
        now: this moment.

    Returns:
        ``None`` when there is no such step, and nothing changed.

    Raises:
        ForbiddenError: the actor may not, or there is no such draft.
        FaultError: ``FORM-CHANGED-MEANWHILE``; ``FORM-PUBLISHED``.
    """
    actor.require(Action.COLLECT, partnership)
    find_partnership(connection, partnership, lock=True)
    stored = read_form(connection, actor, partnership, seen.form_id, seen.version)
    if stored.state is FormState.DRAFT and stored.form != seen:
        raise FaultError(Report((Finding("FORM-CHANGED-MEANWHILE", Place()),)))
    which = find_form_id(connection, partnership, seen.form_id, seen.version)
    text = take_step(connection, which, side, encode_form(seen))
    if text is None:
        return None
    form = decode_form(text)
    save_draft(connection, actor, partnership, form, now)
    return form


def find_steps(
    connection: Connection, actor: Actor, partnership: str, form_id: str, version: str
) -> tuple[Step | None, Step | None]:
    """Return the change of a draft that can be taken back, and the one that can be made again.

    Raises:
        ForbiddenError: the actor may not change it.
    """
    actor.require(Action.COLLECT, partnership)
    which = find_form_id(connection, partnership, form_id, version)
    return find_step(connection, which, Side.EARLIER), find_step(connection, which, Side.LATER)


def add_draft(connection: Connection, actor: Actor, partnership: str, form: Form, now: datetime) -> None:
    """Keep a new draft; one of its name and version must not be there.

    Raises:
        ForbiddenError: the actor may not.
        FaultError: ``FORM-NAME-TAKEN``.
    """
    actor.require(Action.COLLECT, partnership)
    find_partnership(connection, partnership, lock=True)
    if find_form(connection, actor, partnership, form.form_id, form.version) is not None:
        raise FaultError(Report((Finding("FORM-NAME-TAKEN", Place()),)))
    save_draft(connection, actor, partnership, form, now)


def find_form(connection: Connection, actor: Actor, partnership: str, form_id: str, version: str) -> StoredForm | None:
    """Return one version of an own form, ``None`` when there is none or the actor may not see it."""
    try:
        return read_form(connection, actor, partnership, form_id, version)
    except PermissionError:
        return None

"""A partnership's own questionnaires as forms: drafts that change, versions that were published and never do.

A published version has its questions in the store beside those met in files, so that answers can come to it by any
way. Coordinators write; whoever may see the partnership reads.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, Row, Select, delete, insert, select, update

from etl.store.audit import Author, record_action
from etl.store.form_steps import forget_steps
from etl.store.questionnaires import insert_questions
from etl.store.register_changes import find_partnership
from etl.store.schema import partnership as partnership_table
from etl.store.schema import questionnaire as table
from etl.store.scope import Action, Actor, ForbiddenError
from surveys.findings import FaultError, Finding, Place, Report
from surveys.model import Questionnaire
from surveys.model.form import Form
from surveys.model.form_codec import decode_form, encode_form


class FormState(StrEnum):
    """Whether a form may still change."""

    DRAFT = "draft"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class StoredForm:
    """A version of a partnership's own form.

    Attributes:
        partnership: slug of the owner.
        form: what it says; its ``form_id`` and ``version`` name it.
    """

    partnership: str
    form: Form
    state: FormState


def save_draft(connection: Connection, actor: Actor, partnership: str, form: Form, now: datetime) -> None:
    """Keep a form as a draft; a draft of the same name and version gives way.

    Raises:
        ForbiddenError: the actor may not write questionnaires there.
        FaultError: ``FORM-PUBLISHED``, the version was published and cannot change.
    """
    partnership_id = _require_writer(connection, actor, partnership)
    known = connection.execute(_which(partnership, form.form_id, form.version)).one_or_none()
    if known is not None and known.form_state != FormState.DRAFT:
        raise _refuse("FORM-PUBLISHED", form.form_id, form.version)
    values = {
        "title_pl": form.titles.get("pl", form.form_id),
        "title_en": form.titles.get("en", ""),
        "form": encode_form(form),
        "form_state": FormState.DRAFT.value,
    }
    if known is None:
        named = {"slug": form.form_id, "version": form.version, "partnership_id": partnership_id}
        connection.execute(insert(table).values(**named, **values))
    else:
        connection.execute(update(table).where(table.c.id == known.id).values(**values))
    _record(connection, actor, now, "save_form", partnership, form)


def publish_form(
    connection: Connection, actor: Actor, partnership: str, form: Form, questionnaire: Questionnaire, now: datetime
) -> None:
    """Publish a draft: its questions are written, and from now on it cannot change.

    Args:
        connection: writing connection.
        actor: needs the right to write questionnaires there.
        partnership: slug.
        form: the draft as it was read (`read_form`).
        questionnaire: what its answers mean.
        now: this moment.

    Raises:
        ForbiddenError: the actor may not.
        FaultError: ``FORM-PUBLISHED``, it is published already; ``FORM-CHANGED``, it is not the draft that is kept.
    """
    _require_writer(connection, actor, partnership)
    known = connection.execute(_which(partnership, form.form_id, form.version)).one_or_none()
    if known is not None and known.form_state == FormState.PUBLISHED:
        raise _refuse("FORM-PUBLISHED", form.form_id, form.version)
    if known is None or known.form != encode_form(form):
        raise _refuse("FORM-CHANGED", form.form_id, form.version)
    connection.execute(update(table).where(table.c.id == known.id).values(form_state=FormState.PUBLISHED.value))
    insert_questions(connection, known.id, questionnaire)
    forget_steps(connection, known.id)
    _record(connection, actor, now, "publish_form", partnership, form)


def delete_draft(
    connection: Connection, actor: Actor, partnership: str, form_id: str, version: str, now: datetime
) -> None:
    """Delete a draft.

    Raises:
        ForbiddenError: the actor may not, or there is none.
        FaultError: ``FORM-PUBLISHED``.
    """
    _require_writer(connection, actor, partnership)
    found = read_form(connection, actor, partnership, form_id, version)
    if found.state is FormState.PUBLISHED:
        raise _refuse("FORM-PUBLISHED", form_id, version)
    mine = select(_which(partnership, form_id, version).subquery().c.id)
    connection.execute(delete(table).where(table.c.id.in_(mine)))
    _record(connection, actor, now, "delete_form", partnership, found.form)


def list_forms(connection: Connection, actor: Actor, partnership: str) -> tuple[StoredForm, ...]:
    """Return a partnership's own forms, the newest first.

    Raises:
        ForbiddenError: the actor may not see the partnership.
    """
    require_reader(connection, actor, partnership)
    rows = connection.execute(_own(partnership).order_by(table.c.id.desc()))
    return tuple(_stored(row, partnership) for row in rows)


def read_form(connection: Connection, actor: Actor, partnership: str, form_id: str, version: str) -> StoredForm:
    """Return one version of an own form.

    Raises:
        ForbiddenError: the actor may not see the partnership, or it has no such form.
    """
    require_reader(connection, actor, partnership)
    row = connection.execute(_which(partnership, form_id, version)).one_or_none()
    if row is None or row.form is None:
        raise ForbiddenError("no such form for this actor")
    return _stored(row, partnership)


def find_form_id(connection: Connection, partnership: str, form_id: str, version: str) -> int:
    """Return the row number of one version of an own form.

    Raises:
        ForbiddenError: there is none. Rights are the caller's to ask.
    """
    row = connection.execute(_which(partnership, form_id, version)).one_or_none()
    if row is None:
        raise ForbiddenError("no such form for this actor")
    return int(row.id)


def require_reader(connection: Connection, actor: Actor, partnership: str) -> None:
    """Raise `ForbiddenError` unless the actor may see the partnership; the same when there is none."""
    sample = connection.execute(
        select(partnership_table.c.sample).where(partnership_table.c.slug == partnership)
    ).scalar()
    if sample is None or not (
        actor.may(Action.SEE_PARTNERSHIP, partnership) or (sample and actor.may(Action.SEE_SAMPLE))
    ):
        raise ForbiddenError("no such partnership for this actor")


def _require_writer(connection: Connection, actor: Actor, partnership: str) -> int:
    actor.require(Action.COLLECT, partnership)
    found = find_partnership(connection, partnership, lock=True)
    if found is None:
        raise ForbiddenError("no such partnership for this actor")
    return found


def _own(partnership: str) -> Select[tuple[object, ...]]:
    owner = select(partnership_table.c.id).where(partnership_table.c.slug == partnership).scalar_subquery()
    return select(table).where(table.c.partnership_id == owner, table.c.form.is_not(None))


def _which(partnership: str, form_id: str, version: str) -> Select[tuple[object, ...]]:
    """A version of a partnership; also one that was met in a file only, whose name is taken."""
    owner = select(partnership_table.c.id).where(partnership_table.c.slug == partnership).scalar_subquery()
    return select(table).where(table.c.partnership_id == owner, table.c.slug == form_id, table.c.version == version)


def _stored(row: Row[tuple[object, ...]], partnership: str) -> StoredForm:
    return StoredForm(partnership, decode_form(row.form), FormState(row.form_state))


def _refuse(code: str, form_id: str, version: str) -> FaultError:
    return FaultError(Report((Finding(code, Place(), {"form": form_id, "version": version}),)))


def _record(connection: Connection, actor: Actor, now: datetime, action: str, partnership: str, form: Form) -> None:
    facts = {"form": form.form_id, "version": form.version}
    record_action(connection, Author(actor.name, now), action, f"partnership:{partnership}", facts)

"""Links to web forms as coordinators keep them: prepared, opened, closed, opened again.

No real survey is published without what people have to be told of their data: controller, contact, legal basis,
purpose and the day until which single answers are kept. While a link is open its measurement is not shown on pages:
whoever watched figures before and after a neighbour answered would read their answers.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Connection, Row, delete, exists, func, insert, select, update

from etl.answers import SurveyAnswers
from etl.mapping.naming import name_wave, slug_of_title
from etl.store import schema as s
from etl.store.audit import Author, record_action
from etl.store.collection_closing import close_links, close_overdue
from etl.store.collection_codes import insert_codes
from etl.store.collection_drafts import delete_old_drafts
from etl.store.collection_rows import (
    Access,
    Collection,
    CollectionState,
    Notice,
    count_codes,
    make_collection,
    question,
    read_form_text,
)
from etl.store.fieldwork import fieldwork_values, require_possible
from etl.store.forms import require_reader
from etl.store.moments import write_moment
from etl.store.questionnaires import Made
from etl.store.register_changes import find_partnership
from etl.store.schema_collections import collection as table
from etl.store.scope import Action, Actor, ForbiddenError
from etl.store.survey_writing import store_questionnaire, store_wave
from etl.store.waiting import find_last_shown
from surveys.analysis.sampling import usual_fieldwork
from surveys.filling import Layout, make_fillable
from surveys.findings import FaultError, Finding, Place, Report
from surveys.model import Fieldwork, Wave, WaveMode
from surveys.model.form import Form
from surveys.model.form_codec import decode_form, encode_form
from surveys.questionnaires.filling_lists import lists_to_fill

MOST_CODES = 5000
_TOKEN_BYTES = 16
_SHORT_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
_SHORT_LENGTH = 8


@dataclass(frozen=True, slots=True)
class NewCollection:
    """What a coordinator wants of a link.

    Attributes:
        partnership: slug.
        name: of the measurement.
        form: as people will see it.
        own_form: it is the partnership's own, not one that comes with the program.
        kiosk: a tablet may be used, on which one person after another answers.
        fieldwork: whom it will ask; ``None`` for those whom the questionnaire is usually put to.
    """

    partnership: str
    name: str
    form: Form
    opens_on: date
    closes_on: date
    own_form: bool = False
    access: Access = Access.OPEN
    layout: Layout = Layout.GROUPS
    quota: int | None = None
    kiosk: bool = False
    notice: Notice = field(default_factory=Notice)
    fieldwork: Fieldwork | None = None


def make_addresses(*, kiosk: bool = False) -> dict[str, object]:
    """Return what stands in a link's addresses, by column: the public one, the short one, that of a tablet."""
    return {
        "token": secrets.token_urlsafe(_TOKEN_BYTES),
        "short_token": "".join(secrets.choice(_SHORT_ALPHABET) for _ in range(_SHORT_LENGTH)),
        "kiosk_token": secrets.token_urlsafe(_TOKEN_BYTES) if kiosk else None,
    }


def prepare_collection(connection: Connection, actor: Actor, new: NewCollection, now: datetime) -> str:
    """Keep a link that nobody but its partnership sees yet, and return its uid.

    Raises:
        ForbiddenError: the actor may not collect answers there.
        FaultError: ``COLLECTION-NAME-EMPTY``, ``COLLECTION-DAYS``, ``COLLECTION-NAME-TAKEN``, ``COLLECTION-EMPTY``,
            ``COLLECTION-LISTS``; ``FIELDWORK-INVITED``, more are invited than there are.
    """
    actor.require(Action.COLLECT, new.partnership)
    require_possible(new.fieldwork or Fieldwork())
    partnership_id = find_partnership(connection, new.partnership, lock=True)
    if partnership_id is None:
        raise ForbiddenError("no such partnership for this actor")
    name = name_wave(new.name)
    findings = _judge(connection, partnership_id, new, name)
    if findings:
        raise FaultError(Report(tuple(findings)))
    uid = secrets.token_hex(6)
    connection.execute(
        insert(table).values(
            uid=uid,
            partnership_id=partnership_id,
            **make_addresses(kiosk=new.kiosk),
            name=name,
            wave_slug=slug_of_title(name),
            form=encode_form(new.form),
            own_form=new.own_form,
            access=new.access.value,
            layout=new.layout.value,
            opens_on=new.opens_on,
            closes_on=new.closes_on,
            quota=new.quota,
            state=CollectionState.DRAFT.value,
            made_by=actor.name,
            made_at=write_moment(now),
            **_notice_values(new.notice),
            **({} if new.fieldwork is None else fieldwork_values(new.fieldwork)),
        )
    )
    _record(connection, actor, now, "prepare_collection", new.partnership, uid)
    return uid


def change_notice(connection: Connection, actor: Actor, uid: str, notice: Notice, now: datetime) -> None:
    """Change what people will be told of their data, while the link is being prepared.

    Raises:
        ForbiddenError: the actor may not, or there is no such link.
        FaultError: ``COLLECTION-STATE``: people have been told already.
    """
    found = _require(connection, actor, uid, CollectionState.DRAFT)
    connection.execute(update(table).where(table.c.id == found.id).values(**_notice_values(notice)))
    _record(connection, actor, now, "change_notice", found.partnership, uid)


def change_asked(connection: Connection, actor: Actor, uid: str, fieldwork: Fieldwork, now: datetime) -> None:
    """Change whom a link that is being prepared will ask; of one that was open the results page tells it.

    Raises:
        ForbiddenError: the actor may not, or there is no such link.
        FaultError: ``COLLECTION-STATE``; ``FIELDWORK-INVITED``, more are invited than there are.
    """
    found = _require(connection, actor, uid, CollectionState.DRAFT)
    require_possible(fieldwork)
    connection.execute(update(table).where(table.c.id == found.id).values(**fieldwork_values(fieldwork)))
    _record(connection, actor, now, "change_asked", found.partnership, uid)


def open_collection(connection: Connection, actor: Actor, uid: str, now: datetime) -> None:
    """Open a prepared link: from its first day on, people can answer.

    Raises:
        ForbiddenError: the actor may not, or there is no such link.
        FaultError: ``COLLECTION-NOTICE``, the notice lacks something; ``COLLECTION-UNTIL``, the data would go before
            the link closes; ``COLLECTION-NO-CODES``; ``COLLECTION-NAME-TAKEN``; ``COLLECTION-STATE``.
    """
    found = _require(connection, actor, uid, CollectionState.DRAFT)
    findings = list(_judge_notice(found))
    if found.access is Access.CODES and not count_codes(connection, found.id).made:
        findings.append(Finding("COLLECTION-NO-CODES"))
    if findings:
        raise FaultError(Report(tuple(findings)))
    _begin(connection, found)
    connection.execute(
        update(table)
        .where(table.c.id == found.id)
        .values(state=CollectionState.OPEN.value, opened_at=write_moment(now))
    )
    _record(connection, actor, now, "open_collection", found.partnership, uid)


def close_collection(connection: Connection, actor: Actor, uid: str, now: datetime) -> None:
    """Close a link: nobody can answer any more, forms that were begun are deleted, the figures are shown.

    Raises:
        ForbiddenError: the actor may not, or there is no such link.
        FaultError: ``COLLECTION-STATE``, it is not open.
    """
    found = _require(connection, actor, uid, CollectionState.OPEN)
    close_links(connection, table.c.id == found.id, closed_at=write_moment(now))
    delete_old_drafts(connection, now.astimezone().date())
    _record(connection, actor, now, "close_collection", found.partnership, uid)


def reopen_collection(connection: Connection, actor: Actor, uid: str, closes_on: date, now: datetime) -> None:
    """Open a closed link again, or give an open one another last day. After undoing its import it begins anew.

    Raises:
        ForbiddenError: the actor may not, or there is no such link.
        FaultError: ``COLLECTION-STATE``, it was never open; ``COLLECTION-DAYS``, ``COLLECTION-UNTIL``,
            ``COLLECTION-NAME-TAKEN``; ``RETENTION-NO-MORE``, its answers were deleted on their day.
    """
    found = _require(connection, actor, uid, CollectionState.OPEN, CollectionState.CLOSED)
    if found.answers_deleted_on is not None:
        raise FaultError(
            Report((Finding("RETENTION-NO-MORE", Place(), {"day": found.answers_deleted_on.isoformat()}),))
        )
    today = now.astimezone().date()
    if closes_on < max(found.opens_on, today):
        raise FaultError(Report((Finding("COLLECTION-DAYS"),)))
    if found.notice.data_until is not None and found.notice.data_until < closes_on:
        raise FaultError(Report((Finding("COLLECTION-UNTIL"),)))
    if found.state is CollectionState.OPEN and found.closes_on < today:
        close_overdue(connection, today)
        found = _require(connection, actor, uid, CollectionState.CLOSED)
    row = connection.execute(question().where(table.c.id == found.id)).one()
    if found.state is CollectionState.CLOSED and row.wave_id is not None:
        # From here on nothing is shown until the link closes, and then it is known what was shown before.
        through = find_last_shown(connection, row.wave_id)
        connection.execute(update(table).where(table.c.id == found.id).values(shown_through=through))
    if row.wave_id is None or row.batch_state not in {None, "loaded"}:
        _begin(connection, found)
        connection.execute(update(table).where(table.c.id == found.id).values(batch_id=None, answers_count=0))
    connection.execute(
        update(table)
        .where(table.c.id == found.id)
        .values(state=CollectionState.OPEN.value, closes_on=closes_on, closed_at=None)
    )
    _record(connection, actor, now, "reopen_collection", found.partnership, uid)


def delete_collection(connection: Connection, actor: Actor, uid: str, now: datetime) -> None:
    """Delete a link that was never open.

    Raises:
        ForbiddenError: the actor may not, or there is no such link.
        FaultError: ``COLLECTION-STATE``.
    """
    found = _require(connection, actor, uid, CollectionState.DRAFT)
    connection.execute(delete(table).where(table.c.id == found.id))
    _record(connection, actor, now, "delete_collection", found.partnership, uid)


def add_codes(connection: Connection, actor: Actor, uid: str, count: int, now: datetime) -> tuple[str, ...]:
    """Make one-time codes and return them; they can be printed now and never again.

    Raises:
        ForbiddenError: the actor may not, or there is no such link.
        FaultError: ``COLLECTION-CODES-MANY``; ``COLLECTION-STATE``, it is closed or wants no codes.
    """
    found = _require(connection, actor, uid, CollectionState.DRAFT, CollectionState.OPEN)
    if found.access is not Access.CODES:
        raise FaultError(Report((Finding("COLLECTION-STATE"),)))
    if not 1 <= count <= MOST_CODES:
        raise FaultError(Report((Finding("COLLECTION-CODES-MANY", Place(), {"limit": MOST_CODES}),)))
    codes = insert_codes(connection, found.id, found.uid, count)
    facts: dict[str, str | int | None] = {"collection": uid, "count": count}
    record_action(connection, Author(actor.name, now), "make_codes", f"partnership:{found.partnership}", facts)
    return codes


def list_collections(connection: Connection, actor: Actor, partnership_ids: Sequence[int]) -> tuple[Collection, ...]:
    """Return the links of some partnerships, the newest first; those that the actor may not see are left out."""
    rows = connection.execute(
        question().where(table.c.partnership_id.in_(list(partnership_ids))).order_by(table.c.id.desc())
    )
    return tuple(make_collection(row) for row in rows if _may_see(row, actor))


def read_collection(connection: Connection, actor: Actor, uid: str) -> tuple[Collection, Form]:
    """Return a link with its form.

    Raises:
        ForbiddenError: the actor may not see it, or there is none.
    """
    row = connection.execute(question().where(table.c.uid == uid)).one_or_none()
    if row is None:
        raise ForbiddenError("no such link for this actor")
    require_reader(connection, actor, row.partnership)
    return make_collection(row), decode_form(read_form_text(connection, row.id))


def count_answers_by_day(connection: Connection, found: Collection) -> dict[date, int]:
    """Return how many forms came on each day. Whoever shows it passes it through the rules of disclosure."""
    mine = select(table.c.batch_id).where(table.c.id == found.id).scalar_subquery()
    rows = connection.execute(
        select(s.response.c.submitted_on, func.count())
        .where(s.response.c.batch_id == mine, s.response.c.submitted_on.is_not(None))
        .group_by(s.response.c.submitted_on)
        .order_by(s.response.c.submitted_on)
    )
    return {row[0]: row[1] for row in rows}


def _judge(connection: Connection, partnership_id: int, new: NewCollection, name: str) -> list[Finding]:
    findings = []
    if not name:
        findings.append(Finding("COLLECTION-NAME-EMPTY"))
    elif _is_taken(connection, partnership_id, slug_of_title(name)):
        findings.append(Finding("COLLECTION-NAME-TAKEN", Place(), {"name": name}))
    if new.closes_on < new.opens_on:
        findings.append(Finding("COLLECTION-DAYS"))
    if not make_fillable(new.form, new.layout).questions:
        findings.append(Finding("COLLECTION-EMPTY"))
    if lists_to_fill(new.form):
        findings.append(Finding("COLLECTION-LISTS"))
    return findings


def _judge_notice(found: Collection) -> list[Finding]:
    notice = found.notice
    said = {
        "controller": notice.controller,
        "contact": notice.contact,
        "legal_basis": notice.legal_basis,
        "purpose": notice.purpose,
        "data_until": notice.data_until,
    }
    missing = [f"@collecting.notice.{name}" for name, value in said.items() if not value]
    if missing:
        return [Finding("COLLECTION-NOTICE", Place(), {"missing": " ".join(missing)})]
    if notice.data_until is not None and notice.data_until < found.closes_on:
        return [Finding("COLLECTION-UNTIL")]
    return []


def _is_taken(connection: Connection, partnership_id: int, slug: str) -> bool:
    """A measurement that exists already is not collected into: what it shows would stop being shown meanwhile."""
    waves = exists().where(s.wave.c.partnership_id == partnership_id, s.wave.c.slug == slug)
    links = exists().where(table.c.partnership_id == partnership_id, table.c.wave_slug == slug)
    return bool(connection.execute(select(waves | links)).scalar())


def _begin(connection: Connection, found: Collection) -> None:
    """Make the measurement that answers go to, with its questionnaire."""
    form = decode_form(read_form_text(connection, found.id))
    fillable = make_fillable(form, found.layout, found.partnership if found.own_form else None)
    nobody = SurveyAnswers(fillable.questionnaire, fillable.questionnaire, (), (), ())
    partnership_id = find_partnership(connection, found.partnership, lock=True) or 0
    stored = store_questionnaire(connection, nobody, partnership_id, Made())
    wave = Wave(
        found.partnership,
        found.wave,
        found.name,
        form.form_id,
        form.version,
        WaveMode.ONLINE,
        fieldwork=found.fieldwork or usual_fieldwork("" if found.own_form else form.form_id),
    )
    wave_id, _first = store_wave(connection, wave, nobody, partnership_id, stored.id, found.name)
    connection.execute(update(table).where(table.c.id == found.id).values(wave_id=wave_id))


def _require(connection: Connection, actor: Actor, uid: str, *states: CollectionState) -> Collection:
    row = connection.execute(question().where(table.c.uid == uid)).one_or_none()
    if row is None or not actor.may(Action.COLLECT, row.partnership):
        raise ForbiddenError("no such link for this actor")
    find_partnership(connection, row.partnership, lock=True)
    found = make_collection(connection.execute(question().where(table.c.uid == uid)).one())
    if found.state not in states:
        raise FaultError(Report((Finding("COLLECTION-STATE"),)))
    return found


def _may_see(row: Row[tuple[object, ...]], actor: Actor) -> bool:
    return actor.may(Action.SEE_PARTNERSHIP, row.partnership) or (row.sample and actor.may(Action.SEE_SAMPLE))


def _notice_values(notice: Notice) -> dict[str, object]:
    return {
        "controller": notice.controller.strip(),
        "contact": notice.contact.strip(),
        "legal_basis": notice.legal_basis.strip(),
        "purpose": notice.purpose.strip(),
        "data_until": notice.data_until,
        "special_categories": notice.special_categories,
        "notice_pl": notice.texts.get("pl", "").strip(),
        "notice_en": notice.texts.get("en", "").strip(),
    }


def _record(connection: Connection, actor: Actor, now: datetime, action: str, partnership: str, uid: str) -> None:
    facts = {"collection": uid}
    record_action(connection, Author(actor.name, now), action, f"partnership:{partnership}", facts)

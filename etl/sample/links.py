"""Links to web forms among the invented data: one that is closed, and one in which everybody may try the form out."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select, update

from etl.sample.generating import SamplePartnership
from etl.store import schema as s
from etl.store.collection_rows import CollectionState, Notice
from etl.store.collections import NewCollection, open_collection, prepare_collection
from etl.store.moments import write_moment
from etl.store.schema_collections import collection
from etl.store.schema_operations import import_batch
from etl.store.scope import Actor
from surveys.questionnaires import load_form

_TRIAL = "Ankieta pokazowa"
_DAYS_OPEN = 3650


def open_sample_links(connection: Connection, sample: SamplePartnership, actor: Actor, now: datetime) -> None:
    """Give an invented partnership its links; their addresses are as random as real ones."""
    slug = sample.register.partnership.slug
    lead = sample.register.partners[0].name
    today = now.astimezone().date()
    notice = Notice(
        controller=lead,
        contact="dane@partnerstwo.example",
        legal_basis="Art. 6 ust. 1 lit. e RODO (przykład).",
        purpose="Wypróbowanie formularza.",
        data_until=today + timedelta(days=_DAYS_OPEN),
        texts={"pl": "To ankieta na próbę.", "en": "This is a survey to try things out."},
    )
    trial = NewCollection(
        partnership=slug,
        name=_TRIAL,
        form=load_form("residents"),
        opens_on=today,
        closes_on=today + timedelta(days=_DAYS_OPEN),
        kiosk=True,
        notice=notice,
    )
    open_collection(connection, actor, prepare_collection(connection, actor, trial, now), now)
    _close_earlier(connection, sample, actor, notice, now)


def _close_earlier(
    connection: Connection, sample: SamplePartnership, actor: Actor, notice: Notice, now: datetime
) -> None:
    """The last invented measurement, as if it had come by a link."""
    wave = sample.waves[-1].wave
    if wave.opened_on is None or wave.closed_on is None:
        return
    closed = NewCollection(
        partnership=wave.partnership,
        name=f"{wave.name} (link)",
        form=load_form("residents", wave.version),
        opens_on=wave.opened_on,
        closes_on=wave.closed_on,
        notice=notice,
    )
    uid = prepare_collection(connection, actor, closed, now)
    found = connection.execute(
        select(s.wave.c.id, import_batch.c.id.label("batch_id"))
        .join_from(s.wave, import_batch, import_batch.c.wave_id == s.wave.c.id)
        .join(s.partnership, s.partnership.c.id == s.wave.c.partnership_id)
        .where(s.partnership.c.slug == wave.partnership, s.wave.c.slug == wave.slug)
    ).one()
    people = select(func.count()).select_from(s.response).where(s.response.c.wave_id == found.id).scalar_subquery()
    connection.execute(
        update(collection)
        .where(collection.c.uid == uid)
        .values(
            name=wave.name,
            wave_slug=wave.slug,
            wave_id=found.id,
            batch_id=found.batch_id,
            state=CollectionState.CLOSED.value,
            answers_count=people,
            opened_at=write_moment(now),
            closed_at=write_moment(now),
        )
    )

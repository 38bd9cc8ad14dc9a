"""What a collection is, as values, and its rows read back: for coordinators, and for whoever opens its link.

A collection is one link to one form for one measurement. Its state says what a coordinator did; whether answers are
taken today (`Standing`) follows from state, days, quota and whether its import still stands.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from sqlalchemy import Connection, Row, Select, func, or_, select

from etl.store.fieldwork import make_fieldwork
from etl.store.schema import partnership
from etl.store.schema_collections import collection, collection_code, collection_draft
from etl.store.schema_operations import import_batch
from surveys.filling import Layout
from surveys.model import Fieldwork


class CollectionState(StrEnum):
    """What a coordinator did with a collection."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


class Access(StrEnum):
    """Who may answer."""

    OPEN = "open"  # whoever has the link
    CODES = "codes"  # whoever has a code that was not used


class Standing(StrEnum):
    """Whether answers are taken today."""

    TAKING = "taking"
    PREPARED = "prepared"  # not open to anybody
    NOT_YET = "not_yet"
    CLOSED = "closed"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Notice:
    """What people are told about their data before they answer (RODO, art. 13).

    Attributes:
        controller: who is responsible; a partnership has no legal personality and cannot be.
        data_until: day until which single answers are kept; afterwards counts only.
        special_categories: health, beliefs, addictions … are asked about; people agree to that expressly.
        texts: the partnership's own words, by language.
    """

    controller: str = ""
    contact: str = ""
    legal_basis: str = ""
    purpose: str = ""
    data_until: date | None = None
    special_categories: bool = False
    texts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Collection:
    """A collection as it is now.

    Attributes:
        id, uid: row of the store; its name in the program's own addresses.
        partnership: slug; sample: its data are invented.
        token, short_token, kiosk_token: in public addresses; no tablet without the last.
        name: of the measurement; wave: its slug.
        closes_on: the last day.
        answers_count: forms that were stored.
        fieldwork: whom it will ask, ``None`` where nobody was asked about it.
        undone: its import was undone or replaced, so that it takes no more answers.
        answers_deleted_on: day on which its single answers were deleted, ``None`` while they are there.
    """

    id: int
    uid: str
    partnership: str
    partnership_name: str
    sample: bool
    token: str
    short_token: str
    kiosk_token: str | None
    name: str
    wave: str
    own_form: bool
    access: Access
    layout: Layout
    opens_on: date
    closes_on: date
    quota: int | None
    notice: Notice
    state: CollectionState
    answers_count: int
    undone: bool
    answers_deleted_on: date | None = None
    fieldwork: Fieldwork | None = None

    def standing(self, today: date) -> Standing:
        """Return whether answers are taken on a day."""
        if self.state is CollectionState.DRAFT:
            return Standing.PREPARED
        if self.state is CollectionState.CLOSED or self.undone or today > self.closes_on:
            return Standing.CLOSED
        if today < self.opens_on:
            return Standing.NOT_YET
        if self.quota is not None and self.answers_count >= self.quota:
            return Standing.FULL
        return Standing.TAKING


@dataclass(frozen=True, slots=True)
class CodeCounts:
    """How many one-time codes a collection has, and how many were used."""

    made: int = 0
    used: int = 0


def find_by_token(connection: Connection, token: str) -> Collection | None:
    """Return the collection behind a public address; ``None`` for an unknown one and one that is being prepared."""
    tokens = (collection.c.token, collection.c.short_token, collection.c.kiosk_token)
    row = connection.execute(
        question().where(or_(*(column == token for column in tokens)), collection.c.state != CollectionState.DRAFT)
    ).one_or_none()
    return None if row is None else make_collection(row)


def read_form_text(connection: Connection, collection_id: int) -> str:
    """Return the form of a collection as it is kept (`surveys.model.form_codec`)."""
    text: str = connection.execute(select(collection.c.form).where(collection.c.id == collection_id)).scalar_one()
    return text


def count_codes(connection: Connection, collection_id: int) -> CodeCounts:
    """Return how many codes there are."""
    rows = connection.execute(
        select(collection_code.c.used, func.count())
        .where(collection_code.c.collection_id == collection_id)
        .group_by(collection_code.c.used)
    )
    counts = {bool(used): count for used, count in rows}
    return CodeCounts(sum(counts.values()), counts.get(True, 0))


def count_drafts(connection: Connection, collection_id: int) -> int:
    """Return how many forms were begun and not sent."""
    return connection.execute(
        select(func.count()).select_from(collection_draft).where(collection_draft.c.collection_id == collection_id)
    ).scalar_one()


def question() -> Select[tuple[object, ...]]:
    """Return the question for collections, without their forms, which are large."""
    columns = [column for column in collection.c if column.name != "form"]
    return (
        select(
            *columns,
            partnership.c.slug.label("partnership"),
            partnership.c.name.label("partnership_name"),
            partnership.c.sample,
            import_batch.c.state.label("batch_state"),
        )
        .join_from(collection, partnership, partnership.c.id == collection.c.partnership_id)
        .outerjoin(import_batch, import_batch.c.id == collection.c.batch_id)
    )


def make_collection(row: Row[tuple[object, ...]]) -> Collection:
    """Return a row of `question` as a value."""
    return Collection(
        id=row.id,
        uid=row.uid,
        partnership=row.partnership,
        partnership_name=row.partnership_name,
        sample=row.sample,
        token=row.token,
        short_token=row.short_token,
        kiosk_token=row.kiosk_token,
        name=row.name,
        wave=row.wave_slug,
        own_form=row.own_form,
        access=Access(row.access),
        layout=Layout(row.layout),
        opens_on=row.opens_on,
        closes_on=row.closes_on,
        quota=row.quota,
        notice=Notice(
            row.controller,
            row.contact,
            row.legal_basis,
            row.purpose,
            row.data_until,
            row.special_categories,
            {"pl": row.notice_pl, "en": row.notice_en},
        ),
        state=CollectionState(row.state),
        answers_count=row.answers_count,
        undone=row.state == CollectionState.OPEN and (row.wave_id is None or row.batch_state not in {None, "loaded"}),
        answers_deleted_on=row.answers_deleted_on,
        fieldwork=None if row.population_words is None else make_fieldwork(row),
    )

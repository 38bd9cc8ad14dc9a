"""Forms that were begun: sealed with the key of the person's browser, gone after some days and when a link closes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, delete, insert, select

from etl.store.schema_collections import collection, collection_draft, collection_sending
from etl.store.sealing import BrokenSealError, hash_key, seal, unseal

DRAFT_DAYS = 7


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft on its way into the store: nobody can read it without the key."""

    key_hash: str
    content: bytes
    saved_on: date


def make_draft(text: str, key: str, today: date) -> Draft:
    """Seal a draft with the key of the person's browser."""
    return Draft(hash_key(key), seal(text, key), today)


def write_drafts(connection: Connection, collection_id: int, drafts: Sequence[Draft]) -> None:
    """Keep drafts, each in the place of an earlier one of its key; a later one of the same key wins."""
    kept = {draft.key_hash: draft for draft in drafts}
    sent = read_sent_keys(connection, collection_id, kept)
    delete_drafts(connection, kept)
    rows = [
        {
            "key_hash": draft.key_hash,
            "collection_id": collection_id,
            "content": draft.content,
            "saved_on": draft.saved_on,
        }
        for draft in kept.values()
        # Somebody went back after sending: what was sent stays the last word.
        if draft.key_hash not in sent
    ]
    if rows:
        connection.execute(insert(collection_draft), rows)


def read_draft(connection: Connection, collection_id: int, key: str) -> str | None:
    """Return what a browser's draft says, ``None`` when there is none (any more)."""
    content = connection.execute(
        select(collection_draft.c.content).where(
            collection_draft.c.key_hash == hash_key(key), collection_draft.c.collection_id == collection_id
        )
    ).scalar()
    if content is None:
        return None
    try:
        return unseal(content, key)
    except BrokenSealError:
        return None


def delete_drafts(connection: Connection, key_hashes: Iterable[str]) -> None:
    """Delete drafts by the hashes of their keys."""
    connection.execute(delete(collection_draft).where(collection_draft.c.key_hash.in_(sorted(key_hashes))))


def delete_old_drafts(connection: Connection, today: date) -> None:
    """Delete drafts that nobody went on with, and those of links that take no more answers."""
    over = select(collection.c.id).where((collection.c.closes_on < today) | (collection.c.state == "closed"))
    connection.execute(
        delete(collection_draft).where(
            (collection_draft.c.saved_on < today - timedelta(days=DRAFT_DAYS))
            | collection_draft.c.collection_id.in_(over)
        )
    )


def read_sent_keys(connection: Connection, collection_id: int, key_hashes: Iterable[str]) -> set[str]:
    """Return which of some keys a form was sent with."""
    sending = collection_sending.c
    return set(
        connection.execute(
            select(sending.key_hash).where(
                sending.collection_id == collection_id, sending.key_hash.in_(sorted(set(key_hashes)))
            )
        ).scalars()
    )

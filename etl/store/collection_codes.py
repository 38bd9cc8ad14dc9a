"""One-time codes: printed once for the people they are given to, known to the store by their hashes only."""

import hashlib
import secrets
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, insert, select, update

from etl.store.schema_collections import collection_code

_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # 32 signs without 0, O, 1, I: people type them from paper
_GROUP, _GROUPS = 5, 2
CODE_LENGTH = _GROUP * _GROUPS


def insert_codes(connection: Connection, collection_id: int, uid: str, count: int) -> tuple[str, ...]:
    """Make codes and return them, as they are printed; nobody can read them from the store afterwards."""
    made = draw_codes(count)
    # Kept in the order of their hashes, which tells nothing of the order in which they lie on paper.
    hashes = sorted(hash_code(uid, code) for code in made)
    if hashes:
        connection.execute(
            insert(collection_code),
            [{"collection_id": collection_id, "code_hash": one, "used": False} for one in hashes],
        )
    return made


def draw_codes(count: int) -> tuple[str, ...]:
    """Return codes by chance, no two alike, as they are printed."""
    codes: set[str] = set()
    while len(codes) < count:
        codes.add("-".join("".join(secrets.choice(_ALPHABET) for _ in range(_GROUP)) for _ in range(_GROUPS)))
    return tuple(sorted(codes))


def hash_code(uid: str, typed: str) -> str:
    """Return the hash of a code as somebody typed it: small letters, spaces and dashes make no difference.

    Args:
        uid: of the collection (the meeting, the round of voting), so that equal codes of two have nothing in common.
        typed: by a person.
    """
    plain = "".join(sign for sign in typed.upper() if sign in _ALPHABET)[: 4 * CODE_LENGTH]
    return hashlib.sha256(f"{uid}\n{plain}".encode()).hexdigest()


def read_code_uses(connection: Connection, collection_id: int, hashes: Iterable[str]) -> dict[str, bool]:
    """Return which of some codes exist, and whether each was used."""
    rows = connection.execute(
        select(collection_code.c.code_hash, collection_code.c.used).where(
            collection_code.c.collection_id == collection_id, collection_code.c.code_hash.in_(sorted(set(hashes)))
        )
    )
    return {row.code_hash: bool(row.used) for row in rows}


def use_codes(connection: Connection, collection_id: int, hashes: Sequence[str]) -> None:
    """Note that codes were used, in the transaction that stores what was sent with them."""
    if hashes:
        connection.execute(
            update(collection_code)
            .where(collection_code.c.collection_id == collection_id, collection_code.c.code_hash.in_(list(hashes)))
            .values(used=True)
        )

"""How one kind of entity lies in tables, in general: its own row, its ordered child rows, its references.

References travel as uids outside and as ids inside the store. The kinds themselves stand in `register_rows`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import RowMapping, Table

from surveys.model.entity_codec import ENTITY_KINDS

Values = dict[str, Any]
ChildValues = dict[Table, list[Values]]
Rows = Sequence[RowMapping]


class DanglingReferenceError(ValueError):
    """An entity refers to a uid that neither the register nor the store has. Readers check this beforehand."""


class References:
    """Ids of a partnership's entities by kind and uid, and back."""

    def __init__(self) -> None:
        self._ids: dict[str, dict[str, int]] = {kind: {} for kind in ENTITY_KINDS}
        self._uids: dict[str, dict[int, str]] = {kind: {} for kind in ENTITY_KINDS}

    def add(self, kind: str, uid: str, row_id: int) -> None:
        """Make an entity's id known."""
        self._ids[kind][uid] = row_id
        self._uids[kind][row_id] = uid

    def forget(self, kind: str, uid: str) -> int:
        """Take an entity out and return its id."""
        row_id = self._ids[kind].pop(uid)
        del self._uids[kind][row_id]
        return row_id

    def knows(self, kind: str, uid: str) -> bool:
        """Whether the entity has a row."""
        return uid in self._ids[kind]

    def id(self, kind: str, uid: str) -> int:
        """Return the id of an entity.

        Raises:
            DanglingReferenceError: there is none.
        """
        try:
            return self._ids[kind][uid]
        except KeyError:
            raise DanglingReferenceError(f"a reference to a {kind} that is not in the register") from None

    def uid(self, kind: str, row_id: int) -> str:
        """Return the uid of a row."""
        return self._uids[kind][row_id]


@dataclass(frozen=True, slots=True)
class Shape:
    """How one kind of entity lies in tables.

    Attributes:
        row: entity → values of its own row.
        children: entity → rows of every child table, empty lists included.
        build: own row and child rows → entity.
    """

    kind: str
    table: Table
    child_tables: tuple[Table, ...]
    row: Callable[[Any, References], Values]
    children: Callable[[Any, References], ChildValues]
    build: Callable[[RowMapping, Mapping[Table, Rows], References], Any]


def list_codes(table: Table, column: str, values: tuple[str, ...]) -> ChildValues:
    """Return a list of codes as child rows."""
    return {table: [{column: value} for value in values]}


def list_links(table: Table, kind: str, uids: tuple[str, ...], refs: References) -> ChildValues:
    """Return links to other entities as child rows."""
    return {table: [{f"{kind}_id": refs.id(kind, uid)} for uid in uids]}


def read_codes(rows: Rows, column: str) -> tuple[str, ...]:
    """Return the codes of child rows."""
    return tuple(row[column] for row in rows)


def read_links(rows: Rows, kind: str, refs: References) -> tuple[str, ...]:
    """Return the uids that child rows link to."""
    return tuple(refs.uid(kind, row[f"{kind}_id"]) for row in rows)


def find_reference(uid: str | None, kind: str, refs: References) -> int | None:
    """Return the id of a reference that may be missing."""
    return None if uid is None else refs.id(kind, uid)


def read_reference(row_id: int | None, kind: str, refs: References) -> str | None:
    """Return the uid of a reference that may be missing."""
    return None if row_id is None else refs.uid(kind, row_id)

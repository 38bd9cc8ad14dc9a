"""A partnership's whole register out of the store, as one value: a fixed number of queries, whatever its size.

For changes and exports. Pages ask `etl.store.reading`, within the scope of whoever asks; here the caller has asked
for the right already.
"""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, RowMapping, Table, select

from etl.store.register_rows import PARTNERSHIP_SHAPE, SHAPES
from etl.store.register_shape import References, Rows, Shape
from etl.store.schema import partnership
from surveys.model import Register
from surveys.model.entity_codec import register_of


def has_partnerships(connection: Connection) -> bool:
    """Return whether there is any partnership in the store."""
    return connection.execute(select(partnership.c.id).limit(1)).first() is not None


def read_register(connection: Connection, slug: str) -> Register | None:
    """Return the register of a partnership, or ``None`` when there is no such partnership.

    Entities stand in the order in which they first came.
    """
    partnership_id = connection.execute(select(partnership.c.id).where(partnership.c.slug == slug)).scalar()
    return None if partnership_id is None else read_register_by_id(connection, partnership_id)[0]


def read_register_by_id(connection: Connection, partnership_id: int) -> tuple[Register, References]:
    """Return the register of a partnership's row, and the ids of its entities, for this room's own use."""
    references = References()
    entities: dict[str, tuple[Any, ...]] = {}
    for shape in SHAPES:
        owner = shape.table.c.id if shape is PARTNERSHIP_SHAPE else shape.table.c.partnership_id
        rows = (
            connection.execute(select(shape.table).where(owner == partnership_id).order_by(shape.table.c.id))
            .mappings()
            .all()
        )
        children = {table: _read_children(connection, shape, table, partnership_id) for table in shape.child_tables}
        for row in rows:  # all of them first: those of one kind may refer to each other
            references.add(shape.kind, row["slug" if shape is PARTNERSHIP_SHAPE else "uid"], row["id"])
        built = []
        for row in rows:
            own: Mapping[Table, Rows] = {table: found.get(row["id"], ()) for table, found in children.items()}
            built.append(shape.build(row, own, references))
        entities[shape.kind] = tuple(built)
    return register_of(entities), references


def _read_children(
    connection: Connection, shape: Shape, table: Table, partnership_id: int
) -> dict[int, list[RowMapping]]:
    """Rows of a child table by the id of the entity they belong to, in the order they were written."""
    parent = f"{shape.kind}_id"
    question = select(table)
    if shape is PARTNERSHIP_SHAPE:
        question = question.where(table.c[parent] == partnership_id)
    else:
        question = question.join(shape.table, shape.table.c.id == table.c[parent]).where(
            shape.table.c.partnership_id == partnership_id
        )
    found: dict[int, list[RowMapping]] = defaultdict(list)
    # The primary key of every child table is the parent and then, where order matters, the position.
    for row in connection.execute(question.order_by(*table.primary_key.columns)).mappings():
        found[row[parent]].append(row)
    return found

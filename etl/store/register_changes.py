"""What a register would change in the store, and the change itself, entity by entity.

A register is *merged*: entities it does not name stay as they are, because a person's file may hold only a part.
An entity it does name is replaced as a whole. Every change has the entity before and after, so that it can be taken
back.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy import Connection, Table, bindparam, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from etl.store.register_reading import read_register_by_id
from etl.store.register_rows import PARTNERSHIP_SHAPE, SHAPES
from etl.store.register_shape import References, Shape, Values
from etl.store.schema import partnership
from surveys.model import Partnership, Project, Register
from surveys.model.entity_codec import decode_entity, encode_entity, entities_of, uid_of
from surveys.model.register import Entity

# Kind of entity → (added, changed, unchanged).
ChangeCounts = dict[str, tuple[int, int, int]]


@dataclass(frozen=True, slots=True)
class EntityChange:
    """One entity before and after; ``before`` is ``None`` when it is new, ``after`` when it goes."""

    kind: str
    uid: str
    before: Entity | None
    after: Entity | None


@dataclass(frozen=True, slots=True)
class RegisterPlan:
    """What a register would change.

    Attributes:
        changes: in the order in which entities may refer to each other.
        counts: kind → (added, changed, unchanged).
    """

    changes: tuple[EntityChange, ...]
    counts: ChangeCounts
    references: References


def find_partnership(connection: Connection, slug: str, *, lock: bool = False) -> int | None:
    """Return the id of a partnership; ``lock`` makes other writers of the same partnership wait (PostgreSQL)."""
    question = select(partnership.c.id).where(partnership.c.slug == slug)
    return connection.execute(question.with_for_update() if lock else question).scalar()


def make_partnership(connection: Connection, entity: Partnership, moment: str) -> tuple[int, bool]:
    """Return the id of a partnership's row and whether it was made now; two writers at once make one row."""
    build = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    values = PARTNERSHIP_SHAPE.row(entity, References()) | {"made_at": moment, "changed_at": moment}
    unless_there = build(partnership).values(values).on_conflict_do_nothing(index_elements=["slug"])
    made = connection.execute(unless_there.returning(partnership.c.id)).scalar()
    found = made or find_partnership(connection, entity.slug, lock=True)
    if found is None:
        raise LookupError("the partnership was removed while it was being written")
    return found, made is not None


def plan_register(connection: Connection, register: Register, partnership_id: int | None) -> RegisterPlan:
    """Return what a register would change.

    Args:
        connection: reading or writing connection.
        register: what a person brought. Whether it is sample data is the store's to say once it is there.
        partnership_id: row of its partnership, ``None`` when there is none yet.
    """
    references = References()
    known: dict[tuple[str, str], Entity] = {}
    if partnership_id is not None:
        current, references = read_register_by_id(connection, partnership_id)
        known = {(kind, uid_of(entity)): entity for kind, listed in entities_of(current).items() for entity in listed}
        register = replace(register, partnership=replace(register.partnership, sample=current.partnership.sample))
    changes: list[EntityChange] = []
    counts: ChangeCounts = {}
    for kind, listed in entities_of(register).items():
        tally: Counter[str] = Counter()
        for entity in map(_as_stored, listed):
            before = known.get((kind, uid_of(entity)))
            if before == entity:
                tally["unchanged"] += 1
                continue
            tally["added" if before is None else "changed"] += 1
            changes.append(EntityChange(kind, uid_of(entity), before, entity))
        counts[kind] = (tally["added"], tally["changed"], tally["unchanged"])
    return RegisterPlan(tuple(changes), counts, references)


def apply_changes(
    connection: Connection, partnership_id: int, changes: Iterable[EntityChange], references: References, moment: str
) -> None:
    """Write entities as they are after their changes; those without an after are removed.

    Args:
        connection: writing connection, its partnership locked.
        partnership_id: row of the partnership.
        changes: changes of one partnership; the partnership's own row has to be there.
        references: ids of the entities there are; new ones are added.
        moment: when, as the store writes moments.

    Raises:
        DanglingReferenceError: an entity refers to one that is not there.
    """
    by_kind: dict[str, list[EntityChange]] = {}
    for change in changes:
        by_kind.setdefault(change.kind, []).append(change)
    for shape in SHAPES:
        entities = [change.after for change in by_kind.get(shape.kind, ()) if change.after is not None]
        if entities:
            ids = _write_rows(connection, shape, partnership_id, entities, references)
            _write_children(connection, shape, entities, ids, references)
    for shape in reversed(SHAPES):
        gone = [change.uid for change in by_kind.get(shape.kind, ()) if change.after is None]
        if gone and shape is not PARTNERSHIP_SHAPE:
            _clear(connection, shape.table, "id", [references.forget(shape.kind, uid) for uid in gone])
    connection.execute(update(partnership).where(partnership.c.id == partnership_id).values(changed_at=moment))


def _as_stored(entity: Entity) -> Entity:
    """An entity as it will be read back: amounts have two digits, as the log of changes writes them."""
    return decode_entity("project", encode_entity(entity)) if isinstance(entity, Project) else entity


def _write_rows(
    connection: Connection, shape: Shape, partnership_id: int, entities: list[Entity], references: References
) -> dict[str, int]:
    """Insert or update the entities' own rows and return their ids by uid."""
    rows = {uid_of(entity): shape.row(entity, references) for entity in entities}
    table = shape.table
    if shape is PARTNERSHIP_SHAPE:
        connection.execute(update(table).where(table.c.id == partnership_id), list(rows.values()))
        return dict.fromkeys(rows, partnership_id)
    changed = {uid: values for uid, values in rows.items() if references.knows(shape.kind, uid)}
    if changed:
        connection.execute(
            update(table).where(table.c.id == bindparam("row_id")),
            [values | {"row_id": references.id(shape.kind, uid)} for uid, values in changed.items()],
        )
    added = [values | {"partnership_id": partnership_id} for uid, values in rows.items() if uid not in changed]
    if added:
        # Ids in the order of the register: it is the order in which entities are read back.
        made = insert(table).returning(table.c.id, table.c.uid, sort_by_parameter_order=True)
        for row in connection.execute(made, added):
            references.add(shape.kind, row.uid, row.id)
    return {uid: references.id(shape.kind, uid) for uid in rows}


def _write_children(
    connection: Connection, shape: Shape, entities: list[Entity], ids: dict[str, int], references: References
) -> None:
    """Replace the lists of the entities: roles, target groups, links."""
    parent = f"{shape.kind}_id"
    placed: dict[Table, list[Values]] = {table: [] for table in shape.child_tables}
    for entity in entities:
        for table, listed in shape.children(entity, references).items():
            placed[table] += [
                _place(table, values, parent, ids[uid_of(entity)], at) for at, values in enumerate(listed)
            ]
    for table, rows in placed.items():
        _clear(connection, table, parent, ids.values())
        if rows:
            connection.execute(insert(table), rows)


def _place(table: Table, values: Values, parent: str, parent_id: int, position: int) -> Values:
    whole = values | {parent: parent_id}
    return whole | {"position": position} if "position" in table.c else whole


def _clear(connection: Connection, table: Table, column: str, ids: Iterable[int]) -> None:
    connection.execute(
        delete(table).where(table.c[column] == bindparam("row_id")), [{"row_id": row_id} for row_id in ids]
    )

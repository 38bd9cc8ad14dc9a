"""What the store keeps of the thread from a problem to its result: problem trees, and whom and what projects take on.

Shares the metadata of `schema`; the tables belong to the register. Positions keep the order of what was written.
"""

from sqlalchemy import Column, ForeignKey, Integer, SmallInteger, Table, Text, UniqueConstraint

from etl.store.schema import METADATA


def _reference(table: str, name: str | None = None, *, key: bool = False, index: bool = False) -> Column[int]:
    foreign = ForeignKey(f"{table}.id", ondelete="CASCADE")
    return Column(name or f"{table}_id", foreign, primary_key=key, nullable=False, index=index)


def _listed(name: str, owner: str, what: Column[int] | Column[str]) -> Table:
    """A list that belongs to an entity."""
    position = Column("position", SmallInteger, primary_key=True, autoincrement=False)
    return Table(name, METADATA, _reference(owner, key=True), position, what)


# A cause or an effect; in which problems' trees it stands, and what it results from, say the links.
tree_node = Table(
    "tree_node",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("uid", Text, nullable=False),
    _reference("partnership", index=True),
    Column("name", Text, nullable=False),
    Column("kind_code", Text, nullable=False),
    UniqueConstraint("partnership_id", "uid"),
)

tree_node_problem = _listed("tree_node_problem", "tree_node", _reference("problem", index=True))
tree_node_origin = _listed("tree_node_origin", "tree_node", _reference("tree_node", "origin_id", index=True))
project_cause = _listed("project_cause", "project", _reference("tree_node", index=True))
project_target_group = _listed("project_target_group", "project", Column("target_group_code", Text, nullable=False))

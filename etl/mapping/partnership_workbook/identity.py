"""Which entity a row is: by its Id, else by its name (an activity: name and first day), else a new one."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from uuid import uuid4

from etl.mapping.partnership_workbook.rows import Row
from surveys.language.folding import fold
from surveys.model import Activity, Diagnosis, Partner, Problem, Project, Register, TreeNode

Named = Partner | Diagnosis | Problem | TreeNode | Project | Activity
NaturalKey = tuple[str, date | None]

_DUPLICATE_CODES = {
    "diagnoses": "DIAGNOSIS-DUPLICATE",
    "partners": "PARTNER-DUPLICATE",
    "problems": "PROBLEM-DUPLICATE",
    "problem_tree": "TREE-NODE-DUPLICATE",
    "projects": "PROJECT-DUPLICATE",
    "activities": "ACTIVITY-DUPLICATE",
}
_USABLE_ID = re.compile(r"[A-Za-z0-9_-]{1,40}")


def make_uid() -> str:
    """Return a new uid: twelve random hexadecimal digits."""
    return uuid4().hex[:12]


def known_entities(known: Register | None) -> Mapping[str, tuple[Named, ...]]:
    """Return the entities of a register by key of their table."""
    if known is None:
        return dict.fromkeys(_DUPLICATE_CODES, ())
    return {
        "diagnoses": known.diagnoses,
        "partners": known.partners,
        "problems": known.problems,
        "problem_tree": known.tree_nodes,
        "projects": known.projects,
        "activities": known.activities,
    }


def name_key(name: str) -> str:
    """Return the form in which two spellings of a name are one."""
    return fold(name) or name.strip()


def check_duplicates(table: str, rows: Sequence[Row]) -> None:
    """Note rows that name the same thing twice."""
    first_rows: dict[NaturalKey, int] = {}
    for row in rows:
        key = _row_key(row)
        if not key[0]:
            continue
        if key in first_rows:
            row.spot("name").fault(_DUPLICATE_CODES[table], name=row.text("name"), first_row=first_rows[key])
        else:
            first_rows[key] = row.number


def assign_uids(rows: Sequence[Row], known: Iterable[Named], *, has_store: bool, new_uid: Callable[[], str]) -> None:
    """Give every row its uid.

    Args:
        rows: of one table.
        known: entities of that kind that the store has.
        has_store: the partnership is in the store; without it an Id from another installation is simply kept.
        new_uid: makes the uid of a new entity.
    """
    entities = {entity.uid: entity for entity in known}
    by_name = {_entity_key(entity): entity.uid for entity in reversed(entities.values())}
    first_rows: dict[str, int] = {}
    claimed: set[str] = set()
    strangers: list[Row] = []
    for row in rows:
        given = row.text("uid")
        if not given:
            strangers.append(row)
        elif given in first_rows:
            row.spot("uid").fault("ID-TWICE", uid=given, first_row=first_rows[given])
            row.uid = new_uid()
        else:
            first_rows[given] = row.number
            if given in entities or (not has_store and _USABLE_ID.fullmatch(given)):
                row.uid = given
                claimed.add(given)
            else:
                row.spot("uid").fault("ID-UNKNOWN", uid=given)
                strangers.append(row)
    for row in strangers:
        uid = by_name.get(_row_key(row))
        if uid is None or uid in claimed:
            given = row.text("uid")
            uid = given if _USABLE_ID.fullmatch(given) and given not in claimed else new_uid()
        claimed.add(uid)
        row.uid = uid


def _row_key(row: Row) -> NaturalKey:
    name = name_key(row.text("name"))
    return (name, row.day("starts_on")) if row.table.key == "activities" else (name, None)


def _entity_key(entity: Named) -> NaturalKey:
    return (name_key(entity.name), entity.starts_on if isinstance(entity, Activity) else None)

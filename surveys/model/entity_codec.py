"""Entities as JSON and back, exactly: the change log of imports keeps what was there before and after.

Dates are ISO texts, amounts texts with their digits (never a binary fraction), tuples lists, ``None`` null. The text
is canonical (sorted keys, no spaces), so that equal entities have equal texts.
"""

import json
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from surveys.model.partnership import Partner, Partnership
from surveys.model.register import Entity, Register
from surveys.model.work import Activity, Diagnosis, Problem, Project, TreeNode

# Kinds of entities in the order in which they may refer to each other: a later kind refers to earlier ones.
ENTITY_KINDS: dict[str, type[Entity]] = {
    "partnership": Partnership,
    "partner": Partner,
    "diagnosis": Diagnosis,
    "problem": Problem,
    "tree_node": TreeNode,
    "project": Project,
    "activity": Activity,
}


def uid_of(entity: Entity) -> str:
    """Return the uid of an entity; a partnership's is its slug."""
    return entity.slug if isinstance(entity, Partnership) else entity.uid


def entities_of(register: Register) -> dict[str, tuple[Entity, ...]]:
    """Return the entities of a register by kind, in the order of `ENTITY_KINDS`."""
    return {
        "partnership": (register.partnership,),
        "partner": register.partners,
        "diagnosis": register.diagnoses,
        "problem": register.problems,
        "tree_node": register.tree_nodes,
        "project": register.projects,
        "activity": register.activities,
    }


def register_of(entities: dict[str, tuple[Any, ...]]) -> Register:
    """Return the register that `entities_of` took apart."""
    return Register(
        partnership=entities["partnership"][0],
        partners=entities["partner"],
        diagnoses=entities["diagnosis"],
        problems=entities["problem"],
        projects=entities["project"],
        activities=entities["activity"],
        tree_nodes=entities["tree_node"],
    )


def encode_entity(entity: Entity | Register) -> str:
    """Return an entity (or a whole register) as canonical JSON."""
    return json.dumps(_to_plain(entity), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def decode_entity(kind: str, text: str) -> Entity:
    """Return the entity that `encode_entity` wrote.

    Args:
        kind: a key of `ENTITY_KINDS`.
        text: JSON text.

    Raises:
        KeyError: the kind is unknown.
    """
    entity: Entity = _from_plain(ENTITY_KINDS[kind], json.loads(text))
    return entity


def _to_plain(value: object) -> object:
    if is_dataclass(value):
        return {field.name: _to_plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_to_plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    # 10 and 10.00 złoty are equal, so their texts have to be.
    return f"{value:.2f}" if isinstance(value, Decimal) else value


def _from_plain(kind: Any, value: Any) -> Any:
    if get_origin(kind) in {UnionType, Union}:
        if value is None:
            return None
        kind = next(option for option in get_args(kind) if option is not type(None))
    if get_origin(kind) is tuple:
        item_kind = get_args(kind)[0]
        return tuple(_from_plain(item_kind, item) for item in value)
    if is_dataclass(kind) and isinstance(kind, type):
        return kind(**{name: _from_plain(hint, value[name]) for name, hint in _hints(kind).items() if name in value})
    if kind is date:
        return date.fromisoformat(value)
    return Decimal(value) if kind is Decimal else value


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)

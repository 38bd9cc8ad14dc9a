"""A register comes back from JSON and from the store exactly as it went in, whatever a person typed."""

import json
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from etl.store.batches import undo_batch
from etl.store.engine import Store
from etl.store.register_reading import read_register
from etl.store.register_writing import rehearse_register, write_register
from surveys.model import Register
from surveys.model.entity_codec import ENTITY_KINDS, decode_entity, encode_entity, entities_of, register_of
from tests.made.importing import MACHINE, NOW, import_register
from tests.made.registers import registers

_numbers = count(1)


@given(registers())
def test_every_entity_comes_back_from_its_json(register: Register) -> None:
    back = {
        kind: tuple(decode_entity(kind, encode_entity(entity)) for entity in listed)
        for kind, listed in entities_of(register).items()
    }
    assert register_of(back) == register


@given(registers())
def test_equal_entities_have_equal_json(register: Register) -> None:
    for kind, listed in entities_of(register).items():
        for entity in listed:
            text = encode_entity(entity)
            assert encode_entity(decode_entity(kind, text)) == text
            assert json.loads(text) is not None


def test_every_kind_of_entity_has_a_place_in_the_register() -> None:
    assert set(ENTITY_KINDS) == {"partnership", "partner", "diagnosis", "problem", "tree_node", "project", "activity"}


# One database serves all examples: each has a partnership of its own.
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.data())
def test_what_is_written_is_read_and_a_second_time_changes_nothing(store: Store, data: st.DataObject) -> None:
    slug = f"p{next(_numbers)}"
    first, second = data.draw(registers(slug)), data.draw(registers(slug))
    with store.write() as connection:
        write_register(connection, first, None)
        assert read_register(connection, slug) == first
        assert all(
            added == changed == 0 for added, changed, _ in rehearse_register(connection, first, MACHINE).values()
        )
        write_register(connection, second, None)
        merged = read_register(connection, slug)
    assert merged is not None
    for kind, listed in entities_of(second).items():
        found = entities_of(merged)[kind]
        assert set(listed) <= set(found)
        # Uids are numbered, so that the longer of both lists is their union.
        assert len(found) == max(len(listed), len(entities_of(first)[kind]))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(st.data())
def test_undoing_any_import_restores_what_was_there(store: Store, data: st.DataObject) -> None:
    slug = f"p{next(_numbers)}"
    first, second = data.draw(registers(slug)), data.draw(registers(slug))
    made = import_register(store, first, content=f"{slug}-1")
    changed = import_register(store, second, content=f"{slug}-2")
    with store.write() as connection:
        if changed.batch is not None:
            assert undo_codes(connection, made.batch) == ["UNDO-LATER-IMPORT"]
            assert undo_codes(connection, changed.batch) == ["UNDO-DONE"]
        back = read_register(connection, slug)
        assert back is not None
        assert encode_entity(back) == encode_entity(first)
        assert undo_codes(connection, made.batch) == ["UNDO-DONE"]
        assert read_register(connection, slug) is None


def undo_codes(connection: Connection, uid: str | None) -> list[str]:
    return [finding.code for finding in undo_batch(connection, MACHINE, str(uid), NOW)]

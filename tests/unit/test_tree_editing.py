"""Problem trees edited on a page: a batch that can be undone, refused when a circle closes or somebody was faster."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from etl.store.batches import list_batches
from etl.store.register_reading import read_register
from etl.store.register_undoing import undo_register_batch
from etl.store.register_writing import write_register
from etl.store.scope import Actor, ForbiddenError
from etl.store.tree_editing import change_trees
from surveys.findings import FaultError
from surveys.model import TreeNode
from tests.made.registers import make_register

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
ACTOR = Actor("kowalska", machine=True)
SEEN = make_register().tree_nodes
BUS, PASSENGERS, HEALTH = SEEN


@pytest.fixture
def edit(store):
    with store.write() as connection:
        write_register(connection, make_register(), None)

    def change(nodes, seen=SEEN, actor=ACTOR):
        with store.write() as connection:
            return change_trees(connection, actor, "liw", seen, nodes, "Drzewo problemów", NOW)

    return change


def read(store):
    with store.read() as connection:
        return read_register(connection, "liw")


def undo(store, uid):
    with store.write() as connection:
        (batch,) = [one for one in list_batches(connection, ACTOR) if one.uid == uid]
        row = connection.exec_driver_sql(f"SELECT id, partnership_id FROM import_batch WHERE uid = '{uid}'").one()  # noqa: S608 # our own hexadecimal digits
        assert batch.source == "page_edit"
        return undo_register_batch(connection, row.id, row.partnership_id, "2026-06-01T13:00:00Z")


def test_what_is_added_changed_and_removed_is_one_batch_that_can_be_undone(store, edit):
    new = TreeNode("gloom", "Apatia", "effect", ("samotnosc",), ())
    renamed = replace(PASSENGERS, name="Coraz mniej pasażerów")
    uid = edit([renamed, HEALTH, new])  # the bus is gone, and the project took it on
    register = read(store)
    assert register.tree_nodes == (renamed, HEALTH, new)
    assert register.projects[0].causes == ()
    assert not undo(store, uid).stops
    back = read(store)
    assert {node.uid: node for node in back.tree_nodes} == {node.uid: node for node in make_register().tree_nodes}
    assert back.projects == make_register().projects


def test_saving_what_is_there_already_is_no_change(store, edit):
    assert edit(SEEN) is None
    with store.read() as connection:
        assert not list_batches(connection, ACTOR)


def test_a_circle_is_refused_by_the_names_of_its_nodes(store, edit):
    with pytest.raises(FaultError) as refused:
        edit([BUS, replace(PASSENGERS, results_from=("autobus",)), HEALTH])
    (finding,) = refused.value.report
    assert finding.code == "TREE-CYCLE-REFUSED"
    assert "Autobus nie jeździ → Mało pasażerów → Autobus nie jeździ" in finding.message("pl")
    assert read(store) == make_register()


def test_who_saves_second_is_told_and_overwrites_nothing(store, edit):
    edit([BUS, PASSENGERS])
    with pytest.raises(FaultError) as refused:
        edit([replace(BUS, name="Nie ma autobusu"), PASSENGERS, HEALTH])
    assert [finding.code for finding in refused.value.report] == ["TREE-CHANGED-MEANWHILE"]
    assert read(store).tree_nodes == (BUS, PASSENGERS)


def test_a_stranger_changes_nothing(store, edit):
    with pytest.raises(ForbiddenError):
        edit([], actor=Actor.anonymous("somebody"))
    assert read(store) == make_register()

"""The problem trees as somebody edited them on a page: one batch with all that was before, undone like an import.

Unlike a file, which may hold only a part, the page shows all nodes: what is no longer there is removed. Whoever saves
says what they saw, so that two people who edit at once don't overwrite each other unseen.
"""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from etl.store.audit import Author, record_action
from etl.store.batch_rows import NewBatch, insert_batch, insert_changes
from etl.store.moments import write_moment
from etl.store.register_changes import EntityChange, apply_changes, find_partnership
from etl.store.register_reading import read_register_by_id
from etl.store.scope import Action, Actor, ForbiddenError
from surveys.analysis.problem_tree import find_cycles
from surveys.findings import FaultError, Finding, Place, Report
from surveys.model import Register, TreeNode

SOURCE = "page_edit"
_BETWEEN = " → "


def change_trees(
    connection: Connection,
    actor: Actor,
    partnership: str,
    seen: Sequence[TreeNode],
    nodes: Sequence[TreeNode],
    title: str,
    now: datetime,
) -> str | None:
    """Put changed problem trees in the place of those that were seen.

    A project that takes on a cause which is removed no longer names it; that change belongs to the batch too.

    Args:
        connection: writing connection.
        actor: needs the right to import into the partnership.
        partnership: slug.
        seen: all nodes as the person saw them when they began.
        nodes: all nodes as they want them.
        title: what the change is called in the history of imports.
        now: this moment.

    Returns:
        Uid of the batch, ``None`` when nothing is changed.

    Raises:
        ForbiddenError: the actor may not, or there is no such partnership.
        FaultError: ``TREE-CHANGED-MEANWHILE``, somebody else saved in between; ``TREE-CYCLE-REFUSED``, once for each
            circle.
    """
    actor.require(Action.IMPORT, partnership)
    partnership_id = find_partnership(connection, partnership, lock=True)
    if partnership_id is None:
        raise ForbiddenError("there is no such partnership")
    register, references = read_register_by_id(connection, partnership_id)
    if sorted(register.tree_nodes, key=_by_uid) != sorted(seen, key=_by_uid):
        raise FaultError(Report((Finding("TREE-CHANGED-MEANWHILE", Place()),)))
    _refuse_cycles(nodes)
    changes = _compare(register, nodes)
    if not changes:
        return None
    by = Author(actor.name, now)
    batch = NewBatch("register", SOURCE, title, secrets.token_hex(16), len(nodes), len(nodes), 0)
    batch_id, uid = insert_batch(connection, partnership_id, batch, report=Report(), by=by)
    insert_changes(connection, batch_id, changes)
    apply_changes(connection, partnership_id, changes, references, write_moment(now))
    record_action(connection, by, "change_trees", f"partnership:{partnership}", {"batch": uid, "changes": len(changes)})
    return uid


def _refuse_cycles(nodes: Sequence[TreeNode]) -> None:
    names = {node.uid: node.name for node in nodes}
    cycles = find_cycles({node.uid: node.results_from for node in nodes})
    if cycles:
        told = [_BETWEEN.join(names[uid] for uid in (*cycle, cycle[0])) for cycle in cycles]
        raise FaultError(Report(tuple(Finding("TREE-CYCLE-REFUSED", Place(), {"cycle": one}) for one in told)))


def _compare(register: Register, nodes: Sequence[TreeNode]) -> list[EntityChange]:
    """Return what changes: new and changed nodes, removed ones, and projects that named a removed one."""
    before = {node.uid: node for node in register.tree_nodes}
    after = {node.uid: node for node in nodes}
    changes = [
        EntityChange("tree_node", uid, before.get(uid), node) for uid, node in after.items() if before.get(uid) != node
    ]
    gone = set(before) - set(after)
    changes += [EntityChange("tree_node", uid, before[uid], None) for uid in before if uid in gone]
    for project in register.projects:
        if gone & set(project.causes):
            kept = tuple(uid for uid in project.causes if uid not in gone)
            changes.append(EntityChange("project", project.uid, project, replace(project, causes=kept)))
    return changes


def _by_uid(node: TreeNode) -> str:
    return node.uid

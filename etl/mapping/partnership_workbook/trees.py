"""The problem trees of a workbook: links that close a circle or join the two sides are left out and said.

The rest of the tree, and of the workbook, is loaded: a circle is a slip of thought, not a reason to lose a day's work.
"""

from collections.abc import Sequence

from etl.mapping.partnership_workbook.rows import Row
from surveys.analysis.problem_tree import find_cycles, find_loose_nodes
from surveys.model import TreeNode
from surveys.vocabulary import load

_BETWEEN = " → "


def check_tree(rows: Sequence[Row], known: Sequence[TreeNode]) -> None:
    """Check the rows of the problem trees, their references resolved.

    Args:
        rows: of the sheet; links that can't be are taken out of them.
        known: nodes of the store; those that stand in the rows too are taken from there.
    """
    own = {row.uid: row for row in rows}
    others = {node.uid: node for node in known if node.uid not in own}
    kinds = {uid: row.text("kind") for uid, row in own.items()} | {uid: node.kind for uid, node in others.items()}
    names = {uid: row.text("name") for uid, row in own.items()} | {uid: node.name for uid, node in others.items()}
    _drop_mixed_links(rows, kinds, names)
    links = {uid: row.texts("results_from") for uid, row in own.items()}
    links |= {uid: node.results_from for uid, node in others.items()}
    for cycle in find_cycles(links):
        told = _BETWEEN.join(names[uid] for uid in (*cycle, cycle[0]))
        first = next(own[uid] for uid in cycle if uid in own)
        first.spot("results_from").fault("TREE-CYCLE", cycle=told)
        for uid, after in zip(cycle, (*cycle[1:], cycle[0]), strict=True):
            if after in own:  # a row says what it results from: the one before it in the circle
                _drop_link(own[after], uid)
    links |= {uid: row.texts("results_from") for uid, row in own.items()}
    problems = {uid: row.texts("problems") for uid, row in own.items()}
    problems |= {uid: node.problems for uid, node in others.items()}
    for uid in find_loose_nodes(links, problems, kinds):
        if uid in own and names[uid]:
            own[uid].spot("problems").fault("TREE-NODE-LOOSE", name=names[uid])


def _drop_mixed_links(rows: Sequence[Row], kinds: dict[str, str], names: dict[str, str]) -> None:
    """A cause results from causes, an effect from effects; what joins them is the problem."""
    labels = load().tree_node_kinds
    for row in rows:
        for number, uid in enumerate(row.texts("results_from")):
            kind, other = row.text("kind"), kinds[uid]
            if kind and other and kind != other:
                spot = row.spot("results_from", number)
                spot.fault("TREE-LINK-MIXED", name=names[uid], kind=labels.label(other, "pl"))
                _drop_link(row, uid)


def _drop_link(row: Row, uid: str) -> None:
    row.values["results_from"] = tuple(other for other in row.texts("results_from") if other != uid)

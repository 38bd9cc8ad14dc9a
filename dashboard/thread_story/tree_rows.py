"""Problem trees as rows of a table that a person edits, and back; no screen here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pandas as pd

from etl.store.reading import RegisterFrames
from surveys.findings import Finding, Place, Report
from surveys.language.folding import fold
from surveys.language.texts import Language
from surveys.model import TreeNode
from surveys.vocabulary import load

COLUMNS = ("uid", "name", "kind", "problems", "results_from")


@dataclass(frozen=True, slots=True)
class Edited:
    """What a table says: the nodes, and what is wrong with it (errors: nothing of it may be saved)."""

    nodes: tuple[TreeNode, ...]
    report: Report


def nodes_of(frames: RegisterFrames, slug: str) -> tuple[TreeNode, ...]:
    """Return the nodes of a partnership."""
    own = {
        name: frame[frame["partnership"] == slug]
        for name, frame in (
            ("nodes", frames.tree_nodes),
            ("problems", frames.tree_problems),
            ("origins", frames.tree_origins),
        )
    }
    problems = own["problems"].groupby("uid", sort=False)["problem"].agg(tuple).to_dict()
    origins = own["origins"].groupby("uid", sort=False)["origin"].agg(tuple).to_dict()
    return tuple(
        TreeNode(
            str(row["uid"]),
            str(row["name"]),
            str(row["kind"]),
            problems.get(row["uid"], ()),
            origins.get(row["uid"], ()),
        )
        for row in own["nodes"].to_dict("records")
    )


def write_rows(nodes: Sequence[TreeNode], problems: Mapping[str, str], language: Language) -> pd.DataFrame:
    """Return nodes as rows: names in the place of uids.

    Args:
        nodes: of one partnership.
        problems: name by uid.
        language: of the word for a cause or an effect.

    Returns:
        Frame uid, name, kind (in words), problems, results_from (lists of names).
    """
    names = {node.uid: node.name for node in nodes}
    labels = load().tree_node_kinds.labels(language)
    rows = [
        {
            "uid": node.uid,
            "name": node.name,
            "kind": labels[node.kind],
            "problems": [problems[uid] for uid in node.problems],
            "results_from": [names[uid] for uid in node.results_from],
        }
        for node in nodes
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def read_rows(
    rows: Sequence[Mapping[str, Any]],
    problems: Mapping[str, str],
    language: Language,
    seen: Sequence[TreeNode] = (),
) -> Edited:
    """Return what an edited table says.

    Args:
        rows: as `write_rows` has them; a new row has no uid, an empty one is passed over, a blank kind is a cause.
        seen: what the table held before: who renames a row does not rename it in every other, so that a former name
            still leads to its row, unless another has that name now.
        problems: name by uid.
        language: in which the table was shown.
    """
    kinds = {label: code for code, label in load().tree_node_kinds.labels(language).items()}
    known_problems = {fold(name): uid for uid, name in reversed(list(problems.items()))}
    filled = [(at, row) for at, row in enumerate(rows, 1) if any(_is_filled(row.get(key)) for key in COLUMNS[1:])]
    findings: list[Finding] = []
    uids: dict[str, str] = {}
    for at, row in filled:
        name = _text(row.get("name"))
        if not name:
            findings.append(_finding("TREE-ROW-WITHOUT-NAME", row=at))
        elif fold(name) in uids:
            findings.append(_finding("TREE-NAME-TWICE", name=name))
        else:
            uids[fold(name)] = _text(row.get("uid")) or uuid4().hex[:12]
    present = set(uids.values())
    known = {fold(node.name): node.uid for node in seen if node.uid in present} | uids
    nodes = []
    for _, row in filled:
        name = _text(row.get("name"))
        if not name:
            continue
        nodes.append(
            TreeNode(
                uids[fold(name)],
                name,
                kinds.get(_text(row.get("kind")), "cause"),
                _find(row.get("problems"), known_problems, "TREE-PROBLEM-UNKNOWN", findings),
                _find(row.get("results_from"), known, "TREE-NAME-UNKNOWN", findings),
            )
        )
    sides = {node.uid: node for node in nodes}
    for node in nodes:
        for origin in node.results_from:
            if sides[origin].kind != node.kind:
                findings.append(_finding("TREE-SIDES-MIXED", name=node.name, other=sides[origin].name))
    once = [finding for at, finding in enumerate(findings) if finding not in findings[:at]]
    return Edited(tuple(nodes), Report(tuple(once)))


def _find(listed: object, known: Mapping[str, str], code: str, findings: list[Finding]) -> tuple[str, ...]:
    found = []
    for name in listed if isinstance(listed, list | tuple) else ():
        uid = known.get(fold(str(name)))
        if uid is None:
            findings.append(_finding(code, name=str(name)))
        else:
            found.append(uid)
    return tuple(dict.fromkeys(found))


def _is_filled(value: object) -> bool:
    return bool(value) if isinstance(value, list | tuple) else bool(_text(value))


def _text(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _finding(code: str, **facts: str | int) -> Finding:
    return Finding(code, Place(), facts)

"""Problem trees: drawn from the deepest causes up to the farthest effects, and as a nested list."""

import streamlit as st

from dashboard.charts.layers import Box, Layer, draw_layers
from dashboard.escaping import plain
from dashboard.thread_story.tree_rows import nodes_of
from dashboard.visit import View
from surveys.analysis.problem_tree import DrawnTree, draw_tree


def show_tree(view: View, slug: str, problem: str, name: str) -> None:
    """Show the tree of one problem, or what a tree is for when it has none yet."""
    nodes = nodes_of(view.register, slug)
    tree = draw_tree(nodes, problem, name)
    st.header(view.say("thread.tree.title"), anchor=False)
    if len(tree.nodes) == 1:
        st.markdown(view.say("thread.tree.none"))
        return
    left, right = st.columns(2, gap="medium")
    with left, st.container(border=True, key="card-tree-picture"):
        chart = draw_layers(
            _layers(view, tree), [_up(tie) for tie in tree.links], alt=view.say("thread.tree.alt", problem=name)
        )
        st.plotly_chart(
            chart.figure, alt=chart.alt, theme=None, key="chart-tree", config={"staticPlot": True, "responsive": True}
        )
        st.caption(view.say("thread.tree.note"))
    with right, st.container(border=True, key="card-tree-words"):
        st.markdown(list_tree(view, tree, problem))


def list_tree(view: View, tree: DrawnTree, problem: str) -> str:
    """Return a tree as a nested list in Markdown: what each thing results from stands below it."""
    names = {node.uid: node.name for node in tree.nodes}
    lines = [f"**{view.say('thread.tree.causes')}**", ""]
    lines += _nest(names, tree, problem, down=True) or [f"- *{view.say('thread.tree.no_causes')}*"]
    lines += ["", f"**{view.say('thread.tree.effects')}**", ""]
    lines += _nest(names, tree, problem, down=False) or [f"- *{view.say('thread.tree.no_effects')}*"]
    return "\n".join(lines)


def _nest(names: dict[str, str], tree: DrawnTree, start: str, *, down: bool) -> list[str]:
    """Return the lines below a thing; what can be reached in two ways stands twice."""
    beside: dict[str, list[str]] = {}
    for before, after in tree.links:
        here, there = (after, before) if down else (before, after)
        beside.setdefault(here, []).append(there)
    lines: list[str] = []
    waiting = [(uid, 0) for uid in reversed(beside.get(start, []))]
    while waiting:
        uid, depth = waiting.pop()
        lines.append(f"{'  ' * depth}- {plain(names[uid])}")
        waiting += [(other, depth + 1) for other in reversed(beside.get(uid, []))]
    return lines


def _layers(view: View, tree: DrawnTree) -> list[Layer]:
    """Effects above, causes below: the tree stands as trees do."""
    levels = sorted({node.level for node in tree.nodes}, reverse=True)
    made = []
    for level in levels:
        heading = "effects" if level > 0 else "core" if level == 0 else "causes"
        kind = "main" if level == 0 else "plain"
        boxes = tuple(Box(node.uid, node.name, kind) for node in tree.nodes if node.level == level)
        made.append(Layer(view.say(f"thread.tree.layer.{heading}"), boxes))
    return made


def _up(tie: tuple[str, str]) -> tuple[str, str]:
    """What leads stands below what it leads to."""
    return tie[1], tie[0]

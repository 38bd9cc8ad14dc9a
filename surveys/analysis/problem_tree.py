"""Problem trees: causes below, the problem in the middle, effects above; circles found, layers for drawing.

A link says what a node *results from*. What leads where is the same link the other way: a cause leads to whatever
results from it, in the end to a problem. networkx does the graph work, and is loaded when it is needed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from surveys.model import TreeNode

CAUSE, EFFECT = "cause", "effect"
_CORE = ""  # the problem inside a graph of nodes, whose uids are never empty
Links = Mapping[str, Sequence[str]]
"""Node → nodes it results from; a name that is no key is a reference to nothing and is passed over."""


@dataclass(frozen=True, slots=True)
class PlacedNode:
    """A node of a drawn tree: level 0 is the problem, -1 and below its causes, 1 and above its effects."""

    uid: str
    name: str
    level: int


@dataclass(frozen=True, slots=True)
class DrawnTree:
    """The tree of one problem.

    Attributes:
        nodes: the problem and all that leads to it or results from it, from the deepest cause upwards.
        links: (what leads, where it leads), without those that a longer way says already.
    """

    nodes: tuple[PlacedNode, ...]
    links: tuple[tuple[str, str], ...]


def find_cycles(links: Links) -> tuple[tuple[str, ...], ...]:
    """Return circles among links: for every link that lies on a circle, a shortest one through it, each circle once.

    Each circle stands in the order in which it leads: every node results from the one before it, the first from the
    last. It begins with its first node in the order of ``links``. Taking away the links of all of them leaves no
    circle. (All circles of a graph may be too many to list: there can be exponentially many.)
    """
    import networkx as nx  # noqa: PLC0415 # 0.2 s that only a reader of trees should wait for

    graph = nx.DiGraph((origin, uid) for uid, origins in links.items() for origin in origins if origin in links)
    rank = {uid: at for at, uid in enumerate(links)}
    found: dict[tuple[str, ...], None] = {}
    for members in nx.strongly_connected_components(graph):
        inside = graph.subgraph(members)
        for before, after in sorted(inside.edges, key=lambda edge: (rank[edge[0]], rank[edge[1]])):
            path: list[str] = nx.shortest_path(inside, after, before)
            start = min(range(len(path)), key=lambda at: rank[path[at]])
            found[(*path[start:], *path[:start])] = None
    return tuple(sorted(found, key=lambda cycle: [rank[uid] for uid in cycle]))


def find_loose_nodes(links: Links, problems: Mapping[str, Sequence[str]], kinds: Mapping[str, str]) -> tuple[str, ...]:
    """Return nodes that hang on no problem, neither by themselves nor through others.

    Args:
        links: node → what it results from.
        problems: node → problems it is tied to.
        kinds: node → cause or effect.
    """
    leading = _reverse(links)
    joined = {uid for uid in links if problems.get(uid)}
    causes = _reach((uid for uid in joined if kinds.get(uid) != EFFECT), links)
    effects = _reach((uid for uid in joined if kinds.get(uid) == EFFECT), leading)
    return tuple(uid for uid in links if uid not in (effects if kinds.get(uid) == EFFECT else causes))


def draw_tree(nodes: Sequence[TreeNode], problem: str, name: str) -> DrawnTree:
    """Return the tree of one problem in layers.

    A node's level is its longest way from the problem, so that every link leads upwards.

    Args:
        nodes: of one partnership; links that lie on a circle are left out.
        problem: uid of the problem in the middle.
        name: of that problem.
    """
    import networkx as nx  # noqa: PLC0415 # as above

    by_uid = {node.uid: node for node in nodes}
    links = without_cycles(
        {
            node.uid: [uid for uid in node.results_from if uid in by_uid and by_uid[uid].kind == node.kind]
            for node in nodes
        }
    )
    tied = {node.uid: node.kind for node in nodes if problem in node.problems}
    causes = _reach((uid for uid, kind in tied.items() if kind != EFFECT), links)
    effects = _reach((uid for uid, kind in tied.items() if kind == EFFECT), _reverse(links))
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_node(_CORE)
    for side in (causes, effects):
        graph.add_edges_from((origin, uid) for uid in by_uid if uid in side for origin in links[uid] if origin in side)
    graph.add_edges_from((uid, _CORE) for uid in tied if uid in causes)
    graph.add_edges_from((_CORE, uid) for uid in tied if uid in effects)
    reduced = nx.transitive_reduction(graph)
    levels = {_CORE: 0}
    order = list(nx.topological_sort(reduced))
    for uid in reversed(order):
        if uid in causes:
            levels[uid] = min(levels[after] for after in reduced.successors(uid)) - 1
    for uid in order:
        if uid in effects:
            levels[uid] = max(levels[before] for before in reduced.predecessors(uid)) + 1
    rank = {uid: at for at, uid in enumerate((_CORE, *by_uid))}
    placed = tuple(
        PlacedNode(uid or problem, by_uid[uid].name if uid else name, level)
        for uid, level in sorted(levels.items(), key=lambda item: (item[1], rank[item[0]]))
    )
    return DrawnTree(placed, tuple(sorted((before or problem, after or problem) for before, after in reduced.edges)))


def without_cycles(links: Links) -> dict[str, tuple[str, ...]]:
    """Return links without those on circles and those to nothing."""
    closing = {
        (uid, before) for cycle in find_cycles(links) for before, uid in zip(cycle, (*cycle[1:], cycle[0]), strict=True)
    }
    return {
        uid: tuple(origin for origin in origins if origin in links and (uid, origin) not in closing)
        for uid, origins in links.items()
    }


def _reverse(links: Links) -> dict[str, list[str]]:
    leading: dict[str, list[str]] = {uid: [] for uid in links}
    for uid, origins in links.items():
        for origin in origins:
            if origin in leading:
                leading[origin].append(uid)
    return leading


def _reach(start: Iterable[str], links: Links) -> set[str]:
    """Return the nodes that can be reached along links, the start included."""
    reached: set[str] = set()
    waiting = list(start)
    while waiting:
        uid = waiting.pop()
        if uid not in reached and uid in links:
            reached.add(uid)
            waiting += links[uid]
    return reached

"""Problem trees: every planted circle is found and told, and a tree stands in layers that lead upwards."""

import random

import networkx as nx
import pytest

from surveys.analysis.problem_tree import draw_tree, find_cycles, find_loose_nodes, without_cycles
from surveys.model import TreeNode


def test_a_circle_is_told_in_the_order_in_which_it_leads():
    # The bus results from few passengers, and they from the bus.
    assert find_cycles({"bus": ["passengers"], "passengers": ["cars", "bus"], "cars": []}) == (("bus", "passengers"),)


def test_a_node_that_results_from_itself_is_a_circle():
    assert find_cycles({"bus": ["bus"]}) == (("bus",),)


def test_a_reference_to_nothing_is_no_circle():
    assert find_cycles({"bus": ["nowhere"]}) == ()
    assert without_cycles({"bus": ["nowhere"]}) == {"bus": ()}


@pytest.mark.parametrize("seed", range(20))
def test_planted_circles_are_all_found_and_none_is_invented(seed):
    chance = random.Random(seed)  # noqa: S311 # made-up trees
    names = [f"n{number}" for number in range(60)]
    chance.shuffle(names)
    # Links lead from later to earlier names only: no circle, until one is planted.
    links = {name: chance.sample(names[:at], k=min(at, chance.randint(0, 3))) for at, name in enumerate(names)}
    assert find_cycles(links) == ()
    graph = nx.DiGraph((origin, name) for name, origins in links.items() for origin in origins)
    planted = set()
    for early in chance.sample(names[:30], k=3):
        if early not in graph:
            continue
        late = chance.choice(sorted(nx.descendants(graph, early)) or [early])
        links[early] = [*links[early], late]
        planted.add((late, early))
    found = find_cycles(links)
    closed = nx.DiGraph((origin, name) for name, origins in links.items() for origin in origins)
    for cycle in found:
        assert all(edge in closed.edges for edge in zip(cycle, (*cycle[1:], cycle[0]), strict=True))
    told = {edge for cycle in found for edge in zip(cycle, (*cycle[1:], cycle[0]), strict=True)}
    assert planted <= told
    rest = without_cycles(links)
    assert nx.is_directed_acyclic_graph(nx.DiGraph((o, name) for name, origins in rest.items() for o in origins))
    assert sum(map(len, links.values())) - sum(map(len, rest.values())) == len(told)


def test_what_hangs_on_no_problem_is_loose():
    links = {
        "bus": ["passengers"],
        "passengers": [],
        "far": ["farther"],
        "farther": [],
        "health": ["gloom"],
        "gloom": [],
    }
    kinds = dict.fromkeys(links, "cause") | {"health": "effect", "gloom": "effect"}
    # The problem is tied to the bus; the effect "gloom" to the problem, and health comes of gloom.
    assert find_loose_nodes(links, {"bus": ["p"], "gloom": ["p"]}, kinds) == ("far", "farther")


def test_layers_lead_upwards_and_say_nothing_twice():
    nodes = (
        TreeNode("cars", "Auta", "cause", ("p",)),  # tied to the problem too, which the longer way says already
        TreeNode("passengers", "Mało pasażerów", "cause", (), ("cars",)),
        TreeNode("bus", "Brak autobusu", "cause", ("p",), ("passengers",)),
        TreeNode("gloom", "Apatia", "effect", ("p",)),
        TreeNode("health", "Zdrowie", "effect", (), ("gloom",)),
        TreeNode("other", "Z innego drzewa", "cause", ("q",)),
    )
    tree = draw_tree(nodes, "p", "Samotność")
    assert [(node.name, node.level) for node in tree.nodes] == [
        ("Auta", -3),
        ("Mało pasażerów", -2),
        ("Brak autobusu", -1),
        ("Samotność", 0),
        ("Apatia", 1),
        ("Zdrowie", 2),
    ]
    assert set(tree.links) == {
        ("cars", "passengers"),
        ("passengers", "bus"),
        ("bus", "p"),
        ("p", "gloom"),
        ("gloom", "health"),
    }


def test_a_tree_with_a_circle_or_mixed_sides_is_drawn_without_those_links():
    nodes = (
        TreeNode("a", "A", "cause", ("p",), ("b",)),
        TreeNode("b", "B", "cause", (), ("a",)),
        TreeNode("c", "C", "effect", ("p",), ("a",)),
    )
    tree = draw_tree(nodes, "p", "P")
    assert [(node.uid, node.level) for node in tree.nodes] == [("a", -1), ("p", 0), ("c", 1)]


def test_a_problem_without_a_tree_stands_alone():
    assert [node.uid for node in draw_tree((), "p", "P").nodes] == ["p"]

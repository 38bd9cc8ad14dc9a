"""The network of partners: the shapes everybody knows, the Florentine families, and removal by hand."""

from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.analysis.network import combine_reports, summary

FLORENCE = """
Acciaiuoli-Medici Castellani-Peruzzi Castellani-Strozzi Castellani-Barbadori Medici-Barbadori Medici-Ridolfi
Medici-Tornabuoni Medici-Albizzi Medici-Salviati Salviati-Pazzi Peruzzi-Strozzi Peruzzi-Bischeri Strozzi-Ridolfi
Strozzi-Bischeri Ridolfi-Tornabuoni Tornabuoni-Guadagni Albizzi-Ginori Albizzi-Guadagni Bischeri-Guadagni
Guadagni-Lamberteschi
"""


def test_the_marriages_of_the_florentine_families() -> None:
    ties = [tuple(tie.split("-")) for tie in FLORENCE.split()]
    families = {family for tie in ties for family in tie} | {"Pucci"}
    network = summary(ties, dict.fromkeys(families, "x"))
    assert (network.partners, network.ties) == (16, 20)
    assert network.density == pytest.approx(0.1667, abs=5e-5)
    assert network.centralization == pytest.approx(0.2667, abs=5e-5)
    assert network.articulation_points == ("Albizzi", "Guadagni", "Medici", "Salviati")
    assert network.largest_loss == ("Medici", 0.3)


def test_a_star_and_a_complete_graph() -> None:
    star = summary([("a", other) for other in "bcde"], dict.fromkeys("abcde", "x"))
    assert star.centralization == 1
    assert star.articulation_points == ("a",)
    complete = summary(combinations("abcde", 2), dict.fromkeys("abcde", "x"))
    assert complete.centralization == 0
    assert complete.density == 1
    assert complete.articulation_points == ()


def test_of_two_partners_there_are_no_figures() -> None:
    network = summary([("a", "b")], {"a": "x", "b": "y"})
    assert (network.density, network.bridging, network.external_internal, network.centralization) == (None,) * 4


def test_ties_between_and_within_sectors() -> None:
    sectors = {"a": "public", "b": "public", "c": "civic", "d": "civic"}
    network = summary([("a", "b"), ("a", "c"), ("c", "a"), ("b", "d"), ("a", "a")], sectors)
    assert network.ties == 3
    assert network.bridging == pytest.approx(2 / 4)
    assert network.bonding == pytest.approx(1 / 2)
    assert network.external_internal == pytest.approx(1 / 3)
    # Four of six possible ties go between sectors: at random (4 − 2) / 6.
    assert network.external_internal_at_random == pytest.approx(1 / 3)


def test_without_ties_there_is_no_index() -> None:
    network = summary([], {"a": "x", "b": "y", "c": "y"})
    assert (network.density, network.external_internal, network.largest_loss) == (0, None, None)


def test_a_partner_nobody_listed_is_refused() -> None:
    with pytest.raises(KeyError):
        summary([("a", "z")], {"a": "x", "b": "y", "c": "y"})


def test_ties_that_either_or_both_told_of() -> None:
    ties = combine_reports([("a", "b"), ("b", "a"), ("a", "c"), ("a", "a")], answered="ab", partners="abcd")
    assert ties.either == {frozenset("ab"), frozenset("ac")}
    assert ties.both == {frozenset("ab")}
    assert ties.response_rate == 0.5


def count_components(ties: set[frozenset[int]], partners: set[int]) -> int:
    left, number = set(partners), 0
    while left:
        number += 1
        reached = [left.pop()]
        while reached:
            one = reached.pop()
            near = {other for tie in ties if one in tie for other in tie} & left
            left -= near
            reached += near
    return number


@given(
    st.integers(3, 9).flatmap(
        lambda n: st.tuples(st.just(n), st.sets(st.sampled_from(list(combinations(range(n), 2)))))
    )
)
def test_articulation_points_are_those_whose_removal_parts_the_network(
    network: tuple[int, set[tuple[int, int]]],
) -> None:
    number, edges = network
    ties = {frozenset(edge) for edge in edges}
    partners = set(range(number))
    expected = []
    for partner in range(number):
        rest = {tie for tie in ties if partner not in tie}
        alone = all(partner not in tie for tie in ties)
        if not alone and count_components(rest, partners - {partner}) > count_components(ties, partners):
            expected.append(partner)
    assert list(summary(edges, dict.fromkeys(range(number), "x")).articulation_points) == expected


@given(st.sets(st.sampled_from(list(combinations("abcdefg", 2)))), st.permutations("abcdefg"))
def test_names_and_order_do_not_matter(edges: set[tuple[str, str]], names: list[str]) -> None:
    sectors = dict(zip("abcdefg", "xxyyzzz", strict=True))
    new = dict(zip("abcdefg", names, strict=True))
    first = summary(edges, sectors)
    second = summary([(new[b], new[a]) for a, b in edges], {new[name]: sector for name, sector in sectors.items()})
    for name in (
        "density",
        "bridging",
        "bonding",
        "external_internal",
        "external_internal_at_random",
        "centralization",
    ):
        assert getattr(first, name) == pytest.approx(getattr(second, name)), name


@given(st.sets(st.sampled_from(list(combinations("abcdefg", 2))), min_size=1))
def test_figures_are_those_of_networkx(edges: set[tuple[str, str]]) -> None:
    sectors = dict(zip("abcdefg", "xxyyzzz", strict=True))
    graph = nx.Graph(sorted(edges))
    graph.add_nodes_from(sectors)
    nx.set_node_attributes(graph, sectors, "sector")
    network = summary(edges, sectors)
    assert network.density == pytest.approx(nx.density(graph))
    mixing = nx.attribute_mixing_matrix(graph, "sector")  # shares of ends of ties by the two sectors
    assert network.external_internal == pytest.approx(1 - 2 * mixing.trace())
    degrees = nx.degree_centrality(graph).values()
    assert network.centralization == pytest.approx(sum(max(degrees) - one for one in degrees) / (len(graph) - 2))
    assert set(network.articulation_points) == set(nx.articulation_points(graph))

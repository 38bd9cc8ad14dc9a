"""The network of partners: who works with whom, across sectors and within them.

Ties have no direction. Figures of a network of fewer than three partners don't exist (``None``, shown as a dash). The
E-I index says little by itself, because with many small sectors most ties are external by chance; it always comes
with its value under random ties.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

import networkx as nx

Pair = frozenset[Hashable]


@dataclass(frozen=True, slots=True)
class NetworkSummary:
    """Figures of a network.

    Attributes:
        partners, ties: how many there are.
        density: ties of all that are possible.
        bridging, bonding: the same between sectors and within them; ``None`` where no such tie is possible.
        external_internal: (E − I)/(E + I), from −1 (all within sectors) to 1; ``None`` without ties.
        external_internal_at_random: its expected value if the same number of ties fell on any pair alike.
        centralization: Freeman's, by degree: 1 for a star, 0 when all are alike.
        articulation_points: partners without whom the network falls apart, sorted.
        largest_loss: partner with most ties, and the share of ties lost if it leaves; ``None`` without ties.
    """

    partners: int
    ties: int
    density: float | None
    bridging: float | None
    bonding: float | None
    external_internal: float | None
    external_internal_at_random: float | None
    centralization: float | None
    articulation_points: tuple[Hashable, ...]
    largest_loss: tuple[Hashable, float] | None


@dataclass(frozen=True, slots=True)
class ReportedTies:
    """Ties as partners told them.

    Attributes:
        either: pairs that at least one of the two named.
        both: pairs that named each other.
        response_rate: partners who answered, of all.
    """

    either: frozenset[Pair]
    both: frozenset[Pair]
    response_rate: float


def summary(edges: Iterable[tuple[Hashable, Hashable]], sectors: Mapping[Hashable, str]) -> NetworkSummary:
    """Return the figures of a network of partners.

    Args:
        edges: ties; the same tie twice or the other way round is one, a tie with oneself is none.
        sectors: sector of every partner; partners without ties are among them.

    Raises:
        KeyError: when a tie names a partner without a sector.

    Source: Wasserman, Faust, Social Network Analysis (1994), chapters 4–5; L. C. Freeman, Social Networks 1 (1979)
    215–239; D. Krackhardt, R. N. Stern, Social Psychology Quarterly 51 (1988) 123–140 (E-I).
    """
    ties = {frozenset(edge) for edge in edges if len(frozenset(edge)) == 2}
    for partner in {partner for tie in ties for partner in tie}:
        sectors[partner]  # a partner that nobody listed
    number = len(sectors)
    possible = number * (number - 1) // 2
    sizes: dict[str, int] = {}
    for sector in sectors.values():
        sizes[sector] = sizes.get(sector, 0) + 1
    within = sum(size * (size - 1) // 2 for size in sizes.values())
    internal = sum(len({sectors[partner] for partner in tie}) == 1 for tie in ties)
    external = len(ties) - internal
    degrees = dict.fromkeys(sectors, 0)
    for tie in ties:
        for partner in tie:
            degrees[partner] += 1
    defined = number >= 3
    most = max(degrees.values(), default=0)
    busiest = min((partner for partner in sectors if degrees[partner] == most), key=str, default=None)
    return NetworkSummary(
        partners=number,
        ties=len(ties),
        density=len(ties) / possible if defined else None,
        bridging=external / (possible - within) if defined and possible > within else None,
        bonding=internal / within if defined and within else None,
        external_internal=(external - internal) / len(ties) if defined and ties else None,
        external_internal_at_random=(possible - 2 * within) / possible if defined and ties else None,
        centralization=(
            sum(most - degree for degree in degrees.values()) / ((number - 1) * (number - 2)) if defined else None
        ),
        articulation_points=find_articulation_points(ties, sectors),
        largest_loss=(busiest, most / len(ties)) if ties and busiest is not None else None,
    )


def combine_reports(
    reports: Iterable[tuple[Hashable, Hashable]], answered: Iterable[Hashable], partners: Iterable[Hashable]
) -> ReportedTies:
    """Return the ties that either of two partners told of, and those that both did.

    Args:
        reports: who named whom.
        answered: partners who answered the question; one who did not cannot confirm a tie.
        partners: all of them.
    """
    named = {(teller, other) for teller, other in reports if teller != other}
    everybody = set(partners)
    return ReportedTies(
        either=frozenset(frozenset(pair) for pair in named),
        both=frozenset(frozenset((one, two)) for one, two in named if (two, one) in named),
        response_rate=len(set(answered) & everybody) / len(everybody) if everybody else 0.0,
    )


def find_articulation_points(ties: Iterable[Pair], partners: Iterable[Hashable]) -> tuple[Hashable, ...]:
    """Return the partners whose leaving would part those who are now joined, sorted by their text.

    Args:
        ties: pairs.
        partners: all of them.

    Source: networkx, after J. Hopcroft, R. Tarjan, Communications of the ACM 16 (1973) 372–378.
    """
    graph: nx.Graph[Hashable] = nx.Graph()
    graph.add_nodes_from(partners)
    for tie in ties:
        one, two = tie
        graph.add_edge(one, two)
    return tuple(sorted(nx.articulation_points(graph), key=str))

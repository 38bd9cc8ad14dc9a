"""Where partners stand in a picture of their network, so that sixty of them can be told apart on a phone.

Those who work together are drawn to each other; then marks that would cover one another are pushed apart, counted in
the pixels of a narrow screen. Partners without ties stand in rows below. The same network always gives one picture.
"""

from collections.abc import Hashable, Iterable, Sequence

import networkx as nx
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Places = dict[Hashable, tuple[float, float]]

NARROW = 300.0  # pixels of a phone that a picture can fill
MARK = 23.0  # pixels from the middle of a mark to that of its neighbour, at least
_SEED = 20_260
_ROUNDS = 400


def layout_height(partners: int) -> float:
    """Return how many pixels high a picture of so many partners has to be."""
    return float(np.clip(260 + 7 * partners, 300, 700))


def lay_out(partners: Sequence[Hashable], ties: Iterable[tuple[Hashable, Hashable]]) -> Places:
    """Return where each partner stands: x and y from 0 to 1, y upwards.

    Args:
        partners: all of them; their order decides nothing but where those without ties stand.
        ties: pairs.

    Source: T. M. J. Fruchterman, E. M. Reingold, Software: Practice and Experience 21 (1991) 1129–1164, by networkx.
    """
    known = set(partners)
    kept = sorted({_order(*tie) for tie in ties if set(tie) <= known and len(set(tie)) == 2}, key=str)
    joined = {partner for tie in kept for partner in tie}
    bound = sorted(joined, key=str)
    alone = [partner for partner in partners if partner not in joined]
    height = layout_height(len(partners))
    rows = _rows(alone)
    reserved = MARK * 1.6 * len(rows)
    places: Places = {}
    if bound:
        graph: nx.Graph[Hashable] = nx.Graph()
        graph.add_nodes_from(bound)
        graph.add_edges_from(kept)
        drawn = nx.spring_layout(_hold_together(graph), seed=_SEED, iterations=120)
        pixels = _stretch(np.array([drawn[partner] for partner in bound]), NARROW, height - reserved)
        pixels = _push_apart(pixels, NARROW, height - reserved)
        for partner, (x, y) in zip(bound, pixels, strict=True):
            places[partner] = (float(x / NARROW), float((y + reserved) / height))
    for number, row in enumerate(rows):
        y = reserved - MARK * 1.6 * (number + 0.5) if bound else height / 2 - MARK * 1.6 * number
        for place, partner in enumerate(row):
            places[partner] = ((place + 0.5) / len(row), max(0.0, y / height))
    return places


def _order(one: Hashable, two: Hashable) -> tuple[Hashable, Hashable]:
    return (one, two) if str(one) <= str(two) else (two, one)


def _rows(alone: Sequence[Hashable]) -> list[Sequence[Hashable]]:
    in_row = int(NARROW // (MARK * 1.2))
    return [alone[start : start + in_row] for start in range(0, len(alone), in_row)]


def _hold_together(graph: "nx.Graph[Hashable]") -> "nx.Graph[Hashable]":
    """Return the network with its parts joined by threads that are not drawn: a part adrift would take all the room."""
    held = graph.copy()
    parts = sorted(nx.connected_components(graph), key=lambda part: (-len(part), min(map(str, part))))
    hubs = [min(part, key=lambda partner: (-graph.degree[partner], str(partner))) for part in parts]
    held.add_edges_from((hubs[0], hub) for hub in hubs[1:])
    return held


def _stretch(points: Floats, width: float, height: float) -> Floats:
    low, high = points.min(axis=0), points.max(axis=0)
    size = np.where(high > low, high - low, 1.0)
    middle = np.where(high > low, (points - low) / size, 0.5)
    if len(points) > 2:
        # Half by place, half by rank: a few who stand far out must not press all others into a corner.
        ranks = points.argsort(axis=0, kind="stable").argsort(axis=0, kind="stable") / (len(points) - 1)
        middle = np.where(high > low, (middle + ranks) / 2, 0.5)
    edge = MARK / 2
    stretched: Floats = edge + middle * (np.array([width, height]) - MARK)
    return stretched


def _push_apart(points: Floats, width: float, height: float) -> Floats:
    """Move marks that cover one another apart, a little at a time, and never out of the picture."""
    moved = points + np.random.default_rng(_SEED).uniform(-0.5, 0.5, points.shape)  # two at one place part somehow
    edge = MARK / 2
    for _ in range(_ROUNDS):
        between = moved[:, None, :] - moved[None, :, :]
        distance = np.hypot(between[..., 0], between[..., 1])
        np.fill_diagonal(distance, np.inf)
        short = np.clip(MARK * 1.05 - distance, 0, None)
        if not short.any():
            break
        push = (between / np.maximum(distance, 1e-9)[..., None] * short[..., None] / 2).sum(axis=1)
        moved = np.clip(moved + push, edge, [width - edge, height - edge])
    return moved

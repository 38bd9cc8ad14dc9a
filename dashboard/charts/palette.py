"""Colours that mean one thing on every page and can be told apart by colour-blind people (after Okabe and Ito).

Colour is never the only carrier: every bar has its label beside it. The seed's themes have colours of their own,
the other themes share a quiet one.
"""

INK = "#1F2933"
QUIET = "#52606D"  # 5.7:1 on white
GRID = "#D9E2EC"
MAIN = "#0B5FA5"  # the colour of a single series
SECOND = "#B45309"
HIDDEN = "#9AA5B1"

THEME_COLOURS = {
    "T01": "#00735C",
    "T02": "#8A3E8F",
    "T03": "#B45309",
    "T04": "#0B5FA5",
    "T11": "#5B4A00",
    "T12": "#A4243B",
    "T13": "#3D5A80",
}
OTHER_THEME = "#6B7785"

# Two figures of one answer beside each other: the earlier and the later one, without and with weights, how many find
# it important and how many rate it good.
PAIRED = frozenset({"wave", "weighting", "estimate", "beside", "measure"})
PAIR_COLOURS = {
    "0": MAIN, "1": SECOND, "unweighted": MAIN, "weighted": SECOND, "own": MAIN, "shrunk": SECOND, "others": SECOND,
    "important": MAIN, "good": SECOND,
}  # fmt: skip
# Never by colour alone.
PAIR_SHAPES = {
    "0": "circle", "1": "diamond", "unweighted": "circle", "weighted": "diamond", "own": "circle", "shrunk": "diamond",
    "others": "diamond", "important": "circle", "good": "diamond",
}  # fmt: skip
SECTOR_COLOURS = {"public": "#0B5FA5", "civic": "#B45309", "business": "#00735C"}

# Points of a scale from its first to its last, with a light middle, safe for colour-blind people. Neither end is
# "good": some scales begin with the best answer, others with the least. Light enough for dark figures on all of them.
_SCALE = ("#4F97D0", "#86BBE2", "#BBD9EF", "#E3E7EB", "#F7D7AA", "#EDB066", "#DB8A2E")
_PICKED = {1: (6,), 2: (1, 5), 3: (1, 3, 5), 4: (0, 2, 4, 6), 5: (0, 2, 3, 4, 6), 6: (0, 1, 2, 4, 5, 6)}


def scale_colours(points: int) -> tuple[str, ...]:
    """Return a colour for each point of a scale; beyond seven points neighbours share one."""
    if points <= 0:
        return ()
    places = _PICKED.get(points) or tuple(round(place * 6 / (points - 1)) for place in range(points))
    return tuple(_SCALE[place] for place in places)


def colour_of(dimension: str, key: str) -> str:
    """Return the colour of a code in a breakdown."""
    if dimension == "theme":
        return THEME_COLOURS.get(key, OTHER_THEME)
    if dimension in PAIRED:
        return PAIR_COLOURS.get(key, MAIN)
    if dimension == "sector":
        return SECTOR_COLOURS.get(key, OTHER_THEME)
    return MAIN


# From few to many, light to dark in one colour: its order can be read without colour at all.
_FROM_FEW_TO_MANY = ("#DCEAF7", "#A9CCE8", "#6BA6D6", "#2F79B5", "#0B4A80")
_PICKED_OF_FIVE = {1: (3,), 2: (1, 3), 3: (0, 2, 4), 4: (0, 1, 3, 4), 5: (0, 1, 2, 3, 4)}


def map_colours(classes: int) -> tuple[str, ...]:
    """Return a colour for each class of a map, at most five.

    Raises:
        KeyError: there are more classes than can be told apart.
    """
    return tuple(_FROM_FEW_TO_MANY[place] for place in _PICKED_OF_FIVE[classes]) if classes else ()

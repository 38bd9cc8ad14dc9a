"""A network of partners: numbered marks, a shape and a colour for each sector, lines for working together.

Names stand beside their numbers in the list under the picture: sixty of them would cover one another in it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.charts import Chart
from dashboard.charts.layout import as_words, font, plain_layout
from dashboard.charts.palette import OTHER_THEME, QUIET, SECTOR_COLOURS
from surveys.analysis.network_layout import MARK, Places, lay_out, layout_height

_SHAPES = {"public": "circle", "civic": "square", "business": "diamond"}
_SIGNS = {"circle": "●", "square": "■", "diamond": "◆", "triangle-up": "▲"}
_OTHER = "triangle-up"
_KEY_HEIGHT = 22
_WIDTHS, _LINES = (0.9, 1.6, 2.6), ("#9AA5B1", "#7B8794", QUIET)
_EDGE = 0.04  # of the picture: marks at its border are not cut


@dataclass(frozen=True, slots=True)
class NetworkPartner:
    """One mark: its number, name, sector as a code and in words."""

    number: int
    name: str
    sector: str
    sector_name: str


def draw_network(
    partners: Mapping[str, NetworkPartner], ties: Mapping[tuple[str, str], int], *, title: str, summary: str
) -> Chart:
    """Draw a network.

    Args:
        partners: by uid, in order of their numbers.
        ties: pairs of uids, with how much they did together.
        title: what the picture shows.
        summary: what it says, for the alternative text.
    """
    places = lay_out(list(partners), ties)
    kinds = list(dict.fromkeys((one.sector, one.sector_name) for one in partners.values()))
    height = layout_height(len(partners))
    key_rows = (len(kinds) + 1) // 2
    traces = [
        *_draw_all_ties(partners, ties, places),
        *(_draw_marks(partners, places, sector) for sector, _ in kinds),
    ]
    figure = go.Figure(
        data=traces,
        layout=plain_layout(
            int(height) + key_rows * _KEY_HEIGHT + 12,
            margin=(4, 4, key_rows * _KEY_HEIGHT + 8, 4),
            xaxis={"range": [-_EDGE, 1 + _EDGE], "visible": False, "fixedrange": True},
            yaxis={"range": [-_EDGE, 1 + _EDGE], "visible": False, "fixedrange": True},
            annotations=[_write_key(place, *kind, key_rows) for place, kind in enumerate(kinds)],
        ),
    )
    return Chart(figure, f"{title}. {summary}")


def mark_colour(sector: str) -> str:
    """Return the colour of a sector's marks; white figures can be read on all of them."""
    return SECTOR_COLOURS.get(sector, OTHER_THEME)


def _draw_all_ties(
    partners: Mapping[str, NetworkPartner],
    ties: Mapping[tuple[str, str], int],
    places: Places,
) -> list[go.Scatter]:
    """Lines in three widths, those within a sector dotted; the thickest on top."""
    drawn = []
    most = max(ties.values(), default=0)
    for step, width in enumerate(_WIDTHS):
        for is_across in (False, True):
            chosen = [
                tie
                for tie, things in ties.items()
                if _step_of(things, most) == step and (partners[tie[0]].sector != partners[tie[1]].sector) is is_across
            ]
            if chosen:
                style = {"color": _LINES[step], "width": width, "dash": "solid" if is_across else "dot"}
                drawn.append(_draw_ties(chosen, places, style))
    return drawn


def _step_of(things: int, most: int) -> int:
    """Return how thick a line is: in thirds of the most that any pair did; one thing alone is always thin."""
    return 0 if things <= 1 else min(2, 3 * things // (most + 1))


def _draw_ties(ties: Sequence[tuple[str, str]], places: Places, line: dict[str, object]) -> go.Scatter:
    xs: list[float | None] = []
    ys: list[float | None] = []
    for one, two in ties:
        xs += [places[one][0], places[two][0], None]
        ys += [places[one][1], places[two][1], None]
    return go.Scatter(x=xs, y=ys, mode="lines", line=line, hoverinfo="skip")


def _draw_marks(partners: Mapping[str, NetworkPartner], places: Places, sector: str) -> go.Scatter:
    mine = {uid: one for uid, one in partners.items() if one.sector == sector}
    # A diamond and a triangle of the same size hold less of a figure than a circle.
    size = MARK - 1 if _SHAPES.get(sector) in {"circle", "square"} else MARK + 4
    return go.Scatter(
        x=[places[uid][0] for uid in mine],
        y=[places[uid][1] for uid in mine],
        mode="markers+text",
        marker={
            "symbol": _SHAPES.get(sector, _OTHER),
            "size": size,
            "color": mark_colour(sector),
            "line": {"color": "white", "width": 1.5},
        },
        text=[str(one.number) for one in mine.values()],
        textfont=font(11, "white"),
        hovertext=[as_words(one.name) for one in mine.values()],
        hovertemplate="%{hovertext}<extra></extra>",
        cliponaxis=False,
    )


def _write_key(place: int, sector: str, name: str, key_rows: int) -> dict[str, object]:
    sign = _SIGNS[_SHAPES.get(sector, _OTHER)]
    return {
        "xref": "paper", "yref": "paper", "x": 0.5 * (place % 2), "y": 1, "xanchor": "left", "yanchor": "bottom",
        "yshift": 4 + _KEY_HEIGHT * (key_rows - 1 - place // 2), "showarrow": False, "align": "left",
        "text": f"{sign} {as_words(name)}", "font": font(14, mark_colour(sector)),
    }  # fmt: skip

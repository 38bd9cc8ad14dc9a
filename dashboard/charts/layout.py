"""What the layout of every chart shares: white paper, one typeface, nothing to drag, no legend."""

import textwrap
from typing import Any

from dashboard.charts.palette import HIDDEN, INK

_FAMILY = '"Source Sans", "Source Sans Pro", sans-serif'  # the pages' own


def as_words(text: str) -> str:
    """Return somebody's words as Plotly shows them: it reads a few HTML tags in text, links among them."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def wrap_words(text: str, width: int, most_lines: int) -> list[str]:
    """Return somebody's words in lines that fit a chart on a phone; what is left over ends in an ellipsis.

    Args:
        text: a label; the table under the chart has it whole.
        width: signs in a line; capitals are wider, and some write nothing else.
        most_lines: at least 1.
    """
    if text.isupper():
        width = width * 3 // 4
    lines = textwrap.wrap(" ".join(text.split()), width, max_lines=most_lines, placeholder="…") or [""]
    return [as_words(line) for line in lines]


def font(size: int, colour: str = INK) -> dict[str, Any]:
    """Return the chart's typeface in a size and a colour."""
    return {"family": _FAMILY, "size": size, "color": colour}


def hatched() -> dict[str, Any]:
    """Return how a bar is filled that stands for a hidden figure: its length says nothing."""
    pattern = {"shape": "/", "fgcolor": HIDDEN, "size": 6}
    return {"color": "white", "line": {"color": HIDDEN, "width": 1}, "pattern": pattern}


def plain_layout(height: int, *, margin: tuple[int, int, int, int], **axes: Any) -> dict[str, Any]:
    """Return a layout.

    Args:
        height: in pixels.
        margin: left, right, top, bottom, in pixels.
        **axes: axes, annotations and whatever else the chart needs.
    """
    left, right, top, bottom = margin
    return {
        "height": height,
        "margin": {"l": left, "r": right, "t": top, "b": bottom},
        "plot_bgcolor": "white",
        "paper_bgcolor": "white",
        "showlegend": False,
        "dragmode": False,
        "font": font(15),
        **axes,
    }

"""A published table as a picture inside a document: names beside the bars, as low as it can be read.

The document says the rest around it: caption, answer, base and method stand in its own type. Colours, intervals and
what is hidden are those of every other chart.
"""

import io
import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dashboard.charts.palette import HIDDEN, INK, QUIET, colour_of
from dashboard.charts.static_image import DRAWING
from surveys.language.texts import Language
from surveys.privacy.published import PublishedRow, PublishedTable, State
from surveys.privacy.wording import say_value

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_WIDTH_INCHES, _DPI = 6.6, 170
_LINE_INCHES, _ROW_INCHES = 0.155, 0.30
_LETTERS, _MOST_LINES = 34, 3  # of a name, so that the widest letters still stand on the picture
_NAMES = 0.385  # of the width
_HIDDEN_WIDTH = 0.12  # of the axis: a hidden bar has a width that says nothing
_ROOM = {"share": 1.62, "pln": 1.4}  # of the longest bar: for the figure at its end
_FONT = 8.6


def draw_for_document(table: PublishedTable, *, language: Language) -> bytes:
    """Draw a table as horizontal bars and return a PNG.

    Args:
        table: published figures; every row is drawn, in reading order.
        language: of labels and numbers.
    """
    # Costs half a second of whoever asks for the first picture, instead of everybody's start.
    from matplotlib import rc_context  # noqa: PLC0415 # see above
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415 # see above
    from matplotlib.figure import Figure  # noqa: PLC0415 # see above

    names = [_wrap(" – ".join(row.labels[language])) for row in table.rows]
    heights = [_ROW_INCHES + _LINE_INCHES * (len(lines) - 1) for lines in names]
    height = max(0.5, sum(heights) + 0.1)
    settings: Any = {"font.family": "DejaVu Sans", "text.usetex": False, "hatch.linewidth": 0.6}
    with DRAWING, rc_context(settings):
        figure = Figure(figsize=(_WIDTH_INCHES, height), dpi=_DPI, facecolor="white")
        FigureCanvasAgg(figure)
        axes = figure.add_axes((_NAMES, 0.0, 1 - _NAMES, 1.0))
        _draw(axes, table, names, heights, language)
        out = io.BytesIO()
        # Without the program's version the same figures give the same file.
        figure.savefig(out, format="png", metadata={"Software": None})
    return out.getvalue()


def _draw(
    axes: "Axes", table: PublishedTable, names: Sequence[list[str]], heights: Sequence[float], language: Language
) -> None:
    reach = max((_reach(row) for row in table.rows), default=0.0) or 1.0
    axes.set_xlim(0, reach * _ROOM.get(table.unit, 1.2))
    axes.set_ylim(sum(heights) + 0.1, 0)
    axes.set_axis_off()
    axes.axvline(0, color=QUIET, linewidth=0.8)
    top = 0.05
    for row, lines, height in zip(table.rows, names, heights, strict=True):
        middle = top + height / 2
        top += height
        hidden = row.state is State.SUPPRESSED
        _write(axes, -reach * 0.02, middle, "\n".join(lines), ha="right", linespacing=1.05)
        if hidden:
            axes.barh(middle, reach * _HIDDEN_WIDTH, 0.18, color="white", edgecolor=HIDDEN, hatch="////")
        elif row.value is not None:
            axes.barh(middle, row.value, 0.18, color=colour_of(table.dimensions[-1], row.keys[-1]))
        if row.low is not None and row.high is not None:
            axes.plot([row.low, row.high], [middle, middle], color=INK, linewidth=1.1)
            axes.plot([row.low, row.high], [middle, middle], "|", color=INK, markersize=5, markeredgewidth=1.1)
        end = reach * _HIDDEN_WIDTH if hidden else _reach(row)
        said = say_value(row, table.unit, language)
        _write(axes, end + reach * 0.02, middle, said, color=QUIET if hidden else INK)


def _reach(row: PublishedRow) -> float:
    return row.high if row.high is not None else (row.value or 0.0)


def _write(axes: "Axes", x: float, y: float, text: str, **style: Any) -> None:
    """Write somebody's words as they are: dollars are money, not formulas."""
    axes.text(x, y, text, va="center", parse_math=False, clip_on=False, **{"fontsize": _FONT, "color": INK, **style})


def _wrap(text: str) -> list[str]:
    text = " ".join(text.split())
    width = _LETTERS * 3 // 4 if text.isupper() else _LETTERS
    return textwrap.wrap(text, width, max_lines=_MOST_LINES, placeholder="…") or [""]

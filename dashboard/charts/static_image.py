"""A published table as a picture for a report or a poster: PNG or SVG, drawn with the fonts that come with Matplotlib.

The picture says everything by itself: title, answers, intervals, what is hidden, how many answered, where it is from.
"""

import io
import textwrap
import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

from dashboard.charts.palette import HIDDEN, INK, MAIN, PAIR_SHAPES, PAIRED, QUIET, colour_of
from surveys.language.texts import Language
from surveys.privacy.published import PublishedRow, PublishedTable, State
from surveys.privacy.wording import say_value

if TYPE_CHECKING:
    from matplotlib.axes import Axes

ImageKind = Literal["png", "svg"]
MOST_ROWS = 40
_WIDTH_INCHES, _ROW_INCHES, _DPI = 9.0, 0.62, 150
_HIDDEN_WIDTH = 0.12  # of the axis: a hidden bar has a width that says nothing
_LETTERS_OF_TITLE, _LETTERS_OF_LABEL, _LETTERS_OF_NOTE = 78, 90, 112
# Matplotlib keeps its fonts in one place for the whole process.
DRAWING = threading.Lock()


def draw_image(
    table: PublishedTable,
    *,
    title: str,
    language: Language,
    kind: ImageKind,
    notes: Sequence[str] = (),
    width_inches: float = _WIDTH_INCHES,
) -> bytes:
    """Draw a table as horizontal bars.

    Args:
        table: published figures; rows in reading order, the first `MOST_ROWS` are drawn.
        title: what the picture shows.
        language: of labels and numbers.
        kind: ``png`` or ``svg``.
        notes: lines under the bars: what was counted, of how many, from where.
        width_inches: letters keep their size, so a narrower picture has larger ones when it is shown as wide.
    """
    # Costs half a second of whoever asks for the first picture, instead of everybody's start.
    from matplotlib import rc_context  # noqa: PLC0415 # see above
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415 # see above
    from matplotlib.figure import Figure  # noqa: PLC0415 # see above

    rows = table.rows[:MOST_ROWS]
    part = width_inches / _WIDTH_INCHES
    heading, footing = _wrap([title], int(_LETTERS_OF_TITLE * part)), _wrap(notes, int(_LETTERS_OF_NOTE * part))
    top, bottom = 0.3 + 0.27 * len(heading), 0.25 + 0.19 * len(footing)
    height = top + bottom + _ROW_INCHES * max(1, len(rows))
    settings: Any = {
        "font.family": "DejaVu Sans",
        "svg.fonttype": "path",
        "svg.hashsalt": "diagnoza",
        "text.usetex": False,
    }
    with DRAWING, rc_context(settings):
        figure = Figure(figsize=(width_inches, height), dpi=_DPI, facecolor="white")
        FigureCanvasAgg(figure)
        axes = figure.add_axes((0.03, bottom / height, 0.94, 1 - (top + bottom) / height))
        _draw_rows(axes, rows, table, language, int(_LETTERS_OF_LABEL * part))
        for number, line in enumerate(heading):
            _write(figure, 0.03, 1 - (0.3 + 0.27 * number) / height, line, size=13, weight="bold")
        for number, line in enumerate(footing):
            _write(figure, 0.03, (bottom - 0.2 - 0.19 * number) / height, line, size=8, color=QUIET)
        out = io.BytesIO()
        # Without the moment and the program's version the same figures give the same file.
        metadata: dict[str, Any] = {"Date": None, "Creator": None} if kind == "svg" else {"Software": None}
        figure.savefig(out, format=kind, metadata=metadata)
    return out.getvalue()


def _draw_rows(
    axes: "Axes", rows: Sequence[PublishedRow], table: PublishedTable, language: Language, letters: int
) -> None:
    reach = max((_reach(row) for row in rows), default=0.0) or 1.0
    axes.set_xlim(0, reach * 1.55)
    axes.set_ylim(max(1, len(rows)) - 0.35, -0.75)
    axes.set_axis_off()
    axes.axvline(0, color=QUIET, linewidth=0.8)
    for place, row in enumerate(rows):
        hidden = row.state is State.SUPPRESSED
        _write(axes, reach * 0.006, place - 0.33, _cut(" – ".join(row.labels[language]), letters), size=10, va="bottom")
        if hidden:
            axes.barh(place, reach * _HIDDEN_WIDTH, 0.42, color="white", edgecolor=HIDDEN, hatch="////")
        elif row.value is not None and table.unit != "official":
            _draw_value(axes, place, row, table.dimensions[-1])
        # Official figures of several units have no axis in common: they are written, not drawn.
        end = reach * _HIDDEN_WIDTH if hidden else 0.0 if table.unit == "official" else _reach(row)
        said = say_value(row, table.unit, language)
        _write(axes, end + reach * 0.015, place, said, size=10, va="center", color=QUIET if hidden else INK)


def _draw_value(axes: "Axes", place: int, row: PublishedRow, dimension: str) -> None:
    """A bar, or one of two figures set side by side: a dot of the shape that the page draws."""
    colour = colour_of(dimension, row.keys[-1]) or MAIN
    shape = PAIR_SHAPES.get(row.keys[-1]) if dimension in PAIRED else None
    if shape is None:
        axes.barh(place, row.value or 0.0, 0.42, color=colour)
    if row.low is not None and row.high is not None:
        middle, half = (row.low + row.high) / 2, (row.high - row.low) / 2
        axes.errorbar(middle, place, xerr=half, color=INK if shape is None else colour, capsize=4, linewidth=1.2)
    if shape is not None:
        axes.plot(
            [row.value or 0.0], [place], marker={"circle": "o", "diamond": "D"}[shape], markersize=8, color=colour
        )


def _reach(row: PublishedRow) -> float:
    return row.high if row.high is not None else (row.value or 0.0)


def _write(where: Any, x: float, y: float, text: str, **style: Any) -> None:  # a figure or its axes
    """Write somebody's words as they are: dollars are money, not formulas."""
    where.text(x, y, text, **{"color": INK, "parse_math": False, **style})


def _wrap(texts: Sequence[str], width: int) -> list[str]:

    return [line for text in texts for line in textwrap.wrap(" ".join(text.split()), width)]


def _cut(text: str, most: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[: most - 1]}…"

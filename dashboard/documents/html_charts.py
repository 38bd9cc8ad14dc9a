"""A published table as a small SVG drawing inside a page: real text, a title and a description, no script.

Names stand above their bars, so that the same drawing is read on a phone and on paper.
"""

from html import escape
from textwrap import wrap

from dashboard.charts.palette import GRID, HIDDEN, INK, QUIET, colour_of
from surveys.language.texts import Language
from surveys.privacy.published import PublishedRow, PublishedTable, State
from surveys.privacy.wording import describe_table, say_value

_WIDTH = 460
_NAME_LINE, _BAR, _GAP = 17, 16, 12
_LETTERS = 54
_HIDDEN_WIDTH = 56  # a hidden bar has a width that says nothing
_ROOM = {"share": 0.6, "pln": 0.72}  # of the width, for bars; the rest is for figures


def draw_svg(table: PublishedTable, *, caption: str, language: Language, key: str) -> str:
    """Draw a table as an SVG element.

    Args:
        table: published figures; every row is drawn.
        caption: what it shows.
        language: of labels and numbers.
        key: letters and digits that no other drawing of the page has.
    """
    reach = max((_reach(row) for row in table.rows), default=0.0) or 1.0
    scale = _WIDTH * _ROOM.get(table.unit, 0.82) / reach
    parts: list[str] = []
    top = 4.0
    for row in table.rows:
        for line in wrap(" ".join(" – ".join(row.labels[language]).split()), _LETTERS) or [""]:
            parts.append(f'<text x="0" y="{top + 13:.0f}">{escape(line)}</text>')
            top += _NAME_LINE
        parts += _draw_row(row, table, top + 2, scale, language)
        top += _BAR + _GAP
    about = escape(describe_table(table, caption, language))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {top:.0f}" role="img" '
        f'aria-labelledby="{key}-t {key}-d" font-size="13.5" fill="{INK}">'
        f'<title id="{key}-t">{escape(caption)}</title><desc id="{key}-d">{about}</desc>'
        f'<defs><pattern id="{key}-h" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<rect width="2" height="6" fill="{HIDDEN}"/></pattern></defs>'
        f'<line x1="0.5" y1="0" x2="0.5" y2="{top - 6:.0f}" stroke="{GRID}"/>{"".join(parts)}</svg>'
    ).replace("KEY-h", f"{key}-h")


def _draw_row(row: PublishedRow, table: PublishedTable, y: float, scale: float, language: Language) -> list[str]:
    hidden = row.state is State.SUPPRESSED
    parts = []
    if hidden:
        parts.append(
            f'<rect x="1" y="{y:.1f}" width="{_HIDDEN_WIDTH}" height="{_BAR}" fill="url(#KEY-h)" stroke="{HIDDEN}"/>'
        )
    elif row.value is not None:
        colour = colour_of(table.dimensions[-1], row.keys[-1])
        parts.append(_bar(y, max(0.0, row.value * scale), f'fill="{colour}"'))
    middle = y + _BAR / 2
    if row.low is not None and row.high is not None:
        low, high = row.low * scale + 1, row.high * scale + 1
        parts.append(
            f'<path d="M{low:.1f} {middle:.1f}H{high:.1f}M{low:.1f} {middle - 4:.1f}v8M{high:.1f} {middle - 4:.1f}v8" '
            f'stroke="{INK}" stroke-width="1.4" fill="none"/>'
        )
    end = _HIDDEN_WIDTH if hidden else _reach(row) * scale
    said = escape(say_value(row, table.unit, language))
    colour = QUIET if hidden else INK
    parts.append(f'<text x="{end + 9:.1f}" y="{middle + 4.5:.1f}" fill="{colour}">{said}</text>')
    return parts


def _bar(y: float, width: float, look: str) -> str:
    return f'<rect x="1" y="{y:.1f}" width="{width:.1f}" height="{_BAR}" {look}/>'


def _reach(row: PublishedRow) -> float:
    return row.high if row.high is not None else (row.value or 0.0)

"""A document as one page of HTML that needs nothing else: no request, no script, read aloud in order, printed well."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader
from markupsafe import Markup

from dashboard.documents.content import Block, Bullets, Document, Figure, Grid, Text, head_sections
from dashboard.documents.html_charts import draw_svg
from dashboard.documents.kinds import SHORT, Kind
from dashboard.documents.shown_rows import first_rows, note_of
from dashboard.texts import say


@dataclass
class _Numbers:
    """Tables and figures counted so far."""

    table: int = 0
    figure: int = 0


def write_html(made: Document) -> bytes:
    """Return a document as a page."""
    numbers = _Numbers()
    is_short = Kind(made.kind) in SHORT
    headings = head_sections(made, numbered=not is_short)
    sections = [
        {
            "key": f"r{place}",
            "heading": heading,
            "level": section.level + 1,
            "blocks": [_prepare(made, block, numbers) for block in section.blocks],
        }
        for place, (section, heading) in enumerate(zip(made.sections, headings, strict=True))
    ]
    page = (
        _environment()
        .get_template("report.html")
        .render(
            made=made,
            sections=sections,
            with_contents=not is_short,
            say=lambda key: say(f"documents.{key}", made.language),
        )
    )
    return page.encode("utf-8")


def _prepare(made: Document, block: Block, numbers: _Numbers) -> dict[str, Any]:
    """Return a block as the template reads it."""
    if isinstance(block, Text):
        return {"what": "text", "tone": block.tone.value, "text": block.text}
    if isinstance(block, Bullets):
        return {"what": "bullets", "items": block.items}
    if isinstance(block, Grid):
        numbers.table += 1
        return {"what": "grid", "grid": block, "number": numbers.table}
    numbers.figure += 1
    return _prepare_figure(made, block, numbers.figure)


def _prepare_figure(made: Document, figure: Figure, number: int) -> dict[str, Any]:
    shown = first_rows(figure.table, Kind(made.kind))
    # Built of escaped words and our own numbers only (`html_charts`).
    drawing = Markup(draw_svg(shown, caption=figure.caption, language=made.language, key=f"f{number}"))  # noqa: S704 # see above
    return {
        "what": "figure",
        "figure": figure,
        "number": number,
        "drawing": drawing,
        "note": note_of(figure, shown, made.language),
    }


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("dashboard.documents", "templates"), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )

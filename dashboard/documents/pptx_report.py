"""A document as slides: the answer above a native chart that can be edited, base and method in the notes.

Only what the chart shows is in its data: what the gate hid is a gap there too.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE
from pptx.util import Cm, Pt

from dashboard.charts.palette import INK, MAIN, QUIET
from dashboard.documents.content import Block, Bullets, Document, Figure, Grid, Section, Text, Tone
from dashboard.documents.pptx_charts import style_chart
from dashboard.documents.pptx_tables import MOST_ROWS, add_slide_table
from dashboard.documents.shown_rows import say_left_out
from dashboard.documents.slide_text import fit_heading, share_out
from dashboard.texts import say
from etl.exports.repeatable import without_moments
from surveys.language.texts import Language
from surveys.privacy.published import PublishedRow, PublishedTable, State
from surveys.privacy.wording import describe_table, say_value

_WIDTH, _HEIGHT, _MARGIN = Cm(33.867), Cm(19.05), Cm(1.7)
_TEXT_WIDTH_CM = 33.867 - 2 * 1.7 - 0.6  # without the edges of a box
_MOST_BARS = 8
_TITLE_AND_LIST, _TITLE_ONLY = 1, 5
_HEADING_TOP, _HEADING_HEIGHT = Cm(1.2), Cm(2.1)
_BODY_HEIGHT_CM = 13.0
# A percent sign stands apart from its number in Polish.
_PERCENT: dict[Language, str] = {"pl": "0\u00a0%", "en": "0%"}
# Chapters whose lists are worth a slide of their own.
_LISTED = frozenset(
    {
        "summary", "need", "time", "mirrors", "gaps", "decisions", "limits", "goals", "conclusions", "brief_actions",
        "brief_asked", "brief_next",
    }
)  # fmt: skip
# Chapters whose tables are what they are about.
_TABLED = frozenset({"decisions"})


def write_pptx(made: Document) -> bytes:
    """Return a document as slides."""
    show = Presentation()
    show.slide_width, show.slide_height = _WIDTH, _HEIGHT
    _write_title(show, made)
    for section, block in _slides(made):
        if isinstance(block, Figure):
            _write_figure(show, made, block)
        elif isinstance(block, Grid):
            _write_table(show, made, block)
        else:
            _write_list(show, made, section, block)
    about = show.core_properties
    about.title, about.author, about.last_modified_by = made.title, "diagnoza-lokalna", ""
    about.language = "pl-PL" if made.language == "pl" else "en-GB"
    out = io.BytesIO()
    show.save(out)
    return without_moments(out.getvalue())


def _slides(made: Document) -> Iterator[tuple[Section, Figure | Grid | tuple[str, ...]]]:
    """What is worth a slide: every figure, the lists of a few chapters, and the tables of even fewer."""
    for section in made.sections:
        if section.key == "tables":
            continue
        lines = _lines(section.blocks) if section.key in _LISTED else ()
        if lines:
            yield section, lines
        lead = ""
        for block in section.blocks:
            if isinstance(block, Text) and block.tone is Tone.LEAD:
                lead = block.text
            elif isinstance(block, Figure):
                yield section, replace(block, sentence=block.sentence or lead)
            elif isinstance(block, Grid) and section.key in _TABLED:
                yield section, block


def _lines(blocks: Sequence[Block]) -> tuple[str, ...]:
    """What a slide says of a chapter; what people still have to write is nothing to be shown to others."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Bullets):
            lines += block.items
        elif isinstance(block, Text) and block.tone in {Tone.LEAD, Tone.BODY, Tone.OWN}:
            lines.append(block.text)
    return tuple(lines)


def _write_title(show: Any, made: Document) -> None:
    slide = show.slides.add_slide(show.slide_layouts[_TITLE_ONLY])
    band = slide.shapes.add_shape(1, 0, 0, Cm(0.8), _HEIGHT)
    _fill(band, MAIN)
    _hide_from_readers(band)
    _write_heading(slide, made.title, size=40, top=Cm(6), height=Cm(5))
    lines = [made.subtitle] + ([say("documents.invented", made.language)] if made.invented else [])
    _write_box(slide, lines, top=Cm(11.2), height=Cm(3), size=20, ink=QUIET)


def _write_list(show: Any, made: Document, section: Section, lines: tuple[str, ...]) -> None:
    slides = share_out(lines, width_cm=_TEXT_WIDTH_CM - 1.2, height_cm=_BODY_HEIGHT_CM)
    for number, (size, part) in enumerate(slides, 1):
        slide = show.slides.add_slide(show.slide_layouts[_TITLE_AND_LIST])
        _write_heading(slide, section.title if len(slides) == 1 else f"{section.title} ({number}/{len(slides)})")
        body = slide.placeholders[1]
        body.left, body.top, body.width, body.height = _MARGIN, Cm(3.8), _WIDTH - 2 * _MARGIN, Cm(_BODY_HEIGHT_CM)
        _write_lines(body.text_frame, part, size=size, ink=INK)
        _write_foot(slide, made)


def _write_table(show: Any, made: Document, grid: Grid) -> None:
    slide = show.slides.add_slide(show.slide_layouts[_TITLE_ONLY])
    _write_heading(slide, grid.caption, size=26)
    add_slide_table(slide, grid, left=_MARGIN, top=Cm(3.8), width=_WIDTH - 2 * _MARGIN)
    rest = len(grid.rows) - MOST_ROWS
    shown = say("documents.first_rows", made.language, shown=MOST_ROWS, n=len(grid.rows)) if rest > 0 else ""
    _write_foot(slide, made, shown)
    slide.notes_slide.notes_text_frame.text = grid.note


def _write_figure(show: Any, made: Document, figure: Figure) -> None:
    language = made.language
    slide = show.slides.add_slide(show.slide_layouts[_TITLE_ONLY])
    _write_heading(slide, figure.caption, size=26)
    if figure.sentence:
        _write_box(slide, [figure.sentence], top=Cm(3.4), height=Cm(1.9), size=18, ink=INK)
    rows = figure.table.rows[:_MOST_BARS]
    if rows:
        place = (_MARGIN, Cm(5.3), _WIDTH - 2 * _MARGIN, Cm(11.6))
        data = _chart_data(rows, figure, language)
        frame = slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *place, data)
        frame.name = figure.caption
        properties = frame._element.nvGraphicFramePr.cNvPr  # noqa: SLF001 # no public way to an alternative text
        properties.set("descr", describe_table(figure.table, figure.caption, language))
        style_chart(frame.chart, rows, figure.table, _PERCENT[language])
    shown = say_left_out(figure.table, _first(figure.table), language)
    _write_foot(slide, made, shown)
    question = say("documents.question", language, question=figure.question) if figure.question else ""
    notes = [figure.sentence, question, say("documents.slide_notes", language, note=figure.note), shown]
    slide.notes_slide.notes_text_frame.text = "\n".join(note for note in notes if note)


def _first(table: PublishedTable) -> PublishedTable:
    return replace(table, rows=table.rows[:_MOST_BARS])


def _chart_data(rows: Sequence[PublishedRow], figure: Figure, language: Language) -> Any:
    data: Any = CategoryChartData(  # type: ignore[no-untyped-call] # the library has no types here
        number_format=_PERCENT[language] if figure.table.unit == "share" else "#,##0"
    )
    data.categories = [_name(row, figure.table.unit, language) for row in rows]
    data.add_series(figure.caption, [row.value for row in rows])
    return data


def _name(row: PublishedRow, unit: str, language: Language) -> str:
    """A row's name; a hidden one says so, and one without percents says its counts in words."""
    label = " – ".join(row.labels[language])
    if row.state is State.SUPPRESSED:
        return say("documents.hidden_row", language, label=label)
    if row.value is None:
        return say("documents.counts_row", language, label=label, said=say_value(row, unit, language))
    return label


def _write_heading(
    slide: Any, text: str, *, size: int = 30, top: Any = _HEADING_TOP, height: Any = _HEADING_HEIGHT
) -> None:
    title = slide.shapes.title
    title.left, title.top, title.width, title.height = _MARGIN, top, _WIDTH - 2 * _MARGIN, height
    frame = title.text_frame
    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.MIDDLE
    frame.auto_size = MSO_AUTO_SIZE.NONE
    frame.text = text
    fitting = fit_heading(text, largest=size, width_cm=_TEXT_WIDTH_CM, height_cm=height.cm)
    _style(frame.paragraphs[0], fitting, MAIN, bold=True)


def _write_box(slide: Any, lines: Sequence[str], *, top: Any, height: Any, size: int, ink: str = INK) -> None:
    box = slide.shapes.add_textbox(_MARGIN, top, _WIDTH - 2 * _MARGIN, height)
    _write_lines(box.text_frame, lines, size=size, ink=ink)


def _write_lines(frame: Any, lines: Sequence[str], *, size: int, ink: str) -> None:
    frame.word_wrap = True
    for place, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        paragraph.text = line
        paragraph.space_after = Pt(8)
        _style(paragraph, size, ink)


def _write_foot(slide: Any, made: Document, more: str = "") -> None:
    words = [more, made.title, made.subtitle, say("documents.invented_short", made.language) if made.invented else ""]
    box = slide.shapes.add_textbox(_MARGIN, _HEIGHT - Cm(1.5), _WIDTH - 2 * _MARGIN, Cm(1))
    box.text_frame.word_wrap = True
    box.text_frame.text = " · ".join(word for word in words if word)
    _style(box.text_frame.paragraphs[0], 12, QUIET)


def _style(paragraph: Any, size: int, ink: str, *, bold: bool = False) -> None:
    from pptx.enum.text import PP_ALIGN  # noqa: PLC0415 # beside its only use

    paragraph.alignment = PP_ALIGN.LEFT
    for run in paragraph.runs:
        run.font.size, run.font.bold, run.font.color.rgb, run.font.name = Pt(size), bold, _rgb(ink), "Arial"


def _fill(shape: Any, ink: str) -> None:
    shape.fill.solid()
    shape.fill.fore_color.rgb = _rgb(ink)
    shape.line.fill.background()


def _hide_from_readers(shape: Any) -> None:
    """A band of colour says nothing; its words stand empty."""
    shape._element.nvSpPr.cNvPr.set("descr", "")  # noqa: SLF001 # no public way to an alternative text


def _rgb(ink: str) -> RGBColor:
    made: RGBColor = RGBColor.from_string(ink.removeprefix("#"))  # type: ignore[no-untyped-call] # the library's own
    return made

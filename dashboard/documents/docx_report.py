"""A document as DOCX: real headings and contents, numbered tables and figures, pictures with words in their place."""

from dataclasses import dataclass, field

from docx import document
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

from dashboard.charts.document_image import draw_for_document
from dashboard.charts.palette import QUIET
from dashboard.documents.content import Block, Bullets, Document, Figure, Grid, Section, Text, Tone, head_sections
from dashboard.documents.docx_parts import (
    ContentsLine,
    add_caption,
    add_contents,
    add_picture,
    add_table,
    mark,
    rule_off,
)
from dashboard.documents.docx_styles import add_foot, begin_page, colour, new_document, save
from dashboard.documents.kinds import SHORT, Kind
from dashboard.documents.shown_rows import first_rows, note_of
from dashboard.texts import say
from surveys.privacy.wording import describe_table

_STYLES = {Tone.NOTE: "Note", Tone.QUOTE: "Quote"}


def write_docx(made: Document) -> bytes:
    """Return a document as a file for a word processor."""
    paper = new_document(made.title, made.language)
    writing = _Writing(made, paper)
    writing.write_all()
    return save(paper)


@dataclass
class _Writing:
    """A document on its way to paper, from the top down."""

    made: Document
    paper: document.Document
    counts: dict[str, int] = field(default_factory=dict)

    def write_all(self) -> None:
        foot = self.made.title if not self.made.invented else f"{self.made.title} · {self._say('invented_short')}"
        add_foot(self.paper, foot, say("documents.page_of", self.made.language, page="{page}", pages="{pages}"))
        self.paper.add_heading(self.made.title, level=0)
        self.paper.add_paragraph(self.made.subtitle, style="Subtitle")
        is_short = Kind(self.made.kind) in SHORT
        sections = self.made.sections
        headings = head_sections(self.made, numbered=not is_short)
        if not is_short:
            self._write_contents(headings)
        for place, (section, heading) in enumerate(zip(sections, headings, strict=True)):
            title = self.paper.add_heading(heading, level=section.level)
            mark(title, f"rozdzial{place}", place)
            if not is_short and (place == 0 or section.key == "tables"):
                begin_page(title)
            self._write_blocks(section)

    def _write_contents(self, headings: list[str]) -> None:
        heading = self.paper.add_paragraph(self._say("contents"))
        heading.runs[0].bold = True
        heading.runs[0].font.size = Pt(13)
        lines = [
            ContentsLine(section.level, heading, f"rozdzial{place}")
            for place, (section, heading) in enumerate(zip(self.made.sections, headings, strict=True))
        ]
        add_contents(self.paper, lines)

    def _write_blocks(self, section: Section) -> None:
        for place, block in enumerate(section.blocks):
            following = section.blocks[place + 1] if place + 1 < len(section.blocks) else None
            note_follows = _is_note(following)
            leads = note_follows or isinstance(following, Bullets | Grid | Figure)
            self._write(block, leads=leads, note_follows=note_follows)

    def _write(self, block: Block, *, leads: bool, note_follows: bool) -> None:
        if isinstance(block, Text):
            paragraph = self._write_text(block)
            # A sentence that announces a list or a table stays with it.
            paragraph.paragraph_format.keep_with_next = leads
        elif isinstance(block, Bullets):
            for place, item in enumerate(block.items, 1):
                listed = self.paper.add_paragraph(item, style="List Bullet")
                # A note alone at the top of the next page would belong to nothing.
                listed.paragraph_format.keep_with_next = note_follows and place >= len(block.items) - 1
        elif isinstance(block, Grid):
            self._write_grid(block)
        else:
            self._write_figure(block)

    def _write_text(self, block: Text) -> Paragraph:
        paragraph = self.paper.add_paragraph(block.text, style=_STYLES.get(block.tone))
        if block.tone is Tone.LEAD:
            paragraph.runs[0].bold = True
            paragraph.runs[0].font.size = Pt(12)
        elif block.tone is Tone.HINT:
            paragraph.runs[0].italic = True
            paragraph.runs[0].font.color.rgb = colour(QUIET)
            rule_off(paragraph)
        elif block.tone is Tone.QUOTE:
            paragraph.paragraph_format.left_indent = Cm(1)
        return paragraph

    def _write_grid(self, grid: Grid) -> None:
        add_caption(self.paper, self._say("table_word"), self._count("table"), grid.caption, above=True)
        add_table(
            self.paper,
            grid.headers,
            grid.rows,
            widths=grid.widths,
            figures=grid.figures,
            about=grid.caption,
            with_note=bool(grid.note),
        )
        note = self.paper.add_paragraph(grid.short or grid.note, style="Note")
        note.paragraph_format.space_before = Pt(4)

    def _write_figure(self, figure: Figure) -> None:
        language = self.made.language
        if figure.sentence:
            paragraph = self.paper.add_paragraph(figure.sentence)
            paragraph.paragraph_format.keep_with_next = True
        table = first_rows(figure.table, Kind(self.made.kind))
        picture = draw_for_document(table, language=language)
        add_picture(self.paper, picture, describe_table(figure.table, figure.caption, language))
        caption = add_caption(self.paper, self._say("figure_word"), self._count("figure"), figure.caption, above=False)
        note = note_of(figure, table, language)
        caption.paragraph_format.keep_with_next = bool(note)
        self.paper.add_paragraph(note, style="Note")

    def _count(self, what: str) -> int:
        self.counts[what] = self.counts.get(what, 0) + 1
        return self.counts[what]

    def _say(self, key: str) -> str:
        return say(f"documents.{key}", self.made.language)


def _is_note(block: Block | None) -> bool:
    return isinstance(block, Text) and block.tone is Tone.NOTE

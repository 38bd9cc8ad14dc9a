"""Parts of a document that python-docx has no word for: numbered captions, plain tables, pictures read aloud, contents.

Numbers are real fields with their value already in them: right in a program that never computes fields, and still
right after somebody adds a table of their own in one that does.
"""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

from docx.document import Document as Paper
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt
from docx.table import Table
from docx.text.paragraph import Paragraph

from dashboard.documents.docx_styles import SMALL, TEXT_WIDTH_CM
from etl.exports.questionnaires.paper_styles import keep_row_whole, repeat_as_header, set_widths, shade

_RULE = "B8C2CC"
# ECMA-376, part 1, CT_TblPr.
TABLE_PROPERTIES = (
    "tblStyle", "tblpPr", "tblOverlap", "bidiVisual", "tblStyleRowBandSize", "tblStyleColBandSize", "tblW", "jc",
    "tblCellSpacing", "tblInd", "tblBorders", "shd", "tblLayout", "tblCellMar", "tblLook", "tblCaption",
    "tblDescription",
)  # fmt: skip


_ROWS_TOGETHER = 3
# Width of a letter of a table's type, a bold one, and the space at both edges of a cell, in centimetres.
_LETTER_CM, _EDGES_CM = 0.178, 0.5
# Lines break after hyphens too; a longer word than any of Polish is broken rather than all others.
_WORDS, _LONGEST_WORD = re.compile("[ -]"), 26


@dataclass(frozen=True, slots=True)
class ContentsLine:
    """A line of the table of contents.

    Attributes:
        level: 1 for a chapter, 2 for a part of it.
        text: the heading.
        bookmark: name of the bookmark that the heading carries (`mark`).
    """

    level: int
    text: str
    bookmark: str


def add_caption(paper: Paper, word: str, number: int, text: str, *, above: bool) -> Paragraph:
    """Add a numbered caption: ``Tabela 3. …``.

    Args:
        paper: the document.
        word: "Tabela" or "Rysunek" in the document's language; each word is counted by itself.
        number: its number, so that the document is right before any program computes it.
        text: the caption.
        above: the caption stands above what it names, and stays on its page.
    """
    paragraph = paper.add_paragraph(style="Caption")
    paragraph.add_run(f"{word}\u00a0")
    _add_field(paragraph, f"SEQ {word} \\* ARABIC", str(number))
    paragraph.add_run(f". {text}")
    paragraph.paragraph_format.keep_with_next = above
    if not above:
        paragraph.paragraph_format.space_before = Pt(2)
    return paragraph


def add_table(
    paper: Paper,
    headers: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    widths: Sequence[float] = (),
    figures: frozenset[int] = frozenset(),
    about: str = "",
    with_note: bool = False,
) -> Table:
    """Add a table with thin rules, a head repeated on each page, and rows that are never cut by a page's end.

    Args:
        paper: the document.
        headers: one per column.
        rows: cells as words.
        widths: relative widths of the columns; equal ones by default. The table fills the width of the text.
        figures: columns of figures, set to the right.
        about: what the table is, for programs that read aloud.
        with_note: a paragraph follows that belongs to the table; its last row stays with it.
    """
    table = paper.add_table(rows=1 + len(rows), cols=len(headers))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    _draw_rules(table)
    if about:
        _describe(table, about)
    set_widths(table, fit_widths(tuple(widths) or (1.0,) * len(headers), headers, rows))
    cells = table._cells  # noqa: SLF001 # asked once: python-docx reads the whole table anew at every cell
    for number, words in enumerate((headers, *rows)):
        for column, word in enumerate(words):
            cell = cells[number * len(headers) + column]
            paragraph = cell.paragraphs[0]
            run = paragraph.add_run(word)
            run.font.size, run.font.bold = SMALL + Pt(0.5), number == 0
            layout = paragraph.paragraph_format
            layout.space_before = layout.space_after = Pt(2)
            layout.line_spacing = 1.0
            # A heading alone at a page's foot, or a last row alone at the top of the next, would be no use.
            is_near_end = len(rows) - _ROWS_TOGETHER < number < len(rows)
            layout.keep_with_next = number < min(2, len(rows)) or is_near_end or (with_note and number == len(rows))
            if column in figures:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            elif column - 1 in figures:
                layout.left_indent = Cm(0.25)  # words right after figures would look like part of them
            if number == 0:
                shade(cell)
    for row in table.rows:
        keep_row_whole(row)
    repeat_as_header(table.rows[0])
    _put_in_order(table)
    made: Table = table
    return made


def fit_widths(shares: Sequence[float], headers: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[float, ...]:
    """Return widths of columns, in centimetres, in which no word has to be broken.

    Args:
        shares: wanted relative widths.
        headers: one per column.
        rows: cells as words.

    Returns:
        Widths that fill the text. A column narrower than its longest word takes from those that have room; where the
        longest words of all columns don't fit beside each other, widths go by them.
    """
    cells = [headers, *rows]
    needs = [
        min(_LONGEST_WORD, max(len(word) for row in cells for word in _WORDS.split(row[column]))) * _LETTER_CM
        + _EDGES_CM
        for column in range(len(headers))
    ]
    if sum(needs) >= TEXT_WIDTH_CM:
        return tuple(TEXT_WIDTH_CM * need / sum(needs) for need in needs)
    widths = [TEXT_WIDTH_CM * share / sum(shares) for share in shares]
    short = sum(max(0.0, need - width) for need, width in zip(needs, widths, strict=True))
    room = sum(max(0.0, width - need) for need, width in zip(needs, widths, strict=True))
    return tuple(
        need if width < need else width - (width - need) * (short / room if room else 0.0)
        for need, width in zip(needs, widths, strict=True)
    )


def add_picture(paper: Paper, picture: bytes, alt: str, *, width_cm: float = TEXT_WIDTH_CM) -> Paragraph:
    """Add a picture as wide as the text, with the words that stand for it, on one page with its caption below.

    Args:
        paper: the document.
        picture: PNG.
        alt: what it shows, for programs that read aloud.
        width_cm: at most that of the text.
    """
    paragraph = paper.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    paragraph.paragraph_format.space_before = Pt(8)
    paragraph.paragraph_format.line_spacing = 1.0
    shape = paragraph.add_run().add_picture(io.BytesIO(picture), width=Cm(width_cm))
    shape._inline.docPr.set("descr", alt)  # noqa: SLF001 # no public way to an alternative text
    return paragraph


def mark(heading: Paragraph, bookmark: str, number: int) -> None:
    """Give a heading a name that the table of contents can lead to.

    Args:
        heading: the paragraph.
        bookmark: letters and digits.
        number: of its own in the document.
    """
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for part in (start, end):
        part.set(qn("w:id"), str(number))
    start.set(qn("w:name"), bookmark)
    heading._p.insert(1 if heading._p.pPr is not None else 0, start)  # noqa: SLF001 # no public way
    heading._p.append(end)  # noqa: SLF001 # no public way


def add_contents(paper: Paper, lines: Sequence[ContentsLine]) -> None:
    """Add the table of contents, filled in: each line leads to its heading and asks the program for its page.

    Not one big field of Word's: LibreOffice would show the pages written into that one, which nobody knows before the
    document is laid out. A reference to a page is computed by every program.
    """
    for line in lines:
        paragraph = paper.add_paragraph()
        layout = paragraph.paragraph_format
        layout.left_indent = Cm(0.7 * (line.level - 1))
        layout.space_after = Pt(3)
        layout.tab_stops.add_tab_stop(Cm(TEXT_WIDTH_CM), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), line.bookmark)
        link.set(qn("w:history"), "1")
        paragraph.add_run(line.text).bold = line.level == 1
        paragraph.add_run("\t")
        _add_field(paragraph, f"PAGEREF {line.bookmark} \\h", "…", stale=True)
        for run in list(paragraph.runs):
            link.append(run._r)  # noqa: SLF001 # no public way
        paragraph._p.append(link)  # noqa: SLF001 # no public way


def _add_field(paragraph: Paragraph, code: str, shown: str, *, stale: bool = False) -> None:
    for kind in ("begin", f" {code} ", "separate", "", "end"):
        run = paragraph.add_run()
        if not kind:
            run.text = shown
            continue
        part = _field_part(kind)
        if stale and kind == "begin":
            part.set(qn("w:dirty"), "true")
        run._r.append(part)  # noqa: SLF001 # fields have no public way


def _field_part(kind: str) -> BaseOxmlElement:
    """A mark of a field (``begin``, ``separate``, ``end``), or the code between them."""
    if kind in {"begin", "separate", "end"}:
        mark_of_field = OxmlElement("w:fldChar")
        mark_of_field.set(qn("w:fldCharType"), kind)
        return mark_of_field
    code = OxmlElement("w:instrText")
    code.set(qn("xml:space"), "preserve")
    code.text = kind
    return code


def _draw_rules(table: Table) -> None:
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        rule = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", _RULE)):
            rule.set(qn(f"w:{name}"), value)
        borders.append(rule)
    table._tbl.tblPr.append(borders)  # noqa: SLF001 # no public way


def _put_in_order(table: Table) -> None:
    """Set a table's properties in the order of the format's schema: Word calls a file damaged over less."""
    properties = table._tbl.tblPr  # noqa: SLF001 # no public way
    places = {qn(f"w:{name}"): place for place, name in enumerate(TABLE_PROPERTIES)}
    for child in sorted(properties, key=lambda child: places.get(child.tag, len(places))):
        properties.append(child)  # moves it to the end


def _describe(table: Table, about: str) -> None:
    described = OxmlElement("w:tblDescription")
    described.set(qn("w:val"), about)
    table._tbl.tblPr.append(described)  # noqa: SLF001 # no public way


def rule_off(paragraph: Paragraph) -> None:
    """Draw a line along the left edge of a paragraph: something here waits for people."""
    borders = OxmlElement("w:pBdr")
    rule = OxmlElement("w:left")
    for name, value in (("val", "single"), ("sz", "18"), ("space", "8"), ("color", _RULE)):
        rule.set(qn(f"w:{name}"), value)
    borders.append(rule)
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 # no public way
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")

"""How the paper form looks: large type, dark on white, boxes for a pen; and what python-docx has no word for."""

import io
import zipfile
from datetime import datetime
from typing import Any

from docx.document import Document as Paper
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from surveys.language.languages import Language

BOX = "☐"
FONT = "Arial"
# People over sixty fill it in, in the light of a village hall.
BODY = Pt(14)
# The foot of a page and the team's own tallies.
SMALL, SMALLER = Pt(11), Pt(9)
PAGE_WIDTH, PAGE_HEIGHT, MARGIN = Cm(21.0), Cm(29.7), Cm(2.0)
TEXT_WIDTH_CM = 17.0
_INK = RGBColor(0x1A, 0x1A, 0x1A)
_HEADINGS = {"Title": Pt(24), "Heading 1": Pt(18), "Heading 2": Pt(15)}
_GREY = "E7EEF0"
_EDGE_TWIPS = 60  # about a millimetre, so that a scale with seven points fits
# A file made twice is the same file: no moment of making is written into it.
_NO_MOMENT = datetime(2000, 1, 1)  # noqa: DTZ001 # the library takes moments without a zone
_NO_DAY = (2000, 1, 1, 0, 0, 0)


def prepare(paper: Paper, title: str, language: Language) -> None:
    """Set page, type, headings, language and properties of a new document."""
    for section in paper.sections:
        section.page_width, section.page_height = PAGE_WIDTH, PAGE_HEIGHT
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
    normal: Any = paper.styles["Normal"]
    _set_font(normal, BODY)
    normal.paragraph_format.space_after = Pt(4)
    normal.paragraph_format.line_spacing = 1.1
    for name, size in _HEADINGS.items():
        style: Any = paper.styles[name]
        _set_font(style, size)
        style.font.bold, style.font.color.rgb = True, _INK
        style.paragraph_format.keep_with_next = True
        style.paragraph_format.space_before = Pt(18 if name != "Title" else 0)
        style.paragraph_format.space_after = Pt(6)
    for borders in paper.styles["Title"].element.iter(qn("w:pBdr")):
        borders.getparent().remove(borders)
    for defaults in paper.styles.element.iter(qn("w:rPrDefault")):
        for lang in defaults.iter(qn("w:lang")):
            lang.set(qn("w:val"), "pl-PL" if language == "pl" else "en-GB")
    about = paper.core_properties
    about.title, about.author, about.last_modified_by, about.comments = title, "diagnoza-lokalna", "", ""
    about.language = "pl-PL" if language == "pl" else "en-GB"
    about.created = about.modified = _NO_MOMENT
    about.revision = 1


def _set_font(style: Any, size: Pt) -> None:
    style.font.name, style.font.size = FONT, size
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:cs"), FONT)


def save(paper: Paper) -> bytes:
    """Return the document as a file; the same document gives the same bytes."""
    first = io.BytesIO()
    paper.save(first)
    out = io.BytesIO()
    with zipfile.ZipFile(first) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in made.namelist():
            info = zipfile.ZipInfo(name, _NO_DAY)
            info.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(info, made.read(name))
    return out.getvalue()


def draw_line(paragraph: Paragraph, width_cm: float = TEXT_WIDTH_CM) -> None:
    """Fill the rest of a line with dots to write on."""
    paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(width_cm), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    paragraph.add_run("\t")
    paragraph.paragraph_format.line_spacing = 1.5


def hang(paragraph: Paragraph, indent_cm: float = 0.9) -> None:
    """Let the second line of an option begin where its words begin, not under the box."""
    layout = paragraph.paragraph_format
    layout.left_indent, layout.first_line_indent = Cm(indent_cm), Cm(-indent_cm)
    layout.tab_stops.add_tab_stop(Cm(indent_cm))


def add_field(paragraph: Paragraph, code: str, size: Pt) -> None:
    """Add what the program that prints fills in, ``PAGE`` for example."""
    for kind, text in (("begin", ""), ("", code), ("separate", ""), ("shown", "1"), ("end", "")):
        run = paragraph.add_run()
        run.font.size = size
        if kind == "":
            part = OxmlElement("w:instrText")
            part.text = text
        elif kind == "shown":
            part = OxmlElement("w:t")
            part.text = text
        else:
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), kind)
        run._r.append(part)  # noqa: SLF001 # fields have no public way


def set_widths(table: Table, widths_cm: tuple[float, ...]) -> None:
    """Give the columns of a table their widths; every program heeds another place, so all are set."""
    table.autofit = False
    edges = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), str(_EDGE_TWIPS))
        edge.set(qn("w:type"), "dxa")
        edges.append(edge)
    table._tbl.tblPr.append(edges)  # noqa: SLF001 # no public way
    for column, width in zip(table.columns, widths_cm, strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)


def keep_row_whole(row: _Row) -> None:
    """Keep a row of a table on one page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001 # no public way


def repeat_as_header(row: _Row) -> None:
    """Show a row of a table again on each further page; programs that read aloud take it for the header."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 # no public way


def shade(cell: _Cell) -> None:
    """Make a cell pale grey."""
    shading = OxmlElement("w:shd")
    shading.set(qn("w:val"), "clear")
    shading.set(qn("w:color"), "auto")
    shading.set(qn("w:fill"), _GREY)
    cell._tc.get_or_add_tcPr().append(shading)  # noqa: SLF001 # no public way


def stand_upright(cell: _Cell) -> None:
    """Turn the words of a cell so that they are read from below."""
    direction = OxmlElement("w:textDirection")
    direction.set(qn("w:val"), "btLr")
    cell._tc.get_or_add_tcPr().append(direction)  # noqa: SLF001 # no public way

"""How our documents look in a word processor: page, type, headings, and a foot with the page's number.

Real styles only: whoever opens the document changes all headings in one place, and a screen reader jumps by them.
"""

from typing import Any

from docx import Document
from docx.document import Document as Paper
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from dashboard.charts.palette import INK, MAIN, QUIET
from etl.exports.questionnaires.paper_styles import add_field
from etl.exports.questionnaires.paper_styles import save as save_repeatably
from surveys.language.languages import Language

FONT = "Arial"
BODY, SMALL = Pt(10.5), Pt(8.5)
PAGE_WIDTH, PAGE_HEIGHT = Cm(21.0), Cm(29.7)
MARGIN_CM = 2.2
TEXT_WIDTH_CM = 21.0 - 2 * MARGIN_CM
# Style → size, colour, space before, space after.
_HEADINGS = {
    "Title": (Pt(26), MAIN, Pt(0), Pt(4)),
    "Subtitle": (Pt(13), QUIET, Pt(0), Pt(14)),
    "Heading 1": (Pt(17), MAIN, Pt(22), Pt(8)),
    "Heading 2": (Pt(13), INK, Pt(16), Pt(4)),
    "Heading 3": (Pt(11), INK, Pt(12), Pt(3)),
}
_LISTS = ("List Bullet", "List Number")


def new_document(title: str, language: Language) -> Paper:
    """Return an empty document with our page, styles, language and properties.

    Args:
        title: of the document, for its properties (the heading itself is the caller's).
        language: of the text, for spelling and hyphenation, and for programs that read aloud.
    """
    paper = Document()
    for section in paper.sections:
        section.page_width, section.page_height = PAGE_WIDTH, PAGE_HEIGHT
        section.left_margin = section.right_margin = Cm(MARGIN_CM)
        section.top_margin, section.bottom_margin = Cm(2.0), Cm(2.0)
    _set_styles(paper)
    _set_language(paper, "pl-PL" if language == "pl" else "en-GB")
    about = paper.core_properties
    about.title, about.author, about.last_modified_by, about.comments = title, "diagnoza-lokalna", "", ""
    return paper


def save(paper: Paper) -> bytes:
    """Return the document as a file; the same document gives the same bytes, and no moment of making is in it."""
    from datetime import datetime  # noqa: PLC0415 # beside its only use

    no_moment = datetime(2000, 1, 1)  # noqa: DTZ001 # the library takes moments without a zone
    paper.core_properties.created = paper.core_properties.modified = no_moment
    paper.core_properties.revision = 1
    return save_repeatably(paper)


def add_foot(paper: Paper, left: str, pages: str) -> None:
    """Put a line at the foot of every page.

    Args:
        paper: the document.
        left: what it is, at the left edge.
        pages: "strona {page} z {pages}" in the document's language; programs fill in the numbers.
    """
    foot = paper.sections[0].footer.paragraphs[0]
    paper.styles["Footer"].paragraph_format.tab_stops.clear_all()
    foot.paragraph_format.tab_stops.add_tab_stop(Cm(TEXT_WIDTH_CM), WD_TAB_ALIGNMENT.RIGHT)
    before, _, rest = pages.partition("{page}")
    between, _, after = rest.partition("{pages}")
    _add_quiet(foot, f"{left}\t{before}")
    add_field(foot, "PAGE", SMALL)
    _add_quiet(foot, between)
    add_field(foot, "NUMPAGES", SMALL)
    _add_quiet(foot, after)


def begin_page(paragraph: Paragraph) -> None:
    """Let a heading begin a new page, without an empty paragraph before it."""
    paragraph.paragraph_format.page_break_before = True


def _add_quiet(paragraph: Paragraph, text: str) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.font.color.rgb = SMALL, colour(QUIET)


def colour(hexadecimal: str) -> RGBColor:
    """Return a colour of the palette as word processors write it."""
    return RGBColor.from_string(hexadecimal.removeprefix("#"))


def _set_styles(paper: Paper) -> None:
    normal: Any = paper.styles["Normal"]
    set_font(normal, BODY)
    normal.paragraph_format.space_after = Pt(6)
    normal.paragraph_format.line_spacing = 1.15
    normal.paragraph_format.widow_control = True
    for name, (size, ink, before, after) in _HEADINGS.items():
        style: Any = paper.styles[name]
        set_font(style, size)
        style.font.bold, style.font.italic, style.font.color.rgb = name != "Subtitle", False, colour(ink)
        style.paragraph_format.keep_with_next = True
        style.paragraph_format.space_before, style.paragraph_format.space_after = before, after
        style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.LEFT
    for spacing in list(paper.styles["Subtitle"].element.iter(qn("w:spacing"))):
        # Letters set apart are hard to read; the space before and after, of the same name, stands elsewhere.
        if spacing.getparent().tag == qn("w:rPr"):
            spacing.getparent().remove(spacing)
    for borders in list(paper.styles["Title"].element.iter(qn("w:pBdr"))):
        borders.getparent().remove(borders)
    for name in _LISTS:
        listed: Any = paper.styles[name]
        set_font(listed, BODY)
        listed.paragraph_format.space_after = Pt(3)
    caption: Any = paper.styles["Caption"]
    set_font(caption, Pt(9.5))
    caption.font.bold, caption.font.color.rgb = True, colour(INK)
    caption.paragraph_format.space_before, caption.paragraph_format.space_after = Pt(10), Pt(4)
    note: Any = paper.styles["No Spacing"]
    note.name = "Note"
    set_font(note, SMALL)
    note.font.color.rgb = colour(QUIET)
    note.paragraph_format.space_before, note.paragraph_format.space_after = Pt(2), Pt(8)
    note.paragraph_format.keep_together = True


def set_font(style: Any, size: Pt) -> None:
    """Give a style our typeface, in every place where a theme could name another one."""
    style.font.name, style.font.size = FONT, size
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:cs"), FONT)


def _set_language(paper: Paper, tag: str) -> None:
    for defaults in paper.styles.element.iter(qn("w:rPrDefault")):
        for lang in defaults.iter(qn("w:lang")):
            lang.set(qn("w:val"), tag)
    paper.core_properties.language = tag
    hyphenation = OxmlElement("w:autoHyphenation")
    hyphenation.set(qn("w:val"), "true")
    settings = paper.settings.element
    # The schema wants it after the tab stop's default and before footnotes; Word refuses another order.
    later = ("w:consecutiveHyphenLimit", "w:hyphenationZone", "w:characterSpacingControl", "w:compat")
    place = next((child for child in settings if child.tag in {qn(name) for name in later}), None)
    if place is not None:
        place.addprevious(hyphenation)

"""What is printed for a link: its QR code, a poster of one A4 page, slips with one-time codes."""

import io
from collections.abc import Sequence

import segno
from docx import Document
from docx.document import Document as DocumentType
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt

from dashboard.texts import say
from surveys.language.texts import Language

_SLIPS_IN_A_ROW = 2


def draw_qr(address: str, kind: str) -> bytes:
    """Return an address as a QR code.

    Args:
        address: what a phone opens.
        kind: ``png`` or ``svg``.
    """
    drawn = io.BytesIO()
    segno.make(address, error="m").save(drawn, kind=kind, scale=10, border=4)
    return drawn.getvalue()


def write_poster(title: str, partnership: str, address: str, short: str, last_day: str, language: Language) -> bytes:
    """Return a poster as a DOCX of one A4 page, to be printed or changed first.

    Args:
        title: of the survey.
        partnership: its name.
        address: for the QR code.
        short: to be typed.
        last_day: in words.
        language: of the poster's own words.
    """
    document = _open_page()
    _write(document, title, 34, bold=True)
    _write(document, partnership, 18)
    _write(document, say("collections.poster.invitation", language), 20)
    picture = document.add_paragraph()
    picture.alignment = WD_ALIGN_PARAGRAPH.CENTER
    picture.add_run().add_picture(io.BytesIO(draw_qr(address, "png")), width=Cm(9))
    _write(document, say("collections.poster.type", language), 16)
    _write(document, short.partition("://")[2], 24, bold=True)
    _write(document, say("collections.poster.until", language, day=last_day), 18)
    _write(document, say("collections.poster.small", language), 12)
    return _save(document)


def write_codes(title: str, short: str, codes: Sequence[str], language: Language) -> bytes:
    """Return slips with one-time codes, to be cut apart, as a DOCX."""
    document = _open_page()
    rows = -(-len(codes) // _SLIPS_IN_A_ROW)
    table = document.add_table(rows=rows, cols=_SLIPS_IN_A_ROW, style="Table Grid")
    cells = [cell for row in table.rows for cell in row.cells]
    for cell, code in zip(cells, codes, strict=False):
        cell.text = title
        cell.add_paragraph(say("collections.codes.slip", language, address=short.partition("://")[2]))
        run = cell.add_paragraph().add_run(code)
        run.bold, run.font.size = True, Pt(18)
    return _save(document)


def _open_page() -> DocumentType:
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(1.8)
    # Nobody's name and no moment in the file's own properties.
    document.core_properties.author = ""
    return document


def _write(document: DocumentType, text: str, size: int, *, bold: bool = False) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(text)
    run.bold, run.font.size = bold, Pt(size)


def _save(document: DocumentType) -> bytes:
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()

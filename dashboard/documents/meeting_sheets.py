"""Sheets for a meeting, in one file to print: the attendance list, cards of problems with their evidence, ballots.

Ballots carry the code (or the number of the seat), the address as a QR code that fills the code in, and the problems by
number, so that a paper ballot can be typed in by numbers alone.
"""

import io
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import quote

import segno
from docx.document import Document as Paper
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Length, Pt
from docx.table import _Cell

from dashboard.documents.docx_parts import add_table
from dashboard.documents.docx_styles import SMALL, TEXT_WIDTH_CM, begin_page, new_document, save
from dashboard.meetings.screens import in_language, plan_times
from dashboard.texts import say
from etl.exports.questionnaires.paper_styles import keep_row_whole, set_widths
from etl.store.meeting_rows import StoredMeeting
from surveys.analysis.ballot_checks import DEFAULT_MOST, PEARL_QUESTIONS
from surveys.language.numerals import format_date
from surveys.language.texts import Language
from surveys.language.typesetting import bind_short_words
from surveys.model.meeting import Meeting, VoteAccess, VoteMethod
from surveys.vocabulary import load

_SPARE_LINES = 6
_MOST_WITH_QR = 120
_QR_CM = 3.1


def write_sheets(found: StoredMeeting, codes: Sequence[str], *, address: str, short: str, language: Language) -> bytes:
    """Return the sheets as a DOCX.

    Args:
        found: the meeting.
        codes: one for each ballot; empty where people vote by seats.
        address: of the vote, for the QR code.
        short: to be typed.
        language: of the sheets.
    """
    meeting = in_language(found.meeting, language)
    found = replace(found, meeting=meeting)
    paper = new_document(meeting.name, language)
    _write_attendance(paper, found, language)
    _write_cards(paper, meeting, language)
    marks = list(codes) if meeting.access is VoteAccess.CODES else [str(n + 1) for n in range(meeting.seats)]
    _write_ballots(paper, meeting, marks, address, short.partition("://")[2], language)
    return save(paper)


def _write_attendance(paper: Paper, found: StoredMeeting, language: Language) -> None:
    meeting = found.meeting
    paper.add_paragraph(say("meeting_sheets.attendance", language), style="Title")
    facts = [meeting.name, found.partnership_name, format_date(meeting.held_on, language), meeting.place]
    paper.add_paragraph(_set(" · ".join(fact for fact in facts if fact), language), style="Subtitle")
    agenda = [f"{time} {point.title}".strip() for time, point in zip(plan_times(meeting), meeting.agenda, strict=True)]
    paper.add_paragraph(_set(" · ".join(agenda), language))
    headers = [
        say(f"meeting_sheets.column.{name}", language)
        for name in ("number", "name", "organisation", "sector", "signature")
    ]
    rows = [[str(number + 1), "", "", "", ""] for number in range(meeting.seats + _SPARE_LINES)]
    table = add_table(paper, headers, rows, widths=(0.5, 3, 3, 1.7, 2.5))
    for row in table.rows[1:]:
        row.height = Cm(0.9)
    paper.add_paragraph(_set(say("meeting_sheets.attendance_note", language), language), style="Note")


def _write_cards(paper: Paper, meeting: Meeting, language: Language) -> None:
    for number, item in enumerate(meeting.items, 1):
        heading = paper.add_paragraph(_set(f"{number}. {item.title}", language), style="Heading 1")
        if number % 2:
            begin_page(heading)
        for title, text in (
            ("evidence", item.evidence.get(language) or say("meeting_room.no_evidence", language)),
            ("done", item.done.get(language) or say("meeting_evidence.nothing", language)),
        ):
            paper.add_paragraph(say(f"meeting_sheets.{title}", language), style="Heading 3")
            paper.add_paragraph(_set(text, language))
        for title in ("for", "against"):
            paper.add_paragraph(say(f"meeting_sheets.{title}", language), style="Heading 3")
            for _ in range(2):
                paper.add_paragraph("_" * 80).paragraph_format.space_after = Pt(8)


def _write_ballots(
    paper: Paper, meeting: Meeting, marks: Sequence[str], address: str, short: str, language: Language
) -> None:
    if not marks:
        return
    begin_page(paper.add_paragraph(say("meeting_sheets.ballots", language), style="Heading 1"))
    paper.add_paragraph(_set(say("meeting_sheets.cut", language), language), style="Note")
    table = paper.add_table(rows=len(marks), cols=2, style="Table Grid")
    set_widths(table, (TEXT_WIDTH_CM - 5.0, 5.0))
    cells = table._cells  # noqa: SLF001 # asked once: python-docx reads the whole table anew at every cell
    for place, mark in enumerate(marks):
        _write_choices(cells[2 * place], meeting, language)
        _write_code(cells[2 * place + 1], meeting, mark, address, short, language, with_qr=len(marks) <= _MOST_WITH_QR)
        keep_row_whole(table.rows[place])


def _write_choices(cell: _Cell, meeting: Meeting, language: Language) -> None:
    most = DEFAULT_MOST.get(meeting.method, 0)
    _add(cell, _set(meeting.name, language), bold=True, first=True)
    _add(cell, _set(say(f"voting.how.{meeting.method}", language, n=min(most, len(meeting.items))), language))
    if meeting.method is VoteMethod.NOMINAL:
        places = min(most, len(meeting.items))
        boxes = "   ".join(f"{say('meeting_room.paper_page.place', language, n=n)} ____" for n in range(1, places + 1))
        _add(cell, boxes, bold=True)
    if meeting.access is VoteAccess.CODES:
        _add(cell, say("meeting_sheets.copy_code", language), size=Pt(9))
    if meeting.by_sector:
        sectors = " / ".join(load().sectors.label(code, language).lower() for code in load().sectors)
        _add(cell, _set(say("meeting_sheets.circle_sector", language, sectors=sectors), language), size=Pt(9))
    if meeting.method is VoteMethod.HANLON:
        letters = ", ".join(
            f"{letter} – {say(f'meetings.pearl.{question}', language)}"
            for letter, question in zip("PEARL", PEARL_QUESTIONS, strict=True)
        )
        _add(cell, _set(say("meeting_sheets.circle_pearl", language, letters=letters), language), size=Pt(9))
    box = {
        VoteMethod.NOMINAL: "",
        VoteMethod.HANLON: "  ___ / ___  P E A R L",
        VoteMethod.MATRIX: "  ___ / ___",
        VoteMethod.CONSENSUS: f"  {say('meeting_sheets.opinions', language)}",
    }.get(meeting.method, "  ___")
    for number, item in enumerate(meeting.items, 1):
        _add(cell, _set(f"{number}. {item.title}{box}", language), size=Pt(9))


def _write_code(  # what stands on the right half of a ballot
    cell: _Cell, meeting: Meeting, mark: str, address: str, short: str, language: Language, *, with_qr: bool
) -> None:
    by_codes = meeting.access is VoteAccess.CODES
    key = "code" if by_codes else "seat"
    _add(cell, say(f"meeting_sheets.{key}", language), size=SMALL, first=True)
    _add(cell, mark, size=Pt(15), bold=True)
    if with_qr:
        picture = io.BytesIO()
        whole = f"{address}?kod={quote(mark)}" if by_codes else address
        segno.make(whole, error="m").save(picture, kind="png", scale=4, border=2)
        paragraph = cell.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
        paragraph.add_run().add_picture(picture, width=Cm(_QR_CM))
    _add(cell, short, size=SMALL)


def _add(cell: _Cell, text: str, *, size: Length | None = None, bold: bool = False, first: bool = False) -> None:
    paragraph = cell.paragraphs[0] if first else cell.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(2)
    run = paragraph.add_run(text)
    run.bold = bold
    if size is not None:
        run.font.size = size


def _set(text: str, language: Language) -> str:
    return bind_short_words(text, language)

"""Made Microsoft Forms answers with a known truth: the workbook, a CSV made of it, a quiz, a file without headers."""

import csv
import io
from collections.abc import Sequence
from datetime import datetime, timedelta

from tests.made.google_forms import Cell, MadeSurvey
from tests.made.workbook import Cell as SheetCell
from tests.made.workbook import write_workbook

POLISH = ("ID", "Godzina rozpoczęcia", "Godzina ukończenia", "Adres e-mail", "Nazwa")
ENGLISH = ("Id", "Start time", "Completion time", "Email", "Name", "Last modified time")
GERMAN = ("ID", "Startzeit", "Fertigstellungszeit", "E-Mail", "Name", "Zeitpunkt der letzten Änderung", "Sprache")


def header_of(header: str) -> str:
    """A question as the tool heads it: of a grid only the row is left, with stray spaces around it."""
    row = header.partition(" [")[2].removesuffix("]")
    return f" {row}\u00a0" if row else header.replace(" ", "\u00a0", 1)


def xlsx(made: MadeSurvey, marks: Sequence[str] = POLISH, *, quiz: bool = False, people: str = "anonymous") -> bytes:
    """The workbook that the tool hands out; a quiz has points and feedback beside every question."""
    return write_workbook({"Sheet1": rows_of(made, marks, quiz=quiz, people=people)})


def csv_of(made: MadeSurvey, marks: Sequence[str] = POLISH, *, encoding: str = "cp1250", headers: bool = True) -> bytes:
    """The workbook saved as CSV by Excel in Poland."""
    rows = rows_of(made, marks, quiz=False, people="anonymous")
    written = io.StringIO(newline="")
    texts = [[_text(cell) for cell in row] for row in (rows if headers else rows[1:])]
    csv.writer(written, delimiter=";", lineterminator="\r\n").writerows(texts)
    return written.getvalue().encode(encoding)


def rows_of(made: MadeSurvey, marks: Sequence[str], *, quiz: bool, people: str) -> list[list[SheetCell]]:
    """Header row and rows of the workbook."""
    headers: list[SheetCell] = [*marks, *(["Total points", "Quiz feedback"] if quiz else [])]
    for question in made.questions:
        header = header_of(question.header)
        headers += [header, f"Points - {header}", f"Feedback - {header}"] if quiz else [header]
    rows: list[list[SheetCell]] = [headers]
    for number, (stamp, answers) in enumerate(zip(made.stamps, made.answers, strict=True), 1):
        row: list[SheetCell] = [None] * len(marks)
        row[:4] = [number, stamp - timedelta(minutes=4), stamp, people]
        row += [5, None] if quiz else []
        for question, cell in zip(made.questions, answers, strict=True):
            written = _write(cell, ticked=question.type.value == "multiple")
            row += [written, 1, None] if quiz else [written]
        rows.append(row)
    return rows


def _write(cell: Cell, *, ticked: bool) -> SheetCell:
    if isinstance(cell, tuple):
        return "".join(f"{option};" for option in cell) if ticked else cell[0]
    return cell


def _text(cell: SheetCell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{cell:g}".replace(".", ",")
    return f"{cell:%d.%m.%Y %H:%M:%S}" if isinstance(cell, datetime) else str(cell)

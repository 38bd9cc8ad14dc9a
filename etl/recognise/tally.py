"""Counts of paper questionnaires: question, option, how many; nobody's single answers are in the file.

Either a row an option, with the question in a column of its own, or a block a question: its wording, below it options
with their counts, blocks under or beside each other. Somewhere it may say how many questionnaires there were.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from etl.clean.labels import cell_text
from etl.readers.raw import RawBook, RawSheet
from etl.recognise.recognition import Recognition
from etl.recognise.tally_blocks import read_blocks
from etl.recognise.tally_lines import (
    COUNTS,
    OPTIONS,
    PEOPLE,
    TallyLine,
    TallyQuestion,
    find_people,
    is_total,
    make_question,
    read_count,
)
from etl.recognise.template_mark import find_mark
from surveys.language.folding import fold

SOURCE = "tally"

_QUESTIONS = frozenset({"pytanie", "pytania", "tresc pytania", "question", "pytanie ankiety"})
_TYPES = frozenset({"typ", "rodzaj", "typ pytania", "rodzaj pytania", "type"})
_SEARCH_ROWS = 20
_FEWEST_LINES, _FEWEST_BLOCKS = 2, 2
# Counts fit on a few pages; longer sheets hold people's answers.
_MOST_LINES = 3_000


@dataclass(frozen=True, slots=True)
class Tally:
    """A sheet of counts.

    Attributes:
        shape: ``long`` or ``blocks``.
        header_row: 1-based row of the headers of a long form, ``None`` for blocks.
        people: how many questionnaires there were, ``None`` when the file doesn't say.
    """

    sheet: RawSheet
    shape: str
    header_row: int | None
    questions: tuple[TallyQuestion, ...]
    people: int | None


def recognise(book: RawBook) -> Recognition | None:
    """Return how surely a file holds counts, ``None`` when it holds none."""
    tally = find_tally(book)
    if tally is None:
        return None
    reasons = [tally.shape]
    score = 0.9 if tally.shape == "long" else 0.85
    if tally.people is not None:
        reasons.append("people")
        score += 0.1
    if tally.shape == "blocks" and len(tally.questions) < _FEWEST_BLOCKS:
        score -= 0.25
    return Recognition(
        SOURCE,
        round(min(score, 1.0), 2),
        tuple(f"recognition.{SOURCE}.{reason}" for reason in reasons),
        kind="counts",
        sheet=tally.sheet.name,
        header_row=tally.header_row,
    )


def find_tally(book: RawBook) -> Tally | None:
    """Return the sheet of counts with the most questions, the visible ones first; ``None`` when there is none."""
    found = [tally for sheet in book.sheets if (tally := _read_long(sheet) or _read_blocks(sheet)) is not None]
    best = max(found, key=lambda tally: (not tally.sheet.hidden, len(tally.questions)), default=None)
    return _read_own(best) if best is not None and find_mark(book) is not None else best


def _read_own(tally: Tally) -> Tally:
    """Read our own page of tallies, which lists every question: blank beside a count means nobody, else not counted."""
    counted = [
        replace(asked, lines=tuple(replace(line, count=line.count or 0) for line in asked.lines))
        for asked in tally.questions
        if any(line.count is not None for line in asked.lines)
    ]
    return replace(tally, questions=tuple(counted))


def _read_blocks(sheet: RawSheet) -> Tally | None:
    questions = read_blocks(sheet)
    return Tally(sheet, "blocks", None, questions, find_people(sheet)) if questions else None


def _read_long(sheet: RawSheet) -> Tally | None:
    if sheet.row_count > _MOST_LINES:
        return None
    for row in range(1, min(sheet.row_count, _SEARCH_ROWS) + 1):
        headers = [fold(cell_text(value)) for value in sheet.row(row)]
        asked = next((place for place, header in enumerate(headers) if header in _QUESTIONS), None)
        offered = next((place for place, header in enumerate(headers) if header in OPTIONS), None)
        counted = next((place for place, header in enumerate(headers) if COUNTS.match(header)), None)
        if asked is None or offered is None or counted is None:
            continue
        roles = {"asked": asked, "offered": offered, "counted": counted}
        kinds = next((place for place, header in enumerate(headers) if header in _TYPES), None)
        people = next((place for place, header in enumerate(headers) if PEOPLE.match(header)), None)
        lines = _read_lines(sheet, row, roles)
        questions = tuple(_gather(sheet, lines, (offered, counted), kinds, people))
        numbers = [line.count for question in questions for line in question.lines if line.count is not None]
        if len(numbers) < _FEWEST_LINES or not _are_counts(sheet, row, counted):
            return None
        return Tally(sheet, "long", row, questions, find_people(sheet))
    return None


def _are_counts(sheet: RawSheet, header_row: int, counted: int) -> bool:
    """Whether a column holds nothing but whole numbers: shares and averages are no counts."""
    cells = [sheet.cell(row, counted) for row in range(header_row + 1, sheet.row_count + 1)]
    filled = [value for value in cells if value is not None and cell_text(value)]
    return bool(filled) and sum(read_count(value) is not None for value in filled) >= 0.9 * len(filled)


def _read_lines(sheet: RawSheet, header_row: int, roles: Mapping[str, int]) -> list[tuple[str, TallyLine]]:
    """Return the lines with their questions; a blank cell of a question means the one above."""
    lines: list[tuple[str, TallyLine]] = []
    question = ""
    for row in range(header_row + 1, sheet.row_count + 1):
        question = cell_text(sheet.cell(row, roles["asked"])) or question
        label = cell_text(sheet.cell(row, roles["offered"]))
        value = sheet.cell(row, roles["counted"])
        if not label and is_total(question):
            continue  # the sum of all sums
        if question and (label or value is not None) and not PEOPLE.match(fold(question)):
            lines.append((question, TallyLine(label or "?", read_count(value), row)))
    return lines


def _gather(
    sheet: RawSheet,
    lines: Sequence[tuple[str, TallyLine]],
    columns: tuple[int, int],
    kinds: int | None,
    people: int | None,
) -> list[TallyQuestion]:
    by_question: dict[str, list[TallyLine]] = {}
    for question, line in lines:
        by_question.setdefault(question, []).append(line)
    questions = []
    for question, own in by_question.items():
        rows = [line.row for line in own]
        asked = [] if people is None else [read_count(sheet.cell(row, people)) for row in rows]
        said = [] if kinds is None else [cell_text(sheet.cell(row, kinds)) for row in rows]
        questions.append(
            make_question(
                question,
                rows[0],
                columns,
                own,
                people=next((number for number in asked if number is not None), None),
                several=next((several for text in said if (several := _read_kind(text)) is not None), None),
            )
        )
    return questions


def _read_kind(text: str) -> bool | None:
    folded = fold(text)
    if re.search(r"wielokrot|wielo|kilka|multiple", folded):
        return True
    return False if re.search(r"jednokrot|jedno|pojedyn|single|skala", folded) else None

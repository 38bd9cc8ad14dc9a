"""Counts of paper questionnaires: question, option, how many; nobody's single answers are in the file.

Either a row an option, with the question in a column of its own, or a block a question: its wording, below it options
with their counts, blocks under or beside each other. Somewhere it may say how many questionnaires there were.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from etl.clean.labels import cell_text
from etl.clean.numbers import read_number
from etl.readers.raw import CellValue, RawBook, RawSheet
from etl.recognise.recognition import Recognition
from etl.recognise.sheet_shape import filled_cells
from surveys.language.folding import fold

SOURCE = "tally"

_QUESTIONS = frozenset({"pytanie", "pytania", "tresc pytania", "question", "pytanie ankiety"})
_OPTIONS = frozenset(
    {"odpowiedz", "odpowiedzi", "opcja", "opcje", "wariant", "wariant odpowiedzi", "kafeteria", "option", "options",
     "answer", "answers", "mozliwa odpowiedz", "mozliwe odpowiedzi", "tresc odpowiedzi"}
)  # fmt: skip
_COUNTS = re.compile(
    r"^(liczba|ilosc|suma|n|count|counts|number|ile|razem|glosy|wskazania|zaznaczenia|liczebnosc)"
    r"( (odpowiedzi|wskazan|glosow|osob|zaznaczen|wyborow|ankietowanych|respondentow|of answers|of people))?$"
)
_TYPES = frozenset({"typ", "rodzaj", "typ pytania", "rodzaj pytania", "type"})
_PEOPLE = re.compile(
    r"^(?:(?:laczna |ogolna )?(?:liczba|ilosc|suma) )?(?:(?:wszystkich|wypelnionych|zebranych|waznych|papierowych) )*"
    r"(?:ankiet|ankiety|ankietowanych|respondentow|kwestionariuszy|formularzy|questionnaires|respondents)"
    r"(?: (?:ogolem|razem|lacznie|papierowych|zebranych|wypelnionych))*\s*(?:[:=(-]\s*(?P<number>\d{1,6}))?$|"
    r"^number of (?:questionnaires|respondents)\s*(?:[:=-]\s*(?P<english>\d{1,6}))?$"
)
_TOTAL = re.compile(r"^(suma|razem|ogolem|lacznie|suma koncowa|total|sum)\b.{0,20}$")
_NUMBERED = re.compile(r"^\s*\(?(pyt\.?\s*)?\d{1,3}\s*[.)]\s*\S")
_SEARCH_ROWS, _LOOK_UP = 20, 2
_FEWEST_LINES, _FEWEST_BLOCKS = 2, 2
_COVERED = 0.6
_LARGEST = 1_000_000
# Counts fit on a few pages; longer sheets hold people's answers.
_MOST_LINES, _MOST_BLOCK_ROWS = 3_000, 400


@dataclass(frozen=True, slots=True)
class TallyLine:
    """An option and how many chose it; ``row`` is 1-based, ``count`` ``None`` where the cell holds no count."""

    label: str
    count: int | None
    row: int


@dataclass(frozen=True, slots=True)
class TallyQuestion:
    """A question of a tally.

    Attributes:
        text: its wording.
        row: 1-based, of the wording.
        columns: 0-based positions of the options and of the counts.
        lines: options in their order.
        total: sum that the file itself gives, ``None`` for none.
        people: questionnaires in which the question was asked, ``None`` when the file doesn't say.
        several: whether more than one option could be ticked, ``None`` when the file doesn't say.
    """

    text: str
    row: int
    columns: tuple[int, int]
    lines: tuple[TallyLine, ...]
    total: int | None = None
    people: int | None = None
    several: bool | None = None


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
    return max(found, key=lambda tally: (not tally.sheet.hidden, len(tally.questions)), default=None)


# ---------------------------------------------------------------- a row an option


def _read_long(sheet: RawSheet) -> Tally | None:
    if sheet.row_count > _MOST_LINES:
        return None
    for row in range(1, min(sheet.row_count, _SEARCH_ROWS) + 1):
        headers = [fold(cell_text(value)) for value in sheet.row(row)]
        asked = next((place for place, header in enumerate(headers) if header in _QUESTIONS), None)
        offered = next((place for place, header in enumerate(headers) if header in _OPTIONS), None)
        counted = next((place for place, header in enumerate(headers) if _COUNTS.match(header)), None)
        if asked is None or offered is None or counted is None:
            continue
        roles = {"asked": asked, "offered": offered, "counted": counted}
        kinds = next((place for place, header in enumerate(headers) if header in _TYPES), None)
        people = next((place for place, header in enumerate(headers) if _PEOPLE.match(header)), None)
        lines = _read_lines(sheet, row, roles)
        questions = tuple(_gather(sheet, lines, (offered, counted), kinds, people))
        numbers = [line.count for question in questions for line in question.lines if line.count is not None]
        if len(numbers) < _FEWEST_LINES or not _are_counts(sheet, row, counted):
            return None
        return Tally(sheet, "long", row, questions, _find_people(sheet))
    return None


def _are_counts(sheet: RawSheet, header_row: int, counted: int) -> bool:
    """Whether a column holds nothing but whole numbers: shares and averages are no counts."""
    cells = [sheet.cell(row, counted) for row in range(header_row + 1, sheet.row_count + 1)]
    filled = [value for value in cells if value is not None and cell_text(value)]
    return bool(filled) and sum(_read_count(value) is not None for value in filled) >= 0.9 * len(filled)


def _read_lines(sheet: RawSheet, header_row: int, roles: Mapping[str, int]) -> list[tuple[str, TallyLine]]:
    """Return the lines with their questions; a blank cell of a question means the one above."""
    lines: list[tuple[str, TallyLine]] = []
    question = ""
    for row in range(header_row + 1, sheet.row_count + 1):
        question = cell_text(sheet.cell(row, roles["asked"])) or question
        label = cell_text(sheet.cell(row, roles["offered"]))
        value = sheet.cell(row, roles["counted"])
        if not label and _TOTAL.match(fold(question)):
            continue  # the sum of all sums
        if question and (label or value is not None) and not _PEOPLE.match(fold(question)):
            lines.append((question, TallyLine(label or "?", _read_count(value), row)))
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
        asked = [] if people is None else [_read_count(sheet.cell(row, people)) for row in rows]
        said = [] if kinds is None else [cell_text(sheet.cell(row, kinds)) for row in rows]
        questions.append(
            _make_question(
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


def _make_question(
    text: str,
    row: int,
    columns: tuple[int, int],
    lines: Sequence[TallyLine],
    *,
    people: int | None = None,
    several: bool | None = None,
) -> TallyQuestion:
    """Take sums and the number of questionnaires out of the options."""
    options: list[TallyLine] = []
    total = None
    for line in lines:
        folded = fold(line.label)
        if _PEOPLE.match(folded):
            people = line.count if line.count is not None else people
        elif _TOTAL.match(folded):
            total = line.count
        else:
            options.append(line)
    return TallyQuestion(text, row, columns, tuple(options), total, people, several)


# ---------------------------------------------------------------- a block a question


@dataclass(slots=True)
class _Block:
    column: int
    lines: list[TallyLine] = field(default_factory=list)
    head: int = 0


def _read_blocks(sheet: RawSheet) -> Tally | None:
    if sheet.row_count > _MOST_BLOCK_ROWS:
        return None
    filled = filled_cells(sheet)
    questions: list[TallyQuestion] = []
    covered = 0
    column = 0
    while column < len(sheet.columns) - 1:
        blocks = _find_blocks(sheet, column)
        for block in blocks:
            text = cell_text(sheet.cell(block.head, column))
            made = _make_question(text.rstrip(": "), block.head, (column, column + 1), block.lines)
            # What comes twice under one wording is people's answers, not options.
            if len({fold(line.label) for line in made.lines}) == len(made.lines) >= _FEWEST_LINES:
                questions.append(made)
                covered += 2 * len(block.lines) + 1 + _percents_beside(sheet, block)
        column += 2 if blocks else 1
    if not questions or covered < _COVERED * int(filled.sum()):
        return None
    ordered = sorted(questions, key=lambda question: (question.row, question.columns))
    return Tally(sheet, "blocks", None, tuple(ordered), _find_people(sheet))


def _find_blocks(sheet: RawSheet, column: int) -> list[_Block]:
    """Find the runs of "text, count" down two columns, each under the wording of its question."""
    blocks: list[_Block] = []
    block: _Block | None = None
    gaps = _has_gaps(sheet, column)
    for row in range(1, sheet.row_count + 1):
        label, value = cell_text(sheet.cell(row, column)), sheet.cell(row, column + 1)
        count = _read_count(value)
        if label and count is not None and not _PEOPLE.match(fold(label)):
            if block is None:
                head = _find_head(sheet, row, column)
                if head is None:
                    continue
                block = _Block(column, head=head)
                blocks.append(block)
            block.lines.append(TallyLine(label, count, row))
        elif block is not None and label and value is None and _is_empty_option(sheet, row, column, gaps=gaps):
            block.lines.append(TallyLine(label, 0, row))
        else:
            block = None
    return [block for block in blocks if len(block.lines) >= _FEWEST_LINES]


def _find_head(sheet: RawSheet, first: int, column: int) -> int | None:
    """Return the row of a question's wording above its first option: a text without a count."""
    for row in range(first - 1, max(0, first - 1 - _LOOK_UP), -1):
        label, value = cell_text(sheet.cell(row, column)), sheet.cell(row, column + 1)
        beside = fold(cell_text(value))
        if fold(label) in _OPTIONS or (not label and beside):
            continue  # the heads of the block's own columns
        if label and read_number(label) is None and (value is None or _COUNTS.match(beside)):
            return row
    return None


def _is_empty_option(sheet: RawSheet, row: int, column: int, *, gaps: bool) -> bool:
    """Whether a text without a count is an option that nobody chose, rather than the next question.

    Where blank rows part the questions it is an option. Where nothing parts them it is a question, if options follow.
    """
    label = cell_text(sheet.cell(row, column))
    if label.endswith(("?", ":")) or _NUMBERED.match(label):
        return False
    if fold(cell_text(sheet.cell(row + 1, column))) in _OPTIONS:
        return False
    return gaps and _is_option(sheet, row + 1, column)


def _is_option(sheet: RawSheet, row: int, column: int) -> bool:
    return bool(cell_text(sheet.cell(row, column))) and _read_count(sheet.cell(row, column + 1)) is not None


def _has_gaps(sheet: RawSheet, column: int) -> bool:
    """Whether blank rows part what stands in a column, or every option has its count, were it 0."""
    rows = range(1, sheet.row_count + 1)
    alone = [row for row in rows if cell_text(sheet.cell(row, column)) and sheet.cell(row, column + 1) is None]
    heads = [row for row in alone if _is_option(sheet, row + 1, column) and _is_option(sheet, row + 2, column)]
    zeros = any(_read_count(sheet.cell(row, column + 1)) == 0 for row in rows)
    after_options = sum(_is_option(sheet, row - 1, column) for row in heads)
    return not after_options or (after_options == 1 and not zeros)


def _percents_beside(sheet: RawSheet, block: _Block) -> int:
    """Return how many cells right of a block hold its shares."""
    shares = (sheet.cell(line.row, block.column + 2) for line in block.lines)
    return sum(isinstance(value, float) or (isinstance(value, str) and value.strip().endswith("%")) for value in shares)


# ---------------------------------------------------------------- counts and questionnaires


def _read_count(value: CellValue | None) -> int | None:
    number = None if value is None else read_number(value)
    return int(number) if number is not None and number.is_integer() and 0 <= number < _LARGEST else None


def _find_people(sheet: RawSheet) -> int | None:
    """Return the number of questionnaires that a sheet gives once: "Liczba ankiet: 87", or 87 in the next cell."""
    for position, column in enumerate(sheet.columns):
        for code, value in enumerate(column.values):
            if not isinstance(value, str) or len(value) > 80:
                continue
            found = _PEOPLE.match(fold(value))
            if found is None:
                continue
            within = found["number"] or found["english"]
            if within:
                return int(within)
            rows = [row for row, own in enumerate(column.codes.tolist(), 1) if own == code]
            for row in rows:
                beside = _read_count(sheet.cell(row, position + 1))
                if beside is not None and not cell_text(sheet.cell(row, position - 1) if position else None):
                    return beside
    return None

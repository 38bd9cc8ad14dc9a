"""What counts of paper questionnaires are made of: lines, questions, sums, and the number of questionnaires."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from etl.clean.labels import cell_text
from etl.clean.numbers import read_number
from etl.readers.raw import CellValue, RawSheet
from surveys.language.folding import fold

# Folded heads of columns of options and of counts, and the words that say how many questionnaires there were.
OPTIONS = frozenset(
    {"odpowiedz", "odpowiedzi", "opcja", "opcje", "wariant", "wariant odpowiedzi", "kafeteria", "option", "options",
     "answer", "answers", "mozliwa odpowiedz", "mozliwe odpowiedzi", "tresc odpowiedzi"}
)  # fmt: skip
COUNTS = re.compile(
    r"^(liczba|ilosc|suma|n|count|counts|number|ile|razem|glosy|wskazania|zaznaczenia|liczebnosc)"
    r"( (odpowiedzi|wskazan|glosow|osob|zaznaczen|wyborow|ankietowanych|respondentow|of answers|of people))?$"
)
PEOPLE = re.compile(
    r"^(?:(?:laczna |ogolna )?(?:liczba|ilosc|suma) )?(?:(?:wszystkich|wypelnionych|zebranych|waznych|papierowych) )*"
    r"(?:ankiet|ankiety|ankietowanych|respondentow|kwestionariuszy|formularzy|questionnaires|respondents)"
    r"(?: (?:ogolem|razem|lacznie|papierowych|zebranych|wypelnionych))*\s*(?:[:=(-]\s*(?P<number>\d{1,6}))?$|"
    r"^number of (?:questionnaires|respondents)\s*(?:[:=-]\s*(?P<english>\d{1,6}))?$"
)
_TOTAL = re.compile(r"^(suma|razem|ogolem|lacznie|suma koncowa|total|sum)\b.{0,20}$")
_LARGEST = 1_000_000


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


def is_total(label: str) -> bool:
    """Return whether a line adds up others ("Razem", "Suma")."""
    return _TOTAL.match(fold(label)) is not None


def make_question(
    text: str,
    row: int,
    columns: tuple[int, int],
    lines: Sequence[TallyLine],
    *,
    people: int | None = None,
    several: bool | None = None,
) -> TallyQuestion:
    """Return a question; sums and the number of questionnaires are no options of it."""
    options: list[TallyLine] = []
    total = None
    for line in lines:
        folded = fold(line.label)
        if PEOPLE.match(folded):
            people = line.count if line.count is not None else people
        elif is_total(line.label):
            total = line.count
        else:
            options.append(line)
    return TallyQuestion(text, row, columns, tuple(options), total, people, several)


def read_count(value: CellValue | None) -> int | None:
    """Return a cell's count, ``None`` for anything but a whole number from 0 up."""
    number = None if value is None else read_number(value)
    return int(number) if number is not None and number.is_integer() and 0 <= number < _LARGEST else None


def find_people(sheet: RawSheet) -> int | None:
    """Return the number of questionnaires that a sheet gives once: "Liczba ankiet: 87", or 87 right of it."""
    for position, column in enumerate(sheet.columns):
        for code, value in enumerate(column.values):
            if not isinstance(value, str) or len(value) > 80:
                continue
            found = PEOPLE.match(fold(value))
            if found is None:
                continue
            within = found["number"] or found["english"]
            if within:
                return int(within)
            rows = [row for row, own in enumerate(column.codes.tolist(), 1) if own == code]
            for row in rows:
                right = (sheet.cell(row, further) for further in range(position + 1, len(sheet.columns)))
                beside = read_count(next((cell for cell in right if cell is not None), None))
                if beside is not None and not cell_text(sheet.cell(row, position - 1) if position else None):
                    return beside
    return None

"""Made counts of paper questionnaires, in the shapes that people write them down."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from tests.made.workbook import Cell, write_workbook

Counted = tuple[str, tuple[tuple[str, int], ...]]
PROBLEMS: Counted = (
    "Które problemy są najbardziej dotkliwe? (do 3)",
    (("Drogi i chodniki", 41), ("Samotność seniorów", 33), ("Bezrobocie", 12), ("Dostęp do lekarza", 0)),
)
SEX: Counted = ("Płeć", (("Kobieta", 52), ("Mężczyzna", 30), ("Brak odpowiedzi", 5)))
RATING: Counted = (
    "Jak ocenia Pan/Pani drogi?",
    (("bardzo dobry", 4), ("dobry", 20), ("średni", 31), ("słaby", 15), ("bardzo słaby", 9), ("trudno powiedzieć", 8)),
)
PEOPLE = 87


@dataclass(frozen=True)
class MadeTally:
    """Questions with counts, and how many questionnaires there were."""

    questions: tuple[Counted, ...] = (PROBLEMS, SEX, RATING)
    people: int | None = PEOPLE

    def long(self, *, blanks: bool = False, totals: bool = False, percents: bool = False) -> list[list[Cell]]:
        """A row an option; with ``blanks`` the question stands in the first of its rows only."""
        rows: list[list[Cell]] = [["Pytanie", "Odpowiedź", "Liczba", *(["%"] if percents else [])]]
        for text, options in self.questions:
            total = sum(count for _, count in options)
            for number, (label, count) in enumerate(options):
                share: list[Cell] = [count / total] if percents else []
                rows.append([None if blanks and number else text, label, count, *share])
            if totals:
                rows.append([None if blanks else text, "Razem", total])
        return self._with_people(rows)

    def below(self, *, heads: bool = False, gap: bool = True) -> list[list[Cell]]:
        """A block a question, one below the other."""
        rows: list[list[Cell]] = []
        for text, options in self.questions:
            rows.append([text, "Liczba" if heads else None])
            rows += [[label, count] for label, count in options]
            rows += [[]] if gap else []
        return self._with_people(rows)

    def beside(self, *, percents: bool = False) -> list[list[Cell]]:
        """A block a question, side by side."""
        width = 4 if percents else 3
        height = 1 + max(len(options) for _, options in self.questions)
        rows: list[list[Cell]] = [[None] * (width * len(self.questions)) for _ in range(height)]
        for number, (text, options) in enumerate(self.questions):
            first = number * width
            rows[0][first], rows[0][first + 1] = text, "Liczba"
            for row, (label, count) in enumerate(options, 1):
                rows[row][first], rows[row][first + 1] = label, count
                if percents:
                    rows[row][first + 2] = count / 87
        return self._with_people(rows)

    def _with_people(self, rows: list[list[Cell]]) -> list[list[Cell]]:
        return rows if self.people is None else [["Liczba ankiet", self.people], [], *rows]


def xlsx(rows: Sequence[Sequence[Cell]]) -> bytes:
    """Return a workbook of these rows."""
    return write_workbook({"Zliczenia": rows})


def csv_of(rows: Sequence[Sequence[Cell]]) -> bytes:
    """Return the rows as Excel in Poland saves them."""
    width = max(map(len, rows))
    written = io.StringIO(newline="")
    texts = [["" if cell is None else str(cell) for cell in [*row, *[None] * (width - len(row))]] for row in rows]
    csv.writer(written, delimiter=";", lineterminator="\r\n").writerows(texts)
    return written.getvalue().encode("cp1250")

"""The mark of our own answer sheet: what its writer leaves on hidden sheets so that its reader need not guess.

On the sheet with the mark, its first row holds the mark, the questionnaire, its version and the word ``columns``;
below a line of headers stands a line for every column of the sheet of answers (`DESCRIBED`). An older sheet holds the
mark alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from etl.clean.labels import cell_text
from etl.readers.raw import RawBook, RawSheet

MARK = "diagnoza-lokalna:survey-template"
COLUMNS = "columns"
# What is said of a column, from left to right: its key on the sheet of answers, what it holds, name and wording of its
# question, the stem of its table, its option, and what its example says.
DESCRIBED = ("key", "holds", "question", "text", "stem", "option", "example")
FIRST_DESCRIBED_ROW = 3
# The sheet with the list of a drop-down: a column a list, its name on top.
LISTS_MARK = "diagnoza-lokalna:lists"
# Key of the column with the number written on the paper, and the words that mark the example.
NUMBER_KEY = "_number"
EXAMPLE_MARKS = ("PRZYKŁAD", "EXAMPLE")


@dataclass(frozen=True, slots=True)
class DescribedColumn:
    """A column of the sheet of answers, as its writer described it; see `DESCRIBED`.

    ``holds`` is ``number_of_paper``, ``single``, ``scale``, ``option``, ``place``, ``own_words``, ``number``, ``date``
    or ``text``; ``option`` lists all options of a single choice, a line each. ``example``: as read aloud.
    """

    key: str
    holds: str
    question: str
    text: str
    stem: str
    option: str
    example: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """What the hidden sheet says.

    Attributes:
        sheet: the hidden sheet itself.
        questionnaire, version: of the form; empty when the sheet does not say.
        columns: described columns; none on an older sheet.
    """

    sheet: RawSheet
    questionnaire: str = ""
    version: str = ""
    columns: tuple[DescribedColumn, ...] = ()


def find_mark(book: RawBook) -> Mark | None:
    """Return the mark of a book, ``None`` for every other file."""
    sheet = next((sheet for sheet in book.sheets if sheet.hidden and cell_text(sheet.cell(1, 0)) == MARK), None)
    if sheet is None:
        return None
    questionnaire, version, word = (cell_text(sheet.cell(1, place)) for place in (1, 2, 3))
    columns: Sequence[DescribedColumn] = ()
    if word == COLUMNS:
        lines = (
            [_as_written(sheet, row, place) for place in range(len(DESCRIBED))]
            for row in range(FIRST_DESCRIBED_ROW, sheet.row_count + 1)
        )
        columns = [DescribedColumn(*line) for line in lines if line[0]]
    return Mark(sheet, questionnaire, version, tuple(columns))


def _as_written(sheet: RawSheet, row: int, place: int) -> str:
    value = sheet.cell(row, place)
    return value if isinstance(value, str) else cell_text(value)

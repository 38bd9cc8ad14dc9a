"""What a source itself says of its columns: the question's wording without the tool's marks, and how its ticks look.

A recogniser describes columns, it does not read them: `etl.mapping` reads every source's answers in the same way. A
column that no `ColumnLayout` names stands for itself, with the header above it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from surveys.model import QuestionType


class Spread(StrEnum):
    """How the answers of one question look that a tool spreads over several columns.

    `FLAGS`: a column an option, ticked or not (``1``/``0``, ``True``/``False``, ``Tak``/``Nie``, ``Y``/empty).
    `LABELS`: a column an option, holding the option's own text or nothing.
    `RANKS`: a column an option, holding its place (1, 2, 3).
    `PLACES`: a column a place, holding the option that was put there; columns stand from the first place on.
    `CELL`: the first column holds them all, in a way that no separator can cut: ``cells`` says what each cell holds.
    Further columns only tick the same once more.
    `BRANCHES`: the same question asked at several places of the form, of which a respondent met one: the first filled
    column counts, and together they are read as one column would be.
    """

    FLAGS = "flags"
    LABELS = "labels"
    RANKS = "ranks"
    PLACES = "places"
    CELL = "cell"
    BRANCHES = "branches"


@dataclass(frozen=True, slots=True)
class ColumnLayout:
    """One question, or one column of another role.

    Attributes:
        columns: 0-based positions; the first one names the question in decisions. Several only with ``spread``.
        header: wording without the tool's marks; ``""`` takes the cell in the header row.
        stem: common stem of a grid, ``""`` outside grids.
        role: ``question``, ``metadata``, ``identifier``, ``weight``, ``ignored``, or ``None`` to decide from the data.
        holds_moment: metadata that says when the answers were given.
        kind: type of the question where the source is sure of it, ``None`` to decide from the data.
        spread: how several columns make one question, ``None`` for one column.
        options: with `FLAGS`, `LABELS` and `RANKS` the option of each column, in the order of ``columns``; with
            `CELL` all options of the question, also those that nobody chose.
        cells: with `CELL`, cell as read aloud → the options in it, of a ranking from the first place on.
        other: 0-based column with the words beside "inne, jakie", ``None`` when there is none.
        separator: between ticked options in one cell of this column, ``None`` for the file's.
        labels: cell as read aloud → label, where the file holds codes (``A1`` → "Tak"). What is not in it stands for
            itself.
        missing: cell as read aloud → kind of missing (list ``missing_kinds``), where the source says so.
        question: name of the question in the questionnaire that the file names (`Recognition.questionnaire`).
    """

    columns: tuple[int, ...]
    header: str = ""
    stem: str = ""
    role: str | None = None
    holds_moment: bool = False
    kind: QuestionType | None = None
    spread: Spread | None = None
    options: tuple[str, ...] = ()
    cells: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    other: int | None = None
    separator: str | None = None
    labels: Mapping[str, str] = field(default_factory=dict)
    missing: Mapping[str, str] = field(default_factory=dict)
    question: str = ""


@dataclass(frozen=True, slots=True)
class TimeColumns:
    """Columns that tell how long somebody took: a number of seconds, or the beginning and the end.

    Attributes:
        start: 0-based column with the moment somebody began; ``end``: with the moment they sent. ``None`` for none.
        end: see above.
        seconds: 0-based column in which the tool counted them, ``None`` for none.
    """

    start: int | None = None
    end: int | None = None
    seconds: int | None = None


NO_TIMES = TimeColumns()


@dataclass(frozen=True, slots=True)
class SetAside:
    """Rows that the source says are no finished answers: incomplete, rejected, test rows.

    Attributes:
        code: finding that says so (``SURVEY-ROWS-INCOMPLETE``, ``SURVEY-ROWS-REJECTED``).
        rows: 1-based sheet rows.
        always: nobody's wish makes answers of them: an example, a paper without any answer.
    """

    code: str
    rows: tuple[int, ...]
    always: bool = False

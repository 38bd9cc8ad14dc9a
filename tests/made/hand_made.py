"""Made answers in the shapes that people give them by hand: ticks in columns, headers in two rows, tables around."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.made.google_forms import MadeQuestion, MadeSurvey
from tests.made.workbook import Cell, column_letters, write_workbook

Header = Callable[[str, str], str]
TICKS: dict[str, tuple[Cell, Cell]] = {
    "ones": (1, 0),
    "ones and nothing": (1, None),
    "crosses": ("x", None),
    "capital crosses": ("X", None),
    "yes and nothing": ("tak", None),
    "boxes": (True, False),
    "excel's truth": ("PRAWDA", "FAŁSZ"),
}
STEMS: dict[str, Header] = {
    "brackets": lambda stem, option: f"{stem} [{option}]",
    "slash": lambda stem, option: f"{stem}/{option}",
    "dash": lambda stem, option: f"{stem} - {option}",
    "long dash": lambda stem, option: f"{stem} – {option}",
    "colon": lambda stem, option: f"{stem}: {option}",
}


@dataclass(frozen=True)
class Sheet:
    """Rows of a sheet and its merged cells."""

    rows: list[list[Cell]]
    merged: tuple[str, ...] = ()

    def xlsx(self, **others: Sequence[Sequence[Cell]]) -> bytes:
        """Return a workbook of this sheet and others."""
        return write_workbook({"Arkusz1": self.rows, **others}, merged=self.merged)


def spread_ticks(made: MadeSurvey, *, header: Header = STEMS["dash"], ticks: tuple[Cell, Cell] = (1, 0)) -> Sheet:
    """Every multiple choice over a column an option, its question in front of each."""
    rows: list[list[Cell]] = [
        [
            header(question.header, option) if option else question.header
            for question in made.questions
            for option in _columns(question)
        ]
    ]
    return Sheet([*rows, *_answers(made, ticks)])


def two_rows(made: MadeSurvey, *, merged: bool, ticks: tuple[Cell, Cell] = ("x", None), upright: bool = True) -> Sheet:
    """Questions in the upper row, options in the lower one; single questions in the lower one where not upright."""
    upper: list[Cell] = []
    lower: list[Cell] = []
    areas: list[str] = []
    for question in made.questions:
        options = _columns(question)
        if options == ("",):
            upper.append(question.header if upright else None)
            lower.append(None if upright else question.header)
            continue
        first = len(upper)
        upper += [question.header, *[None] * (len(options) - 1)]
        lower += options
        areas.append(f"{column_letters(first)}1:{column_letters(len(upper) - 1)}1")
    return Sheet([upper, lower, *_answers(made, ticks)], tuple(areas) if merged else ())


def separated(made: MadeSurvey, *, ticks: tuple[Cell, Cell] = ("x", None)) -> Sheet:
    """The question of a multiple choice stands over an empty column in front of its options."""
    headers: list[Cell] = []
    for question in made.questions:
        options = _columns(question)
        headers += [question.header] if options == ("",) else [f"{question.header}:", *options]
    rows: list[list[Cell]] = [headers]
    for answers in made.answers:
        row: list[Cell] = []
        for question, cell in zip(made.questions, answers, strict=True):
            options = _columns(question)
            row += _cells(cell, options, ticks) if options == ("",) else [None, *_cells(cell, options, ticks)]
        rows.append(row)
    return Sheet(rows)


def _columns(question: MadeQuestion) -> tuple[str, ...]:
    return question.options if question.type.value == "multiple" else ("",)


def _answers(made: MadeSurvey, ticks: tuple[Cell, Cell]) -> list[list[Cell]]:
    return [
        [
            written
            for question, cell in zip(made.questions, answers, strict=True)
            for written in _cells(cell, _columns(question), ticks)
        ]
        for answers in made.answers
    ]


def _cells(cell: object, options: Sequence[str], ticks: tuple[Cell, Cell]) -> list[Cell]:
    if options != ("",):
        chosen = cell if isinstance(cell, tuple) else ()
        return [ticks[0] if option in chosen else ticks[1] for option in options]
    if isinstance(cell, tuple):
        return [cell[0]]
    return [cell if isinstance(cell, str | float) else None]

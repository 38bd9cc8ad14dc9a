"""Numbers of a form's questions as people read them on paper: the same on the printed form and the answer sheet.

Questions are numbered from 1 in the order asked; the rows of a table share their table's number and have letters
("5a", "5b"). What has no answer in the questionnaire (notes, calculations, what a device fills in, repeats) has no
number.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from surveys.model import Form, FormGroup, FormRow, Question, QuestionType
from surveys.questionnaires.making import answer_type, is_table, options_of, questionnaire_of

# Types that nobody is asked: they say something, or the device fills them in.
_UNASKED = frozenset(
    {"note", "calculate", "hidden", "start", "end", "today", "deviceid", "username", "phonenumber", "email",
     "simserial", "subscriberid", "audit", "start-geopoint", "background-audio", "background-geopoint",
     "xml-external", "csv-external", "caseid", "text_audit", "audio_audit", "calculate_here"}
)  # fmt: skip
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its number.

    Attributes:
        number: "3", or "5b" for a row of a table.
        row: the question as it is put.
        question: what its answers mean.
        groups: around it, from the outside in.
        table: the table whose row it is, ``None`` for a question of its own.
    """

    number: str
    row: FormRow
    question: Question
    groups: tuple[FormGroup, ...] = ()
    table: FormGroup | None = None


def number_questions(form: Form) -> tuple[Asked, ...]:
    """Return the questions of a form's questionnaire, in the order asked, each with its number."""
    return tuple(_number(form))


def number_of_table(asked: Asked) -> str:
    """Return the number that the rows of a table share: "5" for its row "5b"."""
    return asked.number.rstrip(_LETTERS)


def list_not_on_paper(form: Form) -> tuple[FormRow, ...]:
    """Return what people are asked but paper cannot hold: questions of repeats, places, pictures and the like."""
    return tuple(row for row, around in form.rows() if not _has_answer(row, around) and row.type not in _UNASKED)


def is_grid(form: Form, table: FormGroup) -> bool:
    """Return whether a table can be drawn as one: single choices of one list, under each other, nothing else."""
    rows = [item for item in table.items if isinstance(item, FormRow)]
    lists = {row.list_name for row in rows if answer_type(row) in {QuestionType.SINGLE, QuestionType.SCALE}}
    return (
        len(lists) == 1
        and len(rows) == len(table.items)
        and all(row.list_name in lists for row in rows)
        and bool(options_of(rows[0], form.lists))
    )


def takes_own_words(form: Form, row: FormRow) -> bool:
    """Return whether somebody may write beside "other"; not where the form asks for it in a question of its own."""
    return any(
        not any(_asks_after(further, row.name, option.name) for further, _ in form.rows())
        for option in options_of(row, form.lists)
        if option.is_other
    )


def _asks_after(further: FormRow, name: str, option: str) -> bool:
    named = re.search(rf"['\"]{re.escape(option)}['\"]", further.relevant)
    return further.type == "text" and f"${{{name}}}" in further.relevant and named is not None


def _has_answer(row: FormRow, around: tuple[FormGroup, ...]) -> bool:
    return answer_type(row) is not None and not any(group.is_repeat for group in around)


def _number(form: Form) -> Iterator[Asked]:
    rows = [(row, groups) for row, groups in form.rows() if _has_answer(row, groups)]
    last, letter = 0, 0
    within: FormGroup | None = None
    for (row, groups), question in zip(rows, questionnaire_of(form).questions, strict=True):
        table = groups[-1] if groups and is_table(groups[-1]) else None
        if table is None or table is not within:
            last, letter = last + 1, 0
        within = table
        yield Asked(f"{last}{_letters(letter)}" if table is not None else str(last), row, question, groups, table)
        letter += 1


def _letters(place: int) -> str:
    """0 → ``a``, 25 → ``z``, 26 → ``aa``."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, len(_LETTERS))
        letters = _LETTERS[rest] + letters
    return letters

"""The columns of an answer sheet: which a form's questions need, from left to right."""

from collections.abc import Iterator
from dataclasses import dataclass

from etl.recognise.template_mark import NUMBER_KEY
from surveys.language.languages import Language
from surveys.model import QuestionType
from surveys.model.form import Form, FormChoice, say
from surveys.questionnaires import options_of
from surveys.questionnaires.numbering import Asked, number_questions, takes_own_words

_OWN_WORDS = "_own_words"


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column of the sheet of answers.

    Attributes:
        key: says on the hidden first row which column it is.
        holds: see `etl.recognise.template_mark.DescribedColumn`.
        asked: its question, ``None`` for the number of the paper.
        option: of a column that belongs to one option.
        is_first: the first column of its question, where the wording stands.
    """

    key: str
    holds: str
    asked: Asked | None = None
    option: FormChoice | None = None
    is_first: bool = True


def lay_out(form: Form) -> tuple[SheetColumn, ...]:
    """Return the columns of the answer sheet of a form whose labels are filled in (`fill_labels`)."""
    return (
        SheetColumn(NUMBER_KEY, "number_of_paper"),
        *(column for asked in number_questions(form) for column in _columns_of(form, asked)),
    )


def wording(asked: Asked, language: Language) -> str:
    """Return a question's wording on one line; its name where it has none."""
    return " ".join(say(asked.row.labels, language).split()) or asked.row.name


def stem(asked: Asked, language: Language) -> str:
    """Return the common wording of a table, ``""`` outside tables."""
    return " ".join(say(asked.table.labels, language).split()) if asked.table is not None else ""


def label(option: FormChoice, language: Language) -> str:
    """Return an option as people read it; its name where it has no label."""
    return " ".join(say(option.labels, language).split()) or option.name


def _columns_of(form: Form, asked: Asked) -> Iterator[SheetColumn]:
    row = asked.row
    key = "/".join((*(group.name for group in asked.groups), row.name))
    if asked.question.type in {QuestionType.MULTIPLE, QuestionType.RANKING}:
        holds = "option" if asked.question.type is QuestionType.MULTIPLE else "place"
        for number, option in enumerate(options_of(row, form.lists)):
            yield SheetColumn(f"{key}/{option.name}", holds, asked, option, is_first=number == 0)
    else:
        yield SheetColumn(key, asked.question.type.value, asked)
    if takes_own_words(form, row):
        yield SheetColumn(f"{key}/{_OWN_WORDS}", "own_words", asked, is_first=False)

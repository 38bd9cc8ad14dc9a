"""Codes of questions and answers as LimeSurvey takes them: letters and digits only, answers five signs at most."""

import re
from collections.abc import Mapping

from etl.exports.questionnaires.limesurvey_conditions import OTHER_ANSWER, OTHER_TICK, Target
from surveys.language.folding import slugify
from surveys.model import Form, FormRow, QuestionType
from surveys.questionnaires import options_of
from surveys.questionnaires.numbering import Asked, is_grid, number_questions

_QUESTION_LENGTH, _ANSWER_LENGTH, _ROW_LENGTH = 20, 5, 5
_CODE = re.compile(r"^[A-Za-z0-9]+$")


def find_targets(form: Form) -> Mapping[int, Target]:
    """Return every question of a form as LimeSurvey will have it; rows of a grid have their table's code.

    Args:
        form: with labels filled in.

    Returns:
        By the ``id`` of the row: two questions of different groups may have one name.
    """
    targets: dict[int, Target] = {}
    taken: set[str] = set()
    tables: dict[int, str] = {}
    for asked in number_questions(form):
        table = asked.table if asked.table is not None and is_grid(form, asked.table) else None
        if table is not None and id(table) not in tables:
            tables[id(table)] = question_code(table.name, taken)
        code = tables[id(table)] if table is not None else question_code(asked.row.name, taken)
        row = ""
        if table is not None:
            rows = [id(item) for item in table.items]
            row = f"R{rows.index(id(asked.row)) + 1:03d}"
        targets[id(asked.row)] = Target(code, asked.question.type, _option_codes(form, asked), row)
    return targets


def question_code(name: str, taken: set[str]) -> str:
    """Return a free code for a question and take it."""
    try:
        base = slugify(name).replace("-", "")
    except ValueError:
        base = ""
    base = (base if base[:1].isalpha() else f"q{base}")[:_QUESTION_LENGTH]
    code, number = base, 2
    while code.lower() in taken:
        code = f"{base[: _QUESTION_LENGTH - len(str(number))]}{number}"
        number += 1
    taken.add(code.lower())
    return code


def takes_other(row: FormRow, kind: QuestionType, form: Form) -> bool:
    """Return whether LimeSurvey's own answer "other" stands in for one of a question's options."""
    can = kind in {QuestionType.SINGLE, QuestionType.MULTIPLE}
    return can and any(option.is_other for option in options_of(row, form.lists))


def _option_codes(form: Form, asked: Asked) -> dict[str, str]:
    kind = asked.question.type
    other = takes_other(asked.row, kind, form) and asked.table is None
    codes: dict[str, str] = {}
    prefix = "SQ" if kind is QuestionType.MULTIPLE else "A"
    for place, option in enumerate(options_of(asked.row, form.lists), 1):
        if other and option.is_other and not {OTHER_TICK, OTHER_ANSWER} & set(codes.values()):
            codes[option.name] = OTHER_TICK if kind is QuestionType.MULTIPLE else OTHER_ANSWER
            continue
        own = option.name
        fits = _CODE.match(own) is not None and len(own) <= _ANSWER_LENGTH and own.lower() != OTHER_TICK
        free = own.lower() not in {code.lower() for code in codes.values()}
        codes[option.name] = own if fits and free else f"{prefix}{place:03d}"
    return codes

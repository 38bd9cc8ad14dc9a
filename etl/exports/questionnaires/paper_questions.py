"""Questions of the paper form: their heading, what to do, and the place for the answer."""

import re
from collections.abc import Callable, Sequence

from docx.document import Document as Paper
from docx.shared import Pt

from etl.exports.questionnaires.paper_styles import BOX, draw_line, hang
from etl.exports.questionnaires.paper_tables import draw_grid, draw_in_two_columns
from surveys.language.languages import Language
from surveys.language.texts import load_catalogue
from surveys.language.typesetting import bind_short_words
from surveys.model import Form, FormChoice, QuestionType
from surveys.model.form import say
from surveys.questionnaires import options_of
from surveys.questionnaires.filling_lists import waits_for_list
from surveys.questionnaires.numbering import Asked, number_of_table, takes_own_words

# So many options, none longer than two halves of a line, stand in two columns.
_MANY, _TWO_HALF_LINES = 10, 50
# Options of so short a list stay on one page.
_KEPT_TOGETHER = 9
_LINES, _MORE_LINES = 2, 4
# Of a list that the partnership fills in before printing, or people by hand.
_LINES_TO_FILL = 4
# Where the number of an order is written.
_BLANK = "_____"
_SEVERAL = re.compile(r"\b(kilka|więcej niż jedn|several|more than one|all that)", re.IGNORECASE)


def draw_question(paper: Paper, form: Form, asked: Asked, skip: str, language: Language) -> None:
    """Draw a question of its own.

    Args:
        paper: the document, which grows.
        form: with filled-in labels.
        asked: the question.
        skip: when to leave it out, in words; ``""`` when everybody answers it.
        language: of everything.
    """

    def text(key: str, **facts: object) -> str:
        return bind_short_words(load_catalogue("etl.texts").say(f"paper_form.{key}", language, **facts), language)

    wording = _wording(asked, language)
    stem = " ".join(say(asked.table.labels, language).split()) if asked.table is not None else ""
    paper.add_heading(bind_short_words(f"{asked.number}. {f'{stem} – ' if stem else ''}{wording}", language), level=2)
    hint = " ".join(say(asked.row.hints, language).split())
    kind = asked.question.type
    _instruct(paper, skip, hint, _how_to_answer(asked, hint, text))
    options = options_of(asked.row, form.lists)
    if kind in {QuestionType.SINGLE, QuestionType.SCALE, QuestionType.MULTIPLE} and options:
        own_words = text("own_words", label="{label}") if takes_own_words(form, asked.row) else ""
        _draw_options(paper, options, own_words, language)
        if waits_for_list(form, asked.row):
            for _ in range(_LINES_TO_FILL):
                line = paper.add_paragraph(f"{BOX}\t")
                hang(line)
                draw_line(line)
    elif kind is QuestionType.RANKING:
        for option in options:
            hang(paper.add_paragraph(f"{_BLANK}\t{_label(option, language)}"), 1.8)
    elif kind in {QuestionType.NUMBER, QuestionType.DATE}:
        draw_line(paper.add_paragraph(text(kind.value)), 10.0)
    else:
        count = _MORE_LINES if "multiline" in asked.row.appearance else _LINES
        for number in range(1, count + 1):
            line = paper.add_paragraph()
            draw_line(line)
            line.paragraph_format.keep_with_next = number < count


def draw_table(paper: Paper, form: Form, rows: Sequence[Asked], skip: str, language: Language) -> None:
    """Draw the questions of a table under their common wording; args as in `draw_question`."""
    table = rows[0].table
    if table is None:
        raise ValueError("these questions are in no table")
    number = number_of_table(rows[0])
    stem = " ".join(say(table.labels, language).split()) or table.name
    paper.add_heading(bind_short_words(f"{number}. {stem}", language), level=2)
    hint = " ".join(say(table.hints, language).split())
    how = bind_short_words(load_catalogue("etl.texts").say("paper_form.grid", language), language)
    _instruct(paper, skip, hint, how)
    wordings = [bind_short_words(f"{asked.number}. {_wording(asked, language)}", language) for asked in rows]
    options = [say(option.labels, language) or option.name for option in options_of(rows[0].row, form.lists)]
    draw_grid(paper, wordings, options)


def _wording(asked: Asked, language: Language) -> str:
    return " ".join(say(asked.row.labels, language).split()) or asked.row.name


def _label(option: FormChoice, language: Language) -> str:
    return bind_short_words(" ".join(say(option.labels, language).split()) or option.name, language)


def _how_to_answer(asked: Asked, hint: str, text: Callable[..., str]) -> str:
    kind, most = asked.question.type, asked.question.max_choices
    if kind is QuestionType.MULTIPLE and most is not None:
        # Shipped questionnaires say so themselves.
        return "" if str(most) in hint.split() or f"{most}." in hint.split() else text("at_most", n=most)
    keys = {
        QuestionType.MULTIPLE: "several",
        QuestionType.SINGLE: "one",
        QuestionType.SCALE: "one",
        QuestionType.RANKING: "rank",
    }
    if kind is QuestionType.MULTIPLE and _SEVERAL.search(hint):
        return ""  # the form says so in its own way
    return text(keys[kind]) if kind in keys else ""


def _instruct(paper: Paper, skip: str, hint: str, how: str) -> None:
    """Say when to leave the question out, then its own hint, then how to answer."""
    for words, bold in ((skip, True), (" ".join(filter(None, (hint, how))), False)):
        if words:
            line = paper.add_paragraph(bind_short_words(words))
            line.runs[0].bold, line.runs[0].italic = bold, not bold
            line.paragraph_format.keep_with_next = True


def _draw_options(paper: Paper, options: Sequence[FormChoice], own_words: str, language: Language) -> None:
    labels = [_label(option, language) for option in options]
    written = [bool(own_words) and option.is_other for option in options]
    plain = [label for label, other in zip(labels, written, strict=True) if not other]
    if len(plain) >= _MANY and max(map(len, plain)) <= _TWO_HALF_LINES:
        # The option with a line of its own comes last on paper, whatever its place.
        draw_in_two_columns(paper, plain)
        labels = [label for label, other in zip(labels, written, strict=True) if other]
        written = [True] * len(labels)
    for number, (label, other) in enumerate(zip(labels, written, strict=True), 1):
        line = paper.add_paragraph(f"{BOX}\t{own_words.format(label=label) if other else label}")
        hang(line)
        line.paragraph_format.space_after = Pt(3)
        line.paragraph_format.keep_with_next = number < len(labels) <= _KEPT_TOGETHER
        if other:
            draw_line(line)

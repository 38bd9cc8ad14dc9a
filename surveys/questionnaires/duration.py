"""How long a questionnaire takes: a rule of thumb that errs on the long side, so that nobody promises too little.

A minute to begin and to read what the survey is for, reading at 100 words a minute, as people read a form with a pen
in their hand, and some seconds to decide on each answer. BORIS may change the figures; nothing else depends on them.
"""

from math import ceil

from surveys.model import Form, QuestionType
from surveys.model.form import say
from surveys.questionnaires.making import fill_labels
from surveys.questionnaires.numbering import number_questions

_BEGINNING = 60.0
_WORDS_A_SECOND = 100 / 60
# Seconds to decide and to mark, by type of question.
_SECONDS = {
    QuestionType.SINGLE: 6.0,
    QuestionType.SCALE: 6.0,
    QuestionType.MULTIPLE: 20.0,
    QuestionType.RANKING: 30.0,
    QuestionType.NUMBER: 8.0,
    QuestionType.DATE: 10.0,
    QuestionType.TEXT: 75.0,
}


def estimate_minutes(form: Form) -> int:
    """Return about how many minutes a person needs for a form, rounded up, at least 1."""
    filled = fill_labels(form)
    seconds = _BEGINNING
    read_tables: set[int] = set()
    for asked in number_questions(filled):
        words = [say(asked.row.labels, "pl"), say(asked.row.hints, "pl")]
        first_row = asked.table is None or id(asked.table) not in read_tables
        if asked.table is not None and first_row:
            words.append(say(asked.table.labels, "pl"))
            read_tables.add(id(asked.table))
        if first_row:  # the points of a scale are read once for its table
            words += [say(option.labels, "pl") for option in filled.lists.get(asked.row.list_name, ())]
        seconds += _SECONDS[asked.question.type] + sum(len(text.split()) for text in words) / _WORDS_A_SECOND
    notes = [say(row.labels, "pl") for row, _ in filled.rows() if row.type == "note"]
    seconds += sum(len(text.split()) for text in notes) / _WORDS_A_SECOND
    return max(1, ceil(seconds / 60))

"""Ranges that a spreadsheet turned into days ("2-5" into 2 May): nobody can tell any more what was meant."""

from datetime import date

from etl.clean.missing import missing_kind
from etl.mapping.answer_column import AnswerColumn

_FEWEST_WORDS = 0.1


def holds_ranges_as_dates(column: AnswerColumn) -> bool:
    """Whether days stand among words as if they were one of the answers."""
    if not any(isinstance(value, date) for value in column.values):
        return False
    days = words = 0
    for value, key, count in zip(column.values, column.keys, column.counts, strict=True):
        if isinstance(value, date):
            days += count
        elif isinstance(value, str) and missing_kind(key) is None:
            words += count
    return days > 0 and words > _FEWEST_WORDS * days

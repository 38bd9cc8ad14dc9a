"""One answer written long and short in one column: "Kobieta" and "K", "tak" and "t", as several people type paper in.

Only where both forms stand in the column is the short one taken for the long one; a column of nothing but K and M stays
what it is.
"""

from collections import Counter
from dataclasses import replace

from etl.clean.missing import missing_kind
from etl.mapping.answer_column import AnswerColumn

_GENDER = (
    frozenset({"k", "kob", "kobieta", "kobiety", "kobieca", "zenska", "f", "female", "woman"}),
    frozenset({"m", "mez", "mezcz", "mezczyzna", "mezczyzni", "meska", "male", "man"}),
)
_YES_NO = (frozenset({"t", "tak", "y", "yes"}), frozenset({"n", "nie", "no"}))
_SHORTEST_WORD, _MOST_SPELLINGS = 3, 40


def merge_short_forms(column: AnswerColumn, *, gender: bool) -> AnswerColumn:
    """Return a column with short forms in place of which the long ones stand, any other column as it is.

    Args:
        column: the column.
        gender: it asks for the respondent's sex; else only "tak" and "nie" have short forms.
    """
    if not column.values or len(column.values) > _MOST_SPELLINGS or column.pieces is not None:
        return column
    groups = _GENDER if gender else _YES_NO
    forms = groups[0] | groups[1]
    if any(key not in forms and missing_kind(key) is None for key in column.keys):
        return column
    texts = list(column.texts)
    for group in groups:
        people: Counter[str] = Counter()
        for key, text, count in zip(column.keys, column.texts, column.counts, strict=True):
            if key in group and len(key) >= _SHORTEST_WORD:
                people[text] += count
        if not people or len({key for key in column.keys if key in group}) < 2:
            continue
        commonest = people.most_common(1)[0][0]
        texts = [commonest if key in group else text for key, text in zip(column.keys, texts, strict=True)]
    return column if texts == list(column.texts) else replace(column, texts=tuple(texts))

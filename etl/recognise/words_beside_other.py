"""Columns with the words beside "other": ``question_other``, also where the question's header is a label."""

import re
from collections.abc import Collection, Sequence

from etl.recognise.answer_table import AnswerTable
from etl.recognise.ticked_columns import TickedQuestion

_ENDING = "_other"
_SAYS_OTHER = re.compile(r"(^|\s)(other|inne|inna|inny)(\W|$)", re.IGNORECASE)
_OTHER_OPTIONS = frozenset({"other", "inne"})
_TICKED = frozenset({"1", "true", "tak"})
_LEAST_SHARE = 0.8


def find_other_words(
    headers: Sequence[str], table: AnswerTable, positions: Collection[int], ticked: Sequence[TickedQuestion]
) -> dict[int, int]:
    """Return the column of words of each question that has one, by the question's first column.

    Args:
        headers: of all columns.
        table: the answers.
        positions: columns that may hold answers.
        ticked: questions whose options have columns.
    """
    firsts = {one.header: one.columns[0] if one.summary is None else one.summary for one in ticked}
    plain = sorted(set(positions) - {position for one in ticked for position in one.columns})
    others: dict[int, int] = {}
    for words in plain:
        if not headers[words].lower().endswith(_ENDING):
            continue
        base = headers[words][: -len(_ENDING)]
        named = next((own for own in plain if headers[own] == base and own != words), None)
        # Beside a label stands the bare name: the question is the one before.
        before = max((own for own in [*firsts.values(), *plain] if own < words), default=None)
        home = firsts.get(base, before if named is None else named)
        if home is not None and home not in others and _said_other(headers, table, home, words, ticked):
            others[home] = words
    return others


def _said_other(
    headers: Sequence[str], table: AnswerTable, question: int, words: int, ticked: Sequence[TickedQuestion]
) -> bool:
    """Whether those who wrote something chose "other" in the question."""
    wrote = table.filled([words])[:, 0] & ~table.marked([words], ["n/a"])[:, 0]
    says = [text for text in table.distinct([question]) if _SAYS_OTHER.search(text)]
    chosen = table.marked([question], says)[:, 0]
    for one in ticked:
        if question not in {one.summary, *one.columns}:
            continue
        for position, option in zip(one.columns, one.options, strict=True):
            if option.lower() in _OTHER_OPTIONS:
                ticks = [text for text in table.distinct([position]) if text.lower() in _TICKED]
                chosen = chosen | table.marked([position], ticks)[:, 0]
    if not wrote.any():
        return bool(chosen.any()) or headers[words] == headers[question] + _ENDING
    return float((wrote & chosen).sum()) >= _LEAST_SHARE * float(wrote.sum())

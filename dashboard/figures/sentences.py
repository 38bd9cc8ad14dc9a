"""The answer first: one sentence computed from a published table, saying no more than the table does."""

from collections.abc import Sequence

from dashboard.escaping import plain
from dashboard.texts import say
from surveys.analysis.leading import leading_options
from surveys.language.numerals import format_number, format_percent
from surveys.language.texts import Language
from surveys.privacy.published import PublishedRow, PublishedTable, State
from surveys.privacy.wording import say_value

_MOST_NAMES = 3


def say_largest(table: PublishedTable, key: str, language: Language) -> str:
    """Say which rows of a table of counts are largest, ties together.

    Args:
        table: counts of things; any order.
        key: prefix of three texts: ``.one`` (name, value), ``.tie`` (names, value), ``.none`` (nothing was entered).
        language: language of the sentence.
    """
    known = [row for row in table.rows if row.value]
    if not known:
        return say("figures.all_hidden" if table.suppressed_count else f"{key}.none", language)
    largest = max(row.value or 0 for row in known)
    top = [row for row in known if row.value == largest]
    names = _join([row.labels[language][-1] for row in top], language)
    return say(
        f"{key}.{'one' if len(top) == 1 else 'tie'}", language, names=names, n=say_value(top[0], table.unit, language)
    )


def say_leading(table: PublishedTable, language: Language) -> str:
    """Say what was chosen most often in a survey, and when the order cannot be told.

    Args:
        table: shares of one question of one wave.
        language: language of the sentence.
    """
    rows = [row for row in table.rows if row.count is not None and row.base]
    if not rows:
        return say("leading.hidden", language)
    largest = max(row.count or 0 for row in rows)
    if not largest:
        return say("leading.nobody", language)
    top = _join([row.labels[language][-1] for row in rows if row.count == largest], language)
    if rows[0].state is State.COUNTS_ONLY:
        return say("leading.counts_only", language, names=top, count=largest, n=rows[0].base)
    leaders = [rows[position] for position in leading_options([row.count or 0 for row in rows], rows[0].base or 0)]
    first = leaders[0]
    if len(leaders) == 1:
        return say("leading.one", language, name=plain(first.labels[language][-1]), **_interval(first, language))
    if len(leaders) > _MOST_NAMES:  # a list cut short would read as a ranking; the figure says more
        return say("leading.many", language, names=top, n=len(leaders), **_interval(first, language))
    names = _join([row.labels[language][-1] for row in leaders], language)
    return say("leading.several", language, names=names)


def _interval(row: PublishedRow, language: Language) -> dict[str, object]:
    return {
        "share": format_percent(row.value or 0, language),
        "low": format_number(round((row.low or 0) * 100), language),
        "high": format_number(round((row.high or 0) * 100), language),
    }


def _join(names: Sequence[str], language: Language) -> str:
    """Join names as a reader would; a long list is cut, and says how many more there are."""
    shown = [plain(name) for name in names[:_MOST_NAMES]]
    rest = len(names) - len(shown)
    if rest:
        return say("leading.and_more", language, names=", ".join(shown), n=rest)
    if len(shown) == 1:
        return shown[0]
    return say("leading.and", language, names=", ".join(shown[:-1]), last=shown[-1])

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
_COMMA = ", "


def say_largest(table: PublishedTable, key: str, language: Language) -> str:
    """Say which rows of a table of counts are largest, ties together; many that tie are no news.

    Args:
        table: counts of things; any order.
        key: prefix of four texts: ``.one`` (name, value), ``.tie`` (names, value), ``.same`` (names, value: no row
            stands out), ``.none`` (nothing was entered).
        language: language of the sentence.
    """
    known = [row for row in table.rows if row.value]
    if not known:
        return say("figures.all_hidden" if table.suppressed_count else f"{key}.none", language)
    largest = max(row.value or 0 for row in known)
    top = [row for row in known if row.value == largest]
    form = "one" if len(top) == 1 else "same" if _is_no_news(top, table) else "tie"
    return say(f"{key}.{form}", language, names=_name(top, language), n=say_value(top[0], table.unit, language))


def say_leading(table: PublishedTable, language: Language) -> str:
    """Say what was chosen most often in a survey, when the order cannot be told, and why nothing can be said.

    Args:
        table: shares of one question of one wave.
        language: language of the sentence.
    """
    rows = [row for row in table.rows if row.count is not None and row.base]
    largest = max(map(_amount, rows), default=0.0)
    if not largest:  # zeros beside hidden rows are not "nobody"
        return say(f"leading.{_why_nothing(table)}", language)
    top = [row for row in rows if _amount(row) == largest]
    names = _quote(top, language)
    if rows[0].state is State.COUNTS_ONLY:
        form = "counts_same" if _is_no_news(top, table) else "counts_only"
        return say(f"leading.{form}", language, names=names, count=top[0].count, n=rows[0].base)
    if top[0].low is None:  # everybody there is answered: nothing is left to chance
        whole = {"names": names, "share": format_percent(top[0].value or 0, language)}
        return say(f"leading.{'whole' if len(top) == 1 else 'whole_several'}", language, **whole)
    leaders = [rows[position] for position in leading_options(list(map(_amount, rows)), _people(rows[0]))]
    first = leaders[0]
    if len(leaders) == 1:
        return say("leading.one", language, name=_quote([first], language), **_interval(first, language))
    if _is_no_news(top, table):
        return say("leading.same", language, names=names, **_interval(first, language))
    if len(leaders) > _MOST_NAMES:  # a list cut short would read as a ranking; the figure says more
        return say("leading.many", language, names=names, n=len(leaders), **_interval(first, language))
    return say("leading.several", language, names=_quote(leaders, language))


def _amount(row: PublishedRow) -> float:
    """People who chose an answer; of a weighted row, as many of its effective people as its share says."""
    if row.effective_base is None or row.value is None:
        return row.count or 0
    return row.value * row.effective_base


def _people(row: PublishedRow) -> float:
    return row.base or 0 if row.effective_base is None else row.effective_base


def list_names(names: Sequence[str]) -> str:
    """Return names in a row, parted by semicolons where one of them holds a comma of its own."""
    return _separator(names).join(names)


def _is_no_news(top: Sequence[PublishedRow], table: PublishedTable) -> bool:
    """Whether the rows that share the first place are too many to name, or all there are."""
    return len(top) > _MOST_NAMES or 1 < len(top) == len(table.rows)


def _why_nothing(table: PublishedTable) -> str:
    if not table.suppressed_count:
        return "nobody"
    return "few_asked" if table.too_few_asked else "hidden"


def _interval(row: PublishedRow, language: Language) -> dict[str, object]:
    return {
        "share": format_percent(row.value or 0, language),
        "low": format_number(round((row.low or 0) * 100), language),
        "high": format_number(round((row.high or 0) * 100), language),
    }


def quote_answer(label: str, language: Language) -> str:
    """Return an answer in quotation marks: it stands in a sentence as it was put, in whatever case and person."""
    return say("leading.quoted", language, name=plain(label))


def _quote(rows: Sequence[PublishedRow], language: Language) -> str:
    """Name answers as they were put; quotation marks part them, whatever signs they hold."""
    shown = [quote_answer(row.labels[language][-1], language) for row in rows[:_MOST_NAMES]]
    rest = len(rows) - len(shown)
    if rest:
        return say("leading.and_more", language, names=_COMMA.join(shown), n=rest)
    if len(shown) == 1:
        return shown[0]
    return say("leading.and", language, names=_COMMA.join(shown[:-1]), last=shown[-1])


def _name(rows: Sequence[PublishedRow], language: Language) -> str:
    """Name rows as a reader would; a long list is cut, and says how many more there are."""
    shown = [plain(row.labels[language][-1]) for row in rows[:_MOST_NAMES]]
    rest = len(rows) - len(shown)
    if rest:
        return say("leading.and_more", language, names=list_names(shown), n=rest)
    if len(shown) == 1 or _separator(shown) != _COMMA:  # an "and" after semicolons would part less than they do
        return list_names(shown)
    return say("leading.and", language, names=list_names(shown[:-1]), last=shown[-1])


def _separator(names: Sequence[str]) -> str:
    return "; " if any(_COMMA.strip() in name for name in names) else _COMMA

"""Figures in words: the value beside a bar and the alternative text of a chart."""

from dashboard.texts import say
from surveys.language.numerals import format_money_pln, format_number, format_percent
from surveys.language.texts import Language
from surveys.privacy.published import PublishedRow, PublishedTable, State

_ALT_ROWS = 8  # enough to know what the chart says; the table below holds the rest


def say_value(row: PublishedRow, unit: str, language: Language) -> str:
    """Return a row's figure as it is written beside its bar."""
    if row.state is State.SUPPRESSED:
        return say("figure.suppressed", language)
    if row.state is State.COUNTS_ONLY:
        return say("figure.counts_only", language, count=row.count, n=row.base)
    if row.value is None:
        return say("figure.none", language)
    if unit == "share":
        if row.low is None or row.high is None:
            return format_percent(row.value, language)
        return say(
            "figure.share",
            language,
            share=format_percent(row.value, language),
            low=round(row.low * 100),
            high=round(row.high * 100),
        )
    if unit == "pln":
        return format_money_pln(row.value, language)
    return format_number(row.value, language)


def describe_table(table: PublishedTable, title: str, language: Language) -> str:
    """Return the alternative text of a chart: its title and its first rows in words."""
    rows = [
        f"{' – '.join(row.labels[language])}: {say_value(row, table.unit, language)}" for row in table.rows[:_ALT_ROWS]
    ]
    rest = len(table.rows) - len(rows)
    if rest > 0:
        rows.append(say("figure.and_more", language, n=rest))
    return f"{title}. {'; '.join(rows)}."

"""Published figures in words: beside a bar, in a table, in the alternative text of a chart, in a download."""

from collections.abc import Sequence
from datetime import date

from surveys.language.numerals import format_date, format_money_pln, format_number, format_percent
from surveys.language.texts import Language, load_catalogue
from surveys.privacy.published import PublishedRow, PublishedTable, SourceFile, State

_CATALOGUE = "surveys.language.catalogues"
_ALT_ROWS = 8  # enough to know what the chart says; the table below holds the rest


def say_value(row: PublishedRow, unit: str, language: Language) -> str:
    """Return a row's figure as it is written beside its bar."""
    if row.state is State.SUPPRESSED:
        return _say("figure.suppressed", language)
    if row.state is State.COUNTS_ONLY:
        return _say("figure.counts_only", language, count=row.count, n=row.base)
    if row.value is None:
        return _say("figure.no_figure" if unit == "official" else "figure.none", language)
    if unit == "share":
        if row.low is None or row.high is None:
            return format_percent(row.value, language)
        return _say(
            "figure.share",
            language,
            share=format_percent(row.value, language),
            low=round(row.low * 100),
            high=round(row.high * 100),
        )
    if unit == "pln":
        return format_money_pln(row.value, language)
    halves = unit == "points" and row.value != int(row.value)
    return format_number(row.value, language, decimals=1 if halves else row.decimals)


def say_base(row: PublishedRow, language: Language) -> str:
    """Return about how many people stand behind a row, with a warning when few; empty when that is not told."""
    if row.base is None:
        return ""
    few = row.state in {State.FLAGGED, State.COUNTS_ONLY}
    return _say("figure.about_few_people" if few else "figure.about_people", language, n=row.base)


def say_hidden(language: Language) -> str:
    """Return the word that stands for a hidden figure."""
    return _say("figure.suppressed", language)


def say_state(state: State, language: Language) -> str:
    """Return what a row's state means, as the table says it; empty for a row that is simply shown."""
    return _say(f"figure.state.{state.value}", language)


def describe_table(table: PublishedTable, title: str, language: Language) -> str:
    """Return the alternative text of a chart: its title and its first rows in words."""
    rows = [
        f"{' – '.join(row.labels[language])}: {say_value(row, table.unit, language)}" for row in table.rows[:_ALT_ROWS]
    ]
    rest = len(table.rows) - len(rows)
    if rest > 0:
        rows.append(_say("figure.and_more", language, n=rest))
    return f"{title}. {'; '.join(rows)}."


def name_files(files: Sequence[SourceFile], language: Language) -> list[str]:
    """Return the files that figures were loaded from, each with its day and, where it may be told, its rows."""
    named: list[str] = []
    for file in files:
        facts = {"name": file.name, "day": format_date(date.fromisoformat(file.loaded_on), language)}
        if file.row_count is None:
            named.append(_say("table.file_uncounted", language, **facts))
        else:
            named.append(_say("table.file", language, **facts, rows=format_number(file.row_count, language)))
    return named


def tabulate(table: PublishedTable, language: Language) -> tuple[list[str], list[list[str]]]:
    """Return a table as it is read: headers, and rows of words.

    Args:
        table: a published table.
        language: language of headers, labels and numbers.

    Returns:
        Headers and rows; a hidden row says "ukryte" in every column of figures, a figure that doesn't exist is "–".
    """
    dimensions = [_say(f"figure.dimension.{name}", language) for name in table.dimensions]
    if table.unit != "share":
        headers = [*dimensions, _say(f"figure.unit.{table.unit}", language)]
        return headers, [[*row.labels[language], say_value(row, table.unit, language)] for row in table.rows]
    columns = ("share", "low", "high", "count", "base", "state")
    headers = [*dimensions, *(_say(f"figure.column.{name}", language) for name in columns)]
    return headers, [[*row.labels[language], *_share_cells(row, language)] for row in table.rows]


def _share_cells(row: PublishedRow, language: Language) -> list[str]:
    hidden = row.state is State.SUPPRESSED
    none = _say("figure.suppressed" if hidden else "figure.none", language)
    shares = [none if value is None else format_percent(value, language) for value in (row.value, row.low, row.high)]
    counts = [none if value is None else format_number(value, language) for value in (row.count, row.base)]
    return [*shares, *counts, _say(f"figure.state.{row.state.value}", language)]


def _say(key: str, language: Language, /, **facts: object) -> str:
    return load_catalogue(_CATALOGUE).say(key, language, **facts)

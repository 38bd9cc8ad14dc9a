"""How many rows of a table a chart of a document shows: as many as can be read, the rest stands in the table."""

from collections.abc import Sequence
from dataclasses import replace
from math import ceil

from dashboard.documents.content import Figure
from dashboard.documents.kinds import SHORT, Kind
from dashboard.texts import say
from surveys.language.texts import Language
from surveys.privacy.published import PublishedRow, PublishedTable

_MOST = 12
_MOST_WHERE_SHORT = 7


def first_rows(table: PublishedTable, kind: Kind | None = None) -> PublishedTable:
    """Return the rows that a chart shows; scales are short and are shown whole."""
    most = _MOST_WHERE_SHORT if kind in SHORT else _MOST
    return replace(table, rows=table.rows[:most])


def say_left_out(table: PublishedTable, shown: PublishedTable, language: Language) -> str:
    """Say that a chart shows the first rows only; empty when it shows all."""
    if len(shown.rows) == len(table.rows):
        return ""
    return say("documents.first_rows", language, shown=len(shown.rows), n=len(table.rows))


def note_of(figure: Figure, shown: PublishedTable, language: Language) -> str:
    """Return what stands under a chart: the question, unless the caption is the question, rows left out, the note."""
    question = figure.question if figure.question not in figure.caption else ""
    notes = [say("documents.question", language, question=question) if question else ""]
    notes += [say_left_out(figure.table, shown, language), figure.short or figure.note]
    return " ".join(note for note in notes if note)


def end_of_axis(rows: Sequence[PublishedRow]) -> float:
    """Return where the axis of shares ends: every interval is on it, and it is a round share."""
    reach = max((row.high or row.value or 0.0 for row in rows), default=0.0)
    return min(1.0, max(0.1, ceil(reach * 1.04 * 20) / 20))

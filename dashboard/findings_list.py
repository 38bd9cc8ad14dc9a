"""Findings on a page: sheet by sheet, errors first, each says where, what and what to do.

The same fault in many rows is one line with its rows. Whatever a finding quotes from somebody's file is escaped.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import streamlit as st

from dashboard.escaping import plain
from dashboard.texts import say
from surveys.findings import Finding, Place, Report, Severity
from surveys.language.texts import Language

_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}
_ICONS = {Severity.ERROR: ":material/error:", Severity.WARNING: ":material/warning:", Severity.INFO: ":material/info:"}
# A person mends the first ones and looks again; a page with a thousand lines helps nobody.
MOST_LINES = 30
_MOST_ROWS = 8


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One line of the list.

    Attributes:
        severity: of all its findings.
        sheet: name of the sheet, ``None`` for a fault of the whole file.
        rows: rows with this very fault, in order; empty when it has no row.
        column: header or letter, or ``None``.
        cause, remedy: in words, not escaped.
    """

    severity: Severity
    sheet: str | None
    rows: tuple[int, ...]
    column: str | None
    cause: str
    remedy: str


def gather_lines(findings: Iterable[Finding], language: Language) -> list[FindingLine]:
    """Return the findings as lines: errors first, then as they were found; equal faults of several rows together."""
    rows: dict[tuple[Severity, str | None, str | None, str, str], list[int]] = {}
    for finding in findings:
        place = finding.place
        cause, remedy = finding.message(language), finding.remedy(language)
        found = rows.setdefault((finding.severity, place.sheet, place.column, cause, remedy), [])
        if place.row is not None:
            found.append(place.row)
    lines = [
        FindingLine(severity, sheet, tuple(sorted(set(numbers))), column, cause, remedy)
        for (severity, sheet, column, cause, remedy), numbers in rows.items()
    ]
    return sorted(lines, key=lambda line: _ORDER[line.severity])


def count_severities(report: Report, language: Language) -> str:
    """Return how many errors and remarks there are, in words, or that there are none."""
    amounts = {
        severity: sum(finding.severity is severity for finding in report)
        for severity in (Severity.ERROR, Severity.WARNING)
    }
    said = [say(f"findings.count_{severity.value}", language, n=n) for severity, n in amounts.items() if n]
    return ", ".join(said) or say("findings.none", language)


def show_findings(report: Report, language: Language, *, severities: Sequence[Severity] = tuple(Severity)) -> None:
    """Show findings; nothing at all when there are none of these severities."""
    lines = gather_lines((finding for finding in report if finding.severity in severities), language)
    # What concerns the whole file first, then its sheets, those with errors before the others.
    sheets = sorted(dict.fromkeys(line.sheet for line in lines), key=lambda sheet: sheet is not None)
    for sheet in sheets:
        own = [line for line in lines if line.sheet == sheet]
        with st.container(border=True):
            if sheet is not None:
                st.markdown(f"**{say('findings.sheet', language, name=plain(sheet))}**")
            st.markdown("\n".join(_say_line(line, language) for line in own[:MOST_LINES]))
            if len(own) > MOST_LINES:
                st.caption(say("findings.more", language, n=len(own) - MOST_LINES))


def _say_line(line: FindingLine, language: Language) -> str:
    where = plain(_say_place(line, language))
    label = say(f"findings.severity.{line.severity.value}", language)
    head = f"{_ICONS[line.severity]} **{label}**" + (f" – {where}" if where else "")
    return f"- {head}: {plain(line.cause)}  \n  *{say('findings.remedy', language)}* {plain(line.remedy)}"


def _say_place(line: FindingLine, language: Language) -> str:
    if len(line.rows) < 2:
        return Place(row=line.rows[0] if line.rows else None, column=line.column).describe(language)
    shown = ", ".join(str(row) for row in line.rows[:_MOST_ROWS])
    rest = len(line.rows) - _MOST_ROWS
    key = "findings.rows_and_more" if rest > 0 else "findings.rows"
    rows = say(key, language, rows=shown, n=max(rest, 0))
    column = Place(column=line.column).describe(language)
    return f"{rows}, {column}" if column else rows

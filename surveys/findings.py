"""Findings: what is wrong with somebody's data, as data.

A `Finding` says *where* (file, sheet, row, column), *what* (cause) and *what to do* (remedy), under a code that
never changes. Prose lives in `surveys/language/catalogues/findings_*.toml`::

    [PARTNER-DUPLICATE]
    severity = "error"
    cause.pl = "Partner „{name}” jest wpisany dwa razy (pierwszy raz w wierszu {first_row})."
    cause.en = "The partner “{name}” is entered twice (first in row {first_row})."
    remedy.pl = "Zostaw jeden z tych wierszy."
    remedy.en = "Keep one of these rows."

Facts may hold words from a partnership's own register, never a respondent's answer. Neither `repr` nor an
exception shows them, so that a log cannot carry what a person typed.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache
from importlib import resources

from surveys.language.numerals import format_date
from surveys.language.texts import Catalogue, Language, load_catalogue

_CATALOGUES = "surveys.language.catalogues"
_ISO_DAY = len("2026-01-31")


class Severity(StrEnum):
    """How much a finding weighs: an error stops the import, a warning asks to look, an info only says."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Place:
    """Where in somebody's file: every part may be unknown.

    Attributes:
        file: name of the file as the person knows it.
        sheet: name of the sheet.
        row: 1-based row as the spreadsheet shows it.
        column: header or letter of the column, as the person sees it.
    """

    file: str | None = None
    sheet: str | None = None
    row: int | None = None
    column: str | None = None

    def describe(self, language: Language) -> str:
        """Return the place in words, for example ``arkusz Partnerzy, wiersz 7, kolumna Sektor``."""
        parts = [
            load_catalogue(_CATALOGUES).say(f"place.{name}", language, value=value)
            for name, value in (("file", self.file), ("sheet", self.sheet), ("row", self.row), ("column", self.column))
            if value is not None
        ]
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault or remark about somebody's data.

    Attributes:
        code: stable code, a table of the findings catalogue.
        place: where it is.
        facts: values that the prose of the code needs; strings and numbers only. ``@key`` stands for a text of the
            catalogues, ``@key @other`` for several.
    """

    code: str
    place: Place = field(default_factory=Place)
    facts: Mapping[str, str | int] = field(default_factory=dict, repr=False)

    @property
    def severity(self) -> Severity:
        """Severity of the code, from the catalogue."""
        return finding_severities()[self.code]

    def message(self, language: Language) -> str:
        """Return the cause in words."""
        return _texts().say(f"{self.code}.cause", language, **_readable(self.facts, language))

    def remedy(self, language: Language) -> str:
        """Return what to do, in words."""
        return _texts().say(f"{self.code}.remedy", language, **_readable(self.facts, language))


@dataclass(frozen=True, slots=True)
class Report:
    """All findings of one file or operation, in the order they were found."""

    findings: tuple[Finding, ...] = ()

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)

    def __len__(self) -> int:
        return len(self.findings)

    def __add__(self, other: "Report | Iterable[Finding]") -> "Report":
        return Report(self.findings + tuple(other))

    @property
    def errors(self) -> tuple[Finding, ...]:
        """Findings that stop the operation."""
        return tuple(finding for finding in self.findings if finding.severity is Severity.ERROR)

    @property
    def stops(self) -> bool:
        """Whether anything in the report stops the operation."""
        return bool(self.errors)


class FaultError(Exception):
    """Carries a report whose errors stopped an operation. Its text names codes and places, never facts."""

    def __init__(self, report: Report) -> None:
        self.report = report
        super().__init__("; ".join(f"{finding.code} at {finding.place}" for finding in report.errors))


@cache
def finding_severities() -> Mapping[str, Severity]:
    """Return every known code with its severity, in the catalogue's order."""
    severities: dict[str, Severity] = {}
    for file in sorted(resources.files(_CATALOGUES).iterdir(), key=lambda item: item.name):
        if file.name.startswith("findings_") and file.name.endswith(".toml"):
            for code, table in tomllib.loads(file.read_text(encoding="utf-8")).items():
                severities[code] = Severity(table["severity"])
    return severities


def _readable(facts: Mapping[str, str | int], language: Language) -> dict[str, str | int]:
    """Facts as a reader writes them: a day is kept as ISO text and said as ``1.02.2025``, a key as its text."""
    return {name: _say_fact(fact, language) if isinstance(fact, str) else fact for name, fact in facts.items()}


def _say_fact(text: str, language: Language) -> str:
    keys = [word.removeprefix("@") for word in text.split(" ")] if text.startswith("@") else []
    # Somebody's own words may begin with an @ too.
    if keys and all(key in _texts() for key in keys):
        return "; ".join(_texts().say(key, language) for key in keys)
    return _say_day(text, language)


def _say_day(text: str, language: Language) -> str:
    if len(text) != _ISO_DAY or text[4] != "-":
        return text
    try:
        return format_date(date.fromisoformat(text), language, style="short")
    except ValueError:  # ten characters that are no day
        return text


def _texts() -> Catalogue:
    return load_catalogue(_CATALOGUES)

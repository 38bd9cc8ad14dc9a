"""How a command speaks: results on standard output, everything else on standard error, in one language."""

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TextIO

from etl.commands.parsing import command_texts
from surveys.findings import Finding, Report, Severity
from surveys.language.texts import Language

# A name of a file or a header comes from a stranger: it may neither move the cursor nor turn the line around.
_CONTROLS = {*range(32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A)} - {ord("\n")}
_TAMED = dict.fromkeys(_CONTROLS, "�")


@dataclass(slots=True)
class Console:
    """The two streams of a command and the language it speaks.

    Attributes:
        as_json: standard output carries one JSON object and nothing else.
    """

    language: Language
    as_json: bool = False
    output: TextIO = field(default_factory=lambda: sys.stdout)
    errors: TextIO = field(default_factory=lambda: sys.stderr)
    _progress_width: int = 0

    def text(self, key: str, **facts: object) -> str:
        """Return a text of the command line in the console's language."""
        return command_texts().say(key, self.language, **facts)

    def say(self, key: str, **facts: object) -> None:
        """Print a sentence of the result; with ``--json`` it goes nowhere, the object says it all."""
        self.print(self.text(key, **facts))

    def print(self, line: str = "") -> None:
        """Print a line of the result, unless ``--json``."""
        if not self.as_json:
            self._end_progress()
            self.output.write(line.translate(_TAMED) + "\n")

    def print_json(self, value: Any) -> None:
        """Print the one JSON value of a command called with ``--json``."""
        json.dump(value, self.output, ensure_ascii=False, indent=2)
        self.output.write("\n")

    def print_table(self, headers: Sequence[str], rows: Iterable[Sequence[str]], numbers: frozenset[int]) -> None:
        """Print rows in aligned columns.

        Args:
            headers: one per column.
            rows: cells as text.
            numbers: 0-based columns that are aligned to the right.
        """
        cells = [list(headers), *(list(row) for row in rows)]
        widths = [max(len(row[position]) for row in cells) for position in range(len(headers))]
        for row in cells:
            aligned = [
                cell.rjust(width) if position in numbers else cell.ljust(width)
                for position, (cell, width) in enumerate(zip(row, widths, strict=True))
            ]
            self.print("  ".join(aligned).rstrip())

    def note(self, key: str, **facts: object) -> None:
        """Print a sentence that is not part of the result on standard error."""
        self.warn(self.text(key, **facts))

    def warn(self, line: str) -> None:
        """Print a line on standard error."""
        self._end_progress()
        self.errors.write(line.translate(_TAMED) + "\n")
        self.errors.flush()

    def report_progress(self, stage: str, progress: float) -> None:
        """Show how far a command is: one line that rewrites itself on a terminal, nothing elsewhere."""
        if not self.errors.isatty():
            return
        key = f"stage.{stage}"
        words = self.text(key if key in command_texts() else "stage.other")
        line = f"{words} {progress:>4.0%}"
        self.errors.write("\r" + line.ljust(self._progress_width))
        self.errors.flush()
        self._progress_width = len(line)

    def warn_of(self, report: Report, *, most: int = 50) -> None:
        """Print findings on standard error, errors first, each with place, cause and remedy."""
        ordered = sorted(report, key=lambda finding: list(Severity).index(finding.severity))
        for finding in ordered[:most]:
            self.warn(self.describe(finding))
        if len(ordered) > most:
            self.note("findings.more", n=len(ordered) - most)

    def describe(self, finding: Finding) -> str:
        """Return a finding as two lines: severity, place and cause; then the remedy."""
        severity = self.text(f"severity.{finding.severity.value}")
        place = finding.place.describe(self.language)
        heading = f"{severity} [{finding.code}]" + (f" ({place})" if place else "")
        return f"{heading}: {finding.message(self.language)}\n    → {finding.remedy(self.language)}"

    def _end_progress(self) -> None:
        if self._progress_width:
            self.errors.write("\r" + " " * self._progress_width + "\r")
            self.errors.flush()
            self._progress_width = 0

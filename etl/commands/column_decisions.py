"""A person's decisions about columns, from a JSON file: by position, or as ``diagnoza mapping export`` writes them.

::

    {"columns": {"3": {"type": "single", "vocabulary": "problems"}, "G": {"ignore": true}}}

A column is named by its position from 1 or by its letters, as a spreadsheet shows them.
"""

import json
from pathlib import Path
from typing import Any

from etl.commands.paths import read_input
from etl.importing import ColumnDecision, WordedDecision
from etl.jobs.encoding import from_plain
from etl.mapping.mapping_file import is_mapping, read_mapping
from surveys.findings import FaultError, Finding, Place, Report

_PARTS = {"ignore", "type", "vocabulary", "profile"}


def read_mapping_decisions(path: Path) -> tuple[dict[int, ColumnDecision], tuple[WordedDecision, ...]]:
    """Return decisions by 0-based position of a column, and those by the wording of headers.

    Raises:
        FaultError: the file cannot be read or understood.
    """
    content = read_input(path).content
    if is_mapping(content):
        return {}, read_mapping(content, str(path))
    try:
        return parse_column_decisions(content.decode("utf-8-sig")), ()
    except (ValueError, TypeError, AttributeError) as error:
        # Our own words below; json's and UnicodeDecodeError's tell the place only, never a respondent's words.
        facts: dict[str, str | int] = {"reason": str(error)}
        raise FaultError(Report((Finding("MAPPING-BAD", Place(file=str(path)), facts),))) from None


def parse_column_decisions(text: str) -> dict[int, ColumnDecision]:
    """Return decisions by 0-based position of a column.

    Raises:
        ValueError: the text is not JSON, or not of the shape above.
        TypeError: a decision has a value of the wrong kind.
    """
    written: Any = json.loads(text)
    columns = written.get("columns") if isinstance(written, dict) else None
    if not isinstance(columns, dict):
        raise TypeError('"columns": {…}?')
    decisions: dict[int, ColumnDecision] = {}
    for name, parts in columns.items():
        if not isinstance(parts, dict) or not parts.keys() <= _PARTS:
            raise TypeError(f'"{name}": {", ".join(sorted(_PARTS))}?')
        decisions[_read_position(name)] = from_plain(ColumnDecision, parts)
    return decisions


def _read_position(name: str) -> int:
    """``1`` and ``A`` are the first column, ``AA`` the twenty-seventh."""
    if name.isascii() and name.isdigit() and int(name) > 0:
        return int(name) - 1
    if not (name.isascii() and name.isalpha() and len(name) <= 3):
        raise ValueError(f'"{name}"?')
    position = 0
    for letter in name.upper():
        position = position * 26 + ord(letter) - ord("A") + 1
    return position - 1

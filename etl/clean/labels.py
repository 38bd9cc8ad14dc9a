"""Texts of cells and headers in the form in which they are compared and shown."""

import re
from datetime import date, datetime, time, timedelta

from etl.readers.raw import CellValue
from surveys.language.folding import fold

_GRID = re.compile(r"^(?P<stem>.*\S)\s*\[(?P<row>[^\[\]]+)\]\s*$", re.DOTALL)
# A dash, a dot, a slash alone: how people fill a cell that has no answer.
_NOTHING = re.compile(r"^[\s.\-–—_?/*…]*$")
_NUMBERING = re.compile(r"^\(?\d{1,3}[a-z]?[.)]\s+")


def cell_text(value: CellValue | None) -> str:
    """Return a cell as a person would read it aloud: one line, no spaces around; ``3.0`` is ``3``."""
    if value is None:
        return ""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, bool):
        return "tak" if value else "nie"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.12g}".replace(".", ",")
    if isinstance(value, datetime):
        midnight = value.time() == time()
        return value.date().isoformat() if midnight else value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value) if not isinstance(value, timedelta) else f"{value.total_seconds():.0f} s"


def says_nothing(text: str) -> bool:
    """Return whether a cell's text is no answer: empty, or a dot, a dash, a slash alone."""
    # Most answers begin with a letter or a digit, which asks for no pattern.
    return not text[:1].isalnum() and _NOTHING.match(text) is not None


def option_key(text: str) -> str:
    """Return the form in which two spellings of one answer option are equal; empty for a cell that says nothing.

    Folding drops signs at the ends, and ``< 30`` must not meet ``> 30``. Words of a code are joined by underscores
    (``nie_wiem``).
    """
    if "_" in text:
        text = text.replace("_", " ")
    if "<" in text or ">" in text:
        text = text.replace("<", " lt ").replace(">", " gt ")
    return fold(text)


def question_key(text: str) -> str:
    """Return the form in which two wordings of one question are equal: without its number."""
    return fold(_NUMBERING.sub("", " ".join(text.split())))


def split_grid(header: str) -> tuple[str, str] | None:
    """Return stem and row of a grid's header ``stem [row]``, ``None`` for any other header."""
    found = _GRID.match(header)
    return (found.group("stem").strip(), found.group("row").strip()) if found else None

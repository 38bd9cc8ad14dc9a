"""Names that the machine gives: of questions, questionnaires and waves."""

import re
from collections.abc import Iterable
from pathlib import PurePath

from etl.clean.labels import question_key
from etl.readers.characters import clean_text
from surveys.language.folding import slugify

_NAME_LENGTH, _WAVE_NAME_LENGTH = 60, 200
# What survey tools append to a title in a file's name: "(Odpowiedzi) - Liczba odpowiedzi 1", "(1-69)", "(2)".
_TOOL_SUFFIX = re.compile(
    r"\s*(\((odpowiedzi|responses|risposte|antworten|respuestas|\d+(-\d+)?)\).*"
    r"|[-–_ ]+(liczba odpowiedzi|form responses).*)$",
    re.IGNORECASE,
)


def name_question(battery: str, text: str, taken: Iterable[str]) -> str:
    """Return a short ASCII name for a question, unique among those taken."""
    used = set(taken)
    base = _slug(question_key(text))
    if battery:
        # Half of the name for the stem, so that rows of one long question stay apart.
        base = "-".join(part for part in (_slug(question_key(battery), _NAME_LENGTH // 2), base) if part)
    base = _cut(base or "pytanie", _NAME_LENGTH)
    name, number = base, 2
    while name in used:
        name = f"{base}-{number}"
        number += 1
    return name


def name_wave(title: str) -> str:
    """Return the name of a measurement as it is kept: on one line, free of odd signs, not too long."""
    return " ".join(clean_text(title).split())[:_WAVE_NAME_LENGTH]


def title_of_file(file_name: str) -> str:
    """Return a title out of a file's name: without suffix and without what tools append."""
    stem = file_name
    while (suffix := PurePath(stem).suffix) and suffix.lower() in {
        ".csv",
        ".xlsx",
        ".xlsm",
        ".xlsb",
        ".xls",
        ".ods",
        ".txt",
        ".tsv",
        ".sav",
        ".zsav",
        ".zip",
        ".lsa",
    }:
        stem = stem[: -len(suffix)]
    return " ".join(_TOOL_SUFFIX.sub("", stem).replace("_", " ").split()) or stem


def slug_of_title(title: str) -> str:
    """Return a slug of a title, ``ankieta`` when nothing of it can be one."""
    return _slug(title) or "ankieta"


def _slug(text: str, length: int = _NAME_LENGTH) -> str:
    try:
        return _cut(slugify(text), length)
    except ValueError:
        return ""


def _cut(slug: str, length: int) -> str:
    """Shorten a slug between two words."""
    return slug if len(slug) <= length else (slug[: length + 1].rsplit("-", 1)[0][:length].strip("-") or slug[:length])

"""Headings of a LimeSurvey export taken apart: code, wording, sub-question, "other", comment, scale.

A heading is a code (``Q1[SQ001]``), an ExpressionScript code (``Q1_SQ001``), a text (``Question [Sub-question]``),
possibly cut (``Questio.. [Sub-qu.. ]``), or a code and a text with any separator between; spaces of texts may be
underscores.
"""

import html
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from etl.recognise.limesurvey_words import ATTRIBUTE, COMMENT, METADATA_CODES, METADATA_TEXTS, OTHER, TIMING
from surveys.language.folding import fold

# Old surveys have codes of digits too.
_CODE = r"[A-Za-z0-9]+"
_BRACKETED = re.compile(rf"^(?P<code>{_CODE})(?P<parts>(?:\[[A-Za-z0-9_-]+\]){{1,3}})(?P<rest>.*)$")
_UNDERSCORED = re.compile(rf"^(?P<code>{_CODE})(?P<parts>(?:_[A-Za-z0-9]+){{1,3}})(?P<rest>.*)$")
_PLAIN = re.compile(rf"^(?P<code>{_CODE})(?P<rest>.*)$")
_NUMBERED = re.compile(r"^(?P<code>[A-Z][A-Za-z]{0,9}\d[A-Za-z0-9]*)(?P<rest>.*)$")
_SEPARATOR = re.compile(r"^[^A-Za-z0-9\[]+(?=\S)")


class Special(StrEnum):
    """What a column beside a question's own ones holds."""

    OTHER = "other"
    COMMENT = "comment"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Style:
    """How an export is headed.

    Attributes:
        coded: headings begin with codes.
        separator: between code and text, ``None`` where there is only one of them.
    """

    coded: bool
    separator: str | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading.

    Attributes:
        position: 0-based column.
        metadata: code of a column about the response, ``""`` for one of a question.
        code: of the question, ``""`` in headings of texts only.
        parts: codes of the sub-question, of a table of numbers two, of a scale's number after them.
        text: wording of the question, ``""`` where there is none.
        subs: wordings of the sub-question, as many as there are.
        special: what stands beside the question.
    """

    position: int
    metadata: str = ""
    code: str = ""
    parts: tuple[str, ...] = ()
    text: str = ""
    subs: tuple[str, ...] = ()
    special: Special | None = None

    @property
    def key(self) -> str:
        """What columns of one question have in common."""
        return self.code or fold(self.text)


def find_style(cells: Sequence[str]) -> tuple[Style, int]:
    """Return how a row of headings is written, and how many columns about the response it has."""
    codes = sum(_metadata_code(cell) != "" for cell in cells)
    texts = len({METADATA_TEXTS[fold(spaced)] for cell in cells if fold(spaced := _spaced(cell)) in METADATA_TEXTS})
    both: Counter[str] = Counter()
    for cell in cells:
        found = re.match(r"^([A-Za-z]+(?:_\d+)?)(.*)$", cell)
        if found and found.group(1) in METADATA_CODES and (separator := _SEPARATOR.match(found.group(2))):
            both[separator.group()] += 1
    if both and both.total() >= max(codes, texts):
        commonest, count = both.most_common(1)[0]
        return Style(coded=True, separator=commonest), count
    if codes and codes >= texts:
        return replace(_style_of_questions(cells), coded=True), codes
    if texts > 1:
        return Style(coded=False), texts
    return _style_of_questions(cells), 0


def count_generated(cells: Sequence[str]) -> int:
    """Return how many headings bear a code in LimeSurvey's manner: with ``[SQ001]``, ``_SQ001`` or ``[other]``."""
    count = 0
    for cell in cells:
        found = _BRACKETED.match(cell) or _UNDERSCORED.match(cell)
        if found is not None:
            parts = _split_parts(found["parts"])
            count += any(re.match(r"^SQ\d{3}", part) or part in {"other", "comment"} for part in parts)
    return count


def count_bracketed(cells: Sequence[str]) -> int:
    """Return how many headings are a code with a sub-question's code in brackets directly behind it."""
    return sum(_BRACKETED.match(cell) is not None for cell in cells)


def read_headings(cells: Sequence[str], style: Style) -> list[Heading]:
    """Take every heading of a row apart; an empty one is a question without a wording."""
    read = _read_coded if style.coded else _read_text
    underscored = _has_underscores_for_spaces(cells, style)
    headings = [
        read(position, html.unescape(cell), style, underscored=underscored) for position, cell in enumerate(cells)
    ]
    codes = {heading.code for heading in headings}
    return [_mark_timing(heading, codes) for heading in headings]


def split_brackets(text: str, most: int) -> tuple[str, tuple[str, ...]]:
    """Return a text without the last groups in brackets, and these; several stand without a space between them."""
    groups: list[str] = []
    rest = text.rstrip()
    while rest.endswith("]") and len(groups) < most:
        depth = 0
        for start in range(len(rest) - 1, -1, -1):
            depth += {"]": 1, "[": -1}.get(rest[start], 0)
            if depth == 0:
                break
        if depth != 0:
            start = rest.rfind("[")
            if start < 0:
                break
        groups.insert(0, rest[start + 1 : -1].strip())
        rest = rest[:start]
    return rest.strip(), tuple(groups)


def _read_coded(position: int, cell: str, style: Style, *, underscored: bool) -> Heading:
    metadata = _metadata_code(cell, style.separator)
    if metadata:
        return Heading(position, metadata=metadata)
    for pattern in (_BRACKETED, _UNDERSCORED, _PLAIN):
        found = pattern.match(cell)
        if found is None:
            continue
        rest = found["rest"]
        if style.separator is None:
            if rest:
                continue
            text = ""
        else:
            separator = style.separator
            if not rest.startswith(separator) and rest.strip() != separator.strip():
                continue
            text = _spaced(rest[len(separator) :]) if underscored else rest[len(separator) :]
        parts = _split_parts(found["parts"]) if pattern is not _PLAIN else ()
        heading = _mark_special(Heading(position, code=found["code"], parts=parts))
        wording, subs = split_brackets(text, 3) if parts else (text.strip(), ())
        return replace(heading, text=wording, subs=subs)
    # Somebody's own column, or one that was renamed by hand.
    return Heading(position, text=cell)


def _read_text(position: int, cell: str, style: Style, *, underscored: bool) -> Heading:
    del style
    text = _spaced(cell) if underscored else cell
    known = METADATA_TEXTS.get(fold(text), "")
    if known:
        return Heading(position, metadata=known)
    wording, subs = split_brackets(text, 3)
    special = None
    if subs and fold(subs[-1]) in COMMENT:
        special = Special.COMMENT
    elif len(subs) == 1 and fold(subs[0]) in OTHER:
        special = Special.OTHER
    return Heading(position, text=wording or text, subs=subs, special=special)


def _mark_special(heading: Heading) -> Heading:
    last = heading.parts[-1] if heading.parts else ""
    if last in {"other", "othercomment"}:
        return replace(heading, special=Special.OTHER if last == "other" else Special.COMMENT)
    if last == "filecount":
        return replace(heading, special=Special.FILE)
    if last.endswith("comment"):
        owner = last.removesuffix("comment")
        return replace(heading, special=Special.COMMENT, parts=(*heading.parts[:-1], owner) if owner else ())
    return heading


def _mark_timing(heading: Heading, codes: set[str]) -> Heading:
    """``A1Time`` is how long question ``A1`` took; a question called ``FreeTime`` is none of them."""
    code = heading.code
    if heading.parts or not TIMING.match(code):
        return heading
    timed = code.startswith("groupTime") or code == "interviewtime" or code.removesuffix("Time") in codes
    return replace(heading, metadata="timing") if timed else heading


def _metadata_code(cell: str, separator: str | None = None) -> str:
    code = cell.split(separator, 1)[0] if separator else cell
    return code if code in METADATA_CODES or ATTRIBUTE.match(code) else ""


def _style_of_questions(cells: Sequence[str]) -> Style:
    """Where the columns about the response do not tell or were taken out, the questions' own headings do."""
    separators: Counter[str] = Counter()
    bare = 0
    for cell in cells:
        found = _BRACKETED.match(cell) or _UNDERSCORED.match(cell) or _NUMBERED.match(cell)
        if found is None:
            continue
        separator = _SEPARATOR.match(found["rest"])
        if separator is not None:
            separators[separator.group()] += 1
        elif not found["rest"]:
            bare += 1
    if separators.total() > bare:
        return Style(coded=True, separator=separators.most_common(1)[0][0])
    return Style(coded=bare > 0)


def _split_parts(written: str) -> tuple[str, ...]:
    """``[SQ001_SQ002][1]`` → ``SQ001``, ``SQ002``, ``1``: codes of LimeSurvey hold no underscore."""
    return tuple(part for part in re.split(r"[\[\]_]+", written) if part)


def _has_underscores_for_spaces(cells: Sequence[str], style: Style) -> bool:
    separator = style.separator
    texts = [cell.split(separator, 1)[-1] if separator else cell for cell in cells]
    return (not style.coded or separator is not None) and (
        not any(" " in text.strip() for text in texts) and any("_" in text for text in texts)
    )


def _spaced(text: str) -> str:
    return text if " " in text.strip() else " ".join(text.replace("_", " ").split())

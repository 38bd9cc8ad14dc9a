"""The catalogue of official indicators: which variable of the Local Data Bank speaks about which problem.

A variable's number alone proves nothing: numbers were mistaken before. A variable belongs to an entry only where its
name says so, and an entry whose number leads to another name is a finding (`surveys.indicators.catalogue`).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from surveys.language.texts import Language
from surveys.vocabulary.areas import AreaLevel
from surveys.vocabulary.reading import FaultLog, Folder, Row, read_rows

_FILE = "indicators.csv"
_COLUMNS = (
    "code", "label_pl", "label_en", "problems", "bdl_id", "subject_code", "subject_words", "name_words", "unit_words",
    "direction", "level", "verified", "breaks",
)  # fmt: skip
_CODE = re.compile(r"IND\d{2,3}")


class Direction(StrEnum):
    """What a higher figure means."""

    WORSE = "worse"
    BETTER = "better"
    NEITHER = "neither"


_DIRECTIONS = {"gorzej": Direction.WORSE, "lepiej": Direction.BETTER, "": Direction.NEITHER}
_LEVELS = {"gmina": AreaLevel.GMINA, "powiat": AreaLevel.POWIAT}
_YES_NO = {"tak": True, "nie": False}


@dataclass(frozen=True, slots=True)
class Indicator:
    """One entry of the catalogue.

    Attributes:
        problems: codes of the problems it speaks about; empty for one that others are reckoned from.
        bdl_id: number of the variable in BDL, to ask for it.
        subject_code: BDL's code of its table (``P2137``); ``""`` when it isn't known.
        subject_words, name_words: wordings that the table's name and the variable's name have to hold, every one.
        unit_words: units it may be in; empty for any.
        direction: what a higher figure means for the problem.
        level: lowest level that it exists for.
        verified: number and name were found together in two independent sources.
        breaks: years from which on the series is reckoned anew, after a census.
    """

    code: str
    label_pl: str
    label_en: str
    problems: tuple[str, ...]
    bdl_id: int
    subject_code: str
    subject_words: tuple[str, ...]
    name_words: tuple[str, ...]
    unit_words: tuple[str, ...]
    direction: Direction
    level: AreaLevel
    verified: bool
    breaks: tuple[int, ...]

    def label(self, language: Language) -> str:
        """Return the name as it stands alone."""
        return self.label_pl if language == "pl" else self.label_en


def read_indicators(folder: Folder, problems: Mapping[str, object], faults: FaultLog) -> tuple[Indicator, ...]:
    """Read ``indicators.csv``, noting malformed and doubled codes, unknown problems, missing names and wordings."""
    found: dict[str, Indicator] = {}
    lines: dict[str, int] = {}
    for row in read_rows(folder, _FILE, _COLUMNS, faults):
        indicator = _build(row, problems)
        if not _CODE.fullmatch(indicator.code):
            faults.add("VOCABULARY-CODE-BAD", row.place("code"), value=indicator.code)
        elif indicator.code in found:
            first = lines[indicator.code]
            faults.add("VOCABULARY-CODE-DUPLICATE", row.place("code"), value=indicator.code, first_row=first)
        else:
            found[indicator.code] = indicator
            lines[indicator.code] = row.line
    return tuple(found.values())


def _build(row: Row, problems: Mapping[str, object]) -> Indicator:
    for column in ("label_pl", "label_en"):
        if not row.text(column):
            row.faults.add("VOCABULARY-LABEL-MISSING", row.place(column), entry=row.text("code"))
    for code in row.words("problems"):
        if code not in problems:
            row.faults.add("VOCABULARY-REFERENCE-UNKNOWN", row.place("problems"), value=code, target="problems")
    if not row.text("subject_words") and not row.text("name_words"):
        row.faults.add("VOCABULARY-WORDING-MISSING", row.place("name_words"), entry=row.text("code"))
    return Indicator(
        code=row.text("code"),
        label_pl=row.text("label_pl"),
        label_en=row.text("label_en"),
        problems=row.words("problems"),
        bdl_id=_number(row, "bdl_id", row.text("bdl_id")),
        subject_code=row.text("subject_code"),
        subject_words=row.words("subject_words"),
        name_words=row.words("name_words"),
        unit_words=row.words("unit_words"),
        direction=row.choice("direction", _DIRECTIONS, fallback=Direction.NEITHER),
        level=row.choice("level", _LEVELS, fallback=AreaLevel.GMINA),
        verified=row.choice("verified", _YES_NO, fallback=False),
        breaks=tuple(_number(row, "breaks", word) for word in row.words("breaks")),
    )


def _number(row: Row, column: str, text: str) -> int:
    if text.isascii() and text.isdigit() and len(text) < 10:
        return int(text)
    row.faults.add("VOCABULARY-NUMBER-BAD", row.place(column), value=text)
    return 0

"""Letters that were lost before the file reached us. They are pointed at and never repaired: a guess would be silent.

Three marks: UTF-8 that was read in a one-byte encoding and saved again ("Ä…" for "ą"), the sign that stands for "a
letter was here" (U+FFFD), and question marks in the middle of words of a sheet that has no Polish letter at all.
"""

import re
from collections.abc import Iterable

from etl.readers.raw import CellValue

_POLISH = "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ"
_TYPOGRAPHY = "–—„”’…"
_READ_AS = ("cp1250", "cp1252", "iso-8859-2", "iso-8859-1", "cp852")


def _misread(letter: str) -> Iterable[str]:
    for encoding in _READ_AS:
        try:
            yield re.escape(letter.encode("utf-8").decode(encoding))
        except UnicodeDecodeError:  # one-byte encodings have holes
            continue


_DAMAGED = re.compile(
    "|".join(["\ufffd", *sorted({pair for sign in _POLISH + _TYPOGRAPHY for pair in _misread(sign)})])
)
_QUESTION_MARK_IN_WORD = re.compile(r"[A-Za-z]\?+[a-z]|(?<![\w?])\?[a-z]{2,}\?")
_ADDRESS = re.compile(r"://|www\.|@|=")
# "ó" is no proof: Western encodings have it, and lose all the others.
_HAS_POLISH = re.compile(f"[{_POLISH.replace('ó', '').replace('Ó', '')}]")
# One question mark in a word is a slip of a finger ("Czy?Tak"); an encoding loses letters everywhere.
_TEXTS_NEEDED = 2


class DamageSearch:
    """Looks for lost letters in the distinct values of a sheet, column by column."""

    def __init__(self) -> None:
        self._damaged = self._has_polish = False
        self._questioned = 0

    @property
    def code(self) -> str | None:
        """Code of the finding about the sheet, ``None`` when no letter seems to be lost."""
        if self._damaged:
            return "FILE-LETTERS-DAMAGED"
        lost = self._questioned >= _TEXTS_NEEDED and not self._has_polish
        return "FILE-LETTERS-LOST" if lost else None

    def look(self, values: Iterable[CellValue]) -> int | None:
        """Look at one column's distinct values, as they came.

        Returns:
            Index of the first suspicious one, ``None`` when there is none.
        """
        texts = [value if isinstance(value, str) else "" for value in values]
        joined = "\n".join(texts)
        if not joined.isascii():
            self._has_polish = self._has_polish or _HAS_POLISH.search(joined) is not None
            if _DAMAGED.search(joined) is not None:
                self._damaged = True
                return next(index for index, text in enumerate(texts) if _DAMAGED.search(text))
        if self._damaged or "?" not in joined:
            return None
        suspicious = [index for index, text in enumerate(texts) if "?" in text and _lacks_letters(text)]
        self._questioned += len(suspicious)
        return suspicious[0] if suspicious else None


def _lacks_letters(text: str) -> bool:
    return _QUESTION_MARK_IN_WORD.search(text) is not None and _ADDRESS.search(text) is None

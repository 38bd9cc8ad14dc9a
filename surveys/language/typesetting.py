"""Polish typesetting: a single-letter word never ends a line, and numbers stay with what they count."""

import re

from surveys.language.languages import Language
from surveys.language.numerals import NBSP

# The word after which the line may not break, once more right away: "a w domu" has two.
_SHORT_WORD = re.compile(r"(?<![^\s(„“\"\u00a0–—/])([aiouwzAIOUWZ])[ \t]+(?=\S)")
_COUNTED = re.compile(r"(?<!\S)(\d{1,4})[ \t]+(?=\w)")


def bind_short_words(text: str, language: Language = "pl") -> str:
    """Return a text whose single-letter words and numbers are bound to what follows by a non-breaking space.

    English binds numbers only.
    """
    bound = _COUNTED.sub(rf"\1{NBSP}", text)
    return _SHORT_WORD.sub(rf"\1{NBSP}", bound) if language == "pl" else bound

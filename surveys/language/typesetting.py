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


# What a number, a symbol or an abbreviation stands with, so that neither ends a line alone.
_UNITS = re.compile(r"(?<=\d)[ \t]+(?=(?:%|‰|°|zł|tys\.|mln|mld|km|m²|ha|r\.|w\.|proc\.|pkt|osob|osób|PLN)(?:\W|\w|$))")
_THOUSANDS = re.compile(r"(?<!\S)(\d{1,3})((?: \d{3})+)(?=$|[\s.,;:)%])")
_BEFORE_NUMBERS = re.compile(r"\b(art\.|ust\.|pkt|poz\.|nr|Nr|str\.|s\.|lit\.|tab\.|rys\.|ok\.|no\.|p\.)[ \t]+(?=\d)")
_TITLES = re.compile(r"\b(ul\.|al\.|pl\.|im\.|św\.|gm\.|pow\.|woj\.|dr|prof\.|ks\.)[ \t]+(?=\w)")
_PARAGRAPH = re.compile(r"§[ \t]*(?=\d)")
_DASH = re.compile(r"(?<=\s)-(?=\s)")
_QUOTED = re.compile(r'"([^"\n]*)"')
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""Signs that no document can hold: they reach us by being pasted."""
_QUOTES = {"pl": r"„\1”", "en": r"“\1”"}


def typeset(text: str, language: Language = "pl") -> str:
    """Return somebody's words as a printed document has them.

    Short words, numbers with their units and abbreviations with what they abbreviate keep together; dashes, quotation
    marks and dots of omission are those of print; spaces at the ends and doubled ones go. Words stay as they are.

    Args:
        text: one paragraph.
        language: of the text.
    """
    text = UNPRINTABLE.sub("", " ".join(re.split(r"[ \t\r\n\v\f]+", text.strip())))
    text = _QUOTED.sub(_QUOTES[language], text.replace("...", "…"))
    text = _DASH.sub("–", text)
    text = _THOUSANDS.sub(lambda found: found[0].replace(" ", NBSP), text)
    text = _UNITS.sub(NBSP, text)
    text = _PARAGRAPH.sub(f"§{NBSP}", _TITLES.sub(rf"\1{NBSP}", _BEFORE_NUMBERS.sub(rf"\1{NBSP}", text)))
    return bind_short_words(text, language)

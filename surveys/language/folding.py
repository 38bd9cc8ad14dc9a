"""Folding: the form of a text in which people's spellings of one thing become equal.

`fold` is for matching only; nothing folded is ever shown. `slugify` makes the names used in addresses and commands.
"""

import re
import unicodedata

# Letters that Unicode does not decompose: NFKD alone would lose the ł of Łódź.
_UNDECOMPOSED = {
    "ł": "l", "đ": "d", "ð": "d", "ø": "o", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i", "ŋ": "n", "ħ": "h", "ŧ": "t",
}  # fmt: skip
_QUOTES = "\"'`´„”“‟‚‘’‛«»‹›′″ʼˮ"
_DASHES = "‐‑‒–—―−⁃﹘﹣－"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"

_BEFORE = str.maketrans({**dict.fromkeys(_QUOTES + _INVISIBLE, ""), **dict.fromkeys(_DASHES, "-")})
_AFTER = str.maketrans(_UNDECOMPOSED)
# What is met in nearly every Polish text is changed in one pass; only the rest needs Unicode's tables.
_USUAL = _BEFORE | str.maketrans("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ", "acelnoszzACELNOSZZ")

# One sign at a time: a replacement without groups costs a tenth, and whichever stands first stays either way.
_TIGHT_DASHES, _TIGHT_SLASHES = re.compile(r" ?-[-/ ]*"), re.compile(r" ?/[-/ ]*")
_EDGES = " .,;:!?-/\\()[]{}*_|<>~=#•·…¿¡^"
_NOT_SLUG = re.compile(r"[^a-z0-9]+")


def fold(text: str) -> str:
    """Return a text in the form used for matching.

    Case, diacritics (also foreign ones), kinds of dashes and white space no longer matter; quotation marks are
    dropped; spaces around dashes and slashes go; punctuation at both ends goes (``+`` and ``%`` stay, as in
    "Senior+"). Folding twice changes nothing.

    >>> fold("  Wykluczenie –  Łódź, „Żółw” ")
    'wykluczenie-lodz, zolw'
    """
    plain = text.translate(_USUAL)
    if not plain.isascii():
        plain = _drop_marks(_drop_marks(plain).casefold()).translate(_BEFORE).translate(_AFTER)
    return _trim(" ".join(plain.casefold().split()))


def tidy(text: str) -> str:
    """Return a text folded in everything but its diacritics: where they stand, they tell *lęki* from *leki*."""
    plain = unicodedata.normalize("NFC", text).translate(_BEFORE)
    return _trim(" ".join(plain.casefold().split()))


def slugify(name: str) -> str:
    """Return a name for addresses and commands: lower-case ASCII letters and digits joined by hyphens.

    >>> slugify("Warszawa – Mokotów")
    'warszawa-mokotow'

    Raises:
        ValueError: nothing is left of the name.
    """
    slug = _NOT_SLUG.sub("-", fold(name)).strip("-")
    if not slug:
        raise ValueError("the name has neither a letter nor a digit to make an address of")
    return slug


def _drop_marks(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def _trim(text: str) -> str:
    if "-" in text:
        text = _TIGHT_DASHES.sub("-", text)
    if "/" in text:
        text = _TIGHT_SLASHES.sub("/", text)
    return text.strip(_EDGES)

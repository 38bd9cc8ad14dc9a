"""Collation: the order of the Polish alphabet, on every machine and without the system's locale.

The alphabet is a ą b c ć d e ę f g h i j k l ł m n ń o ó p q r s ś t u v w x y z ź ż. Order follows CLDR's habits:
white space, then punctuation, then digits, then letters; accents of foreign letters decide only between words that
are otherwise equal, case only after that (small before capital).
"""

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

_ALPHABET = "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż"
_PUNCTUATION = "_-–—,;:!?.'’‚‘\"„”“«»()[]{}§@*/\\&#%`´^+<=>|~$€°"
_EXPANDED = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
_LEVEL_END = "\x00"

# Weights are characters, so that a key is one string that any sort can compare.
_WEIGHTS = {letter: chr(0x100 + place) for place, letter in enumerate(_ALPHABET)}
_WEIGHTS |= {digit: chr(0x80 + place) for place, digit in enumerate("0123456789")}
_WEIGHTS |= {sign: chr(0x10 + place) for place, sign in enumerate(_PUNCTUATION)}
_WEIGHTS |= {" ": "\x02"}
_OTHER_SIGN = "\x7f"
_OTHER_LETTER = 0x1000


@lru_cache(maxsize=16_384)
def sort_key(text: str) -> str:
    """Return a key under which plain comparison gives the Polish order.

    >>> sorted(["Zakopane", "Łomża", "Łódź", "Lublin"], key=sort_key)
    ['Lublin', 'Łomża', 'Łódź', 'Zakopane']
    """
    primary: list[str] = []
    accents: list[str] = []
    cases: list[str] = []
    for sign in unicodedata.normalize("NFC", " ".join(text.split())):
        small = sign.lower()
        weights, accent = _weigh(small)
        primary.append(weights)
        accents.append(accent)
        cases.append("1" if small == sign else "2")
    return _LEVEL_END.join(("".join(primary), "".join(accents), "".join(cases), text))


def sort_key_series(values: "pd.Series[str]") -> "pd.Series[str]":
    """Return the keys of a column, for ``frame.sort_values(..., key=sort_key_series)``.

    Missing values stay missing, so that ``na_position`` decides where they go.
    """
    return values.map(sort_key, na_action="ignore")


@lru_cache(maxsize=4_096)
def _weigh(small: str) -> tuple[str, str]:
    if small in _WEIGHTS:
        return _WEIGHTS[small], "1"
    if small in _EXPANDED:
        return "".join(_WEIGHTS[letter] for letter in _EXPANDED[small]), "2"
    letters = unicodedata.normalize("NFKD", small)
    base = [_WEIGHTS[letter] for letter in letters.lower() if letter in _WEIGHTS]
    if base and unicodedata.category(small[0])[0] in "LN":
        return "".join(base), "".join(format(ord(sign), "x") for sign in letters if unicodedata.combining(sign)) or "2"
    if unicodedata.category(small[0])[0] in "LNM":
        return "".join(chr(_OTHER_LETTER) + sign for sign in small), "1"
    return _OTHER_SIGN, "1"

"""Light stemming of Polish: the forms of one word meet, different words stay apart.

Works on folded (ASCII) words. It strips inflectional endings only, never derivational ones: *szkoła* and
*szkolenie*, *opieka* and *opiekun* must not meet. Endings and alternations are a grammar-book's; no dictionary.
"""

import re
from functools import lru_cache

# Longest first; an ending goes only when enough letters stay: three, before a long ending four.
_ENDINGS = (
    "iowie", "iami", "iego", "iemu", "iach", "owie",
    "ami", "ach", "iom", "iow", "iem", "iej", "ich", "imi", "ych", "ymi", "ego", "emu", "owi",
    "om", "ow", "em", "ej", "ym", "im", "ia", "ie", "ii", "iu", "io",
    "a", "e", "i", "o", "u", "y",
)  # fmt: skip
_SHORTEST = 3

# Alternations of the last consonants, brought to one side for every form of a word.
_ALTERNATIONS = (
    (re.compile(r"rz$"), "r"),  # seniorzy – senior
    (re.compile(r"dz$"), "d"),  # młodzi – młody
    (re.compile(r"nc$"), "nt"),  # studenci – student
    (re.compile(r"([nl])ic$"), r"\1ik"),  # rolnicy – rolnik, alkoholicy – alkoholik
    (re.compile(r"([tdz])c$"), r"\1k"),  # matce – matka
    (re.compile(r"rsz$"), "rs"),  # starszy – starsi
)

# A vowel that only the shortest form has; looked for in words that lost no ending.
_FLEETING = (
    (re.compile(r"(?<=...)iec$"), "c"),  # mieszkaniec – mieszkańcy
    (re.compile(r"(?<=..)ek$"), "k"),  # ośrodek – ośrodki
)

# Forms that no rule above brings together.
_IRREGULAR = {
    "wsi": "wies", "wsie": "wies", "wsiach": "wies", "wsiom": "wies", "wsia": "wies", "dziecmi": "dziec",
    "dziecko": "dziec", "dziecka": "dziec", "dziecku": "dziec", "dzieckiem": "dziec", "ludzmi": "lud",
    "czlowiek": "lud", "czlowieka": "lud", "drodze": "drog", "nauce": "nauk", "opiece": "opiek",
    "bibliotece": "bibliotek", "bibliotek": "bibliotek", "aptek": "aptek", "uczen": "uczn", "rece": "rek",
    "sasiedzi": "sasiad", "sasiedzie": "sasiad", "psy": "pies", "psow": "pies", "psami": "pies",
    "problem": "problem", "system": "system", "poziom": "poziom", "krem": "krem", "miescie": "miast",
    "powiecie": "powiat", "kobiecie": "kobiet", "swiecie": "swiat", "dni": "dzien", "dnia": "dzien",
    "dniem": "dzien", "lecie": "lat", "klotni": "klotn", "kolei": "kolej", "kolej": "kolej",
}  # fmt: skip


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """Return the stem of a folded word.

    >>> stem("samotnosci"), stem("seniorow"), stem("alkoholizmem")
    ('samotnosc', 'senior', 'alkoholizm')

    Words of up to three letters and words with digits stay as they are.
    """
    known = _IRREGULAR.get(word)
    if known is not None:
        return known
    if len(word) <= _SHORTEST or not word.isalpha():
        return word
    bare = _strip_ending(word)
    if bare == word:
        bare = _replace_first(bare, _FLEETING)
    return _replace_first(bare, _ALTERNATIONS)


def _strip_ending(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= max(_SHORTEST, min(len(ending), 4)):
            return word[: -len(ending)]
    return word


def _replace_first(word: str, rules: tuple[tuple[re.Pattern[str], str], ...]) -> str:
    for pattern, replacement in rules:
        changed = pattern.sub(replacement, word)
        if changed != word:
            return changed
    return word

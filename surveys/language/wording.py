"""People's wording as a row of comparable tokens.

A text becomes stems in their order. Words that only join others go; every way of saying that something is lacking
("brak", "nie ma", "brakuje", "bez") becomes one token, because a lack and a surplus of one thing are different
problems.
"""

import re
from dataclasses import dataclass

from surveys.language.folding import fold, tidy
from surveys.language.stemming import stem

LACK = "brak"
DEFICITS = frozenset({LACK, "mal", "slab", "zl", "trudn", "utrudnion", "ograniczon", "niewystarczajac", "niedostatecz"})
"""Stems that say that something is lacking, scarce or bad."""

_WORD = re.compile(r"[^\W_]+(?:[%+])?")
_LACK_WORDS = frozenset({
    "brak", "braku", "brakiem", "braki", "brakach", "brakuje", "brakowalo", "niedobor", "niedoboru", "bez",
    "zadnych", "zadnego", "zadnej", "niema",
})  # fmt: skip
_JOINING = frozenset({
    "w", "we", "na", "z", "ze", "do", "dla", "od", "i", "oraz", "a", "o", "u", "po", "przy", "za", "ku", "pod",
    "nad", "przez", "albo", "lub", "sie", "jest", "sa", "to", "ten", "ta", "te", "tym", "tego", "tej", "ktory",
    "ktora", "ktore", "ich", "jej", "jego", "czy", "tez", "takze", "bardzo", "itp", "itd", "m", "np", "wsrod",
    "the", "of", "for", "and", "in", "or",
})  # fmt: skip
_PLACES = r"(?:gmin(?:ie|y)|wsi|okolicy|miejscowo[sś]ci|mie[sś]cie|miasta|dzielnicy|so[lł]ectwie|osiedl[ua])"
_REMARKS = re.compile(
    rf"\b(?:(?:w|na terenie) )?nasz(?:ej|ym|ego) {_PLACES}\b|\bu nas\b|\bna terenie {_PLACES}\b|\bw {_PLACES}\b"
)
# "Duży" goes only with the word "problem": much green is no lack of green.
_PROBLEM_WORDS = re.compile(
    r"\b(?:(?:du[zż]|powa[zż]n|wielk|najwi[eę]ksz|g[lł][oó]wn|narastaj[aą]c|rosn[aą]c|cz[eę]st)\w* )?"
    r"(?:problem(?:y|em|ami|u)?|zjawisko|kwestia)\b(?: (?:z|ze|to|jest|s[aą])\b)*"
)
_NUMBERING = re.compile(r"^(?:\d{1,2}|[a-z])[.)]\s+")


@dataclass(frozen=True, slots=True)
class Wording:
    """A text ready for comparison.

    Attributes:
        folded: the whole text as `fold` gives it, without a leading number or letter of a list.
        tidy: the same with diacritics kept.
        stems: its tokens in order.
        starts: for each token the beginning of the word as written, diacritics kept, as long as its stem.
    """

    folded: str
    tidy: str
    stems: tuple[str, ...]
    starts: tuple[str, ...]


def read_wording(text: str) -> Wording:
    """Return the wording of a text."""
    written = _NUMBERING.sub("", tidy(text))
    folded = fold(written)
    stems: list[str] = []
    starts: list[str] = []
    words = [(fold(word), word) for word in _WORD.findall(written)]
    for position, (word, as_written) in enumerate(words):
        following = words[position + 1][0] if position + 1 < len(words) else ""
        if word == "nie" and following in {"ma", "mamy", "maja"}:
            stems.append(LACK)
            starts.append(LACK)
        elif position and words[position - 1][0] == "nie" and word in {"ma", "mamy", "maja"}:
            continue
        elif word in _LACK_WORDS:
            stems.append(LACK)
            starts.append(LACK)
        elif word and word not in _JOINING:
            root = stem(word)
            stems.append(root)
            starts.append(as_written[: len(root)])
    return Wording(folded, written, tuple(stems), tuple(starts))


def strip_remarks(text: str) -> str:
    """Return a text without "duży problem z", "u nas", "w naszej gminie": words that name no problem.

    Meant for problems only: among target groups "mieszkanki naszej wsi" is a different group without its village.
    """
    return " ".join(_PROBLEM_WORDS.sub(" ", _REMARKS.sub(" ", tidy(text))).split())


def is_joining_word(folded: str) -> bool:
    """Return whether a folded word only joins others, or says that something is lacking."""
    return folded in _JOINING or folded in _LACK_WORDS or folded == "nie"

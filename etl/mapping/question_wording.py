"""What the wording of a question says of its answers: a sentence of one's own, or at most so many ticks."""

import re

from surveys.language.folding import fold

# Wordings that ask for a sentence of one's own.
_ASKS_FOR_TEXT = re.compile(
    r"\b(dlaczego|uwagi|uzasadnij|uzasadnienie|opisz|prosze (napisac|wymienic|opisac|uzasadnic)|"
    r"w kilku (slowach|zdaniach)|komentarz\w*|inn[yae] powod\w*|"
    r"jakie\?*$|pomysl\w*|sugestie|propozycj\w+|why|comments?|please (describe|explain|specify))\b"
)
# Headers that are nothing else but room for remarks.
_REMARKS = re.compile(r"^(inne |dodatkowe |panstwa |pana/pani |pani/pana )?(uwagi|komentarze?|sugestie)( i \w+)?$")

_NUMBER_WORDS = {
    "jedn": 1,
    "dw": 2,
    "trzy": 3,
    "trzech": 3,
    "czter": 4,
    "piec": 5,
    "pieciu": 5,
    "two": 2,
    "three": 3,
    "five": 5,
}
_CAP = re.compile(
    r"\b(?:do|max\.?|maks\.?|maksymalnie|najwyzej|maximum|up to|at most|nie wiecej niz)\s+"
    r"(?P<number>\d{1,2}(?!\d)|jedn\w*|dw\w+|trzy|trzech|czter\w+|piec\w*|two|three|five)"
    r"(?:\s+(?:odpowiedzi|opcj\w+|problem\w*|grup\w*|answers|options|z nich|pozycj\w+))?(?!\s*(?:lat|roku|zl|osob))"
)


def asks_for_text(header: str) -> bool:
    """Return whether a question asks for people's own words."""
    return _ASKS_FOR_TEXT.search(fold(header)) is not None


def is_for_remarks(header: str) -> bool:
    """Return whether a header ("Uwagi") makes room for remarks and for nothing else."""
    return _REMARKS.match(fold(header)) is not None


def find_cap(header: str) -> int | None:
    """Return how many options a question lets one tick ("wybierz do 3"), ``None`` when it doesn't say."""
    found = _CAP.search(fold(header))
    if found is None:
        return None
    written = found["number"]
    if written.isdigit():
        return int(written) or None
    return next((number for word, number in _NUMBER_WORDS.items() if written.startswith(word)), None)

"""Names of people inside open texts: a title or a given name beside a surname, in whatever case they stand.

A surname alone is not looked for: Długa is a street, Mazur a lake's, Sołtys an office. What shows a person is "pani
Kowalska", "dr. Nowaka", "z Anną Wiśniewską". Names of streets, schools and saints are left alone. It is a guess all the
same, for a person to confirm: `find_people` says where, never what.

Without the dictionary (`surveys.language.morphology`) only surnames with a surname's ending behind a title are found.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from surveys.language.folding import fold as fold_text
from surveys.language.morphology import WordForm, analyse
from surveys.privacy.identifiers import SCRUBBED

_UPPER, _LOWER = "A-ZĄĆĘŁŃÓŚŹŻ", "a-ząćęłńóśźżäöüéáěščřžß"
_NAME = rf"[{_UPPER}](?:[{_LOWER}]+|[{_UPPER}]+)(?:\s?-\s?[{_UPPER}][{_LOWER}{_UPPER}]+)?"
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*\.?")
# A surname is never the first word; most texts have no capital behind their first.
_CAPITAL = re.compile(rf"\s[{_UPPER}]")
# Only a text with one of these can hold a person: the dictionary is not asked for any other.
_SUSPICIOUS = re.compile(
    rf"\b{_NAME}\s+{_NAME}|(?i:\b(?:pa[nń]\w{{0,5}}|p|dr|mgr|inz|inż|prof|ks|so[lł]tys\w*|w[oó]jt\w*|burmistrz\w*|"
    rf"radn\w+|doktor\w*|dyrektor\w*|kierowni\w+|prezes\w*|ksi[aą]d[zź]\w*|ksi[eę]dz\w*))\b\.?\s+(?-i:{_NAME})"
)
# Behind these a surname is the person's, whatever else the word may be.
_POLITE = re.compile(
    r"^(pan|pana|panu|panem|panie|pani|pania|panstw\w*|p|dr|mgr|inz|prof|ks|doktor\w*|ksiadz|ksie\w+)$"
)
# An office has a place behind it as often as a person: "wójt Liwa".
_OFFICE = re.compile(
    r"^(soltys\w*|wojt\w*|burmistrz\w*|radn\w+|dyrektor\w*|kierowni\w+|prezes\w*|lekar\w+|sasiad\w*|nauczyciel\w*)$"
)
# After "pan" and "pani" stands an office or something holy as often as a surname.
_NO_SURNAME = re.compile(
    r"^(wojt|burmistrz|dyrektor|prezydent|soltys|radn|kierowni|doktor|profesor|prezes|ksiadz|minist|premier|bog|boz|jezus"
    r"|starost|sekretar|skarbni|dzielnicow|pielegniar|nauczyciel|wychowawc|pedagog|psycholog|mecenas|redaktor|naczelni|"
    r"komendant|posel|poslank|senator|marszal|wojewod|przewodnicz|panstw|polsk|dom|mlod|mlodz|pan|pani|bibliotekar|"
    r"lekar|terapeut|asystent|opiekun|proboszcz|organis|mlynarz$|sprzedaw)"
)
# Names of streets, schools and saints are nobody's who lives here.
_NAMED_AFTER = re.compile(
    r"^(ul|ulic\w*|al|alej\w*|plac\w*|pl|os|osiedl\w*|rond\w*|skwer\w*|park\w*|im|imienia|patron\w*|sw|swiet\w*|parafi\w*|"
    r"pomnik\w*|papiez\w*|krol\w*|szkol\w*|sp|liceum|zespol|przedszkol\w*|bulwar\w*|most\w*|marszalk\w*|jezior\w*)$"
)
_SURNAME_ENDING = re.compile(
    r"(sk|ck|dzk)(i|a|iego|iej|iemu|im|ą|ich|imi|iej)$|(wicz|czyk|czak|czuk)(a|owi|em|ów|om|ami)?$", re.IGNORECASE
)
_ALL_CASES = 5
# Words come again and again, in one text and in all.
fold = lru_cache(maxsize=16_384)(fold_text)
_BEFORE = 2


class Found(StrEnum):
    """What shows that a name is a person's: a title in front of it, or a given name beside it."""

    TITLE = "title"
    GIVEN_NAME = "given_name"


@dataclass(frozen=True, slots=True)
class PersonSpan:
    """Where in a text a person seems to be named: characters from ``start`` on, before ``end``; the title not."""

    start: int
    end: int
    shown_by: Found


def find_people(text: str) -> tuple[PersonSpan, ...]:
    """Return where people seem to be named in a text, from its beginning on."""
    if _CAPITAL.search(text) is None or _SUSPICIOUS.search(text) is None:
        return ()
    return tuple(_find(text, [(found.start(), found.group()) for found in _WORD.finditer(text)]))


def scrub_people(text: str) -> tuple[str, frozenset[Found]]:
    """Return a text with the names of people replaced, and by what they were shown."""
    spans = find_people(text)
    for span in reversed(spans):
        text = text[: span.start] + SCRUBBED + text[span.end :]
    return text, frozenset(span.shown_by for span in spans)


def _find(text: str, words: list[tuple[int, str]]) -> Iterator[PersonSpan]:
    place = 0
    while place < len(words):
        taken = _person_at(text, words, place)
        if taken is None:
            place += 1
            continue
        first, last, shown_by = taken
        start, written = words[last]
        yield PersonSpan(words[first][0], start + len(written.rstrip(".")), shown_by)
        place = last + 1


def _person_at(text: str, words: list[tuple[int, str]], place: int) -> tuple[int, int, Found] | None:
    """Return the first and the last word of a name that begins at a word or behind it, where that is a title."""
    said = fold(words[place][1])
    is_polite, is_office = _POLITE.match(said) is not None, _OFFICE.match(said) is not None
    if (is_polite or is_office) and _follows(text, words, place, title=True):
        after = place + 1
        if _is_title(words[after][1]) and _follows(text, words, after, title=True):
            after += 1  # "pani doktor Nowak"
        if _is_capital(words[after][1]):
            if _follows(text, words, after) and _are_name_and_surname(words[after][1], words[after + 1][1]):
                return after, after + 1, Found.TITLE
            if _may_be_surname(words[after][1], words[place][1], of_office=not is_polite and after == place + 1):
                return after, after, Found.TITLE
    if not _is_capital(words[place][1]) or not _follows(text, words, place) or _is_named_after(words, place):
        return None
    one, two = words[place][1], words[place + 1][1]
    return (place, place + 1, Found.GIVEN_NAME) if _are_name_and_surname(one, two) else None


def _is_title(word: str) -> bool:
    said = fold(word)
    return _POLITE.match(said) is not None or _OFFICE.match(said) is not None


def _follows(text: str, words: list[tuple[int, str]], place: int, *, title: bool = False) -> bool:
    """Whether a word has another right behind it; a full stop parts them, but for a title's own."""
    if place + 1 >= len(words):
        return False
    start, written = words[place]
    between = text[start + len(written) : words[place + 1][0]]
    return between.strip() == "" and between != "" and (title or not written.endswith("."))


def _is_capital(word: str) -> bool:
    return word[:1].isupper() and len(word.rstrip(".")) > 1


def _is_named_after(words: list[tuple[int, str]], place: int) -> bool:
    before = words[max(0, place - _BEFORE) : place]
    return any(_NAMED_AFTER.match(fold(word)) for _, word in before)


def _forms(word: str) -> tuple[WordForm, ...]:
    bare = word.rstrip(".").split("-")[0].strip()
    return analyse(bare.capitalize() if bare.isupper() else bare) or ()


def _may_be_surname(word: str, title: str, *, of_office: bool) -> bool:
    if _NO_SURNAME.match(fold(word)):
        return False
    forms = _forms(word)
    if not forms:
        return not of_office and _SURNAME_ENDING.search(word) is not None
    if all(form.part == "ign" for form in forms):
        return not of_office or _SURNAME_ENDING.search(word) is not None
    surnames = [form for form in forms if form.is_surname]
    if not of_office or not surnames:
        return bool(surnames)
    if any(form.is_place and "sg" in form.numbers and "gen" in form.cases for form in forms):
        return False
    cases = {case for form in (analyse(title.lower()) or ()) for case in form.cases if len(form.cases) < _ALL_CASES}
    return any(form.cases & cases and "sg" in form.numbers for form in surnames if len(form.cases) < _ALL_CASES)


def _are_name_and_surname(one: str, two: str) -> bool:
    if not _is_capital(two) or _NO_SURNAME.match(fold(two)):
        return False
    given = [form for form in _forms(one) if form.is_given_name and "sg" in form.numbers]
    if not given:
        return False
    forms = _forms(two)
    if all(form.part == "ign" for form in forms):
        return bool(forms)
    surnames = [form for form in forms if form.is_surname]
    return any(name.cases & surname.cases for name in given for surname in surnames)

"""Personal data at the door: PESEL numbers, phones, e-mail and IP addresses, and columns that ask for them.

PESEL is told by its checksum *and* its date (1.9 % of random eleven digits pass the two; a column where more than a
fifth does is one). Bare nine digits are a phone only under a header that asks for it, days are dates of birth only so;
points on a map are told by their shape. Names are not looked for in running text: Długa, Sołtys and Mazur would be
false alarms; a header that asks for a name is believed.

Nothing here keeps or returns what it found, but for `scrub_text`, which returns the text without it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from surveys.language.folding import fold

SCRUBBED = "[usunięto dane osobowe]"

# What may stand beside an address in a cell that is nothing but the address.
_REST_OF_A_CELL = 0.2
_NO_NAMES = frozenset({"tak", "nie", "nie wiem", "yes", "no", "brak"})
# A header is believed where so many cells could be what it asks for.
_ASKED_SHARE = 0.6
_POINTS_SHARE = 0.8
# Shares of a column's filled cells above which the column as such is personal data.
_COLUMN_SHARE = {"pesel": 0.2, "email": 0.3, "phone": 0.5, "ip": 0.5}

# Only a text with a sign of these can hold anything that is looked for; most texts don't.
_SUSPICIOUS = re.compile(r"@|\d(?:\D{0,2}\d){8}|\d\.\d{1,3}\.\d")
_DIGIT = re.compile(r"\d")
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_PESEL = re.compile(r"(?<!\d)(?<!\d[.,])\d{11}(?!\d|[.,]\d)")
_IP = re.compile(r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])")
_PHONE = re.compile(
    r"(?<![\d+])(?:"
    r"(?:\+|00)48[ \u00a0-]?\d{3}[ \u00a0-]?\d{3}[ \u00a0-]?\d{3}"  # with the country's number
    r"|\d{3}[ \u00a0-]\d{3}[ \u00a0-]\d{3}"  # grouped as a mobile
    r"|\(?\d{2}\)?[ \u00a0-]\d{3}[ \u00a0-]\d{2}[ \u00a0-]\d{2}"  # grouped as a landline
    r")(?!\d|[ \u00a0-]\d{3}\b|\s*(?:zł|PLN|EUR|euro|osób|szt))"
)
# Nine digits in a row that begin as mobile numbers do; only among words, since alone they may be an amount.
_MOBILE = re.compile(
    r"(?<![\d.,+])(?:45|50|51|53|57|60|66|69|72|73|78|79|88)\d{7}(?!\d|[.,]\d|\s*(?:zł|PLN|EUR|euro|osób|szt))"
)
_WORD = re.compile(r"[^\W\d_]{2}")
_BARE_PHONE = re.compile(r"^(?:(?:\+|00)?48)?\d{9}$")
_DAY = re.compile(r"^\d{1,4}[./-]\d{1,2}[./-]\d{1,4}( \d{1,2}:\d{2}(:\d{2})?)?( ?r\.?)?$")
# Latitude, longitude and perhaps height and accuracy, as forms write a point on the map.
_POINT = re.compile(r"^-?\d{1,2}[.,]\d{2,} ?[ ,;] ?-?\d{1,3}[.,]\d{2,}([ ,;]+-?\d+([.,]\d+)?){0,2}$")
_PESEL_WEIGHTS = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)
_CENTURIES = {0: 1900, 20: 2000, 40: 2100, 60: 2200, 80: 1800}


class IdentifierKind(StrEnum):
    """A kind of data that names or reaches a person."""

    PESEL = "pesel"
    EMAIL = "email"
    PHONE = "phone"
    IP = "ip"
    NAME = "name"
    ADDRESS = "address"
    BIRTH_DATE = "birth_date"
    LOCATION = "location"
    DEVICE = "device"


# Words of a header that ask for personal data, folded; the first that fits decides.
_HEADER_WORDS: tuple[tuple[IdentifierKind, tuple[str, ...]], ...] = (
    (IdentifierKind.PESEL, (r"\bpesel\b",)),
    (
        IdentifierKind.EMAIL,
        (r"\be-?mail\w*", r"\badres(em|u)? poczty elektronicznej", r"\bpoczta elektroniczna", r"\bcorreo electronico"),
    ),
    (
        IdentifierKind.PHONE,
        (
            r"\b(nr|numer) (tel|kom)\w*",
            r"\btelefon(u)?\b",
            r"\bkomork[ai]\b",
            r"\bphone\b",
            r"^(tel|kom|gsm)\b",
            r"\bkontakt$",
        ),
    ),
    (IdentifierKind.IP, (r"\b(adres|numer) ip\b", r"\bip address\b")),
    (
        IdentifierKind.NAME,
        (
            r"\bimie( i)?\b",
            r"\bnazwisk\w+",
            r"^(czytelny )?podpis\b",
            r"^(twoje |moje |pana/pani |pani/pana )?dane( osobowe| kontaktowe)?$",
            r"\bnazwa uzytkownika\b",
            r"\b(first|last|full|sur) ?name\b",
            r"\busername\b",
            # Who asked the questions is a person too.
            r"^(imie )?ankieter\w*$",
            r"^(ankietowal|ankiete przeprowadzil|rozmowe przeprowadzil|wywiad przeprowadzil)\w*(\(a\)?)?$",
            r"(^|[ _])(surveyor|enumerator|interviewer|data collector)([ _]name)?$",
        ),
    ),
    (
        IdentifierKind.ADDRESS,
        (
            r"^(twoj |pana/pani |dokladny )?adres( zamieszkania| zameldowania| do korespondencji)?$",
            r"^(ulica|ul\.?)$",
            r"\bulica i (nr|numer)\w*",
            r"\bnr domu\b",
            r"\bstreet address\b",
        ),
    ),
    (IdentifierKind.BIRTH_DATE, (r"\bdata (urodzenia|ur\b)", r"\bdate of birth\b", r"\bbirth ?(date|day)\b")),
    (
        IdentifierKind.LOCATION,
        (r"\blatitude\b", r"\blongitude\b", r"_(latitude|longitude|altitude|precision)$", r"geograficzn\w+$"),
    ),
    (
        IdentifierKind.DEVICE,
        (r"^(device[ _]?id|imei|subscriber[ _]?id|sim[ _]?(id|serial)|user[ _]?agent\w*|identyfikator urzadzenia)$",),
    ),
)
_HEADER_PATTERNS = tuple((kind, re.compile("|".join(words))) for kind, words in _HEADER_WORDS)
# A question in a full sentence that only mentions a telephone or an address doesn't ask for one.
_HEADER_WORD_LIMIT = 8


@dataclass(frozen=True, slots=True)
class IdentifierScan:
    """What was found in a set of values.

    Attributes:
        filled: number of values looked at.
        counts: how many values held each kind; kinds that were not found are absent.
        kind: what the set as such is (a column of phones), ``None`` when it is not personal data as such.
    """

    filled: int
    counts: Mapping[IdentifierKind, int]
    kind: IdentifierKind | None


def scan(values: Iterable[object], *, header: str = "") -> IdentifierScan:
    """Look for personal data in the values of a column.

    Args:
        values: cells; texts and numbers are looked at, ``None`` and empty texts are skipped.
        header: of the column; makes bare digits a phone and decides on names, addresses, dates of birth, devices.
    """
    asked = kind_of_header(header)
    counts: Counter[IdentifierKind] = Counter()
    whole: Counter[IdentifierKind] = Counter()
    filled = names = days = points = 0
    for value in values:
        if isinstance(value, date):
            filled += 1
            days += 1
            continue
        text = _as_text(value)
        if not text:
            filled += isinstance(value, float)
            continue
        filled += 1
        days += _DAY.match(text) is not None
        points += _POINT.match(text) is not None
        kinds, is_whole = _kinds_in(text, asked)
        counts.update(kinds)
        whole.update(kinds if is_whole else ())
        names += _could_be_name(text)
    kind = next((kind for kind, count in whole.items() if count > _COLUMN_SHARE[kind] * filled), None)
    fitting = {
        IdentifierKind.NAME: names,
        IdentifierKind.ADDRESS: filled,
        IdentifierKind.BIRTH_DATE: days,
        IdentifierKind.DEVICE: filled,
        IdentifierKind.LOCATION: filled,
    }
    if kind is None and points > _POINTS_SHARE * filled:
        return IdentifierScan(filled, dict(counts), IdentifierKind.LOCATION)
    if kind is None and asked is not None and fitting.get(asked, 0) > _ASKED_SHARE * filled:
        kind = asked
    return IdentifierScan(filled, dict(counts), kind)


def kind_of_header(header: str) -> IdentifierKind | None:
    """Return the kind of personal data a header asks for, ``None`` when it asks for none."""
    folded = fold(header)
    if len(folded.split()) > _HEADER_WORD_LIMIT:
        return None
    return next((kind for kind, pattern in _HEADER_PATTERNS if pattern.search(folded)), None)


def scrub_text(text: str) -> tuple[str, frozenset[IdentifierKind]]:
    """Return a text with e-mail addresses, phones, PESEL and IP numbers replaced, and the kinds that were there."""
    if _SUSPICIOUS.search(text) is None:
        return text, frozenset()
    kinds: set[IdentifierKind] = set()

    def put(kind: IdentifierKind) -> str:
        kinds.add(kind)
        return SCRUBBED

    text = _EMAIL.sub(lambda _: put(IdentifierKind.EMAIL), text)
    text = _PESEL.sub(lambda found: put(IdentifierKind.PESEL) if is_pesel(found.group()) else found.group(), text)
    text = _IP.sub(lambda found: put(IdentifierKind.IP) if _is_ip(found.group()) else found.group(), text)
    text = _PHONE.sub(lambda found: put(IdentifierKind.PHONE) if _is_phone(found.group()) else found.group(), text)
    if _WORD.search(text) is not None:
        text = _MOBILE.sub(lambda found: put(IdentifierKind.PHONE) if _is_phone(found.group()) else found.group(), text)
    return text, frozenset(kinds)


def is_pesel(digits: str) -> bool:
    """Return whether eleven digits are a PESEL number: checksum and a real date of birth."""
    if len(digits) != 11 or not (digits.isascii() and digits.isdigit()):
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_PESEL_WEIGHTS, digits[:10], strict=True))
    if (10 - total % 10) % 10 != int(digits[10]):
        return False
    month = int(digits[2:4])
    century = _CENTURIES[month // 20 * 20]
    try:
        date(century + int(digits[:2]), month % 20, int(digits[4:6]))
    except ValueError:
        return False
    return True


def _as_text(value: object) -> str:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def _kinds_in(text: str, asked: IdentifierKind | None) -> tuple[frozenset[IdentifierKind], bool]:
    """Return the kinds in a cell, and whether the cell is nothing else: a sentence that holds a phone is an answer."""
    cleaned, found = scrub_text(text)
    kinds = set(found)
    bare = re.sub(r"[\s\u00a0()./-]", "", text)
    if asked is IdentifierKind.PHONE and _BARE_PHONE.match(bare):
        kinds.add(IdentifierKind.PHONE)
    # A spreadsheet that took PESEL for a number lost its leading zeros.
    if 9 <= len(bare) <= 10 and asked is not IdentifierKind.PHONE and bare.isdigit() and is_pesel(bare.zfill(11)):
        kinds.add(IdentifierKind.PESEL)
    rest = cleaned.replace(SCRUBBED, "").strip() if found else ""
    return frozenset(kinds), len(rest) <= _REST_OF_A_CELL * len(text)


def _could_be_name(text: str) -> bool:
    words = re.split(r"[\s-]+", text)
    capital = text[:1].isupper() and all(word[:1].isalpha() for word in words)
    return capital and len(words) <= 5 and not _DIGIT.search(text) and fold(text) not in _NO_NAMES


def _is_ip(text: str) -> bool:
    return all(int(part) < 256 for part in text.split("."))


def _is_phone(text: str) -> bool:
    # "500 000 000" is money, not somebody's number.
    return not re.sub(r"\D", "", text).endswith("000000")

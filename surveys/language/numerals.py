"""Numbers, plural forms and dates as a Polish or English reader expects them.

Plural forms follow the CLDR rules that babel ships. Numbers are written here rather than by babel: a projector
page has hundreds of them, and Polish statistics group four-digit numbers too (1 234,5), which CLDR does not.
Spaces inside a number and before ``%`` are non-breaking; rounding is half away from zero, as people do by hand.
"""

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from babel.core import Locale
from babel.dates import format_date as format_babel_date
from babel.plural import PluralRule

from surveys.language.languages import Language

NBSP = "\u00a0"
Number = int | float | Decimal

_GROUP = {"pl": NBSP, "en": ","}
_POINT = {"pl": ",", "en": "."}
_LOCALES = {"pl": "pl", "en": "en_GB"}
_DATE_PATTERNS = {"long": "d MMMM y", "month": "LLLL y"}


def plural_form(n: Number, language: Language) -> str:
    """Return the CLDR plural category of a number: ``one``, ``few``, ``many`` or ``other``.

    Decimals are other than whole numbers in Polish (1,5 osoby); a float that is whole counts as whole.
    """
    amount = Decimal(str(n))
    whole = amount == amount.to_integral_value()
    return _rule(language)(abs(int(amount)) if whole else abs(amount))


def count(n: Number, forms: Mapping[str, str], language: Language = "pl") -> str:
    """Return a number with the right form of its noun: ``5 osób``.

    Args:
        n: the number.
        forms: noun by CLDR category, at least ``other``: ``{"one": "osoba", "few": "osoby", …}``.
        language: rules and number format to use.
    """
    form = forms.get(plural_form(n, language), forms["other"])
    whole = Decimal(str(n)) == Decimal(str(n)).to_integral_value()
    return f"{format_number(n, language, decimals=0 if whole else 1)} {form}"


def format_number(n: Number, language: Language, *, decimals: int = 0) -> str:
    """Return a number with a fixed number of decimals: ``1 234,5`` in Polish, ``1,234.5`` in English.

    Raises:
        ValueError: the number is not finite; what is missing is said in words, not formatted.
    """
    amount = Decimal(str(n))
    if not amount.is_finite():
        raise ValueError("only finite numbers can be written; say a missing one in words")
    rounded = amount.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    plain = f"{abs(rounded):,.{decimals}f}"
    written = plain.replace(",", "\x00").replace(".", _POINT[language]).replace("\x00", _GROUP[language])
    return f"−{written}" if rounded < 0 else written


def format_percent(share: Number, language: Language, *, decimals: int = 0) -> str:
    """Return a share between 0 and 1 as per cent: ``41 %`` in Polish, ``41%`` in English."""
    number = format_number(Decimal(str(share)) * 100, language, decimals=decimals)
    return f"{number}{NBSP}%" if language == "pl" else f"{number}%"


def format_money_pln(amount: Number, language: Language, *, decimals: int | None = None) -> str:
    """Return an amount in złoty: ``12 500 zł`` in Polish, ``PLN 12,500`` in English.

    Args:
        amount: in złoty.
        language: how to write it.
        decimals: of a złoty; by default grosze are written only when there are any.
    """
    if decimals is None:
        decimals = 0 if Decimal(str(amount)) == Decimal(str(amount)).to_integral_value() else 2
    number = format_number(amount, language, decimals=decimals)
    return f"{number}{NBSP}zł" if language == "pl" else f"PLN{NBSP}{number}"


def format_date(day: date, language: Language, style: str = "long") -> str:
    """Return a date in words or digits.

    Args:
        day: the day.
        language: ``21 marca 2025`` or ``21 March 2025``.
        style: ``long``, ``month`` (``marzec 2025``), ``short`` (``21.03.2025``, ``21/03/2025``) or ``iso``.

    Raises:
        KeyError: the style is unknown.
    """
    if style == "iso":
        return day.isoformat()
    if style == "short":
        return day.strftime("%d.%m.%Y" if language == "pl" else "%d/%m/%Y")
    return format_babel_date(day, _DATE_PATTERNS[style], locale=_LOCALES[language])


def format_period(first: date | None, last: date | None, language: Language) -> str:
    """Return a period, as short as it can be said: ``3–5 maja 2025``; one day is a date, an open end a dash.

    Both ends missing give an empty text.
    """
    if first is None or last is None:
        known = first or last
        if known is None:
            return ""
        written = format_date(known, language)
        return f"{written} –" if last is None else f"– {written}"
    end = format_date(last, language)
    if first == last:
        return end
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{end}"
    if first.year == last.year:
        start = format_babel_date(first, "d MMMM", locale=_LOCALES[language])
        return f"{start} – {end}"
    return f"{format_date(first, language)} – {end}"


@cache
def _rule(language: Language) -> PluralRule:
    return Locale.parse(_LOCALES[language]).plural_form

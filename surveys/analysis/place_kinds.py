"""What kind of place a partnership works in, from the codes of its territory: like is compared with like."""

from collections.abc import Iterable
from enum import StrEnum

from surveys.language.texts import Language, load_catalogue

_GMINA_DIGITS = 7
_POWIAT_DIGITS = 4
_CITY_POWIAT_NUMBER = 61  # powiats numbered from 61 are cities with powiat rights


class PlaceKind(StrEnum):
    """Kind of a partnership's territory."""

    DISTRICT = "district"  # of a city, or a named part of a city
    URBAN = "urban"
    URBAN_RURAL = "urban_rural"
    RURAL = "rural"
    VILLAGE = "village"  # a sołectwo, or a named part of a gmina that is not a city
    POWIAT = "powiat"  # a powiat or more
    MIXED = "mixed"  # units of several kinds
    UNKNOWN = "unknown"  # no territory is written down, or none that can be read

    def label(self, language: Language) -> str:
        """Return the kind in words."""
        return load_catalogue("surveys.language.catalogues").say(f"place_kind.{self.value}", language)


# Seventh digit of a TERYT code: 4 and 5 are the town and the country of an urban-rural gmina.
_BY_DIGIT = {
    "1": PlaceKind.URBAN,
    "2": PlaceKind.RURAL,
    "3": PlaceKind.URBAN_RURAL,
    "4": PlaceKind.URBAN_RURAL,
    "5": PlaceKind.URBAN_RURAL,
    "8": PlaceKind.DISTRICT,
    "9": PlaceKind.DISTRICT,
}


def find_place_kind(territory: Iterable[tuple[str, str]]) -> PlaceKind:
    """Return the kind of a partnership's territory.

    Args:
        territory: TERYT codes (2, 4 or 7 digits) with the name of an area inside the unit, empty for the whole unit;
            the order doesn't matter.
    """
    kinds = {_kind_of_unit(teryt, name) for teryt, name in territory}
    if not kinds:
        return PlaceKind.UNKNOWN
    return kinds.pop() if len(kinds) == 1 else PlaceKind.MIXED


def _kind_of_unit(teryt: str, name: str) -> PlaceKind:
    if len(teryt) == _GMINA_DIGITS and teryt.isdecimal():
        kind = _BY_DIGIT.get(teryt[-1], PlaceKind.UNKNOWN)
        if not name.strip() or kind in {PlaceKind.UNKNOWN, PlaceKind.DISTRICT}:
            return kind
        return PlaceKind.DISTRICT if kind is PlaceKind.URBAN else PlaceKind.VILLAGE
    if teryt.isdecimal() and len(teryt) in {2, _POWIAT_DIGITS}:
        is_city = len(teryt) == _POWIAT_DIGITS and int(teryt[2:]) >= _CITY_POWIAT_NUMBER
        if is_city:
            return PlaceKind.DISTRICT if name.strip() else PlaceKind.URBAN
        return PlaceKind.POWIAT
    return PlaceKind.UNKNOWN

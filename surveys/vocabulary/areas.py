"""Areas: every gmina and Warsaw district by TERYT, with powiats and voivodeships derived from them.

TERYT codes: 2 digits voivodeship, 4 powiat, 7 gmina (6 without the digit of its kind). The file has gminas and
districts; the codes of the higher levels are the first digits of theirs.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from statistics import fmean

from surveys.language.folding import fold
from surveys.language.texts import Language, load_catalogue
from surveys.vocabulary.reading import FaultLog, Folder, Row, read_rows

_COLUMNS = ("teryt", "name", "kind", "powiat", "voivodeship", "lat", "lon")
_TERYT = re.compile(r"[0-9]{6}[1-9]")
_CITY_POWIAT_NUMBER = 61  # powiats numbered from 61 are cities with powiat rights
_PREFIX = re.compile(r"^(gmina|gm\.?|miasto i gmina|miasto|m\.|dzielnica|powiat|pow\.?|wojewodztwo|woj\.?)\s+")


class AreaLevel(StrEnum):
    """Level of a territorial unit."""

    VOIVODESHIP = "voivodeship"
    POWIAT = "powiat"
    GMINA = "gmina"
    DISTRICT = "district"


class AreaKind(StrEnum):
    """Kind of a territorial unit; ``CITY`` is a powiat that is one city (miasto na prawach powiatu)."""

    URBAN = "urban"
    RURAL = "rural"
    URBAN_RURAL = "urban_rural"
    DISTRICT = "district"
    CITY = "city"
    POWIAT = "powiat"
    VOIVODESHIP = "voivodeship"


_KINDS = {
    "gmina miejska": AreaKind.URBAN,
    "gmina wiejska": AreaKind.RURAL,
    "gmina miejsko-wiejska": AreaKind.URBAN_RURAL,
    "dzielnica": AreaKind.DISTRICT,
}
_LEVELS = {
    AreaKind.DISTRICT: AreaLevel.DISTRICT,
    AreaKind.CITY: AreaLevel.POWIAT,
    AreaKind.POWIAT: AreaLevel.POWIAT,
    AreaKind.VOIVODESHIP: AreaLevel.VOIVODESHIP,
}


@dataclass(frozen=True, slots=True)
class Area:
    """A territorial unit.

    Attributes:
        teryt: 2, 4 or 7 digits, as text.
        name: bare name ("Liw", "węgrowski", "mazowieckie"); several gminas may share it.
        powiat, voivodeship: bare names of the units above, empty where there is none.
        lat, lon: a point inside in degrees (WGS 84); of derived levels the mean of their gminas' points.
    """

    teryt: str
    name: str
    kind: AreaKind
    powiat: str
    voivodeship: str
    lat: float
    lon: float

    @property
    def level(self) -> AreaLevel:
        """Level of the unit."""
        return _LEVELS.get(self.kind, AreaLevel.GMINA)

    @property
    def powiat_code(self) -> str:
        """TERYT code of its powiat, empty for a voivodeship."""
        return self.teryt[:4] if len(self.teryt) >= 4 else ""

    @property
    def voivodeship_code(self) -> str:
        """TERYT code of its voivodeship."""
        return self.teryt[:2]

    def label(self, language: Language) -> str:
        """Return a name that cannot be mistaken for another unit's: ``Liw (gmina wiejska, pow. węgrowski)``."""
        kind = AreaKind.CITY if self.kind is AreaKind.URBAN and self.name == self.powiat else self.kind
        texts = load_catalogue("surveys.language.catalogues")
        return texts.say(f"area.{kind.value}", language, name=self.name, powiat=self.powiat)


class Areas(Mapping[str, Area]):
    """Every area by TERYT code of any level.

    Iterates over voivodeships, powiats and gminas with districts, each in order of code. A six-digit gmina code
    is understood too.
    """

    def __init__(self, units: Iterable[Area]) -> None:
        gminas = {area.teryt: area for area in units}
        powiats = _derive(gminas.values(), digits=4)
        voivodeships = _derive(gminas.values(), digits=2)
        self.gminas: tuple[Area, ...] = tuple(gminas.values())
        self.powiats: tuple[Area, ...] = powiats
        self.voivodeships: tuple[Area, ...] = voivodeships
        self._by_code = {area.teryt: area for area in (*voivodeships, *powiats)} | gminas

    def __getitem__(self, teryt: str) -> Area:
        if len(teryt) == 6:
            return self._by_six_digits[teryt]
        return self._by_code[teryt]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_code)

    def __len__(self) -> int:
        return len(self._by_code)

    @property
    def codes(self) -> tuple[str, ...]:
        """Every code: 2, 4 and 7 digits."""
        return tuple(self._by_code)

    def label(self, teryt: str, language: Language) -> str:
        """Return the unmistakable name of an area.

        Raises:
            KeyError: there is no such unit.
        """
        return self[teryt].label(language)

    def find(self, name: str) -> tuple[Area, ...]:
        """Return every unit of that name, in order of code; empty when there is none.

        Case, diacritics and words such as "gmina", "pow." do not matter. Homonyms are all returned: it is for a
        person to choose. A city with powiat rights is returned once, as a gmina.
        """
        folded = fold(name)
        bare = _PREFIX.sub("", folded)
        found = self._by_name.get(folded, ()) + (self._by_name.get(bare, ()) if bare != folded else ())
        if folded.startswith(("powiat", "pow")) and bare != folded:
            found = tuple(area for area in found if area.level is AreaLevel.POWIAT)
        return tuple(sorted(set(found), key=lambda area: area.teryt))

    def children(self, teryt: str) -> tuple[Area, ...]:
        """Return the units directly inside an area: powiats of a voivodeship, gminas of a powiat, city districts.

        Raises:
            KeyError: there is no such unit.
        """
        area = self[teryt]
        if area.level is AreaLevel.VOIVODESHIP:
            return tuple(powiat for powiat in self.powiats if powiat.teryt.startswith(teryt))
        districts = area.level is AreaLevel.GMINA and area.name == area.powiat
        if area.level is AreaLevel.POWIAT or districts:
            wanted = AreaLevel.DISTRICT if districts else AreaLevel.GMINA
            return tuple(g for g in self.gminas if g.teryt[:4] == area.teryt[:4] and g.level is wanted)
        return ()

    def covers(self, outer: str, inner: str) -> bool:
        """Whether one area lies in another or is it. The city gmina of Warsaw covers its districts.

        Raises:
            KeyError: one of the codes is unknown.
        """
        big, small = self[outer], self[inner]
        if small.teryt.startswith(big.teryt):
            return True
        return small.level is AreaLevel.DISTRICT and big.kind is AreaKind.URBAN and small.powiat_code == big.powiat_code

    @cached_property
    def _by_six_digits(self) -> dict[str, Area]:
        return {area.teryt[:6]: area for area in self.gminas}

    @cached_property
    def _by_name(self) -> dict[str, tuple[Area, ...]]:
        index: dict[str, tuple[Area, ...]] = {}
        for area in self._by_code.values():
            if area.kind is AreaKind.CITY:
                continue
            names = [fold(area.name)]
            if area.kind is AreaKind.DISTRICT:
                names += [f"{fold(area.powiat)}-{names[0]}", f"{fold(area.powiat)} {names[0]}"]
            for name in names:
                index[name] = (*index.get(name, ()), area)
        return index


def read_areas(folder: Folder, faults: FaultLog) -> Areas:
    """Read ``areas.csv``; bad codes, unknown kinds, bad coordinates and duplicates are noted and left out."""
    units: dict[str, Area] = {}
    lines: dict[str, int] = {}
    for row in read_rows(folder, "areas.csv", _COLUMNS, faults):
        teryt = row.cells["teryt"]
        if not _TERYT.fullmatch(teryt):
            faults.add("VOCABULARY-TERYT-BAD", row.place("teryt"), value=teryt)
        elif teryt in units:
            faults.add("VOCABULARY-CODE-DUPLICATE", row.place("teryt"), value=teryt, first_row=lines[teryt])
        else:
            area = _build_area(row, teryt)
            if area is not None:
                units[teryt] = area
                lines[teryt] = row.line
    return Areas(units[teryt] for teryt in sorted(units))


def _build_area(row: Row, teryt: str) -> Area | None:
    cells = row.cells
    try:
        lat, lon = float(cells["lat"]), float(cells["lon"])
    except ValueError:
        row.faults.add("VOCABULARY-NUMBER-BAD", row.place("lat"), value=f"{cells['lat']} {cells['lon']}")
        return None
    kind = _KINDS.get(cells["kind"])
    if kind is None:
        row.faults.add("VOCABULARY-VALUE-UNKNOWN", row.place("kind"), value=cells["kind"], allowed=", ".join(_KINDS))
        return None
    return Area(teryt, cells["name"], kind, cells["powiat"], cells["voivodeship"], lat, lon)


def _derive(gminas: Iterable[Area], digits: int) -> tuple[Area, ...]:
    members: dict[str, list[Area]] = {}
    for gmina in gminas:
        members.setdefault(gmina.teryt[:digits], []).append(gmina)
    return tuple(_sum_up(code, parts) for code, parts in sorted(members.items()))


def _sum_up(code: str, parts: list[Area]) -> Area:
    first = parts[0]
    lat = round(fmean(part.lat for part in parts), 4)
    lon = round(fmean(part.lon for part in parts), 4)
    if len(code) == 2:
        return Area(code, first.voivodeship, AreaKind.VOIVODESHIP, "", "", lat, lon)
    kind = AreaKind.CITY if int(code[2:]) >= _CITY_POWIAT_NUMBER else AreaKind.POWIAT
    return Area(code, first.powiat, kind, "", first.voivodeship, lat, lon)

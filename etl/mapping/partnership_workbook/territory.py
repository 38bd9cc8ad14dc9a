"""Areas as people name them: a label of the list, a bare name, a TERYT code."""

from functools import cache

from etl.clean.labels import cell_text
from etl.mapping.partnership_workbook.spots import Spot
from etl.readers.raw import CellValue
from surveys.language.folding import fold
from surveys.language.texts import LANGUAGES
from surveys.vocabulary import Area, AreaLevel, load

_MOST_CANDIDATES = 6
_CODE_LENGTHS = (2, 4, 6, 7)


def read_teryt(value: CellValue, spot: Spot) -> str | None:
    """Return the TERYT code a cell holds, as the list of areas has it; an unknown one is a fault and ``None``.

    A spreadsheet that took the code for a number has dropped its leading zero: it is put back.
    """
    text = cell_text(value).replace(" ", "")
    areas = load().areas
    candidates = {text} | ({f"0{text}"} if isinstance(value, int | float) else set())
    found = {areas[code].teryt for code in candidates if len(code) in _CODE_LENGTHS and code in areas}
    if len(found) == 1:
        return found.pop()
    spot.fault("TERYT-UNKNOWN", value=text)
    return None


def read_area(text: str, spot: Spot) -> str | None:
    """Return the TERYT code of a named area; a name of several or of none is a fault and ``None``."""
    found = _find_areas(text)
    if len(found) == 1:
        return found[0].teryt
    if found:
        spot.fault("AREA-AMBIGUOUS", name=text, candidates=_name_candidates(found))
    else:
        spot.fault("AREA-UNKNOWN", name=text)
    return None


def is_named(text: str, teryt: str) -> bool:
    """Whether a text names the area of a code, perhaps besides others of that name."""
    by_label = fold(text) == fold(load().areas.label(teryt, "pl"))
    return by_label or any(area.teryt == teryt for area in _find_areas(text))


def _find_areas(text: str) -> tuple[Area, ...]:
    return _areas_by_label().get(fold(text)) or load().areas.find(text)


def _name_candidates(found: tuple[Area, ...]) -> str:
    named = [f"{area.label('pl')} – {area.teryt}" for area in found[:_MOST_CANDIDATES]]
    return "; ".join(named) + ("; …" if len(found) > _MOST_CANDIDATES else "")


@cache
def _areas_by_label() -> dict[str, tuple[Area, ...]]:
    """Areas by their full names. A city with powiat rights is meant as its gmina; powiats may share a name."""
    areas = load().areas
    named: dict[str, dict[str, Area]] = {}
    for area in areas.values():
        for language in LANGUAGES:
            same = named.setdefault(fold(area.label(language)), {})
            if area.level is AreaLevel.GMINA:
                same = {code: other for code, other in same.items() if other.level is not AreaLevel.POWIAT}
                named[fold(area.label(language))] = same
            same[area.teryt] = area
    return {name: tuple(found.values()) for name, found in named.items()}

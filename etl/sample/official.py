"""Invented official figures of every gmina, district and powiat of Mazovia, so that a map has something to show.

Their variables have a source of their own (`surveys.indicators.SAMPLE`): they never stand among real figures, and go
with the sample data. Hardship of a place is felt in all its figures a little, as it is in real ones.
"""

import tomllib
from decimal import Decimal
from importlib import resources
from typing import Any

from etl.indicator_figures import FigureRow, IndicatorFigures
from etl.sample.chance import Chance
from etl.sample.projects import REFERENCE_DAY
from surveys.indicators import SAMPLE, FigureState, SeriesNote, Variable
from surveys.vocabulary import Area, AreaLevel, load
from surveys.vocabulary.areas import AreaKind
from surveys.vocabulary.indicators import Direction, Indicator

FILE_NAME = "wskazniki-zmyslone.csv"
YEARS = (2019, 2022, 2024)
_MAZOVIA = "14"
_MISSING = 0.03  # share of places without information
_SETTINGS = {AreaKind.DISTRICT: "city", AreaKind.CITY: "town", AreaKind.URBAN: "town"}
_NOTES = (
    SeriesNote("footnote", "Dane zmyślone, do wypróbowania programu."),
    SeriesNote("break", "Od 2020 r. ludność według wyników NSP 2021 (zmyślona przerwa w szeregu)."),
)


def invent_official_figures(seed: str) -> IndicatorFigures:
    """Return figures of the catalogue's indicators that speak about a problem; the same seed makes the same."""
    entries = {entry.code: entry for entry in load().indicators}
    file = resources.files("etl.sample") / "content" / "official.toml"
    templates: list[dict[str, Any]] = tomllib.loads(file.read_text(encoding="utf-8"))["indicator"]
    variables = tuple(_name(entries[template["code"]]) for template in templates)
    areas = load().areas
    powiats = [area for area in areas.powiats if area.teryt.startswith(_MAZOVIA)]
    gminas = [area for area in areas.gminas if area.teryt.startswith(_MAZOVIA)]
    rows: list[FigureRow] = []
    for place, template in enumerate(templates):
        entry = entries[template["code"]]
        for area in powiats + (gminas if entry.level is AreaLevel.GMINA else []):
            rows += _figures(place, template, entry, area, seed)
    description = "Dane zmyślone, do wypróbowania programu."
    return IndicatorFigures(variables, rows, _NOTES, REFERENCE_DAY, description)


def _name(entry: Indicator) -> Variable:
    """Return the variable by the words that the catalogue knows it by."""
    return Variable(
        SAMPLE,
        "; ".join(entry.name_words) or "ogółem",
        entry.unit_words[0] if entry.unit_words else "",
        "; ".join(entry.subject_words),
        entry.subject_code,
        entry.bdl_id,
    )


def _figures(place: int, template: dict[str, Any], entry: Indicator, area: Area, seed: str) -> list[FigureRow]:
    chance = Chance(seed, "official", entry.code, area.teryt)
    hardship = Chance(seed, "hardship", area.teryt).around(0, 1)
    leaning = 0.6 * hardship * (-1 if entry.direction is Direction.BETTER else 1) + chance.around(0, 0.9)
    middle = template["middle"][_SETTINGS.get(area.kind, "village")] + template["spread"] * leaning
    rows: list[FigureRow] = []
    for year in YEARS:
        if chance.happens(_MISSING):
            rows.append((place, year, area.teryt, None, FigureState.NO_INFORMATION, ""))
            continue
        value = middle + template["yearly"] * (year - YEARS[0]) + chance.around(0, template["spread"] / 8)
        value = min(template.get("most", value), max(template.get("least", value), value))
        digits = Decimal(1).scaleb(-template["digits"])
        rows.append((place, year, area.teryt, str(Decimal(value).quantize(digits)), FigureState.VALUE, ""))
    return rows

"""Where partnerships are: a spot for each unit of their territory, and those that have none."""

from dataclasses import dataclass

import pandas as pd

from dashboard.charts.place_map import Reach
from surveys.analysis.rows import rows_of
from surveys.language.texts import Language
from surveys.vocabulary import Area, AreaLevel, Areas


@dataclass(frozen=True, slots=True)
class Spot:
    """One unit of a partnership's territory.

    Attributes:
        part: name of the area inside the unit, ``""`` for the whole unit.
    """

    slug: str
    area: Area
    part: str

    @property
    def reach(self) -> Reach:
        """What the spot stands for."""
        if self.part:
            return Reach.PART
        return Reach.WHOLE if self.area.level in {AreaLevel.GMINA, AreaLevel.DISTRICT} else Reach.LARGER

    def label(self, language: Language) -> str:
        """Return the place in words: the named part with the unit it lies in, or the unit."""
        unit = self.area.label(language)
        return f"{self.part} – {unit}" if self.part else unit


@dataclass(frozen=True, slots=True)
class Placed:
    """Partnerships on and off the map.

    Attributes:
        spots: in order of partnerships and of their territory.
        without: slugs of those without a territory.
        unknown: code that is no unit of today, by slug of a partnership that has no other.
    """

    spots: tuple[Spot, ...]
    without: tuple[str, ...]
    unknown: dict[str, str]


def place_partnerships(slugs: tuple[str, ...], territories: pd.DataFrame, areas: Areas) -> Placed:
    """Return where partnerships are.

    Args:
        slugs: of the partnerships in sight.
        territories: partnership, teryt, name (of a named area inside the unit, else empty).
        areas: every unit there is.
    """
    spots: dict[tuple[str, str, str], Spot] = {}
    unknown: dict[str, str] = {}
    for row in rows_of(territories):
        slug, teryt, part = str(row["partnership"]), str(row["teryt"]), str(row["name"] or "")
        if slug not in slugs:
            continue
        if teryt in areas:
            spots[slug, teryt, part] = Spot(slug, areas[teryt], part)
        else:
            unknown.setdefault(slug, teryt)
    placed = {spot.slug for spot in spots.values()}
    return Placed(
        spots=tuple(spots.values()),
        without=tuple(slug for slug in slugs if slug not in placed and slug not in unknown),
        unknown={slug: teryt for slug, teryt in unknown.items() if slug not in placed},
    )

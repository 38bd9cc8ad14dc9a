"""Official figures: what a variable, a value and its absence are, codes of areas, ages, the catalogue of indicators.

Figures of Statistics Poland (the Local Data Bank, BDL) and of the yearly assessment of social assistance resources
(OZPS) belong to nobody's partnership. A figure is kept as the source wrote it, to the last digit; a sign for its
absence stays that sign and never becomes 0.

May import the standard library, `surveys.findings`, `surveys.language` and `surveys.vocabulary`.
"""

from surveys.indicators.areas import COUNTRY, LeftOut, read_area_code
from surveys.indicators.dimensions import AgeBand, Sex, read_age_band, read_sex
from surveys.indicators.figures import (
    SAMPLE,
    Figure,
    FigureState,
    ReadCell,
    SeriesNote,
    Variable,
    apply_attribute,
    name_variable,
    read_attribute,
    read_figure,
)
from surveys.indicators.population import PopulationCount, PopulationMargins, margins_of_population

__all__ = [
    "COUNTRY",
    "SAMPLE",
    "AgeBand",
    "Figure",
    "FigureState",
    "LeftOut",
    "PopulationCount",
    "PopulationMargins",
    "ReadCell",
    "SeriesNote",
    "Sex",
    "Variable",
    "apply_attribute",
    "margins_of_population",
    "name_variable",
    "read_age_band",
    "read_area_code",
    "read_attribute",
    "read_figure",
    "read_sex",
]

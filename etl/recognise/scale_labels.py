"""Whether options are the points of a known scale, and whether numbers are weights: what several sources ask."""

import re
from collections.abc import Sequence

from etl.clean.labels import option_key
from etl.clean.numbers import read_number
from etl.readers.raw import CellValue
from surveys.language.folding import fold
from surveys.vocabulary import load

_FEWEST_POINTS = 3
_WEIGHT = re.compile(r"^(waga|wagi|weight|weights|wgt|wght|post-?stratification weight)(?![a-z])")
_LARGEST_WEIGHT = 30.0
_LARGEST_MEAN = 5.0


def are_known_scale(labels: Sequence[str]) -> bool:
    """Return whether labels are all points of one of the scales of the code lists, in whatever order."""
    keys = {option_key(label) for label in labels}
    return len(keys) >= _FEWEST_POINTS and any(
        keys == {option_key(value) for value in values}
        for scale in load().scales.values()
        for values in (scale.values_pl, scale.values_en)
    )


def are_weights(name: str, values: Sequence[CellValue]) -> bool:
    """Return whether a column holds respondents' weights: called so, no whole numbers, about 1; kilograms are not."""
    if not _WEIGHT.match(fold(name)):
        return False
    numbers = [read_number(value) for value in values]
    known = [number for number in numbers if number is not None]
    if not known or len(known) < len(numbers) or min(known) < 0 or max(known) > _LARGEST_WEIGHT:
        return False
    return not all(number.is_integer() for number in known) and sum(known) / len(known) < _LARGEST_MEAN

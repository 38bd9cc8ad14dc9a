"""Whether the options that a form offers are the points of a scale: a known one in words, or bare digits."""

from collections.abc import Collection
from functools import cache

from etl.clean.labels import option_key
from etl.clean.missing import missing_kind
from surveys.vocabulary import load

_FEWEST_POINTS, _FEWEST_DIGITS = 3, 4


def is_scale(options: Collection[str]) -> bool:
    """Return whether options are points of a scale; kinds of missing may stand beside them."""
    keys = {key for option in options if missing_kind(key := option_key(option)) is None}
    if len(keys) >= _FEWEST_DIGITS and all(key.isdecimal() for key in keys):
        numbers = sorted(int(key) for key in keys)
        return numbers[0] in {0, 1} and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    return any(len(keys & points) >= _FEWEST_POINTS and len(keys - points) <= 1 for points in _known_points())


@cache
def _known_points() -> tuple[frozenset[str], ...]:
    return tuple(
        frozenset(option_key(value) for value in (*scale.values_pl, *scale.values_en))
        for scale in load().scales.values()
    )

"""Classes of a map: few, of about equal size, never parting equal figures, named by the figures that lie in them."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

MOST_CLASSES = 5


@dataclass(frozen=True, slots=True)
class MapClass:
    """One class.

    Attributes:
        low: smallest figure in it.
        high: largest one.
        places: how many figures lie in it.
    """

    low: Decimal
    high: Decimal
    places: int


def split_classes(values: Iterable[Decimal], most: int = MOST_CLASSES) -> tuple[MapClass, ...]:
    """Return classes of figures, the smallest first; nothing for no figures.

    Each class takes an equal share of the figures that are left, and all that equal its largest one: every figure
    lies in one class, and no class is empty. With so few different figures each is a class of its own.

    Args:
        values: in any order.
        most: classes at most, at least 1.
    """
    ordered = sorted(values)
    if len(set(ordered)) <= most:
        return tuple(MapClass(value, value, ordered.count(value)) for value in sorted(set(ordered)))
    classes: list[MapClass] = []
    first = 0
    while first < len(ordered):
        left = most - len(classes)
        wanted = first + max(1, round((len(ordered) - first) / left)) if left > 1 else len(ordered)
        high = ordered[wanted - 1]
        after = next((place for place in range(wanted, len(ordered)) if ordered[place] > high), len(ordered))
        classes.append(MapClass(ordered[first], high, after - first))
        first = after
    return tuple(classes)


def find_class(value: Decimal, classes: tuple[MapClass, ...]) -> int:
    """Return the place of the class that a figure lies in.

    Raises:
        ValueError: it lies in none: the classes were made of other figures.
    """
    for place, one in enumerate(classes):
        if one.low <= value <= one.high:
            return place
    raise ValueError("the figure lies in no class")

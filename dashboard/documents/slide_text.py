"""How much text a slide holds: the size that fits, and where a list goes on to the next slide. Nothing is cut off.

A sentence on a survey ends with what it does not say; a slide that left its end out would claim more than the answers.
"""

from collections.abc import Sequence
from math import ceil

_CM_PER_POINT = 0.0353
_LETTER, _BOLD_LETTER, _LINE = 0.5, 0.56, 1.2  # of the size of the type
_BETWEEN_CM = 0.45
LARGEST, SMALLEST = 24, 18


def share_out(lines: Sequence[str], *, width_cm: float, height_cm: float) -> list[tuple[int, tuple[str, ...]]]:
    """Return slides of a list: each its size of type, in points, and its lines, in their order.

    Args:
        lines: of the list.
        width_cm: of the box.
        height_cm: of the box.
    """
    for size in range(LARGEST, SMALLEST - 1, -2):
        if sum(_height(line, size, width_cm) for line in lines) <= height_cm:
            return [(size, tuple(lines))] if lines else []
    slides: list[list[str]] = [[]]
    room = height_cm
    for line in lines:
        height = _height(line, SMALLEST, width_cm)
        if slides[-1] and height > room:
            # What announces a list goes with it.
            moved = [slides[-1].pop()] if len(slides[-1]) > 1 and slides[-1][-1].endswith(":") else []
            slides.append(moved)
            room = height_cm - sum(_height(one, SMALLEST, width_cm) for one in moved)
        slides[-1].append(line)
        room -= height
    return [(SMALLEST, tuple(slide)) for slide in slides]


def fit_heading(text: str, *, largest: int, width_cm: float, height_cm: float) -> int:
    """Return the size of type, in points, at which a heading stays in its box.

    Args:
        text: the heading.
        largest: wanted size.
        width_cm: of the box.
        height_cm: of the box.
    """
    for size in range(largest, 12, -1):
        letters = width_cm / (size * _CM_PER_POINT * _BOLD_LETTER)
        if ceil(len(text) / letters) * size * _CM_PER_POINT * _LINE <= height_cm:
            return size
    return 12


def _height(line: str, size: int, width_cm: float) -> float:
    letters = width_cm / (size * _CM_PER_POINT * _LETTER)
    return ceil(len(line) / letters) * size * _CM_PER_POINT * _LINE + _BETWEEN_CM

"""How far a long piece of work is: told between its steps, to whoever waits."""

from collections.abc import Callable

# Stage (part of a text's key) and share of the whole, 0–1. What it raises breaks the work off, and nothing is kept.
Progress = Callable[[str, float], None]


def ignore_progress(_stage: str, _share: float) -> None:
    """Tell nobody."""

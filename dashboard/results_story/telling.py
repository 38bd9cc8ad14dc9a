"""Which story tells which part of the page."""

from collections.abc import Callable

from dashboard.results_story.breakdown import show_breakdown
from dashboard.results_story.comparison import show_two_places, show_two_waves
from dashboard.results_story.glance import show_glance
from dashboard.results_story.measurement import Measurement
from dashboard.results_story.needs import show_needs
from dashboard.results_story.quality import show_quality
from dashboard.results_story.questions import show_questions
from dashboard.results_story.weights import show_weights

_STORIES: dict[str, Callable[[Measurement], None]] = {
    "skrot": show_glance,
    "pytania": show_questions,
    "potrzeby": show_needs,
    "krzyzowo": show_breakdown,
    "w-czasie": show_two_waves,
    "miejsca": show_two_places,
    "wagi": show_weights,
    "jakosc": show_quality,
}


def tell_part(part: str, measurement: Measurement) -> None:
    """Show a part of a measurement's results."""
    _STORIES[part](measurement)

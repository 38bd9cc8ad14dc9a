"""Wyniki ankiet: one measurement, from a glance to its weights, each part with an address of its own."""

from dashboard.page_parts import choose_part
from dashboard.results_story.choosing import PARTS, choose_measurement
from dashboard.results_story.telling import tell_part
from dashboard.stories.opening import open_page, stop_when_empty
from dashboard.visit import current_view


def tell() -> None:
    """Tell the page's story."""
    view = current_view()
    open_page(view, "results")
    stop_when_empty(view)
    measurement = choose_measurement(view)
    if measurement is not None:
        tell_part(choose_part(view.say, "results", PARTS), measurement)


tell()

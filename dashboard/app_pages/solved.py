"""Kto już to zrobił?: for a problem, who finished something that worked, agreed to show it, and can be visited."""

from dashboard.solved_story.telling import tell_solved
from dashboard.stories.opening import open_page, stop_when_empty
from dashboard.visit import current_visit


def tell() -> None:
    """Tell the page's story."""
    visit = current_visit()
    open_page(visit.view, "solved")
    stop_when_empty(visit.view)
    tell_solved(visit)


tell()

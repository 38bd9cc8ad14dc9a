"""Zdrowie partnerstwa: a friendly list of what to do next; across partnerships, whom it is worth ringing."""

from dashboard.stories.health_steps import show_all_partnerships, show_steps
from dashboard.stories.opening import open_page, stop_when_empty
from dashboard.visit import current_view


def tell() -> None:
    """Tell the page's story."""
    view = current_view()
    open_page(view, "health")
    stop_when_empty(view)
    if view.filters.partnership is None:
        show_all_partnerships(view)
    else:
        show_steps(view, view.filters.partnership)


tell()

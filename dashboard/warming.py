"""Getting ready while the first browser is still loading Streamlit's own files.

The imports of the first page take more than a second; done in a thread as soon as the server listens, they are over
before the browser asks for the page.
"""

import logging
import threading
from importlib import import_module

from dashboard.texts import texts
from surveys.vocabulary import load

_MODULES = (
    "plotly.io",
    "dashboard.charts.area_map",
    "dashboard.figures.presenting",
    "dashboard.stories.activity_panels",
    "dashboard.stories.group_panels",
    "dashboard.stories.problem_evidence",
    "dashboard.results_story.telling",
    "dashboard.stories.partnership_card",
)

_logger = logging.getLogger(__name__)


def warm_up() -> None:
    """Begin to import what pages need and to read the lists, without waiting for it."""
    threading.Thread(target=_prepare, name="warming", daemon=True).start()


def _prepare() -> None:
    for name in _MODULES:
        try:
            import_module(name)
        except ImportError:
            # The page itself will say so to whoever opens it; here it only costs time.
            _logger.warning("a module could not be imported ahead: %s", name)
    texts()
    load().areas  # noqa: B018 # read on demand, and the first page demands it

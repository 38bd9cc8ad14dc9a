"""Kapitał społeczny: who works with whom, what it rests on, what grows out of it, and who should meet."""

import streamlit as st

from dashboard.capital_story.overview import show_overview
from dashboard.capital_story.telling import PARTS, tell_part
from dashboard.page_parts import choose_part
from dashboard.stories.opening import open_page, stop_when_empty
from dashboard.visit import current_view
from surveys.analysis.filters import Filters


def tell() -> None:
    """Tell the page's story."""
    view = current_view()
    open_page(view, "capital")
    stop_when_empty(view)
    filters = view.filters
    if filters != Filters(filters.partnership, years=filters.years):
        st.caption(view.say("capital.unfiltered"))
    if filters.partnership is None:
        show_overview(view)
        return
    part = choose_part(view.say, "capital", PARTS, of=filters.partnership)
    tell_part(part, view, filters.partnership)


tell()

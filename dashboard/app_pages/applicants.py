"""Kto może być wnioskodawcą: for a theme and a funding source, which partners may apply, and what to fill in."""

from functools import partial

import streamlit as st

from dashboard.applicant_story.judging import show_judging
from dashboard.applicant_story.overview import show_overview
from dashboard.applicant_story.theme_panels import build_theme_panels
from dashboard.figures.panels import keep_panels
from dashboard.figures.presenting import show_panels
from dashboard.stories.opening import open_page, stop_when_empty
from dashboard.visit import current_view
from surveys.analysis.filters import Filters


def tell() -> None:
    """Tell the page's story."""
    view = current_view()
    open_page(view, "applicants")
    stop_when_empty(view)
    slug = view.filters.partnership
    if view.filters != Filters(slug):
        st.caption(view.say("applicants.unfiltered"))
    if slug is None:
        show_overview(view)
        return
    st.markdown(view.say("applicants.intro"))
    show_judging(view, slug)
    panels = keep_panels(view, "applicants", partial(build_theme_panels, slug=slug))
    show_panels(panels, ("applicants-themes",), ("capital-leads",), language=view.language)


tell()

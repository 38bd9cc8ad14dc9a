"""Trzy lustra: each problem as residents, partners and official figures see it, and the gaps that can be named."""

import streamlit as st

from dashboard.figures.panels import Panels, keep_panels
from dashboard.figures.presenting import show_panels
from dashboard.mirrors_story.across import OF_PARTNERSHIP, build_all_panels
from dashboard.mirrors_story.panels import build_place_panels
from dashboard.stories.opening import open_page, stop_when_empty
from dashboard.stories.partnership_links import show_partnership_links
from dashboard.visit import View, current_view


def tell() -> None:
    """Tell the page's story."""
    view = current_view()
    open_page(view, "mirrors")
    stop_when_empty(view)
    st.markdown(view.say("mirrors.intro"))
    if view.filters.years or view.filters.groups:
        st.caption(view.say("mirrors.unfiltered"))
    if view.filters.partnership is None:
        panels = keep_panels(view, "mirrors", build_all_panels)
        show_panels(panels, ("mirrors-gaps", "mirrors-agreements"), language=view.language)
        _list_partnerships(view, panels)
    else:
        show_panels(
            keep_panels(view, "mirrors", build_place_panels),
            ("mirrors-named", "mirrors-agreed", "mirrors-all", "mirrors-official"),
            language=view.language,
        )
    _show_how(view)


def _list_partnerships(view: View, panels: Panels) -> None:
    """List the partnerships with named gaps, each a link to its own mirrors."""
    own = {key: panel for key, panel in panels.items() if key.startswith(OF_PARTNERSHIP)}
    said = {key.removeprefix(OF_PARTNERSHIP): panel.sentence for key, panel in own.items()}
    if not said:
        return
    st.header(view.say("mirrors.partnerships.title"), anchor=False)
    st.markdown(view.say("mirrors.partnerships.hint"))
    show_partnership_links(view, "mirrors", dict.fromkeys(said, ""), key="mirrors-partnerships", notes=said)


def _show_how(view: View) -> None:
    with st.expander(view.say("mirrors.how.title")):
        st.markdown(view.say("mirrors.how.body"))


tell()

"""Luki: where need and action don't meet, for groups and themes, in one partnership and across all of them."""

import streamlit as st

from dashboard.figures.panels import Panels, keep_panels
from dashboard.figures.presenting import show_panel
from dashboard.gaps_story.gathering import choose_period
from dashboard.gaps_story.panels import OF_PARTNERSHIP, build_all_panels, build_place_panels
from dashboard.gaps_story.untouched import show_untouched
from dashboard.stories.opening import open_page, stop_when_empty, today
from dashboard.stories.partnership_links import show_partnership_links
from dashboard.visit import View, current_view


def tell() -> None:
    """Tell the page's story."""
    view = current_view()
    open_page(view, "gaps")
    stop_when_empty(view)
    period = choose_period(view, today())
    st.markdown(view.say("gaps.intro", first=period.first, last=period.last))
    if view.filters.themes or view.filters.groups:
        st.caption(view.say("gaps.unfiltered"))
    if view.filters.partnership is None:
        _show_all(view)
        return
    panels = keep_panels(view, "gaps", build_place_panels, today().isoformat())
    for key in ("gaps-named", "gaps-group", "gaps-theme"):
        show_panel(panels[key], view.language)
    show_untouched(view, period)
    st.caption(view.say("gaps.note"))
    st.page_link(
        "app_pages/groups.py", label=view.say("gaps.to_groups"), query_params=view.link_to(view.filters.partnership)
    )


def _show_all(view: View) -> None:
    panels = keep_panels(view, "gaps-all", build_all_panels, today().isoformat())
    for key in ("gaps-all-group", "gaps-all-theme"):
        show_panel(panels[key], view.language)
    _list_partnerships(view, panels)
    st.caption(view.say("gaps.note"))


def _list_partnerships(view: View, panels: Panels) -> None:
    own = {key: panel for key, panel in panels.items() if key.startswith(OF_PARTNERSHIP)}
    lines = {key.removeprefix(OF_PARTNERSHIP): panel.sentence for key, panel in own.items()}
    if not lines:
        return
    st.header(view.say("gaps.all.list"), anchor=False)
    show_partnership_links(view, "gaps", lines, key="gaps-partnerships")


tell()

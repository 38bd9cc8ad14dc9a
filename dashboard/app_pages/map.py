"""Mapa: partnerships on a map of Mazovia, by a problem, a theme or an official indicator, with the same in a list."""

import streamlit as st

from dashboard.data import official_standings, side_by_side
from dashboard.escaping import plain
from dashboard.figures.panels import Panels, keep_panels
from dashboard.figures.presenting import show_panel
from dashboard.filtering import choose_code
from dashboard.map_story.panels import LINE, OFF, PARTS, build_map_panels
from dashboard.page_parts import choose_part
from dashboard.stories.opening import open_page, stop_when_empty
from dashboard.visit import View, current_view
from surveys.vocabulary import load

_MOST_LINES = 60  # more links than that nobody reads: the table under the map has them all


def tell() -> None:
    """Tell the page's story."""
    view = current_view()
    open_page(view, "map")
    stop_when_empty(view)
    st.markdown(view.say("map.intro"))
    if view.filters.partnership is not None:
        st.caption(view.say("map.chosen"))
    part = choose_part(view.say, "map", PARTS)
    code = _choose(view, part)
    panels = keep_panels(view, "map", lambda view: build_map_panels(view, part, code), part, code or "")
    left, right = st.columns([3, 2], gap="medium")
    with left:
        show_panel(panels["map"], view.language, open_point=lambda slug: _open(view, slug))
        if OFF in panels:
            show_panel(panels[OFF], view.language)
    with right:
        _list_partnerships(view, panels)


def _choose(view: View, part: str) -> str | None:
    """Offer what the map may show: only what anybody entered, was asked about, or is loaded."""
    labels, codes = _offer(view, part)
    if not codes:
        st.caption(view.say(f"map.nothing.{part}"))
        return None
    return choose_code(
        "mapa",
        codes,
        label=view.say(f"map.choose.{part}"),
        placeholder=view.say("map.choose.placeholder"),
        labels=labels,
    )


def _offer(view: View, part: str) -> tuple[dict[str, str], list[str]]:
    lists, themes = load(), view.filters.themes
    if part == "wskazniki":
        loaded = {one.indicator.code for one in official_standings(view.scope).standings}
        entries = [one for one in lists.indicators if one.code in loaded]
        return {one.code: one.label(view.language) for one in entries}, [one.code for one in entries]
    if part == "tematy":
        named = set(view.register.activities["theme"])
        return lists.themes.labels(view.language), [code for code in lists.themes if code in named]
    if part == "problemy":
        named = set(view.register.problems["code"])
    else:
        named = set(side_by_side(view.scope, "problems", years=view.filters.years).order_codes())
    kept = [code for code in lists.problems if code in named and (not themes or lists.problems[code].theme in themes)]
    return lists.problems.labels(view.language), kept


def _open(view: View, slug: str) -> None:
    st.switch_page("app_pages/partnerships.py", query_params=view.link_to(slug))


def _list_partnerships(view: View, panels: Panels) -> None:
    """List the same facts beside the map, each partnership a link to its page."""
    st.header(view.say("map.list.title"), anchor=False)
    lines = [(key.removeprefix(LINE), panel) for key, panel in panels.items() if key.startswith(LINE)]
    with st.container(border=True, key="map-list"):
        for slug, panel in lines[:_MOST_LINES]:
            label = f"**{plain(panel.title)}** · {panel.sentence}" if panel.sentence else f"**{plain(panel.title)}**"
            st.page_link("app_pages/partnerships.py", label=label, query_params=view.link_to(slug))
    if len(lines) > _MOST_LINES:
        st.caption(view.say("map.list.cut", n=len(lines) - _MOST_LINES))


tell()

"""Porównanie: partnerships side by side, the gate of comparisons first, part by part."""

import streamlit as st

from dashboard.comparison_story.change import show_change
from dashboard.comparison_story.choosing import FEWEST, PARTS, Compared, choose_answer, choose_compared
from dashboard.comparison_story.funnel import show_funnel
from dashboard.comparison_story.one_answer import show_places
from dashboard.comparison_story.overview import show_grid, show_registers
from dashboard.comparison_story.profile import show_profile
from dashboard.comparison_story.together import show_together
from dashboard.comparison_story.verdict import show_verdict
from dashboard.data import find_scope_together
from dashboard.page_parts import choose_part
from dashboard.stories.opening import open_page, stop_when_empty
from dashboard.visit import current_view, current_visit


def tell() -> None:
    """Tell the page's story."""
    view = current_view()
    open_page(view, "comparison")
    stop_when_empty(view)
    st.markdown(view.say("comparison.intro"))
    if len(view.scope.partnerships) < FEWEST and not view.scope.sample:
        show_together(view, find_scope_together(current_visit().actor))
        return
    part = choose_part(view.say, "comparison", PARTS)
    compared = choose_compared(view)
    if show_verdict(compared):
        _tell_part(part, compared)
    if part == PARTS[0] and len(view.scope.partnerships) >= FEWEST:
        show_registers(view)


def _tell_part(part: str, compared: Compared) -> None:
    if part == "przeglad":
        show_grid(compared)
        return
    if part == "profil":
        show_profile(compared)
        return
    codes = compared.codes()
    if not codes:
        st.info(compared.view.say("comparison.grid.none"))
        return
    code = choose_answer(compared, codes)
    {"miejsca": show_places, "lejek": show_funnel, "zmiana": show_change}[part](compared, code)


tell()

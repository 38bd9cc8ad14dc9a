"""For somebody who may see one partnership or two: each of them beside all others together, none of whom is named."""

import streamlit as st

from dashboard.comparison_story.choosing import Compared, choose_compared
from dashboard.comparison_story.profile import show_profile
from dashboard.data import side_by_side
from dashboard.escaping import plain
from dashboard.visit import View
from etl.store.reading import Scope


def show_together(view: View, everybody: Scope) -> None:
    """Show the profile of a partnership in sight beside all others.

    Args:
        view: what is looked at.
        everybody: all partnerships, for what they say together.
    """
    compared = choose_compared(view)
    series = compared.sides.series
    if series is None:
        st.info(view.say("comparison.verdict.nothing"))
        return
    sides = side_by_side(everybody, compared.vocabulary, series=series.key, years=view.filters.years)
    mine = [slug for slug in compared.places if slug in sides.places]
    if not mine:
        st.info(view.say("comparison.together.left_out"))
        return
    _show_reservations(compared, [doubt.doubt.describe(view.language) for doubt in sides.verdict.reservations])
    show_profile(compared, sides)


def _show_reservations(compared: Compared, reasons: list[str]) -> None:
    """Say what holds for any of them, not for whom: that would name the others."""
    if not reasons:
        return
    view = compared.view
    with st.container(border=True, key="comparison-verdict"):
        lines = [f"- {plain(reason)}" for reason in reasons]
        st.markdown("\n".join([view.say("comparison.together.reserved"), "", *lines]))

"""Which story tells which part of the page."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from dashboard.capital_story.dependence import build_dependence_panels
from dashboard.capital_story.growth import build_growth_panels
from dashboard.capital_story.introducing import show_introductions
from dashboard.capital_story.network import Known
from dashboard.capital_story.network_panels import build_network_panels
from dashboard.capital_story.trust import show_trust
from dashboard.figures.panels import Panels, keep_panels
from dashboard.figures.presenting import show_panels
from dashboard.filtering import choose_code
from dashboard.visit import View

PARTS = ("siec", "rozwoj", "oparcie", "zaufanie", "poznac")


def tell_part(part: str, view: View, slug: str) -> None:
    """Show a part of one partnership's social capital."""
    _STORIES[part](view, slug)


def _show_network(view: View, slug: str) -> None:
    st.markdown(view.say("capital.network.intro"))
    panels = _keep_network(view, slug, Known.WORK)
    asked = panels.get("capital-reported")
    if asked is not None and asked.chart is not None:
        labels = {one.value: view.say(f"capital.network.known.{one.name.lower()}") for one in Known}
        chosen = choose_code(
            "wiezi",
            [one.value for one in Known],
            label=view.say("capital.network.known.label"),
            placeholder=labels[Known.WORK.value],
            labels=labels,
        )
        panels = _keep_network(view, slug, Known(chosen) if chosen is not None else Known.WORK)
    show_panels(panels, ("capital-network",), language=view.language)
    show_panels(panels, ("capital-measures", "capital-reported"), language=view.language)
    if asked is None:
        st.caption(view.say("capital.reported.never"))


def _keep_network(view: View, slug: str, known: Known) -> Panels:
    return keep_panels(view, "capital-network", partial(build_network_panels, slug=slug, known=known), known.value)


def _show_growth(view: View, slug: str) -> None:
    panels = keep_panels(view, "capital-growth", partial(build_growth_panels, slug=slug))
    show_panels(panels, ("capital-pairs",), ("capital-new",), language=view.language)
    show_panels(panels, ("capital-spill",), language=view.language)


def _show_dependence(view: View, slug: str) -> None:
    panels = keep_panels(view, "capital-dependence", partial(build_dependence_panels, slug=slug))
    show_panels(panels, ("capital-leads",), ("capital-money",), language=view.language)


_STORIES: dict[str, Callable[[View, str], None]] = {
    "siec": _show_network,
    "rozwoj": _show_growth,
    "oparcie": _show_dependence,
    "zaufanie": show_trust,
    "poznac": show_introductions,
}

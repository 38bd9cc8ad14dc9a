"""All partnerships: how far their partners work together, in alphabetical order, each a link to its own network."""

import streamlit as st

from dashboard.capital_story.growth import build_growth_of_all
from dashboard.figures.panels import Panel, keep_panels
from dashboard.figures.presenting import show_panels
from dashboard.stories.opening import partners_who_stayed, today
from dashboard.stories.partnership_links import show_partnership_links
from dashboard.visit import View
from surveys.analysis.partner_ties import count_joint_things, keep_partners, list_taking_part, pair_up
from surveys.language.collation import sort_key


def show_overview(view: View) -> None:
    """Show every partnership with its partners and pairs, and how co-operation grows in all of them."""
    st.markdown(view.say("capital.all.intro"))
    panels = keep_panels(view, "capital-all", _build)
    refs = sorted(view.scope.partnerships, key=lambda ref: sort_key(ref.name))
    lines = {ref.slug: panels[f"line-{ref.slug}"].sentence for ref in refs}
    show_partnership_links(view, "capital", lines, key="capital-partnerships")
    show_panels(panels, ("capital-pairs",), ("capital-new",), language=view.language)


def _build(view: View) -> list[Panel]:
    stayed = partners_who_stayed(view.register.partners)
    taking_part = list_taking_part(view.register, today(), view.filters.years)
    pairs = count_joint_things(keep_partners(pair_up(taking_part), stayed))
    partners = stayed.groupby("partnership").size()
    joined = pairs.groupby("partnership").size()
    lines = []
    for ref in view.scope.partnerships:
        number = int(partners.get(ref.slug, 0))
        possible = number * (number - 1) // 2
        amount = view.say("counts.partners", n=number)
        if possible:
            amount = view.say("capital.all.line", partners=amount, n=int(joined.get(ref.slug, 0)), possible=possible)
        lines.append(Panel(f"line-{ref.slug}", ref.name, amount))
    return [*lines, *build_growth_of_all(view)]

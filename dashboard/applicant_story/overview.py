"""All partnerships: in which of them some themes have nobody to carry them; alphabetical, each a link."""

import streamlit as st

from dashboard.applicant_story.partners import count_covering, read_partners
from dashboard.figures.panels import Panel, keep_panels
from dashboard.stories.partnership_links import show_partnership_links
from dashboard.visit import View
from surveys.language.collation import sort_key


def show_overview(view: View) -> None:
    """Show every partnership with how many themes nobody in it can carry."""
    st.markdown(view.say("applicants.all.intro"))
    lines = keep_panels(view, "applicants-all", _build)
    refs = sorted(view.scope.partnerships, key=lambda ref: sort_key(ref.name))
    said = {ref.slug: lines[ref.slug].sentence for ref in refs}
    show_partnership_links(view, "applicants", said, key="applicants-partnerships")


def _build(view: View) -> list[Panel]:
    return [Panel(ref.slug, ref.name, _say_line(view, ref.slug)) for ref in view.scope.partnerships]


def _say_line(view: View, slug: str) -> str:
    partners = read_partners(view, slug)
    if not partners:
        return view.say("applicants.all.no_partners")
    counted = count_covering(partners)
    nobody = counted[(counted["able"] == 0) & (counted["unknown"] == 0)]
    unknown = counted[(counted["able"] == 0) & (counted["unknown"] > 0)]
    if nobody.empty and unknown.empty:
        return view.say("applicants.all.covered")
    said = []
    if len(nobody):
        said.append(view.say("applicants.all.nobody", n=len(nobody)))
    if len(unknown):
        said.append(view.say("applicants.all.unknown", n=len(unknown)))
    return ", ".join(said)

"""All partnerships: in which of them some themes have nobody to carry them; alphabetical, each a link."""

import streamlit as st

from dashboard.applicant_story.partners import count_covering, read_partners
from dashboard.escaping import plain
from dashboard.figures.panels import Panel, keep_panels
from dashboard.visit import View
from surveys.language.collation import sort_key

_MOST_LINES = 60


def show_overview(view: View) -> None:
    """Show every partnership with how many themes nobody in it can carry."""
    st.markdown(view.say("applicants.all.intro"))
    lines = keep_panels(view, "applicants-all", _build)
    refs = sorted(view.scope.partnerships, key=lambda ref: sort_key(ref.name))
    language = {"lang": "en"} if view.language == "en" else {}
    with st.container(border=True, key="applicants-partnerships"):
        for ref in refs[:_MOST_LINES]:
            st.page_link(
                "app_pages/applicants.py",
                label=f"**{plain(view.name_of(ref.slug))}** · {lines[ref.slug].sentence}",
                query_params={"partnerstwo": ref.slug, **language},
            )
    if len(refs) > _MOST_LINES:
        st.caption(view.say("health.all.cut", n=len(refs) - _MOST_LINES))


def _build(view: View) -> list[Panel]:
    refs = sorted(view.scope.partnerships, key=lambda ref: sort_key(ref.name))[:_MOST_LINES]
    return [Panel(ref.slug, ref.name, _say_line(view, ref.slug)) for ref in refs]


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

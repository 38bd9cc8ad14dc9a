"""Partnerstwa: all of them, or one partnership's card."""

import streamlit as st

from dashboard.figures.panels import Panel, bar_panel, keep_panels
from dashboard.figures.presenting import show_panels
from dashboard.stories.opening import (
    open_page,
    partners_who_stayed,
    stop_when_empty,
    texts_of,
)
from dashboard.stories.partnership_card import show_card
from dashboard.stories.partnership_links import say_activities_of_all, show_partnership_links
from dashboard.visit import View, current_view
from surveys.analysis.register_tables import code_labels, count_by
from surveys.analysis.rows import is_known
from surveys.language.collation import sort_key
from surveys.language.numerals import format_date, format_number
from surveys.vocabulary import load


def tell() -> None:
    """Tell the page's story."""
    view = current_view()
    slug = view.filters.partnership
    if slug is not None:
        show_card(view, slug)
        return
    open_page(view, "partnerships")
    stop_when_empty(view)
    st.markdown(view.say("partnerships.hint"))
    _show_list(view)
    show_panels(
        keep_panels(view, "partnerships", _build_panels),
        ("partnerships-sector",),
        ("partnerships-kind",),
        language=view.language,
    )


def _build_panels(view: View) -> list[Panel]:
    partners = view.register.partners
    active = partners_who_stayed(partners)
    what = texts_of("partnerships.what")
    return [
        bar_panel(view, f"partnerships-{column}", count_by(active, column, labels=code_labels(codes), what=what))
        for column, codes in (("sector", load().sectors), ("kind", load().partner_kinds))
    ]


def _show_list(view: View) -> None:
    """Show every partnership with its size, in alphabetical order, each a link to its card."""
    frames = view.register
    active = partners_who_stayed(frames.partners)
    counts = {
        "partners": active.groupby("partnership").size().to_dict(),
        "problems": frames.problems.groupby("partnership").size().to_dict(),
        "projects": frames.projects.groupby("partnership").size().to_dict(),
    }
    founded = dict(zip(frames.partnerships["slug"], frames.partnerships["founded_on"], strict=True))
    activities = say_activities_of_all(view)
    lines = {}
    for ref in sorted(view.scope.partnerships, key=lambda ref: sort_key(ref.name)):
        parts = [view.say(f"counts.{name}", n=int(column.get(ref.slug, 0))) for name, column in counts.items()]
        parts.append(activities[ref.slug])
        day = founded[ref.slug]
        if is_known(day):
            parts.append(view.say("partnerships.since", day=format_date(day.date(), view.language)))
        lines[ref.slug] = ", ".join(parts)
    show_partnership_links(view, "partnerships", lines, key="partnerships-list")
    st.caption(view.say("partnerships.order", n=format_number(len(view.scope.partnerships), view.language)))


tell()

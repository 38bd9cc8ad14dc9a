"""Partnerstwa: all of them, or one partnership's card."""

import streamlit as st

from dashboard.charts.bars import draw_bars
from dashboard.escaping import plain
from dashboard.partnership_card import show_card
from dashboard.presenting import show_figure
from dashboard.sentences import say_largest
from dashboard.story import open_page, stop_when_empty, texts_of
from dashboard.visit import Visit, current_visit
from surveys.analysis.register_tables import code_labels, count_by
from surveys.analysis.rows import is_known
from surveys.language.collation import sort_key
from surveys.language.numerals import format_date, format_number
from surveys.vocabulary import load


def tell() -> None:
    """Tell the page's story."""
    visit = current_visit()
    slug = visit.filters.partnership
    if slug is not None:
        show_card(visit, slug)
        return
    open_page(visit, "partnerships")
    stop_when_empty(visit)
    st.markdown(visit.say("partnerships.hint"))
    _show_list(visit)
    partners = visit.register.partners
    active = partners[partners["status"] != "withdrawn"]
    left, right = st.columns(2, gap="medium")
    for side, column, labels in (
        (left, "sector", code_labels(load().sectors)),
        (right, "kind", code_labels(load().partner_kinds)),
    ):
        table = count_by(active, column, labels=labels, what=texts_of("partnerships.what"))
        key = f"partnerships-{column}"
        title = visit.say(f"partnerships.{column}.title")
        with side:
            show_figure(
                key,
                title=title,
                sentence=say_largest(table, f"partnerships.{column}", visit.language),
                chart=draw_bars(table, title=title, language=visit.language),
                table=table,
                language=visit.language,
            )


def _show_list(visit: Visit) -> None:
    """Show every partnership with its size, in alphabetical order, each a link to its card."""
    frames = visit.register
    active = frames.partners[frames.partners["status"] != "withdrawn"]
    counts = {
        "partners": active.groupby("partnership").size(),
        "problems": frames.problems.groupby("partnership").size(),
        "projects": frames.projects.groupby("partnership").size(),
        "activities": frames.activities.groupby("partnership").size(),
    }
    founded = frames.partnerships.set_index("slug")["founded_on"]
    language = {"lang": "en"} if visit.language == "en" else {}
    with st.container(border=True):
        for ref in sorted(visit.scope.partnerships, key=lambda ref: sort_key(ref.name)):
            parts = [visit.say(f"counts.{name}", n=int(column.get(ref.slug, 0))) for name, column in counts.items()]
            day = founded[ref.slug]
            if is_known(day):
                parts.append(visit.say("partnerships.since", day=format_date(day.date(), visit.language)))
            st.page_link(
                "app_pages/partnerships.py",
                label=f"**{plain(ref.name)}** · {', '.join(parts)}",
                query_params={"partnerstwo": ref.slug, **language},
            )
    st.caption(visit.say("partnerships.order", n=format_number(len(visit.scope.partnerships), visit.language)))


tell()

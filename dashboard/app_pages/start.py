"""Start: what there is, how fresh it is, and where the partnerships are."""

from datetime import date

import streamlit as st

from dashboard.charts.area_map import MapPoint, draw_map
from dashboard.figures.panels import Panel, keep_panels
from dashboard.stories.opening import partners_who_stayed, say_activities, stop_when_empty
from dashboard.stories.partnership_links import say_activities_of_all, show_partnership_links
from dashboard.visit import View, current_view
from surveys.analysis.asked_people import keep_locals
from surveys.analysis.rows import is_known, rows_of
from surveys.language.collation import sort_key
from surveys.language.numerals import format_date
from surveys.vocabulary import load


def tell() -> None:
    """Tell the page's story."""
    view = current_view()
    st.title(view.say("start.title"), anchor=False)
    stop_when_empty(view)
    frames = view.register
    facts = {
        "partnerships": len(frames.partnerships),
        "partners": len(partners_who_stayed(frames.partners)),
        "problems": len(frames.problems),
        "projects": len(frames.projects),
    }
    amounts = {name: view.say(f"counts.{name}", n=n) for name, n in facts.items()}
    amounts["activities"] = say_activities(view, frames.activities)
    st.markdown(view.say("start.summary", **amounts))
    local = keep_locals(view.waves)
    for whose, waves in (("residents", local), ("partners", view.waves.drop(local.index))):
        if len(waves):
            st.markdown(
                view.say(
                    f"start.surveys_{whose}",
                    waves=view.say("counts.waves", n=len(waves)),
                    people=view.say("counts.people", n=int(waves["people"].sum())),
                )
            )
    changed = frames.partnerships["changed_at"].max()
    newest = frames.activities["starts_on"].max()
    if is_known(newest):
        st.caption(
            view.say(
                "start.fresh",
                newest=format_date(newest.date(), view.language),
                changed=format_date(date.fromisoformat(str(changed)[:10]), view.language),
            )
        )
    left, right = st.columns([3, 2], gap="large")
    with left:
        _show_map(view)
    with right:
        _show_partnerships(view)


def _show_map(view: View) -> None:
    panel = keep_panels(view, "start", _build_map)["start-map"]
    st.header(panel.title, anchor=False)
    if panel.chart is not None:
        st.plotly_chart(
            panel.chart.figure, alt=panel.chart.alt, theme=None, config={"displayModeBar": False}, key="chart-map"
        )
        st.caption(panel.sentence)


def _build_map(view: View) -> list[Panel]:
    """Build the map from the first place of each partnership's territory that has a point."""
    areas = load().areas
    firsts = rows_of(view.register.territories.drop_duplicates("partnership"))
    placed = [(row["partnership"], areas[row["teryt"]]) for row in firsts if row["teryt"] in areas]
    points = [MapPoint(view.name_of(slug), area.lat, area.lon) for slug, area in placed]
    title = view.say("start.map_title")
    chart = draw_map(points, title=title, language=view.language) if points else None
    return [Panel("start-map", title, view.say("start.map_note"), chart)]


def _show_partnerships(view: View) -> None:
    frames = view.register
    st.header(view.say("start.list_title"), anchor=False)
    problems = frames.problems.groupby("partnership").size().to_dict()
    activities = say_activities_of_all(view)
    lines = {
        ref.slug: view.say(
            "start.list_counts",
            problems=view.say("counts.problems", n=int(problems.get(ref.slug, 0))),
            activities=activities[ref.slug],
        )
        for ref in sorted(view.scope.partnerships, key=lambda ref: sort_key(ref.name))
    }
    show_partnership_links(view, "partnerships", lines, key="start-partnerships", border=False)


tell()

"""Start: what there is, how fresh it is, and where the partnerships are."""

import streamlit as st

from dashboard.charts.area_map import MapPoint, draw_map
from dashboard.escaping import plain
from dashboard.story import stop_when_empty
from dashboard.visit import Visit, current_visit
from surveys.analysis.rows import is_known, rows_of
from surveys.language.collation import sort_key
from surveys.language.numerals import format_date
from surveys.vocabulary import load


def tell() -> None:
    """Tell the page's story."""
    visit = current_visit()
    st.title(visit.say("start.title"), anchor=False)
    stop_when_empty(visit)
    frames = visit.register
    facts = {
        "partnerships": len(frames.partnerships),
        "partners": len(frames.partners),
        "problems": len(frames.problems),
        "projects": len(frames.projects),
        "activities": len(frames.activities),
    }
    amounts = {name: visit.say(f"counts.{name}", n=n) for name, n in facts.items()}
    st.markdown(visit.say("start.summary", **amounts))
    waves = visit.surveys.waves
    if len(waves):
        st.markdown(
            visit.say(
                "start.surveys",
                waves=visit.say("counts.waves", n=len(waves)),
                people=visit.say("counts.people", n=int(waves["people"].sum())),
            )
        )
    changed = frames.partnerships["changed_at"].max()
    newest = frames.activities["starts_on"].max()
    if is_known(newest):
        st.caption(
            visit.say("start.fresh", newest=format_date(newest.date(), visit.language), changed=str(changed)[:10])
        )
    left, right = st.columns([3, 2], gap="large")
    with left:
        _show_map(visit)
    with right:
        _show_partnerships(visit)


def _show_map(visit: Visit) -> None:
    areas = load().areas
    points = []
    firsts = visit.register.territories.drop_duplicates("partnership")
    for row in rows_of(firsts):
        area = areas.get(row["teryt"])
        if area is not None:
            points.append(MapPoint(visit.name_of(row["partnership"]), area.lat, area.lon))
    st.markdown(f"### {visit.say('start.map_title')}")
    if points:
        chart = draw_map(points, title=visit.say("start.map_title"), language=visit.language)
        st.plotly_chart(chart.figure, alt=chart.alt, theme=None, config={"displayModeBar": False}, key="chart-map")
        st.caption(visit.say("start.map_note"))


def _show_partnerships(visit: Visit) -> None:
    frames = visit.register
    st.markdown(f"### {visit.say('start.list_title')}")
    problems = frames.problems.groupby("partnership").size()
    activities = frames.activities.groupby("partnership").size()
    for ref in sorted(visit.scope.partnerships, key=lambda ref: sort_key(ref.name)):
        counts = visit.say(
            "start.list_counts",
            problems=visit.say("counts.problems", n=int(problems.get(ref.slug, 0))),
            activities=visit.say("counts.activities", n=int(activities.get(ref.slug, 0))),
        )
        st.page_link(
            "app_pages/partnerships.py",
            label=f"**{plain(ref.name)}** · {counts}",
            query_params={"partnerstwo": ref.slug, **({"lang": "en"} if visit.language == "en" else {})},
        )


tell()

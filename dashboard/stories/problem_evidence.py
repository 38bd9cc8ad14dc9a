"""One problem and its evidence: where it was diagnosed, what residents say, what is being done about it."""

import pandas as pd
import streamlit as st

from dashboard.charts.bars import draw_bars
from dashboard.escaping import plain
from dashboard.figures.panels import Panel, keep_panels
from dashboard.figures.presenting import show_panels
from dashboard.figures.sentences import list_names
from dashboard.stories.opening import say_activities, texts_of
from dashboard.stories.survey_story import choices_of, questions_about, wave_of
from dashboard.visit import View
from surveys.analysis.rows import Row, is_known, rows_of
from surveys.analysis.survey_tables import compare_option
from surveys.language.numerals import format_date
from surveys.privacy.published import Source
from surveys.vocabulary import load

_RATINGS = ("size", "severity", "feasibility")


def show_entries(view: View, problems: pd.DataFrame) -> None:
    """Show how partnerships describe problems, newest first."""
    for entry in rows_of(problems.sort_values("identified_on", ascending=False, kind="stable")):
        _show_entry(view, entry)


def show_problem(view: View, code: str, problems: pd.DataFrame) -> None:
    """Show everything there is about one problem.

    Args:
        view: what is looked at.
        code: code of the problem.
        problems: problems that pass the filters.
    """
    lists = load()
    label = lists.problems.label(code, view.language)
    st.header(plain(label), anchor=False)
    theme = lists.themes.label(lists.problems[code].theme, view.language)
    st.caption(view.say("evidence.theme", theme=plain(theme)))
    entries = problems[problems["code"] == code]
    panels = keep_panels(view, "evidence", lambda view: [_build_survey_panel(view, code, label)], code)
    show_panels(panels, ("evidence-survey",), language=view.language)
    st.subheader(view.say("evidence.entries_title"), anchor=False)
    if entries.empty:
        st.markdown(view.say("evidence.entries_none"))
    show_entries(view, entries)


def _build_survey_panel(view: View, code: str, label: str) -> Panel:
    """Build the share of people who pointed at the problem, measurement by measurement."""
    surveys = view.surveys
    rows = []
    names: dict[str, str] = {}
    for question in rows_of(questions_about(surveys, "problems", view.filters.partnership)):
        options = choices_of(surveys, question)
        chosen = options[options["code"] == code]
        if chosen.empty:
            continue
        key = f"{question['partnership']}/{question['wave']}"
        where = "" if view.filters.partnership else f"{view.name_of(str(question['partnership']))}, "
        names[key] = f"{where}{wave_of(surveys, question)['name']}"
        rows.append({"key": key, "people": int(chosen.iloc[0]["people"]), "base": int(question["base"])})
    title = view.say("evidence.survey_title", problem=label)
    if not rows:
        return Panel("evidence-survey", title, view.say("evidence.survey_none"))
    table = compare_option(
        pd.DataFrame(rows),
        dimension="wave",
        labels=names,
        source=Source(texts_of("evidence.survey_what"), waves=tuple(names.values())),
    )
    chart = draw_bars(table, title=title, language=view.language, most_rows=None)
    return Panel("evidence-survey", title, view.say("evidence.survey_sentence"), chart, (table,))


def _show_entry(view: View, entry: Row) -> None:
    """Show one partnership's own diagnosis of the problem, with the thread to projects and activities."""
    lists, frames = load(), view.register
    slug, uid = str(entry["partnership"]), str(entry["uid"])
    with st.container(border=True):
        st.markdown(f"**{plain(str(entry['name']))}**{_say_where(view, slug)}")
        if entry["description"]:
            st.markdown(plain(str(entry["description"])))
        facts = [
            lists.problems.label(str(entry["code"]), view.language),
            lists.problem_statuses.label(str(entry["status"]), view.language),
        ]
        if isinstance(entry["source"], str):
            source = lists.problem_sources.label(entry["source"], view.language)
            facts.append(view.say("evidence.source", source=source))
        day = entry["identified_on"]
        if isinstance(day, pd.Timestamp):
            facts.append(format_date(day.date(), view.language))
        for name in _RATINGS:
            rating = entry[name]
            if is_known(rating):
                facts.append(view.say(f"evidence.{name}", n=int(rating)))
        groups = frames.problem_groups
        named = groups[(groups["partnership"] == slug) & (groups["uid"] == uid)]["group"]
        if len(named):
            facts.append(list_names([lists.target_groups.label(code, view.language) for code in named]))
        st.caption(plain(" · ".join(facts)))
        _show_thread(view, slug, uid)


def _show_thread(view: View, slug: str, uid: str) -> None:
    """Show the entry's projects and activities, each list behind a button of its own: there may be dozens."""
    frames = view.register
    for kind, links, things in (
        ("projects", frames.project_problems, frames.projects),
        ("activities", frames.activity_problems, frames.activities),
    ):
        uids = links[(links["partnership"] == slug) & (links["problem"] == uid)]["uid"]
        named = things[(things["partnership"] == slug) & things["uid"].isin(uids)]
        if named.empty:
            st.markdown(f":small[{view.say(f'evidence.{kind}_none')}]")
            continue
        lines = [_say_thing(view, thing) for thing in rows_of(named.sort_values("starts_on"))]
        key = f"evidence.{kind}"
        amount = say_activities(view, named, key) if kind == "activities" else view.say(key, n=len(lines))
        with st.expander(amount):
            st.markdown("\n".join(lines))


def _say_thing(view: View, thing: Row) -> str:
    day = thing["starts_on"]
    when = f" ({format_date(day.date(), view.language)})" if isinstance(day, pd.Timestamp) else ""
    return f"- {plain(str(thing['name']))}{when}"


def _say_where(view: View, slug: str) -> str:
    return "" if view.filters.partnership else f" · {plain(view.name_of(slug))}"

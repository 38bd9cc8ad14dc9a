"""One problem and its evidence: where it was diagnosed, what residents say, what is being done about it."""

import pandas as pd
import streamlit as st

from dashboard.charts.bars import draw_bars
from dashboard.escaping import plain
from dashboard.figures.panels import Panel, keep_panels
from dashboard.figures.presenting import show_panels
from dashboard.figures.sentences import list_names
from dashboard.stories.opening import say_number_of_activities, texts_of, today
from dashboard.stories.survey_story import questions_about
from dashboard.visit import View
from surveys.analysis.filters import keep_rows_of
from surveys.analysis.rows import Row, is_known, rows_of
from surveys.analysis.survey_tables import compare_option
from surveys.language.numerals import format_date
from surveys.privacy.published import Source
from surveys.vocabulary import load

_MOST_ROWS = 60  # measurements of one partnership all find room; hundreds of partnerships stand in the table
_MOST_ENTRIES = 60  # of one problem in hundreds of partnerships; those of one partnership all stand there
_ASKED = ["partnership", "wave", "question"]
_RATINGS = ("size", "severity", "feasibility")


def show_entries(view: View, problems: pd.DataFrame) -> None:
    """Show how partnerships describe problems, newest first."""
    newest = problems.sort_values("identified_on", ascending=False, kind="stable")
    shown = newest if view.filters.partnership else newest[:_MOST_ENTRIES]
    linked = _Linked(view, shown)
    for entry in rows_of(shown):
        _show_entry(view, entry, linked)
    if len(newest) > len(shown):
        st.caption(view.say("evidence.more", n=len(newest) - len(shown)))


class _Linked:
    """Groups, projects and activities of problems, gathered once for all that are shown."""

    def __init__(self, view: View, problems: pd.DataFrame) -> None:
        frames = view.register
        self._groups = _list_by_entry(keep_rows_of(frames.problem_groups, problems), "uid")
        wanted = problems[["partnership", "uid"]].rename(columns={"uid": "problem"})
        self._things: dict[str, dict[tuple[object, object], list[Row]]] = {}
        for kind, links, things in (
            ("projects", frames.project_problems, frames.projects),
            ("activities", frames.activity_problems, frames.activities),
        ):
            mine = links.merge(wanted, on=["partnership", "problem"])[["partnership", "uid", "problem"]]
            named = mine.drop_duplicates().merge(things, on=["partnership", "uid"])
            self._things[kind] = _list_by_entry(named.sort_values("starts_on"), "problem")

    def groups_of(self, entry: Row) -> list[str]:
        """Return the codes of the groups that a problem is about."""
        return [str(row["group"]) for row in self._groups.get((entry["partnership"], entry["uid"]), [])]

    def things_of(self, entry: Row, kind: str) -> list[Row]:
        """Return projects or activities that name a problem, by their beginning."""
        return self._things[kind].get((entry["partnership"], entry["uid"]), [])


def _list_by_entry(frame: pd.DataFrame, problem: str) -> dict[tuple[object, object], list[Row]]:
    listed: dict[tuple[object, object], list[Row]] = {}
    for row in rows_of(frame):
        listed.setdefault((row["partnership"], row[problem]), []).append(row)
    return listed


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
    asked = questions_about(surveys, "problems", view.filters.partnership)[[*_ASKED, "base"]]
    options = surveys.choices[surveys.choices["code"] == code].drop_duplicates(_ASKED)[[*_ASKED, "people"]]
    waves = surveys.waves[["partnership", "wave", "name"]]
    rows = []
    names: dict[str, str] = {}
    for row in rows_of(asked.merge(options, on=_ASKED).merge(waves, on=["partnership", "wave"])):
        key = f"{row['partnership']}/{row['wave']}"
        where = "" if view.filters.partnership else f"{view.name_of(str(row['partnership']))}, "
        names[key] = f"{where}{row['name']}"
        rows.append({"key": key, "people": int(row["people"]), "base": int(row["base"])})
    title = view.say("evidence.survey_title", problem=label)
    if not rows:
        return Panel("evidence-survey", title, view.say("evidence.survey_none"))
    table = compare_option(
        pd.DataFrame(rows),
        dimension="wave",
        labels=names,
        source=Source(texts_of("evidence.survey_what"), waves=tuple(names.values())),
    )
    chart = draw_bars(table, title=title, language=view.language, most_rows=_MOST_ROWS)
    return Panel("evidence-survey", title, view.say("evidence.survey_sentence"), chart, (table,))


def _show_entry(view: View, entry: Row, linked: _Linked) -> None:
    """Show one partnership's own diagnosis of the problem, with the thread to projects and activities."""
    lists = load()
    with st.container(border=True):
        st.markdown(f"**{plain(str(entry['name']))}**{_say_where(view, str(entry['partnership']))}")
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
        if named := linked.groups_of(entry):
            facts.append(list_names([lists.target_groups.label(code, view.language) for code in named]))
        st.caption(plain(" · ".join(facts)))
        _show_thread(view, entry, linked)


def _show_thread(view: View, entry: Row, linked: _Linked) -> None:
    """Show the entry's projects and activities, each list behind a button of its own: there may be dozens."""
    for kind in ("projects", "activities"):
        named = linked.things_of(entry, kind)
        if not named:
            st.markdown(f":small[{view.say(f'evidence.{kind}_none')}]")
            continue
        lines = [_say_thing(view, thing) for thing in named]
        later = [row for row in named if row["starts_on"] > pd.Timestamp(today())]  # NaT is later than nothing
        planned = len(later) if kind == "activities" else 0
        amount = say_number_of_activities(view, len(lines), planned, f"evidence.{kind}")
        with st.expander(amount):
            st.markdown("\n".join(lines))


def _say_thing(view: View, thing: Row) -> str:
    day = thing["starts_on"]
    when = f" ({format_date(day.date(), view.language)})" if isinstance(day, pd.Timestamp) else ""
    return f"- {plain(str(thing['name']))}{when}"


def _say_where(view: View, slug: str) -> str:
    return "" if view.filters.partnership else f" · {plain(view.name_of(slug))}"

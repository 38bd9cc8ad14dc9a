"""One problem and its evidence: where it was diagnosed, what residents say, what is being done about it."""

import pandas as pd
import streamlit as st

from dashboard.charts.bars import draw_bars
from dashboard.escaping import plain
from dashboard.presenting import show_figure
from dashboard.story import texts_of
from dashboard.survey_story import choices_of, questions_about, wave_of
from dashboard.visit import Visit
from surveys.analysis.rows import Row, is_known, rows_of
from surveys.analysis.survey_tables import compare_option
from surveys.language.numerals import format_date
from surveys.privacy.published import Source
from surveys.vocabulary import load

_RATINGS = ("size", "severity", "feasibility")


def show_problem(visit: Visit, code: str, problems: pd.DataFrame) -> None:
    """Show everything there is about one problem.

    Args:
        visit: the visit.
        code: code of the problem.
        problems: problems that pass the filters.
    """
    lists = load()
    label = lists.problems.label(code, visit.language)
    st.markdown(f"## {plain(label)}")
    theme = lists.themes.label(lists.problems[code].theme, visit.language)
    st.caption(visit.say("evidence.theme", theme=plain(theme)))
    entries = problems[problems["code"] == code]
    _show_survey(visit, code, label)
    st.markdown(f"### {visit.say('evidence.entries_title')}")
    if entries.empty:
        st.markdown(visit.say("evidence.entries_none"))
    for entry in rows_of(entries):
        _show_entry(visit, entry)


def _show_survey(visit: Visit, code: str, label: str) -> None:
    surveys = visit.surveys
    rows = []
    names: dict[str, str] = {}
    for question in rows_of(questions_about(surveys, "problems", visit.filters.partnership)):
        options = choices_of(surveys, question)
        chosen = options[options["code"] == code]
        if chosen.empty:
            continue
        wave = wave_of(surveys, question)
        key = f"{question['partnership']}/{question['wave']}"
        where = "" if visit.filters.partnership else f"{visit.name_of(str(question['partnership']))}, "
        names[key] = f"{where}{wave['name']}"
        rows.append({"key": key, "people": int(chosen.iloc[0]["people"]), "base": int(question["base"])})
    title = visit.say("evidence.survey_title", problem=label)
    if not rows:
        st.markdown(visit.say("evidence.survey_none"))
        return
    frame = pd.DataFrame(rows)
    table = compare_option(
        frame,
        dimension="wave",
        labels=names,
        source=Source(texts_of("evidence.survey_what"), waves=tuple(names.values())),
    )
    show_figure(
        "evidence-survey",
        title=title,
        sentence=visit.say("evidence.survey_sentence"),
        chart=draw_bars(table, title=title, language=visit.language),
        table=table,
        language=visit.language,
    )


def _show_entry(visit: Visit, entry: Row) -> None:
    """Show one partnership's own diagnosis of the problem, with the thread to projects and activities."""
    lists, frames = load(), visit.register
    slug, uid = str(entry["partnership"]), str(entry["uid"])
    with st.container(border=True):
        st.markdown(f"**{plain(str(entry['name']))}** · {plain(visit.name_of(slug))}")
        if entry["description"]:
            st.markdown(plain(str(entry["description"])))
        facts = [lists.problem_statuses.label(str(entry["status"]), visit.language)]
        if isinstance(entry["source"], str):
            source = lists.problem_sources.label(entry["source"], visit.language)
            facts.append(visit.say("evidence.source", source=source))
        day = entry["identified_on"]
        if isinstance(day, pd.Timestamp):
            facts.append(format_date(day.date(), visit.language))
        for name in _RATINGS:
            rating = entry[name]
            if is_known(rating):
                facts.append(visit.say(f"evidence.{name}", n=int(rating)))
        groups = frames.problem_groups
        named = groups[(groups["partnership"] == slug) & (groups["uid"] == uid)]["group"]
        if len(named):
            facts.append(", ".join(lists.target_groups.label(code, visit.language) for code in named))
        st.caption(plain(" · ".join(facts)))
        _show_thread(visit, slug, uid)


def _show_thread(visit: Visit, slug: str, uid: str) -> None:
    frames = visit.register
    for kind, links, things in (
        ("projects", frames.project_problems, frames.projects),
        ("activities", frames.activity_problems, frames.activities),
    ):
        uids = links[(links["partnership"] == slug) & (links["problem"] == uid)]["uid"]
        named = things[(things["partnership"] == slug) & things["uid"].isin(uids)]
        if named.empty:
            st.markdown(visit.say(f"evidence.{kind}_none"))
            continue
        lines = [_say_thing(visit, thing) for thing in rows_of(named.sort_values("starts_on"))]
        st.markdown("\n".join([visit.say(f"evidence.{kind}", n=len(lines)), "", *lines]))


def _say_thing(visit: Visit, thing: Row) -> str:
    day = thing["starts_on"]
    when = f" ({format_date(day.date(), visit.language)})" if isinstance(day, pd.Timestamp) else ""
    return f"- {plain(str(thing['name']))}{when}"

"""Where the thread breaks: kind by kind what it is about, what to do next and where; across partnerships how often."""

import pandas as pd
import streamlit as st

from dashboard.escaping import plain
from dashboard.figures.sentences import list_names
from dashboard.page_addresses import PAGES
from dashboard.stories.opening import today
from dashboard.visit import View
from surveys.analysis.filters import keep_rows_of, narrow
from surveys.analysis.rows import rows_of
from surveys.analysis.thread_breaks import Break, find_breaks
from surveys.language.collation import sort_key
from surveys.language.numerals import format_money_pln
from surveys.vocabulary import load

_MOST_NAMES = 8
_MOST_LINES = 60
_NODES = frozenset({Break.CAUSE_WITHOUT_PROBLEM})
_PROBLEMS = frozenset({Break.PROBLEM_WITHOUT_ACTION})
_ACTIVITIES = frozenset({Break.ACTIVITY_WITHOUT_PROBLEM})
_GROUPS = frozenset({Break.GROUP_NEVER_REACHED})
# Where something can be done about it, the first of these pages that there is.
_PLACES = {
    Break.PROBLEM_WITHOUT_ACTION: ("solved", "meetings", "upload"),
    Break.GROUP_NEVER_REACHED: ("gaps", "groups"),
}


def show_breaks(view: View) -> None:
    """Show where the threads break."""
    found = narrow_breaks(view, find_breaks(view.register, today()))
    st.header(view.say("thread.breaks.title"), anchor=False)
    if found.empty:
        st.markdown(f":material/check_circle: {view.say('thread.breaks.none')}")
    elif view.filters.partnership is None:
        _show_by_partnership(view, found)
    else:
        st.markdown(view.say("thread.breaks.intro"))
        for kind in Break:
            rows = found[found["kind"] == kind.value]
            if len(rows):
                _show_kind(view, kind, rows)
    st.caption(view.say("thread.breaks.note"))


def narrow_breaks(view: View, found: pd.DataFrame) -> pd.DataFrame:
    """Return the breaks of the chosen partnership and themes; what has no theme of its own stays."""
    filters = view.filters
    if filters.partnership is not None:
        found = found[found["partnership"] == filters.partnership]
    if not filters.themes:
        return found
    frames = view.register
    problems = frames.problems[frames.problems["theme"].isin(filters.themes)]
    activities = narrow(frames.activities, filters, groups=frames.activity_groups, date_column="starts_on")
    links = frames.project_problems.rename(columns={"uid": "project", "problem": "uid"})
    projects = keep_rows_of(links, problems).rename(columns={"project": "uid", "uid": "problem"})
    own = {**dict.fromkeys(_PROBLEMS, problems), **dict.fromkeys(_ACTIVITIES, activities)}
    unthemed = {*_NODES, *_GROUPS, Break.PROJECT_WITHOUT_PROBLEM}
    parts = []
    for kind in Break:
        rows = found[found["kind"] == kind.value]
        parts.append(rows if kind in unthemed else keep_rows_of(rows, own.get(kind, projects)))
    return pd.concat(parts, ignore_index=True)


def _show_kind(view: View, kind: Break, rows: pd.DataFrame) -> None:
    texts = f"thread.break.{kind.value}"
    with st.container(border=True, key=f"break-{kind.value}"):
        st.subheader(f"{view.say(f'{texts}.title')} ({len(rows)})", anchor=False)
        st.markdown(list_names(_name_things(view, kind, rows)))
        if kind is Break.MONEY_OUTSIDE_PRIORITIES:
            total = format_money_pln(float(rows["amount_pln"].sum()), view.language)
            st.markdown(view.say("thread.breaks.money", amount=total))
        st.markdown(view.say("thread.breaks.do", what=view.say(f"{texts}.what")))
        page = next((name for name in _PLACES.get(kind, ()) if name in PAGES), "upload")
        st.page_link(
            f"app_pages/{page}.py",
            label=view.say(f"thread.go.{page}"),
            icon=":material/arrow_forward:",
            query_params=_address(view, str(view.filters.partnership)),
        )


def _name_things(view: View, kind: Break, rows: pd.DataFrame) -> list[str]:
    if kind in _GROUPS:
        named = [load().target_groups.label(code, view.language) for code in rows["uid"]]
    else:
        frames = view.register
        frame = (
            frames.tree_nodes
            if kind in _NODES
            else frames.problems
            if kind in _PROBLEMS
            else frames.activities
            if kind in _ACTIVITIES
            else frames.projects
        )
        merged = rows.merge(frame[["partnership", "uid", "name"]], on=["partnership", "uid"])
        named = [str(row["name"]) for row in rows_of(merged)]
    shown = [plain(name) for name in named[:_MOST_NAMES]]
    rest = len(named) - len(shown)
    return [*shown, view.say("thread.breaks.more", n=rest)] if rest else shown


def _show_by_partnership(view: View, found: pd.DataFrame) -> None:
    st.markdown(view.say("thread.breaks.all"))
    by_kind = found.groupby("kind").size()
    lines = [
        f"- {view.say(f'thread.break.{kind.value}.title')}: **{by_kind[kind.value]}**"
        for kind in Break
        if kind.value in by_kind.index
    ]
    st.markdown("\n".join(lines))
    st.markdown(view.say("thread.breaks.choose"))
    slugs = sorted(found["partnership"].unique(), key=lambda slug: sort_key(view.name_of(str(slug))))
    with st.container(border=True, key="breaks-partnerships"):
        for slug in slugs[:_MOST_LINES]:
            count = int((found["partnership"] == slug).sum())
            st.page_link(
                "app_pages/thread.py",
                label=f"**{plain(view.name_of(str(slug)))}** · {view.say('thread.breaks.count', n=count)}",
                query_params=_address(view, str(slug)),
            )
    if len(slugs) > _MOST_LINES:
        st.caption(view.say("thread.breaks.cut", n=len(slugs) - _MOST_LINES))


def _address(view: View, slug: str) -> dict[str, str]:
    return {"partnerstwo": slug, **({"lang": "en"} if view.language == "en" else {})}

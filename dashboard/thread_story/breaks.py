"""Where the thread breaks: kind by kind what it is about, what to do next and where; across partnerships how often."""

from datetime import date

import pandas as pd
import streamlit as st

from dashboard.data import SCOPE_KEY, current_store, register_frames
from dashboard.escaping import plain
from dashboard.figures.sentences import list_names
from dashboard.page_addresses import PAGES
from dashboard.stories.opening import today
from dashboard.stories.partnership_links import show_partnership_links
from dashboard.visit import View
from etl.store.reading import Scope
from surveys.analysis.filters import keep_rows_of, narrow
from surveys.analysis.rows import rows_of
from surveys.analysis.thread_breaks import Break, find_breaks
from surveys.language.collation import sort_key
from surveys.language.numerals import format_money_pln
from surveys.vocabulary import load

_MOST_NAMES = 8
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
    found = narrow_breaks(view, keep_breaks(view.scope))
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


def keep_breaks(scope: Scope) -> pd.DataFrame:
    """Return every break of the partnerships in scope (`find_breaks`), kept until the data or the day change."""
    store = current_store()
    return _keep_breaks(str(store.url), store.data_revision(), scope, today())


@st.cache_resource(max_entries=16, show_spinner=False, hash_funcs=SCOPE_KEY)
def _keep_breaks(url: str, revision: int, scope: Scope, day: date) -> pd.DataFrame:
    del url, revision  # parts of the key
    return find_breaks(register_frames(scope), day)


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
            query_params=view.link_to(view.filters.partnership),
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
    counts = {str(slug): int(count) for slug, count in found.groupby("partnership").size().items()}
    slugs = sorted(counts, key=lambda slug: sort_key(view.name_of(slug)))
    said = {slug: view.say("thread.breaks.count", n=counts[slug]) for slug in slugs}
    show_partnership_links(view, "thread", said, key="breaks-partnerships")

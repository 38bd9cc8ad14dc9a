"""Czerwona nić: from a problem to its result, where the thread breaks, and the problem trees."""

import streamlit as st

from dashboard.figures.panels import keep_panels
from dashboard.figures.presenting import show_panels
from dashboard.filtering import choose_code
from dashboard.stories.opening import chosen_problems, open_page, stop_when_empty, stop_when_filtered_away
from dashboard.thread_story.breaks import show_breaks
from dashboard.thread_story.one_thread import show_thread
from dashboard.thread_story.overview import build_overview
from dashboard.thread_story.tree_editing import show_editing
from dashboard.thread_story.trees import show_tree
from dashboard.visit import View, current_visit


def tell() -> None:
    """Tell the page's story."""
    visit = current_visit()
    view = visit.view
    open_page(view, "thread")
    stop_when_empty(view)
    st.markdown(view.say("thread.intro"))
    problems = chosen_problems(view)
    stop_when_filtered_away(view, problems, "thread")
    slug = view.filters.partnership
    names = dict(zip(problems["uid"], problems["name"], strict=True)) if slug is not None else {}
    problem = _choose(view, names) if slug is not None else None
    if slug is not None and problem is not None:
        show_thread(view, slug, problem)
        show_tree(view, slug, problem, names[problem])
        show_editing(visit, slug)
        return
    show_panels(keep_panels(view, "thread", build_overview), ("thread-overview",), language=view.language)
    show_breaks(view)
    if slug is not None:
        st.header(view.say("thread.tree.title"), anchor=False)
        st.markdown(view.say("thread.tree.choose"))
        show_editing(visit, slug)


def _choose(view: View, names: dict[str, str]) -> str | None:
    return choose_code(
        "watek",
        list(names),
        label=view.say("thread.choose"),
        placeholder=view.say("thread.choose_placeholder"),
        labels=names,
    )


tell()

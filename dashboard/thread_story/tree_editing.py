"""Editing problem trees in a table: rows added, changed and taken away, saved as one change that can be undone.

What a person saw when they began stays in their session until they save or drop it: whoever saved in between is told,
never overwritten.
"""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import services
from dashboard.findings_list import show_findings
from dashboard.thread_story.tree_rows import COLUMNS, Edited, nodes_of, read_rows, write_rows
from dashboard.visit import Visit
from etl.store.scope import Action
from surveys.findings import Report
from surveys.model import TreeNode
from surveys.vocabulary import load


def show_editing(visit: Visit, slug: str) -> None:
    """Show the table to whoever may change the partnership's data, and to others who that is."""
    view = visit.view
    if not visit.actor.may(Action.IMPORT, slug):
        st.caption(view.say("thread.edit.not_allowed"))
        return
    expander = st.expander(view.say("thread.edit.title"), key=f"tree-editing-{slug}", on_change="rerun")
    if not expander.open:
        return
    with expander:
        st.markdown(view.say("thread.edit.intro"))
        problems = _problems_of(visit, slug)
        if not problems:
            st.markdown(view.say("thread.edit.no_problems"))
            return
        seen = _seen(visit, slug)
        edited = _show_table(visit, slug, seen, problems)
        _show_outcome(visit, slug)
        with st.container(horizontal=True):
            save = st.button(view.say("thread.edit.save"), key=f"tree-save-{slug}", type="primary")
            st.button(view.say("thread.edit.drop"), key=f"tree-drop-{slug}", on_click=_forget, args=(slug,))
        if save:
            save_table(visit, slug, seen, edited)
            st.rerun()


def save_table(visit: Visit, slug: str, seen: tuple[TreeNode, ...], edited: Edited) -> Report:
    """Save what a table says, and keep what came of it for the next run; a table with errors is left as it is."""
    report = edited.report
    if not report.stops and set(edited.nodes) == set(seen):
        st.session_state[f"tree_unchanged_{slug}"] = True
        return report
    if not report.stops:
        title = visit.say("thread.edit.batch")
        report += services.save_trees(visit.actor, slug, seen, edited.nodes, title)
    if not report.stops:
        _forget(slug)
    st.session_state[f"tree_outcome_{slug}"] = report
    return report


def _show_outcome(visit: Visit, slug: str) -> None:
    if st.session_state.pop(f"tree_unchanged_{slug}", False):
        st.info(visit.say("thread.edit.unchanged"))
        return
    report: Report | None = st.session_state.pop(f"tree_outcome_{slug}", None)
    if report is None:
        return
    if report.stops:
        show_findings(report, visit.language)
        return
    st.success(visit.say("thread.edit.saved"))
    st.page_link("app_pages/imports.py", label=visit.say("thread.edit.undo"), icon=":material/undo:")


def _show_table(visit: Visit, slug: str, seen: tuple[TreeNode, ...], problems: Mapping[str, str]) -> Edited:
    view = visit.view
    kinds = list(load().tree_node_kinds.labels(view.language).values())
    names = [node.name for node in seen]
    config: dict[str, Any] = {
        "uid": None,
        "name": st.column_config.TextColumn(view.say("thread.edit.name"), required=True, max_chars=200, width="large"),
        "kind": st.column_config.SelectboxColumn(
            view.say("thread.edit.kind"), options=kinds, required=True, default=kinds[0]
        ),
        "problems": st.column_config.MultiselectColumn(
            view.say("thread.edit.problems"), options=list(problems.values()), width="medium"
        ),
        "results_from": st.column_config.MultiselectColumn(
            view.say("thread.edit.results_from"),
            options=names,
            accept_new_options=True,
            help=view.say("thread.edit.results_help"),
            width="medium",
        ),
    }
    frame = st.data_editor(
        write_rows(seen, problems, view.language),
        key=_editor_key(slug),
        num_rows="dynamic",
        hide_index=True,
        column_config=config,
        column_order=list(COLUMNS[1:]),
    )
    return read_rows(_records(frame), problems, view.language, seen)


def _seen(visit: Visit, slug: str) -> tuple[TreeNode, ...]:
    """Return the nodes as they were when the person began; as they are now while nothing has been typed."""
    key = f"tree_seen_{slug}"
    edits = st.session_state.get(_editor_key(slug)) or {}
    touched = any(edits.get(part) for part in ("edited_rows", "added_rows", "deleted_rows"))
    if key not in st.session_state or not touched:
        st.session_state[key] = nodes_of(visit.view.register, slug)
    seen: tuple[TreeNode, ...] = st.session_state[key]
    return seen


def _forget(slug: str) -> None:
    """Begin anew: another key makes another table, with what the store holds now."""
    st.session_state[f"tree_round_{slug}"] = st.session_state.get(f"tree_round_{slug}", 0) + 1
    st.session_state.pop(f"tree_seen_{slug}", None)


def _editor_key(slug: str) -> str:
    return f"tree_table_{slug}_{st.session_state.get(f'tree_round_{slug}', 0)}"


def _problems_of(visit: Visit, slug: str) -> dict[str, str]:
    problems = visit.view.register.problems
    own = problems[problems["partnership"] == slug]
    return dict(zip(own["uid"], own["name"], strict=True))


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]

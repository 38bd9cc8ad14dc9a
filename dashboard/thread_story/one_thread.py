"""The thread of one problem: as layers that lead down to the next measurement, and as a nested list."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from dashboard.charts import Chart
from dashboard.charts.layers import Box, Layer, draw_layers
from dashboard.escaping import plain
from dashboard.figures.sentences import list_names
from dashboard.visit import View
from surveys.analysis.red_thread import Stage
from surveys.analysis.rows import Row, rows_of
from surveys.analysis.thread_tracing import Bead, Thread, fold_thread, trace_problem
from surveys.language.numerals import format_date, format_money_pln, format_number
from surveys.vocabulary import load

_MOST_BEADS = 6
# Groups beside the activities that were for them: a tie between neighbours is seen at a glance.
_DRAWN = (
    Stage.PROBLEM,
    Stage.CAUSE,
    Stage.PROJECT,
    Stage.ACTIVITY,
    Stage.GROUP,
    Stage.MONEY,
    Stage.RESULT,
    Stage.NEXT,
)
_OF_PROJECT = (Stage.CAUSE, Stage.ACTIVITY, Stage.MONEY, Stage.GROUP, Stage.RESULT, Stage.NEXT)


def show_thread(view: View, slug: str, problem: str) -> None:
    """Show one problem's thread.

    Args:
        view: what is looked at.
        slug: of the partnership.
        problem: uid of the problem.
    """
    words = Words(view, slug)
    thread = trace_problem(view.register, slug, problem)
    left, right = st.columns(2, gap="medium")
    with left, st.container(border=True, key="card-thread-picture"):
        st.header(view.say("thread.one.title"), anchor=False)
        chart = draw_thread(view, fold_thread(thread, _MOST_BEADS), words)
        st.plotly_chart(
            chart.figure, alt=chart.alt, theme=None, key="chart-thread", config={"staticPlot": True, "responsive": True}
        )
        st.caption(view.say("thread.one.note"))
    with right, st.container(border=True, key="card-thread-words"):
        st.header(view.say("thread.one.list"), anchor=False)
        st.markdown(list_thread(view, slug, thread, words))


def draw_thread(view: View, thread: Thread, words: "Words") -> Chart:
    """Draw a thread; where a layer is empty, a box says so, and the thread is seen to break."""
    layers = []
    missing: list[tuple[str, str]] = []
    before = _key(thread.at(Stage.PROBLEM)[0])
    for stage in _DRAWN:
        beads = thread.at(stage)
        boxes = [Box(_key(bead), words.say(bead), "main" if stage is Stage.PROBLEM else "plain") for bead in beads] or [
            Box(stage.value, view.say(f"thread.missing.{stage.value}"), "missing")
        ]
        layers.append(Layer(view.say(f"thread.stage.{stage.value}"), tuple(boxes)))
        if not beads:
            missing.append((before, stage.value))
        before = boxes[0].key
    ties = [(f"{a[0].value}:{a[1]}", f"{b[0].value}:{b[1]}") for a, b in thread.ties]
    problem = words.say(thread.at(Stage.PROBLEM)[0])
    return draw_layers(layers, [*ties, *missing], alt=view.say("thread.one.alt", problem=problem))


def list_thread(view: View, slug: str, thread: Thread, words: "Words") -> str:
    """Return a thread as a nested list in Markdown, project by project, for those who don't see the picture."""
    problem = thread.at(Stage.PROBLEM)[0]
    lines = [f"- **{plain(words.say(problem))}**", _list_stage(view, thread, Stage.CAUSE, words)]
    for project in thread.at(Stage.PROJECT):
        strand = trace_problem(view.register, slug, problem.key, only=project.key)
        lines.append(f"  - **{plain(words.say(project))}**")
        lines += [f"  {_list_stage(view, strand, stage, words)}" for stage in _OF_PROJECT]
    outside = trace_problem(view.register, slug, problem.key, only="")
    if outside.at(Stage.ACTIVITY):
        lines.append(f"  - **{view.say('thread.one.outside')}**")
        lines += [f"  {_list_stage(view, outside, stage, words)}" for stage in (Stage.ACTIVITY, Stage.GROUP)]
    if not thread.at(Stage.PROJECT):
        lines.append(f"  - *{view.say('thread.missing.project')}*")
    return "\n".join(lines)


def _list_stage(view: View, thread: Thread, stage: Stage, words: "Words") -> str:
    named = [plain(words.say(bead)) for bead in thread.at(stage)]
    said = list_names(named) if named else f"*{view.say(f'thread.missing.{stage.value}')}*"
    return f"  - {view.say(f'thread.stage.{stage.value}')}: {said}"


class Words:
    """What the beads of a partnership's threads are called."""

    def __init__(self, view: View, slug: str) -> None:
        self._view = view
        frames = view.register
        self._problems = _names(frames.problems, slug)
        self._nodes = _names(frames.tree_nodes, slug)
        projects = frames.projects[frames.projects["partnership"] == slug]
        self._projects = {str(row["uid"]): row for row in rows_of(projects)}

    def say(self, bead: Bead) -> str:
        """Return a bead in words."""
        view, lists = self._view, load()
        if not bead.key:
            return view.say("thread.folded", n=bead.count)
        listed = {
            Stage.ACTIVITY: lists.activity_forms,
            Stage.MONEY: lists.funding_sources,
            Stage.GROUP: lists.target_groups,
        }.get(bead.stage)
        if listed is not None:
            label = listed.label(bead.key, view.language)
            if bead.amount_pln is not None:
                return f"{label}: {format_money_pln(bead.amount_pln, view.language)}"
            return label if bead.count == 1 else f"{label} ({bead.count})"
        if bead.stage in {Stage.PROBLEM, Stage.CAUSE}:
            return (self._problems if bead.stage is Stage.PROBLEM else self._nodes)[bead.key]
        return self._say_project(bead.stage, self._projects[bead.key])

    def _say_project(self, stage: Stage, project: Row) -> str:
        view = self._view
        if stage is Stage.PROJECT:
            status = load().project_statuses.label(project["status"], view.language).lower()
            return f"{project['name']} ({status})"
        if stage is Stage.RESULT:
            return say_result(view, project)
        return f"{format_date(project['next_measurement_on'].date(), view.language)}: {project['name']}"


def say_result(view: View, project: Row) -> str:
    """Return what a project measured, or what it says of itself in words."""
    unit = str(project["result_unit"])
    numbers = {name: _number(view, project[f"result_{name}"], unit) for name in ("before", "target", "after")}
    if numbers["after"] is None:
        return str(project["result"]).strip()
    what = str(project["result_indicator"]) or view.say("thread.result.unnamed")
    form = "change" if numbers["before"] is not None else "after"
    said = view.say(f"thread.result.{form}", what=what, **numbers)
    return said if numbers["target"] is None else f"{said} {view.say('thread.result.target', **numbers)}"


def _number(view: View, value: object, unit: str) -> str | None:
    if not isinstance(value, float | int) or pd.isna(value):
        return None
    decimals = 0 if float(value).is_integer() else 1
    return f"{format_number(float(value), view.language, decimals=decimals)} {unit}".strip()


def _names(frame: pd.DataFrame, slug: str) -> Mapping[str, str]:
    own = frame[frame["partnership"] == slug]
    return dict(zip(own["uid"], own["name"], strict=True))


def _key(bead: Bead) -> str:
    return f"{bead.stage.value}:{bead.key}"

"""Trust and influence over measurements: one figure a question, beside each other only what can be compared."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from dashboard.charts.stacked import draw_stacked
from dashboard.escaping import plain
from dashboard.figures.change_words import say_changes
from dashboard.figures.panels import Panel, keep_panels
from dashboard.figures.presenting import show_panel
from dashboard.results_story.comparison import describe_measured
from dashboard.results_story.measurement import (
    Measurement,
    full_wording,
    list_measurements,
    read_measurement,
)
from dashboard.visit import View
from surveys.analysis.comparability import Grade, Verdict, judge_comparability
from surveys.analysis.wave_comparison import compare_measurements
from surveys.language.texts import LANGUAGES
from surveys.privacy.published import PublishedTable

QUESTIONS = (
    "trust_general",
    "trust_neighbours",
    "trust_office",
    "trust_organisations",
    "influence",
    "youth_influence",
    "partnership_trust",
)


def show_trust(view: View, slug: str) -> None:
    """Show questions about trust and influence, the measurements one under another."""
    st.markdown(view.say("capital.trust.intro"))
    panels = keep_panels(view, "capital-trust", lambda view: _build(view, slug))
    if not panels:
        st.markdown(view.say("capital.trust.none"))
        st.page_link("app_pages/collections.py", label=view.say("capital.trust.ask"), icon=":material/ballot:")
    for panel in panels.values():
        show_panel(panel, view.language)


def _build(view: View, slug: str) -> list[Panel]:
    measurements = [read_measurement(view, slug, str(row["wave"])) for row in list_measurements(view, slug)]
    panels = []
    for name in QUESTIONS:
        asked = [one for one in measurements if name in one.questions and one.questions[name]["base"]]
        if asked:
            panels.append(_build_question(view, name, asked))
    return panels


def _build_question(view: View, name: str, asked: Sequence[Measurement]) -> Panel:
    """Build the figure of one question.

    Args:
        view: what is looked at.
        name: of the question.
        asked: measurements that asked it, the newest first.
    """
    newest = asked[0]
    verdicts = [
        (one, judge_comparability(describe_measured(one, name), describe_measured(newest, name))) for one in asked[1:]
    ]
    beside = [(one, verdict) for one, verdict in verdicts if verdict.grade is not Grade.NOT_COMPARABLE]
    shown = [newest, *(one for one, _ in beside)][::-1]
    tables = [one.tabulate(one.questions[name]) for one in shown]
    question = newest.questions[name]
    title = full_wording(question, view.language)
    sentence = _say(view, tables, shown, [verdict for _, verdict in beside], len(asked) - len(shown))
    together = _stack(tables, shown)
    if together.is_empty or all(row.value is None and row.count is None for row in together.rows):
        return Panel(f"capital-{name}", title, sentence)
    chart = draw_stacked(together, title=title, language=view.language)
    note = _say_doubts(view, beside)
    return Panel(f"capital-{name}", title, sentence, chart, (together,), note=note)


def _say(
    view: View, tables: Sequence[PublishedTable], shown: Sequence[Measurement], verdicts: Sequence[Verdict], apart: int
) -> str:
    if len(shown) > 1:
        comparison = compare_measurements(tables[-2], tables[-1], verdicts[0])
        said = say_changes(comparison, [one.name for one in shown[-2:]], view.language)
    else:
        said = view.say("capital.trust.once", wave=plain(shown[0].name))
    return f"{said}\n\n{view.say('capital.trust.apart', n=apart)}" if apart else said


def _say_doubts(view: View, beside: Sequence[tuple[Measurement, Verdict]]) -> str:
    reasons = dict.fromkeys(doubt.describe(view.language) for _, verdict in beside for doubt in verdict.doubts)
    if not reasons:
        return ""
    return view.say("capital.trust.doubts", reasons=plain("; ".join(reasons)))


def _stack(tables: Sequence[PublishedTable], shown: Sequence[Measurement]) -> PublishedTable:
    """Put the measurements of one question under one another; each passed the gate of privacy on its own."""
    rows = [
        replace(
            row,
            keys=(one.slug, *row.keys),
            labels={language: (one.name, *row.labels[language]) for language in LANGUAGES},
        )
        for table, one in zip(tables, shown, strict=True)
        for row in table.rows
    ]
    first = tables[-1]
    source = replace(
        first.source,
        waves=tuple(wave for table in tables for wave in table.source.waves),
        files=tuple(file for table in tables for file in table.source.files),
    )
    return replace(first, dimensions=("wave", "choice"), rows=tuple(rows), source=source)

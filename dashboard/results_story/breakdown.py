"""Who answered how: a question by groups of another, whole or not at all, and whether the groups differ."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from dashboard.charts.bars import draw_bars
from dashboard.charts.stacked import draw_stacked
from dashboard.figures.panels import Panel
from dashboard.figures.presenting import show_panel
from dashboard.figures.sentences import list_names, quote_answer
from dashboard.measurement_data import read_breakdown, read_stored_weighting
from dashboard.results_story.choosing import choose_question, choose_weighted
from dashboard.results_story.measurement import EXCLUSIVE, Measurement
from dashboard.services import admit_shown
from etl.published_answers import Breakdown, say_outcome
from surveys.analysis.crosstabs import Crosstab
from surveys.analysis.independence import IndependenceTest
from surveys.analysis.rows import Row, is_known
from surveys.language.numerals import format_number
from surveys.language.texts import Language
from surveys.model import SampleKind
from surveys.privacy.published import PublishedTable, State

_SEEN = 0.05  # below it a difference is more than chance
_STRENGTHS = ((0.1, "very_weak"), (0.3, "weak"), (0.5, "middling"))
_MOST_OPTIONS = 5
_GROUPING = frozenset({"single", "scale", "multiple"})


def show_breakdown(measurement: Measurement) -> None:
    """Let somebody choose a question and groups, and show the one by the other."""
    view = measurement.view
    st.markdown(view.say("results.breakdown.intro"))
    names = [name for name, row in measurement.questions.items() if row["type"] in _GROUPING and row["base"]]
    profile = [name for name in names if is_known(measurement.questions[name]["profile"])]
    others = [name for name in names if name not in profile]
    with st.container(horizontal=True, vertical_alignment="bottom", key="results-breakdown"):
        question = choose_question(measurement, "pytanie", [*others, *profile], "results.breakdown.question")
        by = choose_question(
            measurement, "wedlug", [name for name in (*profile, *others) if name != question], "results.breakdown.by"
        )
        weighted = choose_weighted(view, read_stored_weighting(view.scope, measurement.partnership, measurement.slug))
    if len(names) < 2:
        st.info(view.say("results.breakdown.nothing"))
        return
    if question is None or by is None:
        st.markdown(view.say("results.breakdown.choose"))
        return
    published, analysis = read_breakdown(
        view.scope, measurement.partnership, measurement.slug, question, by, weighted=weighted
    )
    row = measurement.questions[question]
    source = measurement.source(row, "results.breakdown.what_weighted" if weighted else "results.breakdown.what")
    source = replace(source, rule=published.table.source.rule)
    published = replace(published, table=replace(published.table, source=source))
    breakdown = admit_shown(view.scope, row, by, published, analysis)
    show_panel(_build_panel(measurement, row, by, breakdown), view.language)


def _build_panel(measurement: Measurement, question: Row, by: str, breakdown: Breakdown) -> Panel:
    view = measurement.view
    title = view.say(
        "results.breakdown.title",
        question=measurement.wording(str(question["question"])),
        by=measurement.wording(by),
    )
    table = breakdown.published.table
    note = say_outcome(breakdown, view.language)
    if table.is_empty:
        return Panel("breakdown", title, note)
    if question["type"] in EXCLUSIVE:
        chart = draw_stacked(table, title=title, language=view.language)
    else:
        table = _by_option(table)
        rows = _MOST_OPTIONS * len(breakdown.published.groups)
        chart = draw_bars(table, title=title, language=view.language, most_rows=rows, in_blocks=True)
    sentence = say_difference(measurement, breakdown)
    tests = _say_tests(measurement, breakdown)
    left_out = ""
    if breakdown.analysis is not None and len(breakdown.analysis.base) < len(breakdown.published.groups):
        left_out = view.say("results.breakdown.left_out")
    said = " ".join(part for part in (note, tests, left_out) if part)
    return Panel("breakdown", title, sentence, chart, (table,), note=said)


def _by_option(table: PublishedTable) -> PublishedTable:
    """Put the groups of each option together, the option with the largest share first."""
    largest: dict[str, float] = {}
    for row in table.rows:
        largest[row.keys[-1]] = max(largest.get(row.keys[-1], 0.0), row.value or 0.0)
    order = sorted(largest, key=lambda code: -largest[code])
    turned = [
        replace(row, keys=row.keys[::-1], labels={language: words[::-1] for language, words in row.labels.items()})
        for row in sorted(table.rows, key=lambda row: order.index(row.keys[-1]))
    ]
    return replace(table, dimensions=table.dimensions[::-1], rows=tuple(turned))


def say_difference(measurement: Measurement, breakdown: Breakdown) -> str:
    """Say whether the groups differ, in words that claim no more than the test does."""
    view, table = measurement.view, breakdown.published.table
    analysis = breakdown.analysis
    if analysis is None and any(row.state is State.COUNTS_ONLY for row in table.rows):
        return view.say("results.breakdown.few")
    if table.source.sampling is SampleKind.CENSUS and all(row.low is None for row in table.rows if row.value):
        return view.say("results.breakdown.census")
    if analysis is None:
        return view.say("results.breakdown.untested")
    if analysis.option_tests:
        return _say_options(measurement, breakdown, analysis)
    return view.say(f"results.breakdown.{_grade(analysis.test)}")


def _grade(test: IndependenceTest | None) -> str:
    if test is None:
        return "untested"
    if test.few_expected:
        return "rough"
    if test.p_value >= _SEEN:
        return "same"
    return next((f"differ_{name}" for limit, name in _STRENGTHS if test.cramers_v < limit), "differ_strong")


def _say_options(measurement: Measurement, breakdown: Breakdown, analysis: Crosstab) -> str:
    """Name the options that groups chose differently, all of them compared at once."""
    view = measurement.view
    rows = breakdown.published.table.rows[: len(analysis.option_tests)]
    sure = [test is not None and not test.few_expected for test in analysis.option_tests]
    names = [
        quote_answer(row.labels[view.language][-1], view.language)
        for row, p_value, certain in zip(rows, analysis.option_p_values, sure, strict=True)
        if certain and p_value < _SEEN
    ]
    if names:
        return view.say("results.breakdown.options", names=list_names(names), n=len(names))
    return view.say("results.breakdown.options_same" if any(sure) else "results.breakdown.rough")


def _say_tests(measurement: Measurement, breakdown: Breakdown) -> str:
    """Return the test's numbers for those who read them; a census that all answered needs no test."""
    view, analysis = measurement.view, breakdown.analysis
    if analysis is None or not any(row.low is not None for row in breakdown.published.table.rows):
        return ""
    tests: Sequence[IndependenceTest | None] = analysis.option_tests
    if tests:
        return view.say("results.breakdown.numbers_options", n=sum(test is not None for test in tests))
    test = analysis.test
    if test is None:
        return ""
    facts: dict[str, object] = {
        "value": format_number(test.chi_square, view.language, decimals=2),
        "df": test.df,
        "p": _say_p(test.p_value, view.language),
        "v": format_number(test.cramers_v, view.language, decimals=2),
    }
    if test.f_value is None:
        return view.say("results.breakdown.numbers", **facts)
    return view.say(
        "results.breakdown.numbers_weighted", f=format_number(test.f_value, view.language, decimals=2), **facts
    )


def _say_p(p_value: float, language: Language) -> str:
    """A p-value as journals write it; a smaller one than a thousandth is only smaller."""
    least = 0.001
    sign, value = ("<", least) if p_value < least else ("=", p_value)
    return f"{sign} {format_number(value, language, decimals=3)}"

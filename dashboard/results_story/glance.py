"""One measurement at a glance: how many answered, when and how, who they are, what leads, what was left out."""

import streamlit as st

from dashboard.charts.bars import draw_bars
from dashboard.escaping import plain
from dashboard.figures.panels import Panel, keep_panels
from dashboard.figures.presenting import show_panel, show_panels
from dashboard.figures.sentences import say_leading
from dashboard.results_story.fieldwork import show_fieldwork
from dashboard.results_story.measurement import (
    CHOICES,
    EXCLUSIVE,
    Measurement,
    full_wording,
    item_wording,
    read_measurement,
)
from dashboard.stories.opening import texts_of
from dashboard.visit import View
from surveys.analysis.rows import Row, is_known
from surveys.language.numerals import format_date
from surveys.language.texts import LANGUAGES
from surveys.privacy.disclosure import STANDARD_RULES, ShareRow, publish_shares
from surveys.privacy.published import Source

_MOST_LEADING = 5
_MOST_LEFT_OUT = 8


def show_glance(measurement: Measurement) -> None:
    """Show the measurement at a glance."""
    view = measurement.view
    st.markdown(say_who_answered(measurement))
    partnership, slug = measurement.partnership, measurement.slug

    def build(view: View) -> list[Panel]:
        return _build_panels(read_measurement(view, partnership, slug))

    panels = keep_panels(view, "results-glance", build, partnership, slug)
    show_panel(panels["leading"], view.language)
    show_fieldwork(measurement)
    keys = [key for key in panels if key != "leading"]
    show_panels(panels, tuple(keys[::2]), tuple(keys[1::2]), language=view.language)
    st.caption(view.say("results.glance.selection"))


def say_who_answered(measurement: Measurement) -> str:
    """Say how many people answered, when and how; a few people are not counted aloud."""
    view, wave = measurement.view, measurement.wave
    few = measurement.people < STANDARD_RULES.min_base
    parts = [view.say("results.glance.few_people" if few else "results.glance.people", n=measurement.people)]
    opened, closed = wave["opened_on"], wave["closed_on"]
    if is_known(opened):
        days = [format_date(day.date(), view.language) for day in (opened, closed) if is_known(day)]
        key = "between" if len(set(days)) > 1 else "on"
        parts.append(view.say(f"results.glance.{key}", first=days[0], last=days[-1]))
    parts.append(view.say(f"results.glance.mode_{wave['mode']}"))
    return " ".join(parts)


def _say_leaders(measurement: Measurement) -> list[str]:
    """Return a line for each of the first questions about the place (not about the respondent)."""
    lines: list[str] = []
    language = measurement.view.language
    for row in measurement.questions.values():
        if row["type"] not in CHOICES or is_known(row["profile"]) or row["battery"] or not row["base"]:
            continue
        said = say_leading(measurement.tabulate(row), language)
        lines.append(f"- {plain(item_wording(row, language))}  \n  {said}")
    return lines[:_MOST_LEADING]


def _build_panels(measurement: Measurement) -> list[Panel]:
    profile = [row for row in measurement.questions.values() if is_known(row["profile"])]
    panels = [_build_profile(measurement, row) for row in profile if row["type"] in EXCLUSIVE]
    return [_build_leading(measurement), *panels, build_left_out(measurement)]


def _build_leading(measurement: Measurement) -> Panel:
    """Say what leads in the first questions; each has its chart in the next part of the page."""
    view = measurement.view
    lines = _say_leaders(measurement)
    note = view.say("results.glance.leading_note" if lines else "results.glance.leading_none")
    return Panel("leading", view.say("results.glance.leading_title"), "\n\n".join([note, "\n".join(lines)]).strip())


def _build_profile(measurement: Measurement, question: Row) -> Panel:
    view = measurement.view
    table = measurement.tabulate(question)
    title = view.say("results.glance.who_title", question=item_wording(question, view.language))
    key = f"who-{question['question']}"
    if table.is_empty:
        return Panel(key, title, view.say("leading.nobody"))
    if table.too_few_asked:
        return Panel(key, title, say_leading(table, view.language))
    chart = draw_bars(table, title=title, language=view.language)
    return Panel(key, title, say_leading(table, view.language), chart, (table,))


def build_left_out(measurement: Measurement) -> Panel:
    """Questions that most people left without a real answer: blank, hard to say, does not concern me."""
    view = measurement.view
    title = view.say("results.glance.left_out_title")
    rows = [
        ShareRow(
            (str(row["question"]),),
            {language: (full_wording(row, language),) for language in LANGUAGES},
            max(0, measurement.people - int(row["base"])),
            measurement.people,
        )
        for row in measurement.questions.values()
        if row["type"] != "text"
    ]
    # Under every question stands how many answered it: a row that hid one or two who did not would hide nothing.
    rows = [row for row in rows if row.count >= STANDARD_RULES.min_count or row.base < STANDARD_RULES.min_base]
    rows.sort(key=lambda row: -row.count)
    source = Source(
        texts_of("results.glance.left_out_what"),
        waves=measurement.source(next(iter(measurement.questions.values()))).waves if measurement.questions else (),
    )
    table = publish_shares(rows, dimensions=("item",), source=source, exclusive=False)
    if table.is_empty or table.too_few_asked:
        few = "leading.few_asked" if table.too_few_asked else "results.glance.left_out_none"
        return Panel("left-out", title, view.say(few))
    chart = draw_bars(table, title=title, language=view.language, most_rows=_MOST_LEFT_OUT)
    return Panel("left-out", title, view.say("results.glance.left_out_sentence"), chart, (table,))

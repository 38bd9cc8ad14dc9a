"""Question by question: every question of a measurement, or the one that was chosen."""

from dataclasses import replace

import streamlit as st

from dashboard.escaping import plain
from dashboard.figures.panels import Builder, Panel, keep_panels
from dashboard.figures.presenting import show_panels
from dashboard.measurement_data import read_bases, read_stored_weighting
from dashboard.results_story.choosing import choose_question, choose_weighted
from dashboard.results_story.measurement import CHOICES, Measurement, item_wording, read_measurement
from dashboard.results_story.number_panels import build_dates, build_numbers, build_ranking
from dashboard.results_story.own_words import build_own_words, show_quotes
from dashboard.results_story.question_panels import build_block
from dashboard.visit import View
from surveys.language.numerals import format_number
from surveys.privacy.missing_gate import publish_missing
from surveys.privacy.rules import STANDARD_RULES
from surveys.privacy.wording import say_value

_OTHERS = {"text": build_own_words, "number": build_numbers, "date": build_dates, "ranking": build_ranking}
_TOGETHER = CHOICES - set(_OTHERS)
SHOWN = CHOICES | set(_OTHERS)


def show_questions(measurement: Measurement) -> None:
    """Show every question, batteries as one figure."""
    view = measurement.view
    names = [str(block[0]["question"]) for block in measurement.blocks() if block[0]["type"] in SHOWN]
    chosen = choose_question(measurement, "pytanie", names, "results.questions")
    stored = read_stored_weighting(view.scope, measurement.partnership, measurement.slug)
    weighted = choose_weighted(view, stored)
    where: tuple[str, ...] = (measurement.partnership, measurement.slug)
    if weighted and stored is not None:
        st.caption(view.say("results.questions.weighted", n=format_number(stored.effective, view.language)))
        where += (f"{stored.people}-{stored.effective}-{stored.highest}",)
    panels = keep_panels(view, "results-questions", _builder(measurement, weighted=weighted), *where)
    keys = [key for key in panels if chosen is None or key == f"question-{chosen}"]
    if not keys:
        st.markdown(view.say("results.questions.no_options"))
        return
    columns = [tuple(keys[::2]), tuple(keys[1::2])] if len(keys) > 1 else [tuple(keys)]
    show_panels(panels, *columns, language=view.language)
    if chosen is not None:
        _show_missing(measurement, chosen)
    for name, row in measurement.questions.items():
        if row["type"] == "text" and chosen in {None, name}:
            show_quotes(measurement, row)


def _show_missing(measurement: Measurement, name: str) -> None:
    """Say how many of those asked gave no real answer, and in which way, for each question of a battery."""
    view = measurement.view
    if not measurement.people:
        return  # counts of paper: nobody knows who left a question out
    block = next(rows for rows in measurement.blocks() if str(rows[0]["question"]) == name)
    lines = []
    for row in block:
        bases = read_bases(view.scope, measurement.partnership, measurement.slug, str(row["question"]))
        table = publish_missing(bases, source=measurement.source(row))
        if bases.asked < STANDARD_RULES.min_base or table.is_empty:
            continue
        kinds = "; ".join(
            f"{plain(one.labels[view.language][0])}: {say_value(one, 'people', view.language)}" for one in table.rows
        )
        lines.append(f"- {plain(item_wording(row, view.language))}: {kinds}" if len(block) > 1 else f"- {kinds}")
    if lines:
        with st.container(border=True, key="results-missing"):
            st.header(view.say("results.questions.missing_title"), anchor=False)
            st.markdown(view.say("results.questions.missing_note"))
            st.markdown("\n".join(lines))


def _builder(measurement: Measurement, *, weighted: bool) -> Builder:
    partnership, slug = measurement.partnership, measurement.slug

    def build(view: View) -> list[Panel]:
        fresh = replace(read_measurement(view, partnership, slug), weighted=weighted)
        panels: list[Panel] = []
        for block in fresh.blocks():
            panels += build_block(fresh, asked) if (asked := [row for row in block if row["type"] in _TOGETHER]) else []
            panels += [_OTHERS[row["type"]](fresh, row) for row in block if row["type"] in _OTHERS]
        return panels

    return build

"""Question by question: every question of a measurement, or the one that was chosen."""

import streamlit as st

from dashboard.figures.panels import Builder, Panel, keep_panels
from dashboard.figures.presenting import show_panels
from dashboard.results_story.choosing import choose_question
from dashboard.results_story.measurement import CHOICES, Measurement, read_measurement
from dashboard.results_story.number_panels import build_numbers, build_ranking
from dashboard.results_story.own_words import build_own_words, show_quotes
from dashboard.results_story.question_panels import build_block
from dashboard.visit import View

_OTHERS = {"text": build_own_words, "number": build_numbers, "ranking": build_ranking}
_TOGETHER = CHOICES - set(_OTHERS)
SHOWN = CHOICES | set(_OTHERS)


def show_questions(measurement: Measurement) -> None:
    """Show every question, batteries as one figure."""
    view = measurement.view
    names = [str(block[0]["question"]) for block in measurement.blocks() if block[0]["type"] in SHOWN]
    chosen = choose_question(measurement, "pytanie", names, "results.questions")
    panels = keep_panels(view, "results-questions", _builder(measurement), measurement.partnership, measurement.slug)
    keys = [key for key in panels if chosen is None or key == f"question-{chosen}"]
    if not keys:
        st.markdown(view.say("results.questions.no_options"))
        return
    columns = [tuple(keys[::2]), tuple(keys[1::2])] if len(keys) > 1 else [tuple(keys)]
    show_panels(panels, *columns, language=view.language)
    for name, row in measurement.questions.items():
        if row["type"] == "text" and chosen in {None, name}:
            show_quotes(measurement, row)


def _builder(measurement: Measurement) -> Builder:
    partnership, slug = measurement.partnership, measurement.slug

    def build(view: View) -> list[Panel]:
        fresh = read_measurement(view, partnership, slug)
        panels: list[Panel] = []
        for block in fresh.blocks():
            panels += build_block(fresh, asked) if (asked := [row for row in block if row["type"] in _TOGETHER]) else []
            panels += [_OTHERS[row["type"]](fresh, row) for row in block if row["type"] in _OTHERS]
        return panels

    return build

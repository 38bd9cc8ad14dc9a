"""Question by question: every question of a measurement, or the one that was chosen."""

import streamlit as st

from dashboard.figures.panels import Builder, Panel, keep_panels
from dashboard.figures.presenting import show_panels
from dashboard.results_story.choosing import choose_question
from dashboard.results_story.measurement import CHOICES, Measurement, read_measurement
from dashboard.results_story.question_panels import build_block
from dashboard.visit import View


def show_questions(measurement: Measurement) -> None:
    """Show every question, batteries as one figure."""
    view = measurement.view
    names = [str(block[0]["question"]) for block in measurement.blocks()]
    chosen = choose_question(measurement, "pytanie", names, "results.questions")
    panels = keep_panels(view, "results-questions", _builder(measurement), measurement.partnership, measurement.slug)
    keys = [key for key in panels if chosen is None or key == f"question-{chosen}"]
    if not keys:
        st.markdown(view.say("results.questions.no_options"))
        return
    columns = [tuple(keys[::2]), tuple(keys[1::2])] if len(keys) > 1 else [tuple(keys)]
    show_panels(panels, *columns, language=view.language)


def _builder(measurement: Measurement) -> Builder:
    partnership, slug = measurement.partnership, measurement.slug

    def build(view: View) -> list[Panel]:
        fresh = read_measurement(view, partnership, slug)
        blocks = [[row for row in block if row["type"] in CHOICES] for block in fresh.blocks()]
        return [panel for block in blocks if block for panel in build_block(fresh, block)]

    return build

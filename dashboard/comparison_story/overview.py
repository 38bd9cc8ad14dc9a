"""The overview: answers × partnerships as grids, what surveys say and what the registers hold, told apart."""

from collections import Counter
from dataclasses import replace

import pandas as pd
import streamlit as st

from dashboard.charts.heat import MOST_ANSWERS, MOST_PLACES, draw_heat
from dashboard.comparison_story.choosing import Compared, answer_list
from dashboard.comparison_story.sources import survey_source
from dashboard.escaping import plain
from dashboard.figures.panels import Panel, keep_panels
from dashboard.figures.presenting import show_panel
from dashboard.figures.sentences import list_names
from dashboard.stories.opening import texts_of
from dashboard.visit import View
from surveys.analysis.filters import narrow
from surveys.analysis.leading import leading_options
from surveys.language.collation import sort_key
from surveys.language.texts import LANGUAGES
from surveys.privacy.crosstab_gate import Heading
from surveys.privacy.disclosure import CountRow, publish_counts
from surveys.privacy.place_tables import publish_grid
from surveys.privacy.published import PublishedTable, Source
from surveys.vocabulary import load

_MOST_COLUMNS = 10


def show_grid(compared: Compared) -> None:
    """Show the grid of survey shares; the gate has let it through."""
    panels = keep_panels(compared.view, "comparison-grid", lambda _view: [_build_grid(compared)], *compared.details)
    show_panel(panels["comparison-grid"], compared.view.language)


def show_registers(view: View) -> None:
    """Show what partnerships wrote into their workbooks: counts, which are no shares and no survey."""
    st.header(view.say("comparison.register.title"), anchor=False)
    st.markdown(view.say("comparison.register.intro"))
    panels = keep_panels(view, "comparison-registers", build_registers)
    for panel in panels.values():
        show_panel(panel, view.language)


def _build_grid(compared: Compared) -> Panel:
    view, sides = compared.view, compared.sides
    codes = compared.codes()[: MOST_ANSWERS if view.filters.themes else _MOST_COLUMNS]
    key, title = "comparison-grid", view.say(f"comparison.grid.title_{compared.vocabulary}")
    if not codes:
        return Panel(key, title, view.say("comparison.grid.none"))
    words = answer_list(compared.vocabulary)
    rows = [sides.places.index(slug) for slug in compared.places]
    columns = [sides.matrix.codes.index(code) for code in codes]
    table = publish_grid(
        [compared.heading_of(slug) for slug in compared.places],
        [Heading(code, words[code]) for code in codes],
        [
            [int(sides.matrix.people[row, column]) if sides.matrix.offered[row, column] else None for column in columns]
            for row in rows
        ],
        [int(sides.matrix.bases[row]) for row in rows],
        source=survey_source(compared, f"comparison.grid.what_{compared.vocabulary}"),
    )
    if table.is_empty:
        return Panel(key, title, view.say("comparison.too_few"))
    chart = draw_heat(table, title=title, language=view.language)
    note = view.say("comparison.grid.note", n=len(codes))
    if len(compared.places) > MOST_PLACES:
        note += " " + view.say("comparison.grid.first_places", n=MOST_PLACES)
    return Panel(key, title, _say_leaders(compared), chart, (table,), note=note)


def _say_leaders(compared: Compared) -> str:
    """Say which answers lead in how many places; a place with fewer people than percents need says nothing."""
    view, matrix = compared.view, compared.sides.matrix
    words = answer_list(compared.vocabulary)
    found: Counter[str] = Counter()
    known = [row for row, base in enumerate(matrix.bases.tolist()) if base >= 30]
    for row in known:
        leaders = leading_options(matrix.people[row].tolist(), int(matrix.bases[row]))
        found.update(matrix.codes[place] for place in leaders if matrix.codes[place] in words)
    if not found:
        return view.say("comparison.grid.no_leader")
    most = max(found.values())
    names = [plain(words[code][view.language]) for code in words if found[code] == most]
    if len(names) > 3:
        return view.say("comparison.grid.no_leader")
    return view.say("comparison.grid.leader", names=list_names(names), n=most, all=len(known))


def build_registers(view: View) -> list[Panel]:
    """Build the grids of problems and of activities by theme."""
    filters = replace(view.filters, partnership=None)
    frames, lists = view.register, load()
    problems = narrow(frames.problems, filters, groups=frames.problem_groups, date_column="identified_on")
    activities = narrow(frames.activities, filters, groups=frames.activity_groups, date_column="starts_on")
    by_places = problems.drop_duplicates(["partnership", "code"]).groupby("code")["partnership"].nunique()
    order = sorted(by_places.index, key=lambda code: (-by_places[code], code))[:_MOST_COLUMNS]
    return [
        _register_panel(view, "problems", problems, "code", [code for code in order if code in lists.problems]),
        _register_panel(view, "activities", activities, "theme", list(lists.themes)),
    ]


def _register_panel(view: View, name: str, frame: pd.DataFrame, column: str, codes: list[str]) -> Panel:
    key, title = f"comparison-register-{name}", view.say(f"comparison.register.{name}_title")
    table = _count_grid(view, frame, column, codes, f"comparison.register.{name}_what")
    if table.is_empty:
        return Panel(key, title, view.say(f"comparison.register.{name}_none"))
    chart = draw_heat(table, title=title, language=view.language)
    return Panel(key, title, view.say(f"comparison.register.{name}_sentence"), chart, (table,))


def _count_grid(view: View, frame: pd.DataFrame, column: str, codes: list[str], what: str) -> PublishedTable:
    counts = frame.groupby(["partnership", column]).size().to_dict()
    named = set(frame["partnership"])
    slugs = sorted(
        (ref.slug for ref in view.scope.partnerships if ref.slug in named),
        key=lambda slug: (sort_key(view.name_of(slug)), slug),
    )
    entries = load().problems if column == "code" else load().themes
    labels = {code: {language: entries.label(code, language) for language in LANGUAGES} for code in codes}
    rows = [
        CountRow(
            (slug, code),
            {language: (view.name_of(slug), labels[code][language]) for language in LANGUAGES},
            float(counts.get((slug, code), 0)),
        )
        for slug in slugs
        for code in codes
    ]
    dimensions = ("partnership", "problem" if column == "code" else "theme")
    return publish_counts(rows, dimensions=dimensions, unit="count", source=Source(texts_of(what)))

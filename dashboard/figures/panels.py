"""Panels: a figure with everything that belongs to it, built once per view and kept.

Building a chart costs ten times what showing it does, and twenty-five people at a meeting look at the same view. The
key of what is kept is the view (scope, filters, language, what the filters offer), the page's name and the revision of
the data; the person has no part in it, and the builder gets nothing else.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import streamlit as st

from dashboard.charts import Chart
from dashboard.charts.bars import draw_bars
from dashboard.charts.years import draw_years
from dashboard.data import current_store, key_of_scope
from dashboard.figures.sentences import say_largest
from dashboard.visit import View
from surveys.privacy.published import PublishedTable


@dataclass(frozen=True, slots=True)
class Panel:
    """One figure of a page.

    Attributes:
        key: name on its page and of its downloads.
        title: what the chart shows.
        sentence: the answer in words (Markdown, foreign words escaped).
        chart: ``None`` when there is nothing to draw: the sentence says why.
        tables: published figures behind the chart.
        headings: heading of each table, when there are several.
        note: what else is to be said under the chart.
    """

    key: str
    title: str
    sentence: str
    chart: Chart | None = None
    tables: tuple[PublishedTable, ...] = ()
    headings: tuple[str, ...] = ()
    note: str = ""


Panels = dict[str, Panel]
Builder = Callable[[View], list[Panel]]


def keep_panels(view: View, page: str, build: Builder, *details: str) -> Panels:
    """Return the panels of a page for a view, built when nobody has looked at it since the data changed.

    Args:
        view: what is looked at.
        page: name of the page or of its part.
        build: builds the panels from the view and nothing else.
        *details: what else decides them, for example the code of the problem looked into.
    """
    store = current_store()
    return _keep_panels(str(store.url), store.data_revision(), view, (page, *details), build)


def bar_panel(view: View, key: str, table: PublishedTable, *, texts: str = "") -> Panel:
    """Build a panel of bars whose texts stand under its key: ``.title``, ``.one``, ``.tie``, ``.none``."""
    prefix = texts or key.replace("-", ".")
    title = view.say(f"{prefix}.title")
    sentence = say_largest(table, prefix, view.language)
    if table.is_empty:
        return Panel(key, title, sentence)
    return Panel(key, title, sentence, draw_bars(table, title=title, language=view.language), (table,))


def year_panel(view: View, key: str, table: PublishedTable) -> Panel:
    """Build a panel of columns by year, with texts as in `bar_panel`."""
    prefix = key.replace("-", ".")
    title = view.say(f"{prefix}.title")
    sentence = say_largest(table, prefix, view.language)
    if table.is_empty:
        return Panel(key, title, sentence)
    return Panel(key, title, sentence, draw_years(table, title=title, language=view.language), (table,))


def _key_of(view: View) -> tuple[str, ...]:
    names = repr(list(view.choices.partnerships.items()))
    return view.language, key_of_scope(view.scope), names, repr(view.filters)


_VIEW_KEY: dict[str | type[Any], Callable[[Any], Any]] = {View: _key_of}


@st.cache_resource(max_entries=512, show_spinner=False, hash_funcs=_VIEW_KEY)
def _keep_panels(url: str, revision: int, view: View, names: tuple[str, ...], _build: Builder) -> Panels:
    del url, revision, names  # parts of the key
    return {panel.key: panel for panel in _build(view)}

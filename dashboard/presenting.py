"""How a figure is shown, the same on every page: title, sentence, chart, note, table, source, downloads."""

import streamlit as st

from dashboard.charts import Chart
from dashboard.charts.bars import MAX_BARS
from dashboard.escaping import plain
from dashboard.texts import say
from etl.exports.published_table import table_to_csv, table_to_xlsx
from surveys.language.texts import Language, load_catalogue
from surveys.privacy.published import PublishedTable, State
from surveys.privacy.wording import tabulate

# Plotly's own buttons speak English and save what the rules did not pass.
_PLOTLY = {"displayModeBar": False, "staticPlot": False, "scrollZoom": False, "responsive": True}


def show_figure(
    key: str, *, title: str, sentence: str, chart: Chart, table: PublishedTable, language: Language
) -> None:
    """Show one figure with everything that belongs to it.

    Args:
        key: name of the figure on its page; also the name of its downloads.
        title: what the chart shows.
        sentence: the answer in words.
        chart: drawn from ``table``.
        table: published figures behind the chart.
        language: language of the page.
    """
    with st.container(border=True, key=f"figure-{key}"):
        st.markdown(f"### {plain(title)}")
        st.markdown(sentence)
        st.plotly_chart(chart.figure, alt=chart.alt, config=_PLOTLY, theme=None, key=f"chart-{key}")
        notes = _notes(table, language)
        if notes:
            st.caption(" ".join(notes))
        _show_table(key, title, table, language)


def show_pair(
    key: str,
    *,
    title: str,
    sentence: str,
    chart: Chart,
    tables: tuple[PublishedTable, PublishedTable],
    headings: tuple[str, str],
    language: Language,
) -> None:
    """Show one chart of two measures, with a table, source and downloads for each of them."""
    with st.container(border=True, key=f"figure-{key}"):
        st.markdown(f"### {plain(title)}")
        st.markdown(sentence)
        st.plotly_chart(chart.figure, alt=chart.alt, config=_PLOTLY, theme=None, key=f"chart-{key}")
        for side, table, heading in zip(("left", "right"), tables, headings, strict=True):
            _show_table(f"{key}-{side}", heading, table, language, label=heading)


def show_nothing(key: str, *, title: str, sentence: str) -> None:
    """Show the place of a figure that has nothing to show yet, and why."""
    with st.container(border=True, key=f"figure-{key}"):
        st.markdown(f"### {plain(title)}")
        st.markdown(sentence)


def _notes(table: PublishedTable, language: Language) -> list[str]:
    notes = []
    if len(table.rows) > MAX_BARS and table.dimensions[-1] != "year":
        notes.append(say("figures.first_rows", language, shown=MAX_BARS, n=len(table.rows)))
    if table.suppressed_count:
        notes.append(say("figures.suppressed", language, n=table.suppressed_count))
    if any(row.state is State.FLAGGED for row in table.rows):
        notes.append(say("figures.flagged", language))
    if any(row.low is not None for row in table.rows):
        notes.append(say("figures.interval", language))
    bases = {row.base for row in table.rows if row.base is not None}
    if len(bases) == 1:
        notes.append(say("figures.base", language, n=bases.pop()))
    return notes


def _show_table(key: str, title: str, table: PublishedTable, language: Language, label: str = "") -> None:
    words = say("figures.table", language)
    expander = st.expander(f"{words}: {label}" if label else words, key=f"table-{key}", on_change="rerun")
    if not expander.open:
        return
    with expander:
        headers, rows = tabulate(table, language)
        columns = {plain(header): [plain(row[place]) for row in rows] for place, header in enumerate(headers)}
        st.table(columns, hide_index=True)
        _show_source(table, language)
        with st.container(horizontal=True, horizontal_alignment="right"):
            st.download_button(
                say("figures.csv", language),
                lambda: table_to_csv(table, language),
                file_name=f"{key}.csv",
                mime="text/csv",
                key=f"csv-{key}",
                on_click="ignore",
            )
            st.download_button(
                say("figures.xlsx", language),
                lambda: table_to_xlsx(table, title, language),
                file_name=f"{key}.xlsx",
                mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                key=f"xlsx-{key}",
                on_click="ignore",
            )


def _show_source(table: PublishedTable, language: Language) -> None:
    source = table.source
    lines = [say("figures.source", language), source.what[language]]
    if source.question.get(language):
        lines.append(f"{say('figures.question', language)} „{plain(source.question[language])}”")
    if source.waves:
        lines.append(f"{say('figures.waves', language)} {plain('; '.join(source.waves))}")
    if table.unit == "share":
        lines.append(load_catalogue("surveys.language.catalogues").say(source.rule, language))
    st.markdown("  \n".join(lines))

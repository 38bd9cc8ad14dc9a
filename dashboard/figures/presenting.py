"""How a figure is shown, the same on every page: title, sentence, chart, note, table, source, downloads."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from dashboard.charts import Chart
from dashboard.charts.static_image import ImageKind, draw_image
from dashboard.escaping import plain
from dashboard.figures.panels import Panel, Panels
from dashboard.texts import say
from dashboard.visit import current_view
from etl.exports.published_table import table_to_csv, table_to_xlsx
from etl.exports.spss_table import table_to_sav
from surveys.analysis.sampling import describe_correction, describe_sample
from surveys.language.folding import slugify
from surveys.language.texts import Language, load_catalogue
from surveys.model import SampleKind
from surveys.privacy.published import PublishedTable, State
from surveys.privacy.wording import name_files, tabulate

# Plotly's own buttons speak English and save what the rules did not pass.
_PLOTLY = {"displayModeBar": False, "staticPlot": False, "scrollZoom": False, "responsive": True}

_PICTURES: dict[ImageKind, str] = {"png": "image/png", "svg": "image/svg+xml"}
_LONGEST_NAME = 60  # of a downloaded file


def show_panel(panel: Panel, language: Language, *, open_point: Callable[[str], None] | None = None) -> None:
    """Show a figure with everything that belongs to it, or the sentence that says why there is none.

    Args:
        panel: the figure.
        language: of the page.
        open_point: what a click on a point of the chart does, with the point's own key.
    """
    with st.container(border=True, key=f"figure-{panel.key}"):
        st.header(plain(panel.title), anchor=False)
        st.markdown(panel.sentence)
        if panel.chart is None:
            return
        _show_chart(panel.key, panel.chart, open_point)
        if panel.note:
            st.caption(panel.note)
        for number, table in enumerate(panel.tables):
            heading = panel.headings[number] if panel.headings else ""
            key = f"{panel.key}-{number + 1}" if panel.headings else panel.key
            st.caption(" ".join(_notes(panel.chart, table, language)))
            _show_table(key, heading or panel.title, table, language, label=heading)


def _show_chart(key: str, chart: Chart, open_point: Callable[[str], None] | None) -> None:
    if open_point is None:
        st.plotly_chart(chart.figure, alt=chart.alt, config=_PLOTLY, theme=None, key=f"chart-{key}")
        return
    chosen = st.plotly_chart(
        chart.figure,
        alt=chart.alt,
        config=_PLOTLY,
        theme=None,
        key=f"chart-{key}",
        on_select="rerun",
        selection_mode="points",
    )
    for point in chosen["selection"]["points"]:
        if point.get("customdata"):
            value = point["customdata"]
            open_point(str(value if isinstance(value, str) else value[0]))
            return


def show_panels(panels: Panels, *columns: tuple[str, ...], language: Language) -> None:
    """Show panels in columns by their keys; a key that was not built is passed over."""
    for place, keys in zip(st.columns(len(columns), gap="medium"), columns, strict=True):
        with place:
            for key in keys:
                if key in panels:
                    show_panel(panels[key], language)


def _notes(chart: Chart | None, table: PublishedTable, language: Language) -> list[str]:
    """Return what is to be said under a chart; without one, under a picture of all bars."""
    rows_drawn = chart.rows_drawn if chart is not None else None
    notes = [table.source.what[language]]
    if rows_drawn is not None and rows_drawn < len(table.rows):
        notes.append(say("figures.first_rows", language, shown=rows_drawn, n=len(table.rows)))
    if table.suppressed_count:
        notes.append(say("figures.suppressed", language, n=table.suppressed_count))
    if any(row.state is State.FLAGGED for row in table.rows):
        notes.append(say("figures.flagged", language))
    if any(row.low is not None for row in table.rows):
        in_table = chart is not None and not chart.intervals_drawn
        drawn = "figures.interval_in_table" if in_table else "figures.interval"
        notes.append(say(f"{drawn}_random" if table.source.sampling is SampleKind.RANDOM else drawn, language))
        if table.corrected and table.source.population_count is not None:
            notes.append(describe_correction(table.source.population_count, language))
    elif table.source.sampling is SampleKind.CENSUS and any(row.value is not None for row in table.rows):
        notes.append(describe_sample(SampleKind.CENSUS, language))
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
        view = current_view()
        invented = view.scope.sample
        file_name = slugify(f"{view.filters.partnership or ''} {title}")[:_LONGEST_NAME].strip("-")
        with st.container(horizontal=True, horizontal_alignment="right"):
            st.download_button(
                say("figures.csv", language),
                lambda: table_to_csv(table, language, invented=invented),
                file_name=f"{file_name}.csv",
                mime="text/csv",
                key=f"csv-{key}",
                on_click="ignore",
            )
            st.download_button(
                say("figures.xlsx", language),
                lambda: table_to_xlsx(table, title, language, invented=invented),
                file_name=f"{file_name}.xlsx",
                mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                key=f"xlsx-{key}",
                on_click="ignore",
            )
            st.download_button(
                say("figures.sav", language),
                lambda: table_to_sav(table, title, language, invented=invented),
                file_name=f"{file_name}.sav",
                mime="application/x-spss-sav",
                key=f"sav-{key}",
                on_click="ignore",
            )
            _show_pictures(key, title, table, file_name, language)


def _show_pictures(key: str, title: str, table: PublishedTable, file_name: str, language: Language) -> None:
    notes = [*_notes(None, table, language), *table.source.waves]
    if current_view().scope.sample:
        notes.append(load_catalogue("surveys.language.catalogues").say("table.invented", language))

    def draw(kind: ImageKind) -> bytes:
        return draw_image(table, title=title, language=language, kind=kind, notes=notes)

    for kind, mime in _PICTURES.items():
        st.download_button(
            say(f"figures.{kind}", language),
            partial(draw, kind),
            file_name=f"{file_name}.{kind}",
            mime=mime,
            key=f"{kind}-{key}",
            on_click="ignore",
        )


def _show_source(table: PublishedTable, language: Language) -> None:
    source = table.source
    lines = [say("figures.source", language), source.what[language]]
    if source.question.get(language):
        lines.append(f"{say('figures.question', language)} „{plain(source.question[language])}”")
    if source.waves:
        lines.append(f"{say('figures.waves', language)} {plain('; '.join(source.waves))}")
    if source.asked.get(language):
        lines.append(f"{say('figures.asked', language)} {plain(source.asked[language])}")
    if source.files:
        lines.append(f"{say('figures.files', language)} {plain('; '.join(name_files(source.files, language)))}")
    if table.unit == "share":
        lines.append(load_catalogue("surveys.language.catalogues").say(source.rule, language))
    st.markdown("  \n".join(lines))

"""Charts of slides: native ones in our colours, with whiskers for intervals and figures that can be read on any bar."""

from collections.abc import Sequence
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_LABEL_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Pt

from dashboard.charts.palette import INK, QUIET, colour_of
from dashboard.documents.shown_rows import end_of_axis
from surveys.privacy.published import PublishedRow, PublishedTable

_SHORT_BAR = 0.08  # of the axis


def style_chart(chart: Any, rows: Sequence[PublishedRow], table: PublishedTable, percent: str) -> None:
    """Give a chart of python-pptx our looks.

    Args:
        chart: of horizontal bars.
        rows: the bars.
        table: that they are of.
        percent: format of shares.
    """
    chart.has_legend, chart.has_title = False, False
    chart.font.size, chart.font.color.rgb, chart.font.name = Pt(16), _rgb(INK), "Arial"
    names, values = chart.category_axis, chart.value_axis
    names.reverse_order = True
    names.format.line.color.rgb = _rgb(QUIET)
    names.major_tick_mark = XL_TICK_MARK.NONE
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    _show_every_name(names)
    values.minimum_scale = 0
    if table.unit == "share":
        values.maximum_scale = end_of_axis(rows)
    values.visible = values.has_major_gridlines = False
    plot = chart.plots[0]
    plot.gap_width = 45
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.number_format_is_linked = False
    labels.number_format = percent if table.unit == "share" else "#,##0"
    labels.show_value = True
    labels.position = XL_LABEL_POSITION.INSIDE_BASE if _has_intervals(rows) else XL_LABEL_POSITION.OUTSIDE_END
    if _has_intervals(rows):
        labels.font.color.rgb = _rgb("#FFFFFF")
        labels.font.bold = True
    series = plot.series[0]
    for place, row in enumerate(rows):
        point = series.points[place].format.fill
        point.solid()
        point.fore_color.rgb = _rgb(colour_of(table.dimensions[-1], row.keys[-1]))
    if _has_intervals(rows):
        _add_intervals(series, rows)
        _label_short_bars(series, rows)


def _label_short_bars(series: Any, rows: Sequence[PublishedRow]) -> None:
    """White figures of bars too short to hold them would stand on white: they go after the bar, in dark."""
    end = end_of_axis(rows)
    for place, row in enumerate(rows):
        if row.value is not None and row.value < _SHORT_BAR * end:
            label = series.points[place].data_label
            label.font.color.rgb, label.font.bold = _rgb(INK), True
            label.position = XL_LABEL_POSITION.OUTSIDE_END


def _show_every_name(axis: Any) -> None:
    """Programs leave out every second name where they think there is no room; python-pptx has no word against that."""
    skip = parse_xml('<c:tickLblSkip xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" val="1"/>')
    # The schema wants it before these.
    later = axis._element.find(qn("c:noMultiLvlLbl"))  # noqa: SLF001 # no public way
    if later is None:
        axis._element.append(skip)  # noqa: SLF001 # no public way
    else:
        later.addprevious(skip)


def _has_intervals(rows: Sequence[PublishedRow]) -> bool:
    return any(row.low is not None and row.high is not None and row.value is not None for row in rows)


def _add_intervals(series: Any, rows: Sequence[PublishedRow]) -> None:
    """Whiskers of the 95% intervals: python-pptx has no word for them, the format does."""

    def distances(side: str) -> str:
        points = []
        for place, row in enumerate(rows):
            bound = row.low if side == "minus" else row.high
            if bound is not None and row.value is not None:
                points.append(f'<c:pt idx="{place}"><c:v>{abs(bound - row.value):.4f}</c:v></c:pt>')
        return (
            f"<c:{side}><c:numLit><c:formatCode>0%</c:formatCode>"
            f'<c:ptCount val="{len(rows)}"/>{"".join(points)}</c:numLit></c:{side}>'
        )

    namespaces = (
        'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    )
    bars = parse_xml(
        f'<c:errBars {namespaces}><c:errBarType val="both"/><c:errValType val="cust"/><c:noEndCap val="0"/>'
        f"{distances('plus')}{distances('minus')}"
        f'<c:spPr><a:ln w="15875"><a:solidFill><a:srgbClr val="{INK.removeprefix("#")}"/></a:solidFill></a:ln></c:spPr>'
        "</c:errBars>"
    )
    # The schema wants whiskers right before the categories.
    series._element.find(qn("c:cat")).addprevious(bars)  # noqa: SLF001 # no public way


def _rgb(ink: str) -> RGBColor:
    made: RGBColor = RGBColor.from_string(ink.removeprefix("#"))  # type: ignore[no-untyped-call] # the library's own
    return made

"""From a published table to a figure with its description. No Streamlit, no store: tables in, `Chart` out.

Every chart is honest in the same way: bars start at zero, intervals are thin lines, a hidden row is hatched and says
so, a row with too few people for percents says its counts in words, and the alternative text tells what is drawn.
"""

from dataclasses import dataclass

import plotly.graph_objects as go


@dataclass(frozen=True, slots=True)
class Chart:
    """A figure and the text that stands for it where it can't be seen.

    Attributes:
        rows_drawn: how many rows of the table are drawn, ``None`` when all are.
        intervals_drawn: intervals are in the chart; otherwise they stand in the table only.
    """

    figure: go.Figure
    alt: str
    rows_drawn: int | None = None
    intervals_drawn: bool = True

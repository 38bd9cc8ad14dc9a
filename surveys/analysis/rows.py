"""Rows of a frame as plain dictionaries with text keys, and the one test for a value that is not there."""

from typing import Any

import pandas as pd

Row = dict[str, Any]


def rows_of(frame: pd.DataFrame) -> list[Row]:
    """Return the rows of a frame in order, columns as keys.

    Column by column: pandas' own way asks the type of every single value, which shows where rows are read by hundreds.
    """
    names = [str(name) for name in frame.columns]
    columns = [column.tolist() for _, column in frame.items()]
    return [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]


def is_known(value: object) -> bool:
    """Return whether a cell holds a value: neither ``None`` nor ``NaN`` nor ``NaT``."""
    return value is not None and value == value  # noqa: PLR0124 # NaN and NaT are the values unequal to themselves

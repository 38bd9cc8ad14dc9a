"""Rows of an answer of the database as a frame."""

from typing import Any

import pandas as pd
from sqlalchemy import CursorResult


def frame_of(result: CursorResult[Any]) -> pd.DataFrame:
    """Return the rows of a result, columns by their names; none at all gives a frame of those columns.

    As plain tuples: pandas asks each of SQLAlchemy's rows whether it is something else, which costs four times as much
    as reading it.
    """
    return pd.DataFrame.from_records([tuple(row) for row in result], columns=list(result.keys()))

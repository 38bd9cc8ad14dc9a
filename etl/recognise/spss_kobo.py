"""SPSS files of KoboToolbox's older export: variables are numbered, their labels are the names of the form.

Names of a form are longer than SPSS used to allow and hold a slash, so that the export calls its variables ``var1``,
``var2`` … and keeps the names (``metryczka/plec``, ``_uuid``) as labels.
"""

import re
from collections.abc import Mapping

import numpy as np

from etl.readers.raw import RawBook, RawColumn, RawSheet
from etl.recognise.open_data_kit import Described, describe_table
from etl.recognise.open_data_kit_columns import count_names
from etl.recognise.xlsform_sheets import find_form

_NUMBERED = re.compile(r"^(var|v|x)_?\d+(_\w+)?$", re.IGNORECASE)
_MARKS = frozenset(
    {"_uuid", "_submission_time", "_id", "_tags", "_notes", "_index", "_parent_index", "_parent_table_name",
     "_version", "_duration", "_submitted_by", "_validation_status", "meta/instanceid", "formhub/uuid",
     "_submission__id", "_status", "_xform_id_string"}
)  # fmt: skip
_FEWEST_MARKS, _SHARE_NUMBERED = 2, 0.7


def describe_kobo_variables(book: RawBook, sheet: RawSheet, names: Mapping[int, str]) -> Described | None:
    """Describe the columns of a file whose labels are names of a form, ``None`` for every other file.

    Args:
        book: the file.
        sheet: its sheet.
        names: of the variables, by 0-based position.
    """
    labels = {position: " ".join(note.label.split()) for position, note in sheet.notes.items() if note.label}
    numbered = sum(_NUMBERED.match(name) is not None for name in names.values())
    if count_names([label.lower() for label in labels.values()], _MARKS) < _FEWEST_MARKS:
        return None
    if numbered < _SHARE_NUMBERED * len(names):
        return None
    columns = [
        _with_header(column, labels.get(position, "")) if labels.get(position) else column
        for position, column in enumerate(sheet.columns)
    ]
    named = RawSheet(sheet.name, tuple(columns), sheet.row_count, sheet.hidden, sheet.member)
    return describe_table(named, 1, 2, form=find_form(book))


def _with_header(column: RawColumn, header: str) -> RawColumn:
    codes = np.array(column.codes)
    codes[0] = len(column.values)
    return RawColumn((*column.values, header), codes)

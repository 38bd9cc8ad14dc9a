"""What is wrong with a form: all faults at once, each with sheet, row, column, cause and remedy.

Looks at the form's sheets and not at the `Form`, which keeps no faulty row. May import what `surveys.questionnaires`
may, and `surveys.findings`.
"""

from collections.abc import Sequence

from surveys.findings import Report
from surveys.questionnaires.checking.formulas import (
    check_asked_options,
    check_filters,
    check_formulas,
    check_loops,
    check_references,
)
from surveys.questionnaires.checking.lines import Lines
from surveys.questionnaires.checking.options import check_lists, check_options, check_own_columns, check_tables
from surveys.questionnaires.checking.structure import check_columns, check_groups, check_names, check_types
from surveys.questionnaires.checking.wordings import check_labels, check_settings, check_translations
from surveys.questionnaires.form_sheets import FormSheets

__all__ = ["check_sheets"]

_CHECKS = (
    check_columns, check_types, check_names, check_groups, check_lists, check_options, check_tables, check_formulas,
    check_references, check_loops, check_asked_options, check_filters, check_labels, check_translations,
    check_own_columns, check_settings,
)  # fmt: skip
_ORDER = {"survey": 0, "choices": 1, "settings": 2}


def check_sheets(sheets: FormSheets, file_name: str = "", sheet_names: Sequence[str] = ()) -> Report:
    """Return everything that is wrong with a form, in the order of its sheets and rows.

    Args:
        sheets: as read from a file, or as `surveys.questionnaires.write_sheets` makes them of a form.
        file_name: as the person knows it; empty for a form that is no file.
        sheet_names: names of all sheets of the file, so that a misspelt one can be pointed at.
    """
    lines = Lines(sheets, file_name, sheet_names)
    found = [finding for check in _CHECKS for finding in check(lines)]
    sections = {sheets[section].name or section: order for section, order in _ORDER.items()}
    return Report(tuple(sorted(found, key=lambda each: (sections.get(each.place.sheet or "", 9), each.place.row or 0))))

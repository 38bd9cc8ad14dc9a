"""Everything that is wrong with a form: our own checks, and pyxform's word on what they let through."""

from etl.forms.asking_pyxform import ask_pyxform
from etl.forms.reading import FormFile
from surveys.findings import Report, Severity
from surveys.model import Form
from surveys.questionnaires import FormSheets, fill_labels, write_sheets
from surveys.questionnaires.checking import check_sheets


def check_form_file(file: FormFile) -> Report:
    """Return all faults of a form that was read from a file, each with its sheet, row, cause and remedy."""
    return file.report + _check(file.sheets, file.file_name, file.sheet_names, file.form.form_id)


def check_form(form: Form) -> Report:
    """Return all faults of a form; places are those of the workbook that `etl.forms.writing.write_xlsform` makes."""
    return _check(write_sheets(fill_labels(form)), "", (), form.form_id)


def _check(sheets: FormSheets, file_name: str, sheet_names: tuple[str, ...], form_id: str) -> Report:
    own = check_sheets(sheets, file_name, sheet_names)
    asked = ask_pyxform(sheets, file_name, form_id)
    # It stops at its first fault: where ours have found one, it says the same in other words.
    said = [finding for finding in asked if not (own.stops and finding.severity is Severity.ERROR)]
    return own + said

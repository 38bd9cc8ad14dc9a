"""XLSForm: a questionnaire without answers, or with a sheet of answers to it beside it."""

from etl.readers.raw import RawBook
from etl.recognise.form_pairing import find_paired_sheet
from etl.recognise.open_data_kit import describe_table, remark_repeats
from etl.recognise.recognition import Recognition
from etl.recognise.xlsform_sheets import find_form

SOURCE = "xlsform"

_LEAST_KNOWN = 0.5


def recognise(book: RawBook) -> Recognition | None:
    """Return the form in a book, or the answers to it that stand beside it; ``None`` when there is no form."""
    form = find_form(book)
    if form is None or form.tool:
        return None
    answers = find_paired_sheet(book, form)
    if answers is None:
        score = 0.95 if form.known_share >= _LEAST_KNOWN else 0.5
        return Recognition(
            SOURCE,
            score,
            ("recognition.xlsform.sheets",),
            kind="questionnaire",
            sheet=form.sheet,
            header_row=form.header_row,
            sheet_kinds=dict.fromkeys(form.sheets, "codes") | {form.sheet: "questionnaire"},
        )
    sheet, row = answers
    described = describe_table(sheet, row, row + 1, form=form)
    return Recognition(
        source=SOURCE,
        score=0.85,
        reasons=("recognition.xlsform.answers",),
        sheet=sheet.name,
        header_row=row,
        timestamp_column=described.timestamp_column,
        response_id_column=described.response_id_column,
        times=described.times,
        layout=described.layout,
        sheet_kinds=dict.fromkeys(form.sheets, "codes"),
        remarks=tuple(remark_repeats(book, sheet, described.repeats)),
    )

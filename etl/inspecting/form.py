"""What a form without answers asks; and the fault that says that it can't be loaded as answers."""

from etl.importing import ColumnInspection, Inspection, SheetInspection
from etl.readers.raw import RawBook
from etl.recognise.recognition import Recognition
from etl.recognise.xlsform_sheets import Form, FormQuestion, find_form
from surveys.findings import FaultError, Finding, Place, Report


def inspect_form(book: RawBook, recognition: Recognition) -> Inspection:
    """Say what a form asks: its questions with their types and options, each a row of its sheet."""
    form = find_form(book)
    questions = form.questions if form is not None else ()
    asked = SheetInspection(
        recognition.sheet or "",
        "questionnaire",
        recognition.header_row,
        len(questions),
        tuple(_inspect(form, question) for question in questions) if form is not None else (),
    )
    sheets = tuple(
        asked
        if sheet.name == asked.name
        else SheetInspection(
            sheet.name,
            recognition.sheet_kinds.get(sheet.name, "ignored" if sheet.row_count else "empty"),
            None,
            sheet.row_count,
        )
        for sheet in book.sheets
    )
    report = book.report + Report((_say_form(book, recognition, form),))
    return Inspection(recognition.source, recognition.score, recognition.reasons, sheets, report)


def refuse_form(book: RawBook, recognition: Recognition) -> FaultError:
    """Return the fault that says that a form holds no answers."""
    return FaultError(Report((_say_form(book, recognition, find_form(book)),)))


def _say_form(book: RawBook, recognition: Recognition, form: Form | None) -> Finding:
    asked = [] if form is None else [one for one in form.questions if one.type.role == "question"]
    return Finding("SURVEY-IS-A-FORM", Place(book.file_name, recognition.sheet), {"count": len(asked)})


def _inspect(form: Form, question: FormQuestion) -> ColumnInspection:
    text = form.say(question.labels) or question.name
    stem = form.say(question.stem)
    options = tuple(form.say(option.labels) or option.name for option in form.options_of(question))
    return ColumnInspection(
        columns=(),
        header=f"{stem} [{text}]" if stem else text,
        role=question.type.role,
        type=question.type.answers,
        choices=tuple(dict.fromkeys(options)) if question.type.answers is not None else (),
        reason="mapping.reason.form",
    )

"""A published table as a file: CSV, or XLSX with a sheet that says where the figures come from."""

import csv
import io

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from surveys.language.texts import Language, load_catalogue
from surveys.privacy.published import PublishedTable
from surveys.privacy.wording import tabulate

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def table_to_csv(table: PublishedTable, language: Language) -> bytes:
    """Return a table as CSV that Polish Excel opens rightly: UTF-8 with a mark, semicolons.

    A cell that begins like a formula gets an apostrophe, headers too; the lone dash of a missing figure does not.
    """
    headers, rows = tabulate(table, language)
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    for row in (headers, *rows):
        writer.writerow([_neutralise(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def table_to_xlsx(table: PublishedTable, title: str, language: Language) -> bytes:
    """Return a table as a workbook: the figures, and a sheet with title, question, source and rule."""
    say = load_catalogue("surveys.language.catalogues").say
    headers, rows = tabulate(table, language)
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = say("table.sheet_figures", language)
    for number, row in enumerate((headers, *rows), start=1):
        for column, text in enumerate(row, start=1):
            cell = sheet.cell(number, column, text)
            cell.data_type = "s"  # never a formula, whatever it begins with
            cell.font = Font(bold=number == 1)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for column in range(1, len(headers) + 1):
        sheet.column_dimensions[get_column_letter(column)].width = 44 if column <= len(table.dimensions) else 18
    sheet.freeze_panes = "A2"
    method = book.create_sheet(say("table.sheet_method", language))
    source = table.source
    lines = {
        "title": title,
        "what": source.what[language],
        "question": source.question.get(language, ""),
        "waves": "; ".join(source.waves),
        "as_of": source.as_of,
        "rule": say(source.rule, language) if table.unit == "share" else "",
    }
    for name, value in lines.items():
        if value:
            method.append([say(f"table.{name}", language), value])
            method.cell(method.max_row, 2).data_type = "s"
    method.column_dimensions["A"].width = 24
    method.column_dimensions["B"].width = 100
    book.properties.creator = "diagnoza-lokalna"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _neutralise(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell

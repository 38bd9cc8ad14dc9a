"""A published table as a file: CSV, or XLSX with a sheet that says where the figures come from."""

import csv
import io

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from surveys.analysis.sampling import describe_correction
from surveys.language.texts import Language, load_catalogue
from surveys.privacy.published import PublishedRow, PublishedTable
from surveys.privacy.wording import name_files, tabulate

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def table_to_csv(table: PublishedTable, language: Language, *, invented: bool) -> bytes:
    """Return a table as CSV that Polish Excel opens rightly: UTF-8 with a mark, semicolons.

    A cell that begins like a formula gets an apostrophe, headers too; the lone dash of a missing figure does not.

    Args:
        table: published figures.
        language: language of headers, labels and numbers.
        invented: sample data; a last line says so, so that they can't travel as facts.
    """
    headers, rows = tabulate(table, language)
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    for row in (headers, *rows):
        writer.writerow([_neutralise(cell) for cell in row])
    if invented:
        writer.writerow([_say("table.invented", language)])
    return out.getvalue().encode("utf-8-sig")


def table_to_xlsx(table: PublishedTable, title: str, language: Language, *, invented: bool) -> bytes:
    """Return a table as a workbook: figures as numbers, and a sheet with title, question, source and rule.

    Args:
        table: published figures.
        title: what the figure shows.
        language: language of headers and labels.
        invented: sample data; both sheets say so.
    """
    headers, rows = tabulate(table, language)
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = _say("table.sheet_figures", language)
    for column, header in enumerate(headers, start=1):
        _write_text(sheet.cell(1, column), header).font = Font(bold=True)
    for number, (row, words) in enumerate(zip(table.rows, rows, strict=True), start=2):
        figures = (*(None for _ in table.dimensions), *_figures(row, table.unit))
        for column, (word, figure) in enumerate(zip(words, figures, strict=True), start=1):
            cell = sheet.cell(number, column)
            if figure is None:
                _write_text(cell, word)
            else:
                cell.value, cell.number_format = figure
    for column in range(1, len(headers) + 1):
        sheet.column_dimensions[get_column_letter(column)].width = 44 if column <= len(table.dimensions) else 18
    sheet.freeze_panes = "A2"
    if invented:
        _write_text(sheet.cell(len(rows) + 3, 1), _say("table.invented", language))
    _write_method(book, table, title, language, invented=invented)
    book.properties.creator = "diagnoza-lokalna"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _figures(row: PublishedRow, unit: str) -> tuple[tuple[float, str] | None, ...]:
    """The row's figures with their formats; ``None`` where the words ("ukryte", "–") stand instead."""
    if unit != "share":
        decimals = 2 if unit == "pln" else row.decimals
        pattern = f"#,##0.{'0' * decimals}" if decimals else "#,##0"
        return (None if row.value is None else (row.value, pattern),)
    shares = [None if value is None else (value, "0%") for value in (row.value, row.low, row.high)]
    counts = [None if value is None else (float(value), "#,##0") for value in (row.count, row.base)]
    return (*shares, *counts, None)


def _write_text(cell: Cell | MergedCell, text: str) -> Cell | MergedCell:
    """Write a text that is never a formula, whatever it begins with."""
    cell.value = text
    if isinstance(cell, Cell):
        cell.data_type = "s"
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _write_method(book: Workbook, table: PublishedTable, title: str, language: Language, *, invented: bool) -> None:
    sheet = book.create_sheet(_say("table.sheet_method", language))
    source = table.source
    lines = {
        "title": title,
        "what": source.what[language],
        "question": source.question.get(language, ""),
        "waves": "; ".join(source.waves),
        "asked": source.asked.get(language, ""),
        "intervals": describe_correction(source.population_count, language)
        if table.corrected and source.population_count is not None
        else "",
        "files": "; ".join(name_files(source.files, language)),
        "as_of": source.as_of,
        "rule": _say(source.rule, language) if table.unit == "share" else "",
        "attention": _say("table.invented", language) if invented else "",
    }
    for number, (name, value) in enumerate(((name, value) for name, value in lines.items() if value), start=1):
        _write_text(sheet.cell(number, 1), _say(f"table.{name}", language))
        _write_text(sheet.cell(number, 2), value)
    sheet.column_dimensions["A"].width = 24
    sheet.column_dimensions["B"].width = 100


def _say(key: str, language: Language) -> str:
    return load_catalogue("surveys.language.catalogues").say(key, language)


def _neutralise(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell

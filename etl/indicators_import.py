"""The branch of the pipeline for official figures: say what they are; they are not loaded here yet."""

from etl.clean.labels import cell_text
from etl.importing import ColumnInspection, Inspection, SheetInspection
from etl.readers.raw import RawBook
from etl.recognise.bdl import Indicators, find_indicators
from etl.recognise.recognition import Recognition
from surveys.findings import FaultError, Finding, Place, Report


def inspect_indicators(book: RawBook, recognition: Recognition) -> Inspection:
    """Say of which areas and years the figures are."""
    found = find_indicators(book)
    sheets = tuple(
        _inspect(found)
        if found is not None and sheet is found.sheet
        else SheetInspection(sheet.name, "ignored" if sheet.row_count else "empty", None, sheet.row_count)
        for sheet in book.sheets
    )
    report = book.report + Report((_say(book, recognition, found, "INDICATORS-FOUND"),))
    return Inspection(recognition.source, recognition.score, recognition.reasons, sheets, report)


def refuse_indicators(book: RawBook, recognition: Recognition) -> FaultError:
    """Return the fault that says that official figures are not loaded here yet."""
    return FaultError(Report((_say(book, recognition, find_indicators(book), "INDICATORS-NOT-LOADED"),)))


def _say(book: RawBook, recognition: Recognition, found: Indicators | None, code: str) -> Finding:
    years = found.years if found is not None else ()
    span = "–".join(dict.fromkeys((str(years[0]), str(years[-1])))) if years else "–"
    facts: dict[str, str | int] = {
        "areas": found.areas if found is not None else 0,
        "years": span,
        "variables": found.variables if found is not None else 0,
    }
    return Finding(code, Place(book.file_name, recognition.sheet), facts)


def _inspect(found: Indicators) -> SheetInspection:
    columns = tuple(
        ColumnInspection((position,), cell_text(found.sheet.cell(found.header_row, position)), "metadata")
        for position in range(len(found.sheet.columns))
    )
    return SheetInspection(found.sheet.name, "indicators", found.header_row, found.rows, columns)

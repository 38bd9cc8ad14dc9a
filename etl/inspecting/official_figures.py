"""What official figures are of: which areas, years and variables."""

from etl.clean.labels import cell_text
from etl.importing import ColumnInspection, Inspection, SheetInspection
from etl.mapping.official_figures.form_of_ozps import map_ozps
from etl.mapping.official_figures.tables_of_bdl import MappedFigures, map_bdl
from etl.readers.raw import RawBook
from etl.recognise import ozps
from etl.recognise.bdl import Indicators, find_tables
from etl.recognise.recognition import Recognition
from surveys.findings import Finding, Place, Report


def inspect_indicators(book: RawBook, recognition: Recognition) -> Inspection:
    """Say of which areas and years the figures are."""
    if recognition.source == ozps.SOURCE:
        return _inspect_ozps(book, recognition)
    tables = {table.sheet.name: table for table in find_tables(book) if table.shape != "codes"}
    sheets = tuple(
        _inspect(tables[sheet.name])
        if sheet.name in tables
        else SheetInspection(sheet.name, "ignored" if sheet.row_count else "empty", None, sheet.row_count)
        for sheet in book.sheets
    )
    mapped = map_bdl(book)
    found = list(tables.values())
    years = sorted({year for table in found for year in table.years})
    said = _say(book, areas=max((table.areas for table in found), default=0), years=years, mapped=mapped)
    report = book.report + Report((said,)) + mapped.report
    return Inspection(recognition.source, recognition.score, recognition.reasons, sheets, report)


def _say(book: RawBook, *, areas: int, years: list[int], mapped: MappedFigures) -> Finding:
    span = "–".join(dict.fromkeys((str(years[0]), str(years[-1])))) if years else "–"
    facts: dict[str, str | int] = {"areas": areas, "years": span, "variables": len(mapped.figures.variables)}
    return Finding("INDICATORS-FOUND", Place(book.file_name), facts)


def _inspect(found: Indicators) -> SheetInspection:
    return SheetInspection(
        found.sheet.name,
        "indicators",
        found.header_row,
        found.rows,
        tuple(
            ColumnInspection((place,), cell_text(found.sheet.cell(found.header_row, place)), "metadata")
            for place in range(len(found.sheet.columns))
        ),
    )


def _inspect_ozps(book: RawBook, recognition: Recognition) -> Inspection:
    forms = {form.sheet.name: form for form in ozps.find_forms(book)}
    sheets = tuple(
        SheetInspection(sheet.name, "indicators", forms[sheet.name].header_row, forms[sheet.name].rows)
        if sheet.name in forms
        else SheetInspection(sheet.name, "ignored" if sheet.row_count else "empty", None, sheet.row_count)
        for sheet in book.sheets
    )
    mapped = map_ozps(book, None)
    years = sorted({column.year for form in forms.values() for column in form.columns})
    report = book.report + Report((_say(book, areas=1, years=years, mapped=mapped),)) + mapped.report
    return Inspection(recognition.source, recognition.score, recognition.reasons, sheets, report)

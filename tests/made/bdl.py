"""Made exports of the Local Data Bank in its three shapes."""

import csv
import io
from collections.abc import Mapping, Sequence

from tests.made.workbook import Cell, write_workbook

AREAS = (
    ("0000000", "POLSKA"), ("1400000", "MAZOWIECKIE"), ("1433000", "Powiat węgrowski"), ("1433042", "Liw (2)"),
    ("0201000", "Powiat bolesławiecki"), ("1433011", "Węgrów (1)"),
)  # fmt: skip
LONG_CODES = ("000000000000", "071400000000", "071422933000", "071422933042", "030210101000", "071422933011")
YEARS = (2021, 2022, 2023)
VARIABLES = ("ogółem", "kobiety")


def flat_csv(codes: Sequence[str] = tuple(code for code, _ in AREAS), *, encoding: str = "utf-8-sig") -> bytes:
    """A row an area, a column "variable;year;[unit]"; the last, empty column is the export's own."""
    headers = ["Kod", "Nazwa", *(f"{name};{year};[osoba]" for name in VARIABLES for year in YEARS), ""]
    rows = [
        [code, name, *(str(1000 + place) for place in range(len(VARIABLES) * len(YEARS))), ""]
        for code, (_, name) in zip(codes, AREAS, strict=True)
    ]
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows([headers, *rows])
    return written.getvalue().encode(encoding)


def write_flat(
    headers: Sequence[str], rows: Mapping[str, Sequence[str]], *, names: Mapping[str, str] | None = None
) -> bytes:
    """A flat table of one's own: headers of its figures, and cells by the code of the area."""
    usual = dict(AREAS)
    table = [[code, (names or usual).get(code, ""), *cells] for code, cells in rows.items()]
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=";", quoting=csv.QUOTE_ALL).writerows([["Kod", "Nazwa", *headers], *table])
    return written.getvalue().encode("utf-8-sig")


def stacked_xlsx(*, numbers: bool = False) -> bytes:
    """The workbook's table: variables, years and units in rows of headers of their own."""
    rows: list[list[Cell]] = [
        ["Kod", "Nazwa", VARIABLES[0], None, None, VARIABLES[1], None, None],
        [None, None, *(str(year) for year in YEARS * 2)],
        [None, None, *["[osoba]"] * 6],
    ]
    rows += [[int(code) if numbers else code, name, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0] for code, name in AREAS[1:]]
    return write_workbook({"OPIS": [["Kategoria:", "LUDNOŚĆ"], ["Data:", "2024"]], "TABLICA": rows})


def long_xlsx() -> bytes:
    """A row for each area, variable and year."""
    headers: list[Cell] = ["Kod", "Nazwa", "Płeć", "Rok", "Wartosc", "Jednostka miary", "Atrybut"]
    rows: list[list[Cell]] = [
        [code, name, variable, year, 12.5, "osoba", None]
        for code, name in AREAS
        for variable in VARIABLES
        for year in YEARS
    ]
    return write_workbook({"OPIS": [["Kategoria:", "LUDNOŚĆ"]], "DANE": [headers, *rows]})

"""A laid-out survey as a file: the bytes a source writes, and what people do to a file before it is handed in."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from xml.sax.saxutils import escape

from tests.made.open_document import write_open_document
from tests.made.truth import KnownSurvey
from tests.made.workbook import write_workbook

Cell = str | float | int | bool | date | datetime | None
Row = list[Cell]


@dataclass(frozen=True)
class Style:
    """How a file is written. ``kind`` is ``csv``, ``xlsx`` or ``ods``; the rest speaks of text files.

    Attributes:
        decimal: sign before decimals.
        day, moment: how days and moments are written.
        quoting: of the csv module.
        end: of a line.
    """

    kind: str = "csv"
    encoding: str = "utf-8"
    delimiter: str = ","
    decimal: str = "."
    day: str = "%Y-%m-%d"
    moment: str = "%Y-%m-%d %H:%M:%S"
    quoting: int = csv.QUOTE_MINIMAL
    end: str = "\r\n"


XLSX, ODS = Style("xlsx"), Style("ods")
EXCEL_POLAND = Style(encoding="cp1250", delimiter=";", decimal=",", day="%d.%m.%Y", moment="%d.%m.%Y %H:%M")
STYLES: Mapping[str, Style] = {
    "excel in poland": EXCEL_POLAND,
    "excel utf-8": replace(EXCEL_POLAND, encoding="utf-8-sig"),
    "excel unicode text": replace(EXCEL_POLAND, encoding="utf-16", delimiter="\t"),
    "iso-8859-2": replace(EXCEL_POLAND, encoding="iso-8859-2"),
    "commas": Style(day="%d.%m.%Y", quoting=csv.QUOTE_ALL),
    "tabs": Style(delimiter="\t", decimal=",", end="\n"),
    "xlsx": XLSX,
    "ods": ODS,
}


@dataclass(frozen=True)
class Laid:
    """A survey as a source lays it out.

    Attributes:
        source: that has to be recognised; ``generic`` for tables that nobody signed.
        name: of the file, without what follows the dot.
        headers: one row or two.
        rows: a row a respondent; then ``unfinished`` ones.
        tells: the survey as far as the layout can tell it.
        style: how the source writes it.
        ids: the source numbers responses.
        says: findings that have to be there.
        rejected: rows that are no finished answers.
        dotted: columns where people put a dot for "nothing".
        sheet: name of the sheet in a workbook.
    """

    source: str
    name: str
    headers: Sequence[Row]
    rows: Sequence[Row]
    tells: KnownSurvey
    style: Style = XLSX
    says: frozenset[str] = frozenset()
    rejected: int = 0
    dotted: Sequence[int] = ()
    sheet: str = "Arkusz1"
    merged: tuple[str, ...] = ()
    beside: Mapping[str, Sequence[Row]] = field(default_factory=dict)

    def mutated(  # what a hand can do to a table
        self, *, titles: int = 0, blanks: bool = False, footer: bool = False, dots: bool = False
    ) -> "Laid":
        """The table after somebody worked on it.

        Args:
            titles: rows above it, a wholly blank one after them.
            blanks: blank rows between respondents.
            footer: a row with sums below.
            dots: a dot in cells without an answer.
        """
        rows = [list(row) for row in self.rows]
        width = max(map(len, [*self.headers, *rows]))
        if dots:
            for row in rows:
                for place in self.dotted:
                    row[place] = "." if row[place] is None else row[place]
        if blanks:
            rows[len(rows) // 2 : len(rows) // 2] = [[None] * width]
            rows.insert(1, [None] * width)
        if footer:
            rows += [[None] * width, ["Razem", *[len(self.rows)] * (width - 1)]]
        above: list[Row] = [[f"Ankieta mieszkańców, wersja {number + 1}"] for number in range(titles)]
        above += [[None]] if titles else []
        shifted = tuple(_shift(area, len(above)) for area in self.merged)
        return replace(
            self,
            headers=[*above, *self.headers],
            rows=rows,
            rejected=self.rejected + footer,
            merged=shifted,
            says=self.says | ({"SURVEY-ROW-TOTAL"} if footer else set()) | ({"SURVEY-ROWS-BLANK"} if blanks else set()),
        )

    def write(self, style: Style | None = None) -> tuple[str, bytes]:
        """Return the file's name and content, as the source writes it or in another style."""
        chosen = style or self.style
        rows = [*self.headers, *self.rows]
        return f"{self.name}.{chosen.kind}", write_rows(rows, chosen, self.sheet, self.merged, self.beside)


def write_rows(
    rows: Sequence[Row],
    style: Style,
    sheet: str = "Arkusz1",
    merged: tuple[str, ...] = (),
    beside: Mapping[str, Sequence[Row]] | None = None,
) -> bytes:
    """Return rows as a file."""
    if style.kind == "xlsx":
        sheets = {sheet: rows, **(beside or {})}
        return write_workbook(
            {name: [_with_moments(row) for row in own] for name, own in sheets.items()}, merged=merged
        )
    if style.kind == "ods":
        return _write_ods(rows, sheet)
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=style.delimiter, quoting=style.quoting, lineterminator=style.end)  # type: ignore[arg-type] # the csv module's own constants
    width = max(map(len, rows))
    writer.writerows([*(_text(cell, style) for cell in row), *[""] * (width - len(row))] for row in rows)
    return written.getvalue().encode(style.encoding)


def _text(cell: Cell, style: Style) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "PRAWDA" if cell else "FAŁSZ"
    if isinstance(cell, datetime):
        return cell.strftime(style.moment)
    if isinstance(cell, date):
        return cell.strftime(style.day)
    return cell if isinstance(cell, str) else f"{cell:.12g}".replace(".", style.decimal)


def _with_moments(row: Row) -> list[str | float | int | bool | datetime | None]:
    return [
        datetime(cell.year, cell.month, cell.day)  # noqa: DTZ001 # a sheet's dates have no zone
        if isinstance(cell, date) and not isinstance(cell, datetime)
        else cell
        for cell in row
    ]


def _write_ods(rows: Sequence[Row], sheet: str) -> bytes:
    body = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
    return write_open_document({sheet: body})


def _ods_cell(cell: Cell) -> str:
    if cell is None or cell == "":
        return "<table:table-cell/>"
    if isinstance(cell, bool):
        kind = f'boolean" office:boolean-value="{str(cell).lower()}'
    elif isinstance(cell, date):
        kind = f'date" office:date-value="{cell.isoformat()}'
    elif isinstance(cell, str):
        return f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'
    else:
        kind = f'float" office:value="{cell!r}'
    return f'<table:table-cell office:value-type="{kind}"/>'


def _shift(area: str, down: int) -> str:
    """A merged area so many rows further down."""
    return ":".join(
        f"{corner.rstrip('0123456789')}{int(corner.lstrip('ABCDEFGHIJKLMNOPQRSTUVWXYZ')) + down}"
        for corner in area.split(":")
    )

"""A small, fast writer of workbooks for tests: shared texts, numbers, dates, as Google and Excel write them."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

Cell = str | float | int | bool | datetime | None

_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 # a sheet's dates have no zone
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def write_workbook(
    sheets: Mapping[str, Sequence[Sequence[Cell]]],
    *,
    hidden: frozenset[str] = frozenset(),
    merged: Sequence[str] = (),
) -> bytes:
    """Return an xlsx with these sheets; ``None`` and an empty text are no cell at all.

    Args:
        sheets: rows by name of the sheet.
        hidden: names of sheets that nobody sees.
        merged: merged cells of the first sheet, as ``C1:E1``.
    """
    texts: dict[str, int] = {}
    parts = {f"xl/worksheets/sheet{number}.xml": _sheet(rows, texts) for number, rows in enumerate(sheets.values(), 1)}
    if merged:
        cells = "".join(f'<mergeCell ref="{area}"/>' for area in merged)
        first = parts["xl/worksheets/sheet1.xml"].removesuffix("</worksheet>")
        parts["xl/worksheets/sheet1.xml"] = f"{first}<mergeCells>{cells}</mergeCells></worksheet>"
    names = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="rId{number}"'
        + (' state="hidden"/>' if name in hidden else "/>")
        for number, name in enumerate(sheets, 1)
    )
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{_LINKS}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number in range(1, len(sheets) + 1)
    )
    parts["xl/workbook.xml"] = f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><sheets>{names}</sheets></workbook>'
    parts["xl/_rels/workbook.xml.rels"] = (
        f'<Relationships xmlns="{_PACKAGE}">{links}'
        f'<Relationship Id="rId900" Type="{_LINKS}/styles" Target="styles.xml"/>'
        f'<Relationship Id="rId901" Type="{_LINKS}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    )
    parts["xl/styles.xml"] = (
        f'<styleSheet xmlns="{_MAIN}"><fonts count="1"><font/></fonts>'
        '<fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="22" applyNumberFormat="1"/></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )
    items = "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in texts)
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{_MAIN}" uniqueCount="{len(texts)}">{items}</sst>'
    parts["_rels/.rels"] = (
        f'<Relationships xmlns="{_PACKAGE}">'
        f'<Relationship Id="rId1" Type="{_LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    )
    parts["[Content_Types].xml"] = _content_types(len(sheets))
    return pack(parts)


def pack(parts: Mapping[str, str | bytes]) -> bytes:
    """Return a zip of these parts, the same bytes every time."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            bare = isinstance(content, str) and not content.startswith("<?xml") and name.endswith((".xml", ".rels"))
            archive.writestr(info, f"{_HEAD}\n{content}" if bare else content)
    return packed.getvalue()


def column_letters(position: int) -> str:
    """Return a column's letters, 0 → ``A``."""
    letters, number = "", position + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _sheet(rows: Sequence[Sequence[Cell]], texts: dict[str, int]) -> str:
    letters = [column_letters(position) for position in range(max((len(row) for row in rows), default=0))]
    written: list[str] = [f'<worksheet xmlns="{_MAIN}"><sheetData>']
    for number, row in enumerate(rows, 1):
        cells: list[str] = []
        for letter, cell in zip(letters, row, strict=False):
            if cell is None or cell == "":
                continue
            place = f"{letter}{number}"
            if isinstance(cell, str):
                cells.append(f'<c r="{place}" t="s"><v>{texts.setdefault(cell, len(texts))}</v></c>')
            elif isinstance(cell, bool):
                cells.append(f'<c r="{place}" t="b"><v>{int(cell)}</v></c>')
            elif isinstance(cell, datetime):
                serial = (cell - _EPOCH).total_seconds() / 86_400
                cells.append(f'<c r="{place}" s="1"><v>{serial:.10f}</v></c>')
            else:
                cells.append(f'<c r="{place}"><v>{cell:.15g}</v></c>')
        written.append(f'<row r="{number}">{"".join(cells)}</row>')
    written.append("</sheetData></worksheet>")
    return "".join(written)


def _content_types(sheet_count: int) -> str:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    sheets = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{kind}.worksheet+xml"/>'
        for number in range(1, sheet_count + 1)
    )
    return (
        f'<Types xmlns="{_TYPES}"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{kind}.styles+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}.sharedStrings+xml"/>{sheets}</Types>'
    )

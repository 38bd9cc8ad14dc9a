"""Which area each row of a table is, and what has to be said of those that have no place here."""

from collections import Counter
from dataclasses import dataclass

from etl.clean.labels import cell_text
from etl.readers.raw import RawSheet
from surveys.findings import Finding, Place
from surveys.indicators import COUNTRY, LeftOut, read_area_code
from surveys.language.folding import fold
from surveys.vocabulary import Areas

_NAMED_IN_FINDING = 5
# Names of a column that was sorted apart from its codes would lead every figure to another place.
_MOST_OTHER_NAMES = 0.5


@dataclass(frozen=True, slots=True)
class AreaRow:
    """A row of a table with figures of one area.

    Attributes:
        row: 1-based.
        teryt: code of the area.
        older: the written code is of an older kind of the gmina.
    """

    row: int
    teryt: str
    older: bool


@dataclass(frozen=True, slots=True)
class AreaRows:
    """Rows of a table.

    Attributes:
        rows: those of known areas; those with the code of today first.
        left_out: how many others there are.
        footnotes: texts that stand where a code would.
        findings: what to say of the others.
    """

    rows: tuple[AreaRow, ...]
    left_out: int
    footnotes: tuple[str, ...]
    findings: tuple[Finding, ...]


def find_area_rows(sheet: RawSheet, first_row: int, code: int, areas: Areas, place: Place) -> AreaRows:
    """Return the areas of a table's rows.

    Args:
        sheet: with the table.
        first_row: 1-based row of the first area.
        code: 0-based column of the codes; the names stand beside it.
        areas: every unit there is.
        place: of the sheet, for findings.
    """
    rows: list[AreaRow] = []
    left: Counter[LeftOut] = Counter()
    unknown: list[str] = []
    footnotes: list[str] = []
    named, other_names = 0, 0
    for row in range(first_row, sheet.row_count + 1):
        written = cell_text(sheet.cell(row, code))
        name = cell_text(sheet.cell(row, code + 1))
        if not written.isdigit():
            footnotes += [text for text in (written, name) if len(text) > 1]
            continue
        found = read_area_code(written, areas)
        if isinstance(found, LeftOut):
            left[found] += 1
            if found is LeftOut.UNKNOWN:
                unknown.append(f"{written} {name}".strip())
            continue
        teryt, older = found
        rows.append(AreaRow(row, teryt, older))
        if teryt != COUNTRY and len(teryt) == 7 and name:
            named += 1
            other_names += fold(areas[teryt].name) not in fold(name)
    findings = [*_say_left_out(left, unknown, place), *_say_older(rows, areas, place)]
    if other_names > _MOST_OTHER_NAMES * named:
        findings.append(Finding("INDICATORS-AREA-NAMES", place, {"count": other_names, "of": named}))
    rows.sort(key=lambda each: each.older)
    return AreaRows(tuple(rows), left.total(), tuple(dict.fromkeys(footnotes)), tuple(findings))


def _say_left_out(left: Counter[LeftOut], unknown: list[str], place: Place) -> list[Finding]:
    findings = []
    if left[LeftOut.REGION] or left[LeftOut.PART]:
        facts: dict[str, str | int] = {"regions": left[LeftOut.REGION], "parts": left[LeftOut.PART]}
        findings.append(Finding("INDICATORS-AREAS-LEFT-OUT", place, facts))
    if unknown:
        named = ", ".join(unknown[:_NAMED_IN_FINDING]) + (" …" if len(unknown) > _NAMED_IN_FINDING else "")
        findings.append(Finding("INDICATORS-AREAS-UNKNOWN", place, {"count": len(unknown), "areas": named}))
    return findings


def _say_older(rows: list[AreaRow], areas: Areas, place: Place) -> list[Finding]:
    older = list(dict.fromkeys(areas[row.teryt].name for row in rows if row.older))
    if not older:
        return []
    named = ", ".join(older[:_NAMED_IN_FINDING]) + (" …" if len(older) > _NAMED_IN_FINDING else "")
    return [Finding("INDICATORS-AREAS-OLDER", place, {"count": len(older), "areas": named})]

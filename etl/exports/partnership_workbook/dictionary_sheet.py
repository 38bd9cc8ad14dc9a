"""The sheet Słowniki: every code list in a column of labels, under a name that the drop-down lists use."""

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from etl.exports.partnership_workbook import styling
from etl.exports.partnership_workbook.cells import write_cell
from etl.workbook_layout import CARD, ROW_TABLES, FieldKind, say
from surveys.language.collation import sort_key
from surveys.language.texts import Language
from surveys.vocabulary import Area, AreaLevel, Vocabulary

# Elsewhere a TERYT code or a name is typed: a list of all 2,500 gminas would help nobody.
_LISTED_VOIVODESHIP = "14"
_HEADER_ROW = 4


@dataclass(frozen=True, slots=True)
class _Dictionary:
    """A list as it is shown: labels, and a note beside each where the list has one."""

    name: str
    labels: tuple[str, ...]
    notes: tuple[str, ...] = ()


def write_dictionaries(book: Workbook, sheet: Worksheet, vocabulary: Vocabulary, language: Language) -> None:
    """Write every list the layout uses and give each its name (``lista_themes`` …)."""
    position = 1
    for dictionary in _gather(vocabulary):
        _write_column(sheet, position, say(f"dictionary.{dictionary.name}", language), dictionary.labels)
        letter = get_column_letter(position)
        last = _HEADER_ROW + len(dictionary.labels)
        reference = f"{quote_sheetname(sheet.title)}!${letter}${_HEADER_ROW + 1}:${letter}${last}"
        book.defined_names[f"lista_{dictionary.name}"] = DefinedName(f"lista_{dictionary.name}", attr_text=reference)
        position += 1
        if dictionary.notes:
            header = say(f"dictionary.{dictionary.name}_note", language)
            _write_column(sheet, position, header, dictionary.notes, pale=True)
            position += 1
    sheet.row_dimensions[_HEADER_ROW].height = styling.HEADER_HEIGHT
    sheet.freeze_panes = f"A{_HEADER_ROW + 1}"


def _gather(vocabulary: Vocabulary) -> list[_Dictionary]:
    used = dict.fromkeys(
        field.vocabulary
        for table in (CARD, *ROW_TABLES)
        for field in table.fields
        if field.kind is FieldKind.CODE and field.vocabulary is not None
    )
    lists = [
        _Dictionary(name, tuple(vocabulary.lists[name].labels("pl").values()), _notes(name, vocabulary))
        for name in used
    ]
    areas = _listed_areas(vocabulary)
    return [
        *lists,
        _Dictionary("yes_no", (say("words.yes", "pl"), say("words.no", "pl"))),
        _Dictionary("areas", tuple(area.label("pl") for area in areas), tuple(area.teryt for area in areas)),
    ]


def _notes(name: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    if name == "problems":
        return tuple(vocabulary.themes.label(problem.theme, "pl") for problem in vocabulary.problems.values())
    if name == "partner_kinds":
        return tuple(vocabulary.sectors.label(kind.sector, "pl") for kind in vocabulary.partner_kinds.values())
    if name == "funding_sources":
        return tuple(_applicants(source.eligible_sectors, source.eligible_kinds, vocabulary)
                     for source in vocabulary.funding_sources.values())  # fmt: skip
    return ()


def _applicants(sectors: Sequence[str], kinds: Sequence[str], vocabulary: Vocabulary) -> str:
    if kinds:
        return "; ".join(vocabulary.partner_kinds.label(kind, "pl") for kind in kinds)
    return "; ".join(vocabulary.sectors.label(sector, "pl") for sector in sectors)


def _listed_areas(vocabulary: Vocabulary) -> list[Area]:
    """Gminas and districts of the voivodeship in Polish order, then its powiats."""
    inside = [area for area in vocabulary.areas.values() if area.voivodeship_code == _LISTED_VOIVODESHIP]
    gminas = [area for area in inside if area.level in {AreaLevel.GMINA, AreaLevel.DISTRICT}]
    powiats = [area for area in inside if area.kind.value == "powiat"]
    return [
        *sorted(gminas, key=lambda area: sort_key(area.label("pl"))),
        *sorted(powiats, key=lambda area: sort_key(area.name)),
    ]


def _write_column(sheet: Worksheet, position: int, header: str, texts: Sequence[str], *, pale: bool = False) -> None:
    cell = write_cell(sheet, _HEADER_ROW, position, header)
    cell.font, cell.fill, cell.alignment = styling.HEADER_FONT, styling.HEADER_FILL, styling.CENTRED
    for row, text in enumerate(texts, start=_HEADER_ROW + 1):
        cell = write_cell(sheet, row, position, text)
        cell.font = styling.PALE_FONT if pale else styling.TEXT_FONT
    longest = max(map(len, (header, *texts)))
    sheet.column_dimensions[get_column_letter(position)].width = min(longest + 2, 56)

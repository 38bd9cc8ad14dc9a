"""XLSForm read out of a book's sheets: questions with their groups, lists of options, labels in every language.

Headers and types are taken in all the spellings that pyxform takes (its ``aliases.py``); whether a form is *right* is
not asked here.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from etl.clean.labels import cell_text
from etl.readers.raw import CellValue, RawBook, RawSheet
from surveys.questionnaires.form_types import FormType, parse_type

_SEARCH_ROWS = 10
_SECTIONS = frozenset({"survey", "choices", "settings", "external_choices", "osm", "entities", "cascades", "columns"})
_FORM_SHEETS = _SECTIONS | {"changelog", "select_one_external", "media"}
_TYPE_HEADERS = frozenset({"type", "command"})
_NAME_HEADERS = frozenset({"name", "tag", "value"})
_LIST_HEADERS = frozenset({"list_name", "listname", "list"})
_LABEL = re.compile(r"^(?:label|caption)(?:\s*:{1,2}\s*(?P<language>.+))?$", re.IGNORECASE)
# A sheet of another name is a form only when most of its rows have a type that XLSForm knows.
_LEAST_KNOWN = 0.6

Row = Mapping[str, str]
CellReading = Callable[[CellValue | None], str]


@dataclass(frozen=True)
class FormSections:
    """The sheets of a form as rows of texts.

    Attributes:
        rows: XLSForm's name of a sheet → 1-based rows and their cells.
        names: XLSForm's name → the sheet's name in the file.
        sheets: names of all sheets that belong to the form.
    """

    rows: Mapping[str, Sequence[tuple[int, list[str]]]]
    names: Mapping[str, str]
    sheets: tuple[str, ...]


@dataclass(frozen=True)
class FormQuestion:
    """One row of a form that a respondent answers, or that the device fills in.

    Attributes:
        name: as in the data.
        type: what is asked.
        groups: names of the groups around it, from the outside in.
        group_labels: their labels, by language, in the same order.
        labels: wording by language; ``""`` is the language that the form doesn't name.
        stem: labels of the group when it is shown as a table of questions.
        repeated: stands in a repeat: its answers are no respondent's.
        row: 1-based row of the sheet.
        number: by which the tool's database knows it, where the tool tells (LimeSurvey).
        other: the tool's own words for "other", where it has any.
    """

    name: str
    type: FormType
    groups: tuple[str, ...] = ()
    group_labels: tuple[Mapping[str, str], ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    stem: Mapping[str, str] = field(default_factory=dict)
    repeated: bool = False
    row: int = 0
    number: str = ""
    other: str = ""


@dataclass(frozen=True)
class FormOption:
    """An option of a list: its code and its labels by language."""

    name: str
    labels: Mapping[str, str]


@dataclass(frozen=True)
class Form:
    """A questionnaire as XLSForm writes it.

    Attributes:
        questions: in their order, those of repeats too.
        lists: options by name of their list.
        language: the language that the form names as its own; ``""`` when it names none.
        title: as its author wrote it; ``""`` when it has none.
        sheet: name of the sheet with the questions.
        header_row: 1-based row of its headers.
        sheets: names of all sheets that belong to the form.
        known_share: share of its rows whose type is known.
        tool: whose structure it is, where it was no XLSForm to begin with and its data have headers of their own.
    """

    questions: tuple[FormQuestion, ...]
    lists: Mapping[str, tuple[FormOption, ...]]
    language: str
    title: str
    sheet: str
    header_row: int
    sheets: tuple[str, ...]
    known_share: float
    tool: str = ""

    def options_of(self, question: FormQuestion) -> tuple[FormOption, ...]:
        """Return the options that a question offers, "other" last where the form adds one."""
        found = self.lists.get(question.type.list_name, ())
        if question.type.or_other and all(option.name != "other" for option in found):
            return (*found, FormOption("other", {}))
        return found

    @property
    def languages(self) -> tuple[str, ...]:
        """All languages of labels, the one to show first: Polish, the form's own, then as they come."""
        spoken = [
            language
            for labels in (
                *(question.labels for question in self.questions),
                *(option.labels for options in self.lists.values() for option in options),
            )
            for language in labels
        ]
        return tuple(sorted(dict.fromkeys(spoken), key=self._rank))

    def say(self, labels: Mapping[str, str], language: str | None = None) -> str:
        """Return a label in a language, else in the best one there is; ``""`` when there is none."""
        if language is not None and labels.get(language):
            return labels[language]
        return next((labels[key] for key in sorted(labels, key=self._rank) if labels[key]), "")

    def _rank(self, language: str) -> int:
        if re.search(r"\bpl\b|polsk|polish", language, re.IGNORECASE):
            return 0
        return 1 if language in {self.language, ""} else 2


def find_form(book: RawBook) -> Form | None:
    """Return the form that stands in a book, ``None`` when there is none.

    A workbook has a sheet ``survey``; one with a single sheet of another name is the survey itself; a CSV holds the
    sheets below each other, each named in the first column.
    """
    for sheet in book.sheets:
        if _base_name(sheet) == "survey" and _has_survey_headers(sheet):
            form = _build(_beside(book, sheet, cell_text))
            if form is not None:
                return form
    for sheet in book.sheets:
        sections = _cut_sections(sheet, cell_text)
        if sections is not None:
            return _build(sections)
    if len(book.sheets) == 1 and _has_survey_headers(book.sheets[0]):
        form = _build(_alone(book.sheets[0], cell_text))
        return form if form is not None and form.known_share >= _LEAST_KNOWN else None
    return None


def find_sections(book: RawBook, read: CellReading) -> FormSections | None:
    """Return the sheets of a form however broken it is, ``None`` when there is no sheet ``survey``.

    Args:
        book: a workbook with a sheet of that name, a CSV form, or a lone table with columns for types and names.
        read: how a cell becomes a text.
    """
    for sheet in book.sheets:
        if _base_name(sheet) == "survey":
            return _beside(book, sheet, read)
    for sheet in book.sheets:
        if (sections := _cut_sections(sheet, read)) is not None:
            return sections
    lone = len(book.sheets) == 1 and _has_survey_headers(book.sheets[0])
    return _alone(book.sheets[0], read) if lone else None


def _has_survey_headers(sheet: RawSheet) -> bool:
    """Whether it is worth reading a sheet row by row: most sheets are tables of answers."""
    for row in range(1, min(sheet.row_count, _SEARCH_ROWS) + 1):
        headers = {_header(cell_text(value)) for value in sheet.row(row)}
        if headers & _TYPE_HEADERS and headers & _NAME_HEADERS:
            return True
    return False


def _beside(book: RawBook, survey: RawSheet, read: CellReading) -> FormSections:
    """The sheets of a workbook that stand beside its sheet ``survey``."""
    beside = [sheet for sheet in book.sheets if sheet.member == survey.member]
    if all(_base_name(sheet) != "choices" for sheet in beside):
        beside = list(book.sheets)  # each sheet of the form was saved as a file of its own
    own = {_base_name(sheet): sheet for sheet in reversed(beside) if _base_name(sheet) in _SECTIONS} | {
        "survey": survey
    }
    return FormSections(
        rows={section: list(_rows(sheet, read)) for section, sheet in own.items()},
        names={section: sheet.name for section, sheet in own.items()},
        sheets=tuple(sheet.name for sheet in beside if _base_name(sheet) in _FORM_SHEETS),
    )


def _alone(sheet: RawSheet, read: CellReading) -> FormSections:
    return FormSections({"survey": list(_rows(sheet, read))}, {"survey": sheet.name}, (sheet.name,))


def _base_name(sheet: RawSheet) -> str:
    """A sheet's name as XLSForm compares it; in an archive the file's name may stand before it."""
    name = " ".join(sheet.name.split()).lower()
    if sheet.member is not None and name not in _FORM_SHEETS:
        name = re.split(r"[/\\›:–]|\.xlsx?\b|\s-\s", name)[-1].strip(" !.")
    return name


def _rows(sheet: RawSheet, read: CellReading) -> Iterator[tuple[int, list[str]]]:
    texts = [tuple(read(value) for value in column.values) for column in sheet.columns]
    codes = [column.codes.tolist() for column in sheet.columns]
    for row in range(sheet.row_count):
        cells = [own[code[row]] if code[row] >= 0 else "" for own, code in zip(texts, codes, strict=True)]
        yield row + 1, cells


def _cut_sections(sheet: RawSheet, read: CellReading) -> FormSections | None:
    """Cut a CSV form into its sheets: their names stand alone in the first column."""
    first = {cell_text(value).lower() for value in sheet.columns[0].values} if sheet.columns else set()
    if "survey" not in first or len(first) > len(_SECTIONS):
        return None
    sections: dict[str, list[tuple[int, list[str]]]] = {}
    current: list[tuple[int, list[str]]] = []
    for number, cells in _rows(sheet, read):
        if cells[0].lower() in _SECTIONS and not any(cells[1:]):
            current = sections.setdefault(cells[0].lower(), [])
        else:
            current.append((number, ["", *cells[1:]]))
    if "survey" not in sections:
        return None
    return FormSections(sections, dict.fromkeys(sections, sheet.name), (sheet.name,))


def _build(found: FormSections) -> Form | None:
    sections = found.rows
    header_row, rows = _with_headers(sections["survey"], _TYPE_HEADERS, _NAME_HEADERS)
    typed = [row for _, row in rows if row.get("type")]
    if not typed:
        return None
    lists: dict[str, list[FormOption]] = {}
    for section in ("choices", "external_choices"):
        for _, row in _with_headers(sections.get(section, ()), _LIST_HEADERS, _NAME_HEADERS)[1]:
            if row.get("list_name") and row.get("name"):
                lists.setdefault(row["list_name"], []).append(FormOption(row["name"], _labels(row)))
    settings = next((row for _, row in _with_headers(sections.get("settings", ()), frozenset(), frozenset())[1]), {})
    known = sum(parse_type(row["type"]) is not None for row in typed)
    return Form(
        questions=tuple(_read_questions(rows)),
        lists={name: tuple(options) for name, options in lists.items()},
        language=settings.get("default_language", ""),
        title=settings.get("form_title", "") or settings.get("title", ""),
        sheet=found.names["survey"],
        header_row=header_row,
        sheets=found.sheets,
        known_share=known / len(typed),
        tool=settings.get("tool", ""),
    )


def _with_headers(
    rows: Sequence[tuple[int, list[str]]], first: frozenset[str], second: frozenset[str]
) -> tuple[int, list[tuple[int, Row]]]:
    """Return the row of the headers, and the filled rows below it by header; a repeated header counts once."""
    for place, (number, cells) in enumerate(rows[:_SEARCH_ROWS]):
        headers = [_header(cell) for cell in cells]
        if (first and not first & set(headers)) or (second and not second & set(headers)) or not any(headers):
            continue
        keys = [_key(header, headers) for header in headers]
        found: list[tuple[int, Row]] = []
        for below, values in rows[place + 1 :]:
            row: dict[str, str] = {}
            for key, value in zip(keys, values, strict=False):
                if key and value:
                    row.setdefault(key, value)
            if row:
                found.append((below, row))
        return number, found
    return 0, []


def _header(cell: str) -> str:
    text = " ".join(cell.split())
    return text if _LABEL.match(text) else text.lower().replace(" ", "_")


def _key(header: str, headers: Sequence[str]) -> str:
    if header in _TYPE_HEADERS:
        return "type"
    if header in _LIST_HEADERS:
        return "list_name"
    if header in _NAME_HEADERS:
        # "value" is a name only where no column is called so.
        return "name" if header == "name" or "name" not in headers else header
    return header


def _labels(row: Row) -> dict[str, str]:
    labels: dict[str, str] = {}
    for header, text in row.items():
        found = _LABEL.match(header)
        if found is not None:
            labels.setdefault((found["language"] or "").strip(), text)
    return labels


def _read_questions(rows: Sequence[tuple[int, Row]]) -> Iterator[FormQuestion]:
    around: list[tuple[FormType, Row]] = []
    for number, row in rows:
        kind = parse_type(row.get("type", ""))
        if kind is None or kind.name == "note":
            continue
        if kind.name in {"group", "repeat"}:
            around.append((kind, row))
        elif kind.name == "end_group":
            del around[-1:]
        elif row.get("name"):
            groups = [outer for _, outer in around if outer.get("name")]
            table = bool(around) and "table-list" in around[-1][1].get("appearance", "")
            yield FormQuestion(
                name=row["name"],
                type=kind,
                groups=tuple(group["name"] for group in groups),
                group_labels=tuple(_labels(group) for group in groups),
                labels=_labels(row),
                stem=_labels(around[-1][1]) if table else {},
                repeated=any(outer.name == "repeat" for outer, _ in around),
                row=number,
                number=row.get("qid", ""),
                other=row.get("other", ""),
            )

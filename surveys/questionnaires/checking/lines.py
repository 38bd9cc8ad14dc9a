"""A form's sheets as checks read them: cells by what their columns mean, with the places people see."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz, process

from surveys.findings import Finding, Place
from surveys.questionnaires.columns import Column, language_header, name_languages, read_headers
from surveys.questionnaires.form_sheets import FormSheets
from surveys.questionnaires.form_types import FormType, parse_type

Facts = Mapping[str, str | int]

TRANSLATED = ("label", "hint", "required_message", "constraint_message")
_YES = frozenset({"yes", "true", "true()"})
_MEDIA = ("image", "audio", "video", "media", "big-image")


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a sheet.

    Attributes:
        number: 1-based, as the file shows it.
        cells: texts by canonical column; unknown columns by their header in lower case.
        texts: translated texts by column and language.
        kind: what its type means; ``None`` in other sheets than survey, and for a type nobody knows.
    """

    number: int
    cells: Mapping[str, str]
    texts: Mapping[str, Mapping[str, str]]
    kind: FormType | None = None

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    @property
    def is_group(self) -> bool:
        """Whether a group or repeat begins here."""
        return self.kind is not None and self.kind.name in {"group", "repeat"}

    @property
    def is_end(self) -> bool:
        """Whether a group or repeat ends here."""
        return self.kind is not None and self.kind.name == "end_group"

    @property
    def is_choice(self) -> bool:
        """Whether options of the sheet choices are offered here."""
        return self.kind is not None and bool(self.kind.list_name) and not self.kind.source

    @property
    def has_media(self) -> bool:
        """Whether a picture or sound stands in for words."""
        return any(column.startswith(_MEDIA) for column in self.cells)


class Lines:
    """All lines of a form, and findings about them."""

    def __init__(self, sheets: FormSheets, file_name: str, sheet_names: Sequence[str]) -> None:
        self.sheets, self.file_name, self.sheet_names = sheets, file_name or None, tuple(sheet_names)
        self.columns: Mapping[str, Mapping[str, Column]] = {
            section: read_headers(sheets[section].headers, section) for section in ("survey", "choices", "settings")
        }
        settings = next(iter(self._read("settings", {})), None)
        self.settings = settings or Line(0, {}, {})
        self.languages = name_languages(self.columns.values(), self.settings["default_language"])
        self.survey = tuple(self._read("survey", self.languages))
        self.choices = tuple(self._read("choices", self.languages))

    @cached_property
    def lists(self) -> Mapping[str, list[Line]]:
        """Options by name of their list."""
        found: dict[str, list[Line]] = {}
        for line in self.choices:
            if line["list_name"]:
                found.setdefault(line["list_name"], []).append(line)
        return found

    @cached_property
    def nested(self) -> tuple[tuple[Line, tuple[Line, ...]], ...]:
        """Lines that are no end, each with the groups around it, from the outside in."""
        found: list[tuple[Line, tuple[Line, ...]]] = []
        around: list[Line] = []
        for line in self.survey:
            if line.is_end:
                del around[-1:]
                continue
            found.append((line, tuple(around)))
            if line.is_group:
                around.append(line)
        return tuple(found)

    def has(self, section: str, column: str) -> bool:
        """Return whether a sheet has a column of that meaning."""
        return any(each.known and each.name == column for each in self.columns[section].values())

    def find(
        self,
        code: str,
        section: str,
        line: Line | int | None = None,
        column: str = "",
        *,
        language: str | None = None,
        facts: Facts | None = None,
        **more: str | int,
    ) -> Finding:
        """Return a finding at a row and column of a sheet, the column by the header the person wrote."""
        row = line.number if isinstance(line, Line) else line
        place = Place(
            self.file_name, self.sheets[section].name or section, row or None, self._header(section, column, language)
        )
        return Finding(code, place, {**(facts or {}), **more})

    def _header(self, section: str, column: str, language: str | None) -> str | None:
        if not column:
            return None
        for header, meant in self.columns[section].items():
            if meant.known and meant.name == column and language in {None, self.languages.get(meant.language)}:
                return " ".join(header.split())
        return column if language is None else f"{column}::{language_header(language)}"

    def _read(self, section: str, languages: Mapping[str, str]) -> Iterator[Line]:
        columns = self.columns[section]
        for number, row in self.sheets[section].rows:
            cells: dict[str, str] = {}
            texts: dict[str, dict[str, str]] = {}
            for header, text in row.items():
                meant = columns[header]
                if meant.known and meant.name in TRANSLATED:
                    texts.setdefault(meant.name, {})[languages.get(meant.language, meant.language)] = text
                else:
                    cells[meant.name if meant.known else meant.name.lower()] = text
            if cells.get("disabled", "").lower() not in _YES:
                kind = parse_type(cells.get("type", "")) if section == "survey" else None
                yield Line(number, cells, texts, kind)


def find_like(word: str, known: Iterable[str]) -> str:
    """Return the known word that a misspelt one most likely is, an empty text when none is near."""
    by_key = {each.lower().replace(" ", "_"): each for each in known if each}
    found = process.extractOne(word.lower().replace(" ", "_"), by_key.keys(), scorer=fuzz.ratio, score_cutoff=72)
    return by_key[found[0]] if found else ""

"""What a field and a table of the partnership workbook are, and the words that belong to them.

Headers, sheet names and labels in the drop-down lists are Polish whatever the reader's language: the workbook goes
round among the partners. Help and instructions follow the language.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from surveys.language.texts import LANGUAGES, Catalogue, Language, load_catalogue
from surveys.vocabulary import load

_WORDS_END = "|"


class FieldKind(StrEnum):
    """What a cell of a field holds."""

    MARK = "mark"
    TEXT = "text"
    PARAGRAPH = "paragraph"
    INTEGER = "integer"
    AMOUNT = "amount"
    NUMBER = "number"
    DATE = "date"
    YES_NO = "yes_no"
    CODE = "code"
    REFERENCE = "reference"
    AREA = "area"
    TERYT = "teryt"
    ID = "id"


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a table, or one line of the card.

    Attributes:
        key: name in code; the attribute of the entity where there is one.
        kind: what its cells hold.
        required: a row without it is faulty.
        vocabulary: name of the code list of a ``CODE`` field.
        refers_to: key of the table whose names a ``REFERENCE`` field holds.
        repeat: number of numbered columns an empty workbook has; 0 for a single column.
        group: repeated fields of one group stand together under each number (funding: source, amount, year).
        low, high: range of a number, both inclusive.
        width: of the column, in characters.
        example: value in the example row for codes, numbers, dates and yes/no; texts and references have theirs in
            the catalogue.
        only_when_set: a line of the card that is written only when it says something.
        later: workbooks that are already going round have no such column, and nothing is said of it.
    """

    key: str
    kind: FieldKind
    required: bool = False
    vocabulary: str | None = None
    refers_to: str | None = None
    repeat: int = 0
    group: str = ""
    low: int | None = None
    high: int | None = None
    width: int = 18
    example: tuple[str | int | float | bool | date, ...] = ()
    only_when_set: bool = False
    later: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the workbook.

    Attributes:
        key: name in code.
        sheet: key of the sheet it stands on.
        fields: its columns in order.
        blank_rows: empty rows ready to be filled in, with checks and drop-down lists.
        later: workbooks that are already going round have no such sheet, and nothing is said of it.
    """

    key: str
    sheet: str
    fields: tuple[Field, ...]
    blank_rows: int
    later: bool = False

    def field(self, key: str) -> Field:
        """Return the field of a key.

        Raises:
            KeyError: the table has no such field.
        """
        for candidate in self.fields:
            if candidate.key == key:
                return candidate
        raise KeyError(key)


def say(key: str, language: Language, /, **facts: object) -> str:
    """Return a text of the workbook by its key."""
    return _texts().say(key, language, **facts)


def field_header(table: Table, field: Field, number: int | None = None, language: Language = "pl") -> str:
    """Return the header of a field; ``number`` tells a repeated field's columns apart."""
    return say(f"field.{table.key}.{field.key}.header", language, n=number or "").strip()


def field_help(table: Table, field: Field, language: Language) -> str:
    """Return the sentence that explains a field, empty for the row mark and for numbers of rows."""
    key = f"field.{table.key}.{field.key}.help"
    return say(key, language) if key in _texts() else ""


def field_aliases(table: Table, field: Field) -> tuple[str, ...]:
    """Return every other header a field is known by, in both languages; a repeated field's have no number."""
    key = f"field.{table.key}.{field.key}.aliases"
    if key not in _texts():
        return ()
    return tuple(word for language in LANGUAGES for word in _words(say(key, language)))


def field_example(table: Table, field: Field) -> tuple[str | int | float | bool | date, ...]:
    """Return the values of the example row: several for a repeated field, none when its cell stays empty.

    Codes are given as their Polish labels, as a person would see them.
    """
    key = f"field.{table.key}.{field.key}.example"
    if key in _texts():
        return _words(say(key, "pl"))
    if field.vocabulary is not None and field.kind is FieldKind.CODE:
        labels = load().lists[field.vocabulary].labels("pl")
        return tuple(labels[str(code)] for code in field.example)
    return field.example


def field_list_name(field: Field) -> str | None:
    """Return the name of the range with the words a field offers, ``None`` for a field without a list."""
    if field.kind is FieldKind.YES_NO:
        return "lista_yes_no"
    if field.kind is FieldKind.AREA:
        return "lista_areas"
    if field.refers_to is not None:
        return f"nazwy_{field.refers_to}"
    return f"lista_{field.vocabulary}" if field.vocabulary is not None else None


@cache
def example_mark() -> str:
    """Return the word in the first column that marks a row as an example."""
    return say("example.mark", "pl")


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(_WORDS_END) if word.strip())


def _texts() -> Catalogue:
    return load_catalogue("etl.workbook_layout")

"""A document as data: sections of texts, lists, tables and figures, before it is any kind of file.

Figures hold published tables and nothing else: what the disclosure gate hid is hidden in every file that is made of
them. Renderers read this and the catalogue of texts, and ask nothing more of anybody.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from surveys.language.texts import Language
from surveys.privacy.published import PublishedTable


class Tone(StrEnum):
    """What kind of text a paragraph is."""

    BODY = "body"
    LEAD = "lead"  # the answer first
    NOTE = "note"  # small: method, source, base
    OWN = "own"  # written by the partnership
    QUOTE = "quote"  # somebody's words, allowed to be quoted
    HINT = "hint"  # what people still have to write here
    UNSHOWN = "unshown"  # caption of what too few people answered; `building` gathers them before any file is made


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph."""

    text: str
    tone: Tone = Tone.BODY


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of words.

    Attributes:
        caption: what it shows.
        widths: relative widths of the columns; empty: equal.
        figures: columns of figures, set to the right.
        note: under the table, in full.
        short: the same where the document says once how tables and charts are read; empty: the note.
    """

    caption: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...] = ()
    figures: frozenset[int] = frozenset()
    note: str = ""
    short: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart of a published table.

    Attributes:
        key: the same in every version of the document, so that two versions can be compared.
        caption: what it shows.
        sentence: the answer first.
        note: base, method and source.
        question: wording of the question, empty for figures of the register.
        short: the note where the document says once how tables and charts are read; empty: the note.
    """

    key: str
    caption: str
    table: PublishedTable
    sentence: str
    note: str
    question: str = ""
    short: str = ""


Block = Text | Bullets | Grid | Figure


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter (level 1) or a part of one (level 2).

    Attributes:
        key: of its texts and of the organisation's own paragraphs.
    """

    key: str
    title: str
    blocks: tuple[Block, ...]
    level: int = 1


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document.

    Attributes:
        kind: which of `dashboard.documents.kinds`.
        partnership: its name.
        made_on: day of making.
        invented: made of sample data, which every page says.
        facts: what the figures rest on, for comparing versions (`dashboard.documents.versions`).
    """

    kind: str
    partnership: str
    title: str
    subtitle: str
    language: Language
    made_on: date
    invented: bool
    sections: tuple[Section, ...]
    facts: dict[str, object] = field(default_factory=dict)

    def figures(self) -> Iterator[Figure]:
        """Yield the figures in the order of the document."""
        for section in self.sections:
            for block in section.blocks:
                if isinstance(block, Figure):
                    yield block


def head_sections(made: Document, *, numbered: bool = True) -> list[str]:
    """Return the headings of a document's sections, with their numbers where chapters have any: ``2. …``, ``2.1 …``."""
    headings: list[str] = []
    chapter = part = 0
    for section in made.sections:
        if section.level == 1:
            chapter, part = chapter + 1, 0
            number = f"{chapter}."
        else:
            part += 1
            number = f"{chapter}.{part}"
        headings.append(f"{number} {section.title}" if numbered else section.title)
    return headings

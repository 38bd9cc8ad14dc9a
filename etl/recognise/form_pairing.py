"""Columns of data met with the questions of their form: by name, by path, by label in any language."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from etl.clean.labels import cell_text
from etl.readers.raw import RawBook, RawSheet
from etl.recognise.sheet_shape import find_header_row
from etl.recognise.xlsform_sheets import Form, FormQuestion

_MARKS = ("/", "-", ".", " - ", "::", ":", " / ")
# A form and its data part over time; what is left is a table of something else.
_LEAST_SHARE = 0.7
_FEWEST = 2


@dataclass(frozen=True)
class Paired:
    """A question of the form that a column holds.

    Attributes:
        question: the question.
        language: of the label in the header; ``None`` when the header is a name, so that the file holds codes.
    """

    question: FormQuestion
    language: str | None


def pair_headers(form: Form, headers: Sequence[str]) -> dict[int, Paired]:
    """Return the question of each column that has one, by 0-based position.

    Of questions with one wording the first belongs to the first column.
    """
    waiting: defaultdict[str, list[Paired]] = defaultdict(list)
    for question in form.questions:
        for key, language in name_headers(question):
            waiting[key].append(Paired(question, language))
    used: set[tuple[tuple[str, ...], str]] = set()
    paired: dict[int, Paired] = {}
    for position, header in enumerate(headers):
        for candidate in waiting.get(header, ()):
            place = (candidate.question.groups, candidate.question.name)
            if place not in used:
                used.add(place)
                paired[position] = candidate
                break
    return paired


def name_headers(question: FormQuestion) -> list[tuple[str, str | None]]:
    """Return every header that a question may have, with the language of its label; names come first."""
    keys: dict[str, str | None] = {question.name: None}
    for mark in _MARKS:
        for start in range(len(question.groups)):
            keys.setdefault(mark.join((*question.groups[start:], question.name)), None)
    spoken = dict.fromkeys((*question.labels, *(key for labels in question.group_labels for key in labels)))
    for language in spoken:
        # What has no label in a language, a calculation for example, goes under its name among labels.
        label = question.labels.get(language) or question.name
        keys.setdefault(label, language)
        named = zip(question.group_labels, question.groups, strict=True)
        groups = [labels.get(language) or name for labels, name in named]
        for mark in _MARKS:
            for start in range(len(groups)):
                keys.setdefault(mark.join((*groups[start:], label)), language)
    return list(keys.items())


def _stem_of(header: str) -> str:
    return header.rpartition("/")[0]


def find_paired_sheet(book: RawBook, form: Form) -> tuple[RawSheet, int] | None:
    """Return the sheet with answers to a form and the row of its headers, ``None`` when no sheet has any.

    A header of an option (``question/option``) counts with its question.
    """
    best: tuple[float, RawSheet, int] | None = None
    names = {key for question in form.questions if not question.repeated for key, _ in name_headers(question)}
    for sheet in book.sheets:
        row = find_header_row(sheet) if sheet.name not in form.sheets and sheet.name != form.sheet else None
        if row is None or row >= sheet.row_count:
            continue
        headers = [cell_text(value) for value in sheet.row(row) if value is not None]
        own = [header for header in headers if not header.startswith("_")]
        met = [
            header for header in own if header in names or _stem_of(header) in names or header.split("/")[0] in names
        ]
        share = len(met) / max(1, len(own))
        if len(met) >= _FEWEST and share >= _LEAST_SHARE and (best is None or share > best[0]):
            best = (share, sheet, row)
    return None if best is None else (best[1], best[2])

"""What a Kobo form asks, from the content of an asset: its questions in order, and the form as an XLSForm."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from etl.connectors.table_writing import write_table

_BEGINNINGS = ("begin_", "begin ")
_ENDINGS = ("end_", "end ")
_WITHOUT_ANSWER = frozenset({"note", "audit"})
_OTHER = "other"


@dataclass(frozen=True, slots=True)
class Column:
    """A question.

    Attributes:
        path: name with its groups in front, as submissions have it.
        type: ``text``, ``select_one`` …; empty for a question that only submissions know.
        choices: names of the choices.
    """

    path: str
    type: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KoboQuestions:
    """The questions of a form, and the names of its repeat groups."""

    columns: tuple[Column, ...] = ()
    repeats: tuple[str, ...] = ()

    def joined_by(self, paths: Iterable[str]) -> "KoboQuestions":
        """Return the questions with those that only submissions know; words to "other" stand beside their question."""
        columns = list(self.columns)
        known = {column.path for column in columns}
        for path in paths:
            if path in known or path.partition("/")[0] in self.repeats:
                continue
            place = next((at for at, each in enumerate(columns, start=1) if f"{each.path}_{_OTHER}" == path), None)
            columns.insert(len(columns) if place is None else place, Column(path))
            known.add(path)
        return replace(self, columns=tuple(columns))

    def shorten(self, path: str) -> str:
        """Return a question's own name, or its whole path where two groups ask under one name."""
        name = path.rpartition("/")[2]
        names = Counter(column.path.rpartition("/")[2] for column in self.columns)
        return name if names[name] == 1 else path


def read_questions(content: Mapping[str, Any]) -> KoboQuestions:
    """Return the questions of an asset's content; rows that make no sense are passed over."""
    choices = _read_choices(content.get("choices"))
    columns: list[Column] = []
    repeats: list[str] = []
    groups: list[tuple[str, bool]] = []  # name, and whether what stands in it is another table
    for row in _rows(content.get("survey")):
        kind, name = _text(row.get("type")), _name(row)
        if kind.startswith(_BEGINNINGS):
            repeated = kind.endswith("repeat")
            if repeated and not any(inside for _, inside in groups):
                repeats.append(name)
            groups.append((name, repeated))
        elif kind.startswith(_ENDINGS):
            del groups[-1:]
        elif name and kind not in _WITHOUT_ANSWER and not any(inside for _, inside in groups):
            path = "/".join([*(group for group, _ in groups if group), name])
            columns.append(_read_question(row, kind, path, choices))
    return KoboQuestions(tuple(columns), tuple(repeats))


def write_form(content: Mapping[str, Any]) -> bytes:
    """Return the form as an XLSForm in CSV: its sheets below each other, each named in the first column."""
    labels = _name_label_columns(content)
    rows: list[list[str]] = [["survey"], ["", "type", "name", *labels]]
    for row in _rows(content.get("survey")):
        kind = " ".join([_text(row.get("type")), _text(row.get("select_from_list_name"))]).strip()
        if _asks_for_other(row) and "or_other" not in kind:
            kind += " or_other"
        rows.append(["", kind, _name(row), *_list_labels(row, len(labels))])
    rows += [["choices"], ["", "list_name", "name", *labels]]
    for row in _rows(content.get("choices")):
        rows.append(["", _text(row.get("list_name")), _name(row), *_list_labels(row, len(labels))])
    width = 3 + len(labels)
    padded = [[*row, *[""] * (width - len(row))] for row in rows]
    return write_table(padded[0], padded[1:], delimiter=",", quote_all=True)


def _read_question(row: Mapping[str, Any], kind: str, path: str, choices: Mapping[str, Sequence[str]]) -> Column:
    """The list of choices stands in a column of its own, or behind the type as in the form's own spreadsheet."""
    type_name, _, rest = kind.partition(" ")
    words = rest.split()
    list_name = _text(row.get("select_from_list_name")) or (words[0] if words else "")
    offered = list(choices.get(list_name, ())) if type_name.startswith("select") else []
    if ("or_other" in words or _asks_for_other(row)) and _OTHER not in offered:
        offered.append(_OTHER)
    return Column(path, type_name, tuple(offered))


def _read_choices(rows: Any) -> dict[str, list[str]]:
    lists: dict[str, list[str]] = {}
    for row in _rows(rows):
        if _name(row):
            lists.setdefault(_text(row.get("list_name")), []).append(_name(row))
    return lists


def _name_label_columns(content: Mapping[str, Any]) -> list[str]:
    """One column a language; the language without a name is the form's own."""
    languages = content.get("translations")
    named = [_text(language) for language in languages] if isinstance(languages, list) and languages else [""]
    return [f"label::{language}" if language else "label" for language in named]


def _list_labels(row: Mapping[str, Any], count: int) -> list[str]:
    label = row.get("label")
    labels = [_text(each) for each in label] if isinstance(label, list) else [_text(label)]
    return [*labels, *[""] * count][:count]


def _asks_for_other(row: Mapping[str, Any]) -> bool:
    return _text(row.get("_or_other")).lower() == "true"


def _name(row: Mapping[str, Any]) -> str:
    return next((_text(row[key]) for key in ("name", "$autoname", "$autovalue") if _text(row.get(key))), "")


def _text(value: Any) -> str:
    """Words and numbers in one line; nothing for everything else."""
    return " ".join(str(value).split()) if isinstance(value, str | int | float) else ""


def _rows(value: Any) -> list[Mapping[str, Any]]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []

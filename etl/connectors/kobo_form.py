"""What a Kobo form asks: its questions in order, their choices and labels, from the content of an asset."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

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
        label: wording in the form's first language; empty when it has none.
        choices: name of each choice → its label.
    """

    path: str
    type: str = ""
    label: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)


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
        kind = str(row.get("type") or "")
        name = str(row.get("name") or row.get("$autoname") or "")
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


def _read_question(row: Mapping[str, Any], kind: str, path: str, choices: Mapping[str, Mapping[str, str]]) -> Column:
    """The list of choices stands in a column of its own, or behind the type as in the form's own spreadsheet."""
    type_name, _, rest = kind.partition(" ")
    words = rest.split()
    list_name = str(row.get("select_from_list_name") or (words[0] if words else ""))
    offered = dict(choices.get(list_name, {})) if type_name.startswith("select") else {}
    if "or_other" in words or str(row.get("_or_other")).lower() == "true":
        offered.setdefault(_OTHER, "")
    return Column(path, type_name, _first_label(row), offered)


def _read_choices(rows: Any) -> dict[str, dict[str, str]]:
    lists: dict[str, dict[str, str]] = {}
    for row in _rows(rows):
        name = row.get("name", row.get("$autovalue"))
        if isinstance(name, str | int) and name != "":
            lists.setdefault(str(row.get("list_name") or ""), {})[str(name)] = _first_label(row)
    return lists


def _first_label(row: Mapping[str, Any]) -> str:
    label = row.get("label")
    if isinstance(label, list):
        label = next((each for each in label if isinstance(each, str) and each), "")
    return " ".join(label.split()) if isinstance(label, str) else ""


def _rows(value: Any) -> list[Mapping[str, Any]]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []

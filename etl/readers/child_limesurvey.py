"""LimeSurvey's own files in the child process: a survey's structure (``.lss``) and its responses (``.lsr``).

Both are tables of its database, written row by row: older ones keep a row for each language in ``questions`` and
``answers``, from version 4 on the wordings stand in tables that end in ``_l10ns``.
"""

import html
import re
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element  # a type only; parsed by defusedxml

from etl.readers.child_form import FormRow

Row = dict[str, str]
Labels = Mapping[str, str]
Cell = tuple[str, str, Labels]

_BLOCK = re.compile(r"</?(p|div|br|li|ul|ol|td|tr|table|h\d|hr)\b[^>]{0,2000}>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]{0,2000}>")
_UNSEEN = re.compile(r"<(script|style)\b.*?</\1>", re.IGNORECASE | re.DOTALL)
# Options that LimeSurvey itself gives, by its letter for the type; other languages than Polish get English ones.
_FIXED: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "Y": (("Y", "Tak", "Yes"), ("N", "Nie", "No")),
    "G": (("F", "Kobieta", "Female"), ("M", "Mężczyzna", "Male")),
    "C": (("Y", "Tak", "Yes"), ("U", "Niepewne", "Uncertain"), ("N", "Nie", "No")),
    "E": (("I", "Wzrost", "Increase"), ("S", "Bez zmian", "Same"), ("D", "Spadek", "Decrease")),
    "5": tuple((str(point), str(point), str(point)) for point in range(1, 6)),
    "A": tuple((str(point), str(point), str(point)) for point in range(1, 6)),
    "B": tuple((str(point), str(point), str(point)) for point in range(1, 11)),
}
_ONE = frozenset("L!OZWYG5")
_ARRAYS = frozenset("ABCEFH")
_WORDS = {"N": "integer", "S": "text", "T": "text", "U": "text", "D": "date", "*": "calculate", "|": "file",
          "I": "hidden", "K": "integer", "Q": "text", ":": "text", ";": "text"}  # fmt: skip
_NOTE = "X"


def holds_responses(root: Element) -> bool:
    """Whether a file holds answers (``.lsr``); one that holds neither these nor a survey's questions has none."""
    return (root.findtext("LimeSurveyDocType") or "").strip() in {"Responses", "Timings"}


def read_responses(root: Element) -> Iterator[Row]:
    """Yield every response by field; an element's name begins with ``_`` where the field's begins with a digit."""
    fields = [field.text or "" for field in root.iterfind("./responses/fields/fieldname")]
    for number, row in enumerate(root.iterfind("./responses/rows/row")):
        cells = dict.fromkeys(fields, "") if number == 0 else {}
        for cell in row:
            name = str(cell.tag)
            cells[name.removeprefix("_") if name[1:2].isdigit() else name] = cell.text or ""
        yield cells


def read_structure(root: Element) -> dict[str, list[FormRow]]:
    """Return the rows of the sheets ``survey``, ``choices`` and ``settings`` of a survey's structure."""
    return _Structure(root).read()


class _Structure:
    def __init__(self, root: Element) -> None:
        self.root = root
        self.language = next((language.text or "" for language in root.iterfind("./languages/language")), "")
        titles = self._table("surveys_languagesettings")
        self.title = next((row.get("surveyls_title", "") for row in titles), "")
        self.wordings = self._wordings("qid", "question", ("questions", "subquestions"), "question_l10ns")
        self.wordings |= self._wordings("qid", "question", (), "subquestion_l10ns")
        self.labels = self._wordings("aid", "answer", (), "answer_l10ns")
        self.others = {
            row.get("qid", ""): row.get("value", "")
            for row in self._table("question_attributes")
            if row.get("attribute") == "other_replace_text" and row.get("value")
        }
        self.choices: list[FormRow] = []

    def read(self) -> dict[str, list[FormRow]]:
        order = {row.get("gid", ""): _number(row.get("group_order")) for row in self._table("groups")}
        every = [*self._table("questions"), *self._table("subquestions")]
        parents = _once("qid", [row for row in every if row.get("parent_qid", "0") in {"0", ""}])
        below: dict[str, list[Row]] = {}
        for row in _once("qid", [row for row in every if row.get("parent_qid", "0") not in {"0", ""}]):
            below.setdefault(row["parent_qid"], []).append(row)
        options: dict[str, list[Row]] = {}
        for row in self._table("answers"):
            options.setdefault(row.get("qid", ""), []).append(row)
        parents.sort(key=lambda row: (order.get(row.get("gid", ""), 0), _number(row.get("question_order"))))
        survey: list[FormRow] = []
        for row in parents:
            rows = sorted(below.get(row["qid"], ()), key=lambda sub: _number(sub.get("question_order")))
            answers = sorted(options.get(row["qid"], ()), key=lambda answer: _number(answer.get("sortorder")))
            survey += self._question(row, rows, answers)
        settings = {"form_title": _plain(self.title), "default_language": self.language, "tool": "limesurvey"}
        return {"survey": survey, "choices": self.choices, "settings": [settings]}

    def _question(self, row: Row, rows: list[Row], answers: list[Row]) -> list[FormRow]:
        kind, code, number = row.get("type", ""), row.get("title", ""), row["qid"]
        if kind == _NOTE or not code:
            return []
        own = {"name": code, "qid": number, "required": "yes" if row.get("mandatory") in {"Y", "S"} else ""}
        own |= _headed(self.wordings.get(number, {}))
        if kind in _ONE | {"M", "P", "R"}:
            return [{**own, **self._chosen(row, rows, answers)}]
        cells = self._cells(kind, code, rows, answers)
        return [{**own, "type": _WORDS.get(kind, "text")}] if cells is None else self._grid(own, cells)

    def _chosen(self, row: Row, rows: list[Row], answers: list[Row]) -> FormRow:
        """Describe a question with a list of options."""
        kind, code = row.get("type", ""), row.get("title", "")
        other = " or_other" if row.get("other") == "Y" else ""
        beside = {"other": self.others.get(row["qid"], "")}
        if kind in _ONE:
            self._add_options(code, answers, kind)
            return {"type": f"select_one {code}{other}", **beside}
        if kind == "R":
            self._add_options(code, answers or rows, kind)
            return {"type": f"rank {code}"}
        for sub in rows:
            self._add_option(code, sub.get("title", ""), self._say(sub))
        return {"type": f"select_multiple {code}{other}", **beside}

    def _cells(self, kind: str, code: str, rows: list[Row], answers: list[Row]) -> list[Cell] | None:
        """Return name, type and wordings of each field of an array, ``None`` for a question that is none."""
        if kind in _ARRAYS:
            self._add_options(code, answers, kind)
            return [(sub.get("title", ""), f"select_one {code}", self._say(sub)) for sub in rows]
        if kind == "1":
            cells: list[Cell] = []
            for scale in ("0", "1"):
                own = f"{code}_{scale}"
                self._add_options(own, [row for row in answers if row.get("scale_id", "0") == scale], kind)
                suffix = f" ({int(scale) + 1})"
                cells += [
                    (f"{sub.get('title', '')}#{scale}", f"select_one {own}", _with_suffix(self._say(sub), suffix))
                    for sub in rows
                ]
            return cells
        if kind in {":", ";"}:
            down = [sub for sub in rows if sub.get("scale_id", "0") == "0"]
            across = [sub for sub in rows if sub.get("scale_id", "0") == "1"]
            return [
                (f"{line.get('title')}_{place.get('title')}", "text", _joined(self._say(line), self._say(place)))
                for line in down
                for place in across
            ]
        return [(sub.get("title", ""), _WORDS[kind], self._say(sub)) for sub in rows] if kind in {"K", "Q"} else None

    def _grid(self, own: FormRow, cells: list[Cell]) -> list[FormRow]:
        rows = [{"type": kind, "name": name, "qid": own["qid"], **_headed(labels)} for name, kind, labels in cells]
        return [{**own, "type": "begin group", "appearance": "table-list"}, *rows, {"type": "end group"}]

    def _say(self, row: Row) -> Labels:
        return self.wordings.get(row["qid"], {})

    def _add_options(self, name: str, rows: list[Row], kind: str) -> None:
        for code, polish, english in _FIXED.get(kind, ()):
            self._add_option(name, code, {"pl": polish} if self.language.startswith("pl") else {"en": english})
        if kind in _FIXED:
            return
        labels: dict[str, dict[str, str]] = {}
        for row in rows:
            said = labels.setdefault(row.get("code") or row.get("title", ""), {})
            if row.get("answer"):
                said[row.get("language", "")] = row["answer"]
            is_row = row.get("parent_qid", "0") not in {"0", ""}
            said.update(self._say(row) if is_row else self.labels.get(row.get("aid", ""), {}))
        for code, said in labels.items():
            self._add_option(name, code, said)

    def _add_option(self, name: str, code: str, labels: Labels) -> None:
        if code:
            self.choices.append({"list_name": name, "name": code, **_headed(labels)})

    def _wordings(self, key: str, text: str, tables: tuple[str, ...], separate: str) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {}
        for table in (*tables, separate):
            for row in self._table(table):
                if row.get(text):
                    found.setdefault(row.get(key, ""), {})[row.get("language", "")] = row[text]
        return found

    def _table(self, name: str) -> list[Row]:
        return [
            {str(cell.tag): (cell.text or "").strip() for cell in row}
            for row in self.root.iterfind(f"./{name}/rows/row")
        ]


def _once(key: str, rows: list[Row]) -> list[Row]:
    """Older files have a row for each language."""
    found: dict[str, Row] = {}
    for row in rows:
        if row.get(key):
            found.setdefault(row[key], row)
    return list(found.values())


def _headed(labels: Labels) -> dict[str, str]:
    plain = {language: _plain(text) for language, text in labels.items()}
    return {f"label::{language}" if language else "label": text for language, text in plain.items() if text}


def _plain(text: str) -> str:
    """A wording without its HTML."""
    return " ".join(html.unescape(_TAG.sub("", _BLOCK.sub(" ", _UNSEEN.sub(" ", text)))).split())


def _with_suffix(labels: Labels, suffix: str) -> Labels:
    return {language: text + suffix for language, text in labels.items()}


def _joined(first: Labels, second: Labels) -> Labels:
    return {language: f"{text} – {second.get(language, '')}".strip(" –") for language, text in first.items()}


def _number(text: str | None) -> int:
    return int(text) if text and text.lstrip("-").isdecimal() else 0

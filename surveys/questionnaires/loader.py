"""From an XLSForm in its CSV variant to a `Questionnaire`."""

import csv
import io
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources

from surveys.model import Choice, Question, Questionnaire, QuestionType
from surveys.vocabulary import load

Row = Mapping[str, str]

_PL, _EN = "label::Polski (pl)", "label::English (en)"
_SHEETS = ("survey", "choices", "settings")
_PLAIN_TYPES = {
    "text": QuestionType.TEXT,
    "date": QuestionType.DATE,
    "integer": QuestionType.NUMBER,
    "decimal": QuestionType.NUMBER,
    "select_one": QuestionType.SINGLE,
    "select_multiple": QuestionType.MULTIPLE,
    "rank": QuestionType.RANKING,
}
_SELECTS = frozenset({"select_one", "select_multiple", "rank"})


class QuestionnaireError(ValueError):
    """A questionnaire's file says something that cannot be: names the row and what is wrong there."""


class UnknownQuestionnaireError(LookupError):
    """There is no shipped questionnaire of that name or version."""


@cache
def list_questionnaires() -> tuple[Questionnaire, ...]:
    """Return every shipped questionnaire, every version, by slug and version."""
    found = [
        parse_questionnaire(file.read_text(encoding="utf-8-sig"))
        for file in resources.files("surveys.questionnaires").iterdir()
        if file.name.endswith(".csv")
    ]
    return tuple(sorted(found, key=lambda one: (one.slug, one.version)))


def load_questionnaire(slug: str, version: str | None = None) -> Questionnaire:
    """Return a shipped questionnaire.

    Args:
        slug: its name, for example ``residents``.
        version: as its author wrote it; ``None`` takes the newest.

    Raises:
        UnknownQuestionnaireError: there is none.
    """
    found = [one for one in list_questionnaires() if one.slug == slug and version in {None, one.version}]
    if not found:
        raise UnknownQuestionnaireError(f"no questionnaire {slug!r} of version {version!r}")
    return found[-1]


def parse_questionnaire(text: str) -> Questionnaire:
    """Return the questionnaire that a file's text describes.

    Raises:
        QuestionnaireError: it describes none.
    """
    sheets = _split(text)
    missing = [name for name in _SHEETS if not sheets.get(name)]
    if missing:
        raise QuestionnaireError(f"no rows of the sheets {', '.join(missing)}")
    (settings,) = sheets["settings"]
    choices: dict[str, list[Row]] = {}
    for row in sheets["choices"]:
        choices.setdefault(row["list_name"], []).append(row)
    questions = tuple(_read_questions(sheets["survey"], choices))
    names = [question.name for question in questions]
    if len(set(names)) < len(names):
        raise QuestionnaireError("two questions have the same name")
    return Questionnaire(
        slug=settings["form_id"],
        version=settings["version"],
        title_pl=settings["form_title"],
        title_en=settings.get("diagnoza::title::English (en)", ""),
        questions=questions,
    )


def _split(text: str) -> dict[str, list[Row]]:
    """Rows by sheet; the first row of a sheet is its header."""
    sheets: dict[str, list[Row]] = {}
    header: list[str] | None = None
    for cells in csv.reader(io.StringIO(text)):
        if cells and cells[0]:
            rows = sheets.setdefault(cells[0], [])
            header = None
        elif header is None:
            header = cells
        elif any(cells):
            rows.append({name: value.strip() for name, value in zip(header, cells, strict=False) if name})
    return sheets


def _read_questions(rows: list[Row], choices: Mapping[str, list[Row]]) -> Iterator[Question]:
    battery = ""
    for number, row in enumerate(rows, 3):
        kind, _, list_name = row["type"].partition(" ")
        if kind == "begin_group":
            # Only a table of questions has a stem that they share.
            battery = row[_PL] if row.get("appearance") == "table-list" else ""
        elif kind == "end_group":
            battery = ""
        elif kind not in _PLAIN_TYPES:
            raise QuestionnaireError(f"row {number}: the type {kind!r} is not known")
        elif kind in _SELECTS and list_name not in choices:
            raise QuestionnaireError(f"row {number}: there are no choices {list_name!r}")
        else:
            yield _read_question(row, kind, choices.get(list_name, []), battery)


def _read_question(row: Row, kind: str, choices: list[Row], battery: str) -> Question:
    vocabulary = row.get("diagnoza::vocabulary") or None
    own_type = row.get("diagnoza::type")
    limit = row.get("diagnoza::max_choices")
    return Question(
        name=row["name"],
        type=QuestionType(own_type) if own_type else _PLAIN_TYPES[kind],
        text_pl=row[_PL],
        text_en=row.get(_EN, ""),
        choices=tuple(_read_choice(choice, vocabulary) for choice in choices),
        vocabulary=vocabulary,
        max_choices=int(limit) if limit else None,
        profile=row.get("diagnoza::profile") or None,
        battery=battery,
    )


def _read_choice(row: Row, vocabulary: str | None) -> Choice:
    code, label_pl, label_en = row["name"], row[_PL], row.get(_EN, "")
    missing = row.get("diagnoza::missing") or None
    if missing is None and vocabulary is not None:
        if code not in load().lists[vocabulary]:
            raise QuestionnaireError(f"the option {code!r} is not in the list {vocabulary}")
        entry = load().lists[vocabulary][code]
        label_pl, label_en = label_pl or entry.label_pl, label_en or entry.label_en
    if missing is not None and missing not in load().missing_kinds:
        raise QuestionnaireError(f"the option {code!r} means an unknown kind of missing")
    return Choice(code, label_pl, label_en, missing=missing, is_other=row.get("diagnoza::other") == "yes")

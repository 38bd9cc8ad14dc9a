"""Made answers in the shapes of KoboToolbox, its older family, ODK Central, SurveyCTO; and the XLSForm behind them."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from surveys.model import QuestionType
from tests.made.google_forms import Cell, MadeQuestion, MadeSurvey
from tests.made.workbook import Cell as SheetCell

KOBO_END = (
    "_id", "_uuid", "_submission_time", "_validation_status", "_notes", "_status", "_submitted_by", "__version__",
    "_tags", "meta/rootUuid", "_index",
)  # fmt: skip
ODK_END = (
    "KEY", "SubmitterID", "SubmitterName", "AttachmentsPresent", "AttachmentsExpected", "Status", "ReviewState",
    "DeviceID", "Edits", "FormVersion",
)  # fmt: skip
Rows = list[list[SheetCell]]


@dataclass(frozen=True)
class Asked:
    """A made question as a form names it: its group, its name, and a code for each label."""

    question: MadeQuestion
    place: int
    group: str
    group_label: str
    name: str
    label: str
    codes: Mapping[str, str]

    @property
    def ticks(self) -> bool:
        """Whether several options may be chosen."""
        return self.question.type is QuestionType.MULTIPLE

    def path(self, mark: str, *, labels: bool) -> str:
        """The header with its group."""
        group, name = (self.group_label, self.label) if labels else (self.group, self.name)
        return f"{group}{mark}{name}" if group else name

    def pieces(self, cell: Cell, *, labels: bool) -> list[str]:
        """What was chosen, as labels or codes; a number or a text as it is."""
        if cell is None:
            return []
        if isinstance(cell, tuple):
            return [one if labels else self.codes[one] for one in cell]
        return [f"{cell:g}" if isinstance(cell, float) else cell]


def name_questions(made: MadeSurvey) -> list[Asked]:
    """Give every question its name, every option its code, every grid its group."""
    stems: dict[str, str] = {}
    asked = []
    for place, question in enumerate(made.questions):
        stem, _, row = question.header.partition(" [")
        group = stems.setdefault(stem, f"grid_{len(stems) + 1}") if row else ""
        chosen = {one: None for cells in made.answers for one in _labels_in(cells[place])}
        labels = list(dict.fromkeys([*question.options, *chosen]))
        codes = {label: f"o_{number}" for number, label in enumerate(labels, 1)}
        label = row.removesuffix("]") or question.header
        asked.append(Asked(question, place, group, stem if row else "", f"q_{place + 1}", label, codes))
    return asked


def kobo_rows(
    made: MadeSurvey, *, labels: bool, ticks: str = "both", mark: str = "/", groups: bool = True, tags: bool = False
) -> Rows:
    """The current export: a summary and 1/0 columns (``both``), one of them (``summary``, ``details``)."""
    asked = name_questions(made)
    header: list[SheetCell] = ["start", "end"]
    for one in asked:
        path = one.path(mark, labels=labels) if groups else (one.label if labels else one.name)
        options = [f"{path}{mark}{label if labels else code}" for label, code in one.codes.items()] if one.ticks else []
        header += ([path] if ticks != "details" or not one.ticks else []) + (options if ticks != "summary" else [])
    rows: Rows = [[*header, *KOBO_END]]
    if tags:
        rows.append(["", "", "#indicator+diet", *[""] * (len(rows[0]) - 3)])
    for number, (stamp, cells) in enumerate(zip(made.stamps, made.answers, strict=True), 1):
        row: list[SheetCell] = [f"{stamp:%Y-%m-%dT%H:%M:%S}.000+02:00"] * 2
        for one in asked:
            pieces = one.pieces(cells[one.place], labels=labels)
            if ticks != "details" or not one.ticks:
                row.append(" ".join(pieces))
            if one.ticks and ticks != "summary":
                spelled = [label if labels else code for label, code in one.codes.items()]
                row += [("1" if option in pieces else "0") if pieces else "" for option in spelled]
        uuid = f"00000000-0000-4000-8000-{number:012d}"
        rows.append([*row, 1000 + number, uuid, f"{stamp:%Y-%m-%dT%H:%M:%S}", "", "", "submitted_via_web", "anna",
                     "vA1", "", uuid, number])  # fmt: skip
    return rows


def legacy_rows(made: MadeSurvey, *, mark: str = "/", summary: bool = True) -> Rows:
    """The older family: paths of names, ``n/a`` for nothing, ``True`` and ``False`` for ticks."""
    asked = name_questions(made)
    header: list[SheetCell] = []
    for one in asked:
        path = one.path(mark, labels=False)
        header += [path] if summary or not one.ticks else []
        header += [f"{path}{mark}{code}" for code in one.codes.values()] if one.ticks else []
    rows: Rows = [[*header, "meta/instanceID", "_uuid", "_submission_time", "_tags", "_notes"]]
    for number, (stamp, cells) in enumerate(zip(made.stamps, made.answers, strict=True), 1):
        row: list[SheetCell] = []
        for one in asked:
            pieces = one.pieces(cells[one.place], labels=False)
            if summary or not one.ticks:
                row.append(" ".join(pieces) or "n/a")
            if one.ticks:
                row += [str(code in pieces) if pieces else "n/a" for code in one.codes.values()]
        uuid = f"00000000-0000-4000-8000-{number:012d}"
        rows.append([*row, f"uuid:{uuid}", uuid, f"{stamp:%Y-%m-%dT%H:%M:%S}", "n/a", "n/a"])
    return rows


def odk_rows(made: MadeSurvey, *, split: bool = False, review: Mapping[int, str] | None = None) -> Rows:
    """ODK Central's root table; split options have columns only where somebody chose them, and 0 for nothing."""
    asked = name_questions(made)
    chosen = {
        one.name: [code for label, code in one.codes.items() if _anybody(made, one, label)]
        if split and one.ticks
        else []
        for one in asked
    }
    header: list[SheetCell] = ["SubmissionDate", "meta-instanceID"]
    for one in asked:
        path = one.path("-", labels=False)
        header += [path, *(f"{path}/{code}" for code in chosen[one.name])]
    rows: Rows = [[*header, *ODK_END]]
    for number, (stamp, cells) in enumerate(zip(made.stamps, made.answers, strict=True), 1):
        key = f"uuid:00000000-0000-4000-8000-{number:012d}"
        row: list[SheetCell] = [f"{stamp:%Y-%m-%dT%H:%M:%S}.000Z", key]
        for one in asked:
            pieces = one.pieces(cells[one.place], labels=False)
            row += [" ".join(pieces), *("1" if code in pieces else "0" for code in chosen[one.name])]
        state = (review or {}).get(number, "")
        rows.append([*row, key, "12", "anna", "0", "0", "", state, "collect:abc", "0", "v1"])
    return rows


def survey_cto_rows(made: MadeSurvey) -> Rows:
    """SurveyCTO's wide table: options of several choices behind ``_``, times in the owner's style."""
    asked = name_questions(made)
    header: list[SheetCell] = ["SubmissionDate", "starttime", "endtime", "deviceid", "devicephonenum"]
    for one in asked:
        header += [one.name, *(f"{one.name}_{code}" for code in (one.codes.values() if one.ticks else ()))]
    rows: Rows = [[*header, "instanceID", "formdef_version", "KEY"]]
    for number, (stamp, cells) in enumerate(zip(made.stamps, made.answers, strict=True), 1):
        half = "PM" if stamp.hour > 11 else "AM"
        when = f"{stamp:%b} {stamp.day}, {stamp:%Y} {stamp.hour % 12 or 12}:{stamp:%M:%S} {half}"
        row: list[SheetCell] = [when, when, when, f"dev{number}", ""]
        for one in asked:
            pieces = one.pieces(cells[one.place], labels=False)
            ticks = one.codes.values() if one.ticks else ()
            row += [" ".join(pieces), *(("1" if code in pieces else "0") if pieces else "" for code in ticks)]
        key = f"uuid:00000000-0000-4000-8000-{number:012d}"
        rows.append([*row, key, "2601011200", key])
    return rows


def form_sheets(made: MadeSurvey, *, extra_option: str = "") -> dict[str, Rows]:
    """The XLSForm of a survey, in Polish and English.

    Args:
        made: the survey.
        extra_option: label of a further option of every question with several answers, which nobody chose.
    """
    survey: Rows = [["type", "name", "label::Polski (pl)", "label::English (en)", "appearance"]]
    choices: Rows = [["list_name", "name", "label::Polski (pl)", "label::English (en)"]]
    survey += [["start", "start", "", "", ""], ["end", "end", "", "", ""], ["note", "hello", "Witamy", "Welcome", ""]]
    group = ""
    for one in name_questions(made):
        if one.group != group:
            survey += [["end_group", "", "", "", ""]] if group else []
            survey += [["begin_group", one.group, one.group_label, "", "table-list"]] if one.group else []
            group = one.group
        survey.append([_type_of(one), one.name, one.label, f"{one.label} EN", ""])
        if one.codes:
            more = {extra_option: "o_extra"} if extra_option and one.ticks else {}
            choices += [[f"l_{one.name}", code, label, f"{label} EN"] for label, code in {**one.codes, **more}.items()]
    survey += [["end_group", "", "", "", ""]] if group else []
    settings: Rows = [["form_title", "form_id", "default_language"], ["Diagnoza", "diagnoza", "Polski (pl)"]]
    return {"survey": survey, "choices": choices, "settings": settings}


def write_csv(rows: Rows, *, delimiter: str = ",", quoted: bool = False, encoding: str = "utf-8") -> bytes:
    """Rows as CSV: Kobo quotes every cell and parts them by semicolons, ODK writes commas."""
    written = io.StringIO(newline="")
    style = csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL
    csv.writer(written, delimiter=delimiter, quoting=style, lineterminator="\r\n").writerows(rows)  # type: ignore[arg-type] # the csv module's own constants
    return written.getvalue().encode(encoding)


def truth_of(made: MadeSurvey) -> dict[str, list[object]]:
    """The answers as `read_answers` gives them from a file of labels: digits of a scale are labels there."""

    def as_stored(question: MadeQuestion, cell: Cell) -> object:
        if isinstance(cell, tuple):
            return frozenset(cell)
        if question.type is QuestionType.SCALE and isinstance(cell, float):
            return frozenset({f"{cell:g}"})
        return cell

    return {
        question.header: [as_stored(question, row[place]) for row in made.answers]
        for place, question in enumerate(made.questions)
    }


def coded(made: MadeSurvey, one: Asked) -> list[object]:
    """The answers to a question as `read_answers` gives them from a file of codes."""
    read: list[object] = []
    for row in made.answers:
        cell = row[one.place]
        read.append(frozenset(one.pieces(cell, labels=False)) if isinstance(cell, tuple) else cell)
    return read


def _type_of(one: Asked) -> str:
    if one.question.type is QuestionType.TEXT:
        return "text"
    if not one.codes or one.question.type is QuestionType.NUMBER:
        return "integer"
    return f"select_multiple l_{one.name}" if one.ticks else f"select_one l_{one.name}"


def _anybody(made: MadeSurvey, one: Asked, label: str) -> bool:
    return any(label in _labels_in(row[one.place]) for row in made.answers)


def _labels_in(cell: Cell) -> Sequence[str]:
    return cell if isinstance(cell, tuple) else ()

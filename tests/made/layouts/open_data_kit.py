"""KoboToolbox old and new, and ODK Central: names or labels above, ticks in a cell, in columns, or in both.

Beside what `tests.made.open_data_kit` writes there are the columns of words beside "other", rankings, kinds of missing,
days, and rows that were not approved.
"""

from dataclasses import replace
from datetime import datetime

from surveys.model import QuestionType
from tests.made.layouts.forms import real_cell
from tests.made.layouts.tables import XLSX, Cell, Laid, Row, Style, write_rows
from tests.made.truth import NOTHING, Asked, KnownSurvey, Said
from tests.made.workbook import pack

KOBO_CSV = Style(delimiter=";", quoting=1)
_ORDINALS = ("1st", "2nd", "3rd", "4th", "5th")
_KOBO_MARKS = ("_id", "_uuid", "_submission_time", "_validation_status", "_notes", "_status", "_submitted_by",
               "__version__", "_tags", "meta/rootUuid", "_index")  # fmt: skip
_ODK_MARKS = ("KEY", "SubmitterID", "SubmitterName", "AttachmentsPresent", "AttachmentsExpected", "Status",
              "ReviewState", "DeviceID", "Edits", "FormVersion")  # fmt: skip


def kobo(survey: KnownSurvey, *, ticks: str = "both", codes: bool = False, grouped: bool = True) -> Laid:
    """The current export; ``ticks`` is ``both``, ``details`` or ``summary``.

    The last row is one that the survey's owner did not approve.
    """
    survey = _with_untranslated_other(survey.in_codes() if codes else survey)
    stems = _groups(survey, codes=codes)
    headers: Row = []
    for one in survey.asked:
        headers += _kobo_headers(one, f"{stems[one.name]}/{one.text}" if grouped and one.name in stems else one.text,
                                 ticks)  # fmt: skip
    rows: list[Row] = []
    refused = survey.answers[0]
    for number, (stamp, answers) in enumerate(
        zip((*survey.stamps, survey.stamps[0]), (*survey.answers, refused), strict=True), 1
    ):
        row: Row = [cell for one, said in zip(survey.asked, answers, strict=True) for cell in _kobo(one, said, ticks)]
        status = "Not Approved" if number > len(survey.answers) else None
        row += [900_000 + number, f"uuid-{number}", f"{stamp:%Y-%m-%dT%H:%M:%S}", status, None, "submitted_via_web",
                None, "v1", None, f"uuid-{number}", number]  # fmt: skip
        rows.append(row)
    told = survey.reworded(lambda one: replace(one, stem=stems[one.name] if grouped and one.name in stems else ""))
    return Laid(
        "kobo", f"Diagnoza - latest version - {'False' if codes else 'labels'} - 2026-04-02-10-00-00",
        [[*headers, *_KOBO_MARKS]], rows, told, XLSX, frozenset({"SURVEY-ROWS-REJECTED"}), rejected=1,
    )  # fmt: skip


def kobo_legacy(survey: KnownSurvey) -> Laid:
    """The older family: paths, ``n/a``, True and False."""
    survey = _with_untranslated_other(survey.in_codes())
    headers: Row = []
    for one in survey.asked:
        headers += _kobo_headers(one, one.text, "details")
    rows: list[Row] = []
    for number, (stamp, answers) in enumerate(zip(survey.stamps, survey.answers, strict=True), 1):
        row: Row = []
        for one, said in zip(survey.asked, answers, strict=True):
            cells = _kobo(one, said, "details")
            if one.type is QuestionType.MULTIPLE:
                cells = [str(bool(cell)) if isinstance(cell, int) else cell for cell in cells]
            row += ["n/a" if cell is None else cell for cell in cells]
        rows.append([*row, f"uuid:{number}", f"uuid-{number}", f"{stamp:%Y-%m-%dT%H:%M:%S}"])
    marks = ["meta/instanceID", "_uuid", "_submission_time"]
    return Laid("kobo", "diagnoza_2026_04_02", [[*headers, *marks]], rows, survey, Style(end="\n"))


def odk(survey: KnownSurvey, *, split: bool = False) -> Laid:
    """The CSV of ODK Central: codes, ticks joined by spaces, columns only for options that somebody chose."""
    # Without its form an order cannot be told from ticks.
    survey = _with_untranslated_other(survey.in_codes().without(QuestionType.RANKING))
    stems = _groups(survey, codes=True)
    headers: Row = []
    chosen = {
        one.name: sorted({label for row in survey.answers for label in row[place].labels})
        for place, one in enumerate(survey.asked)
        if one.type is QuestionType.MULTIPLE
    }
    for one in survey.asked:
        header = f"{stems[one.name]}-{one.text}" if one.name in stems else one.text
        headers += [header, *(f"{header}/{option}" for option in chosen.get(one.name, ()) if split)]
        headers += [f"{one.name}_other"] if one.other else []
    rows: list[Row] = []
    for number, (stamp, answers) in enumerate(zip(survey.stamps, survey.answers, strict=True), 1):
        row: Row = [f"{stamp:%Y-%m-%dT%H:%M:%S}.000Z"]
        for one, said in zip(survey.asked, answers, strict=True):
            row.append(" ".join(said.labels) or None if one.type is QuestionType.MULTIPLE else _own(one, said))
            row += [int(option in said.labels) for option in chosen.get(one.name, ()) if split]
            row += [said.words or None] if one.other else []
        rows.append([*row, f"uuid:{number}", "12", "Ankieter", 0, 0, None, None, None, 0, "1"])
    # A name may hold the sign that parts groups: what is a group's is not told.
    told = survey.reworded(lambda one: replace(one, text="-".join(filter(None, (stems.get(one.name), one.text)))))
    return Laid("odk", "diagnoza", [["SubmissionDate", *headers, *_ODK_MARKS]], rows, told, Style(end="\n"))


def odk_archive(survey: KnownSurvey, *, split: bool = False) -> tuple[Laid, tuple[str, bytes]]:
    """The zip of Central: the submissions and a repeat beside them."""
    laid = odk(survey, split=split)
    members: list[Row] = [["imie", "wiek", "PARENT_KEY", "KEY"]]
    members += [["x", 7, f"uuid:{number}", f"uuid:{number}/dzieci[1]"] for number in (1, 2, 3)]
    content = pack(
        {
            "diagnoza.csv": write_rows([*laid.headers, *laid.rows], laid.style),
            "diagnoza-dzieci.csv": write_rows(members, laid.style),
        }
    )
    return replace(laid, says=frozenset({"SURVEY-REPEATS-NOT-READ"})), ("diagnoza.zip", content)


def _with_untranslated_other(survey: KnownSurvey) -> KnownSurvey:
    return survey.reworded(lambda one: replace(one, other="other") if one.other else one)


def _groups(survey: KnownSurvey, *, codes: bool) -> dict[str, str]:
    """Name of a question → the group it stands in: a grid is a group in these tools."""
    if not codes:
        return {one.name: one.stem for one in survey.asked if one.stem}
    return {one.name: "zdania" for one in survey.asked if one.name.startswith("zdanie")}


def _kobo_headers(one: Asked, header: str, ticks: str) -> Row:
    if one.type is QuestionType.RANKING:
        return [f"{header}/_{_ORDINALS[place]}_choice" for place in range(len(one.options))]
    headers: Row = [header] if one.type is not QuestionType.MULTIPLE or ticks != "details" else []
    if one.type is QuestionType.MULTIPLE and ticks != "summary":
        headers += [f"{header}/{option}" for option in one.offered]
    return [*headers, f"{one.name}_other"] if one.other else headers


def _kobo(one: Asked, said: Said, ticks: str) -> list[Cell]:
    if one.type is QuestionType.RANKING:
        return [*said.labels, *[None] * (len(one.options) - len(said.labels))]
    beside: list[Cell] = [said.words or None] if one.other else []
    if one.type is not QuestionType.MULTIPLE:
        return [_own(one, said), *beside]
    summary: list[Cell] = [] if ticks == "details" else [" ".join(said.labels) or None]
    if ticks != "summary":
        summary += [None if said == NOTHING else int(option in said.labels) for option in one.offered]
    return [*summary, *beside]


def _own(one: Asked, said: Said) -> Cell:
    cell = real_cell(one, replace(said, words="") if one.other else said)
    return cell if not isinstance(cell, datetime) else cell.date()

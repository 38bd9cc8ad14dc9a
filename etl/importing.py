"""Values that travel through the pipeline: the file, what it was taken for, a person's decisions, the outcome."""

from dataclasses import dataclass, field
from typing import Any

from surveys.findings import Report
from surveys.language.texts import Language
from surveys.model import QuestionType, WaveMode


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file as it came from a person; ``content`` never reaches a log."""

    file_name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class ColumnInspection:
    """What one column (or one multi-column question) was taken for.

    Attributes:
        columns: 0-based positions in the sheet; several for a question spread over columns.
        header: as written.
        role: ``question``, ``metadata``, ``identifier``, ``weight`` or ``ignored``.
        type: type of a question, ``None`` for other roles.
        choices: labels of the options, in order; empty for numbers, dates, texts.
        vocabulary: code list whose codes the options were certainly matched to, else ``None``.
        profile: ``gender``, ``age`` … for a question of the respondent profile, else ``None``.
        reason: key of a text that says why, with ``facts``.
    """

    columns: tuple[int, ...]
    header: str
    role: str
    type: QuestionType | None = None
    choices: tuple[str, ...] = ()
    vocabulary: str | None = None
    profile: str | None = None
    reason: str = ""
    facts: dict[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SheetInspection:
    """What one sheet was taken for: ``kind`` is ``answers``, ``register``, ``codes``, ``empty`` or ``ignored``."""

    name: str
    kind: str
    header_row: int | None
    rows: int
    columns: tuple[ColumnInspection, ...] = ()


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a file is, without storing anything.

    Attributes:
        source: ``google_forms``, ``partnership_workbook``, ``generic`` …
        score: certainty 0–1; below 0.8 the person decides.
        reasons: keys of texts that say why.
    """

    source: str
    score: float
    reasons: tuple[str, ...]
    sheets: tuple[SheetInspection, ...]
    report: Report

    def to_json(self, language: Language = "pl") -> dict[str, Any]:
        """Return the object that ``diagnoza inspect --json`` prints."""
        return {
            "source": self.source,
            "score": round(self.score, 3),
            "sheets": [
                {
                    "name": sheet.name,
                    "kind": sheet.kind,
                    "header_row": sheet.header_row,
                    "rows": sheet.rows,
                    "columns": [
                        {
                            "header": column.header,
                            "role": column.role,
                            "type": column.type.value if column.type else None,
                            "choices": list(column.choices),
                            "columns": [position + 1 for position in column.columns],
                            "vocabulary": column.vocabulary,
                            "profile": column.profile,
                        }
                        for column in sheet.columns
                    ],
                }
                for sheet in self.sheets
            ],
            "findings": findings_to_json(self.report, language),
        }


@dataclass(frozen=True, slots=True)
class ColumnDecision:
    """A person's word on one column, by the position of its first column.

    ``None`` leaves what was recognised; ``ignore`` leaves the column out; ``vocabulary=""`` says that it asks about
    no code list, whatever its options look like.
    """

    ignore: bool = False
    type: QuestionType | None = None
    vocabulary: str | None = None
    profile: str | None = None


@dataclass(frozen=True, slots=True)
class Decisions:
    """Everything a person decided before loading.

    Attributes:
        source: what the file is (`etl.recognise.registry.SAID_SOURCES`), for a file that the program is not sure of;
            without a word such a file is not loaded.
        partnership: slug; ``None`` lets a partnership workbook speak for itself.
        wave: name of the wave the answers belong to; ``None`` takes the file's name.
        questionnaire: slug of a known questionnaire the columns should be joined to; ``""`` asks for a new one,
            ``None`` leaves it to the wording of the questions.
        columns: decisions by 0-based position of a column.
        drop_identifiers: leave out columns that hold personal data (otherwise they stop the import).
        accept_suggestions: take uncertain suggestions of codes too.
        keep_unfinished: load rows too that the source says are incomplete or rejected.
        replaces: uid of an earlier import of answers whose place the file takes as a whole; its wave is the file's,
            when nobody names one.
        keep_both: the file stands beside an earlier import of the wave that looks like the same one.
    """

    partnership: str | None = None
    wave: str | None = None
    mode: WaveMode = WaveMode.UNKNOWN
    questionnaire: str | None = None
    columns: dict[int, ColumnDecision] = field(default_factory=dict)
    drop_identifiers: bool = False
    accept_suggestions: bool = False
    source: str | None = None
    keep_unfinished: bool = False
    replaces: str | None = None
    keep_both: bool = False


@dataclass(frozen=True, slots=True)
class OptionPreview:
    """How many people of a file chose an option; kinds of missing are options too."""

    label: str
    people_count: int
    missing: bool = False


@dataclass(frozen=True, slots=True)
class QuestionPreview:
    """What a question would show once loaded, for the person who holds the file anyway.

    Attributes:
        text: wording, with the stem of its grid in front.
        base: people with a valid answer.
        options: in the order of the questionnaire; empty for numbers, days and open texts.
    """

    text: str
    type: QuestionType
    base: int
    options: tuple[OptionPreview, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import (or its rehearsal) came to.

    Attributes:
        batch: uid of the batch, ``None`` for a rehearsal or when faults stopped it.
        already_loaded: the same content was loaded before; ``batch`` is that earlier one.
        changes: for a register: entity kind → (added, changed, unchanged).
        preview: for a rehearsal of answers: what each question would show.
        rows_known: rows that an earlier import brought already; with those stored and those rejected they make up all
            that were read.
    """

    batch: str | None
    source: str
    rows_read: int
    rows_stored: int
    rows_rejected: int
    answers_stored: int
    report: Report
    already_loaded: bool = False
    changes: dict[str, tuple[int, int, int]] = field(default_factory=dict)
    preview: tuple[QuestionPreview, ...] = ()
    rows_known: int = 0

    def to_json(self, language: Language = "pl") -> dict[str, Any]:
        """Return the object that ``diagnoza import --json`` prints."""
        return {
            "batch": self.batch,
            "source": self.source,
            "rows_read": self.rows_read,
            "rows_stored": self.rows_stored,
            "rows_rejected": self.rows_rejected,
            "rows_known": self.rows_known,
            "answers_stored": self.answers_stored,
            "already_loaded": self.already_loaded,
            "changes": {
                kind: {"added": added, "changed": changed, "unchanged": unchanged}
                for kind, (added, changed, unchanged) in self.changes.items()
            },
            "findings": findings_to_json(self.report, language),
        }


def findings_to_json(report: Report, language: Language) -> list[dict[str, Any]]:
    """Return findings as plain objects with prose in one language."""
    return [
        {
            "code": finding.code,
            "severity": finding.severity.value,
            "sheet": finding.place.sheet,
            "row": finding.place.row,
            "column": finding.place.column,
            "message": finding.message(language),
            "remedy": finding.remedy(language),
        }
        for finding in report
    ]

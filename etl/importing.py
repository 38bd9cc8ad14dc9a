"""Values that travel through the pipeline: the file, what it was taken for, a person's decisions, the outcome."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from surveys.findings import Report
from surveys.language.texts import Language
from surveys.model import Fieldwork, QuestionType, WaveMode


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file as it came from a person; ``content`` never reaches a log."""

    file_name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class LikeQuestion:
    """A question of a known questionnaire that a column may be, worded otherwise.

    Attributes:
        name: of the known question.
        text: its wording, with the stem of its grid in front.
        certain: taken without asking; otherwise a person decides.
    """

    name: str
    text: str
    certain: bool


@dataclass(frozen=True, slots=True)
class ValueInspection:
    """A written value that may mean an option of the question, or a code of a list.

    Attributes:
        key: of the value, for `Decisions.values`.
        wording: as most people wrote it; written by two people at least, or a phrase of the code list itself.
        people_count: who wrote it.
        codes: what it means or may mean: codes of the list, else codes of the question's options.
        label: of the option it may mean; ``""`` where ``codes`` belong to a code list.
        certain: taken unless a person says otherwise.
        decided: a person's word stands already, here or remembered.
    """

    key: str
    wording: str
    people_count: int
    codes: tuple[str, ...]
    label: str
    certain: bool
    decided: bool = False


@dataclass(frozen=True, slots=True)
class QuestionnaireFit:
    """A known questionnaire that a file may be another edition of.

    Attributes:
        met: questions of the file that certainly are in it.
        likely: those that may be, worded otherwise.
        count: questions of the file, the profile left out.
        joined: the file was joined to it.
        unmet: name and wording of its questions that no column was taken for.
    """

    slug: str
    title: str
    met: int
    likely: int
    count: int
    joined: bool
    unmet: tuple[tuple[str, str], ...] = ()


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
        samples: values that may be shown: options of the form, or what two people wrote at least.
        question: name of the known question it was joined to, ``""`` for a new one.
        like: question it may be, worded otherwise.
        values: written values to decide on.
        about: code list that the answers in people's own words may be coded with, ``None`` for none.
        others_count: people whose words are not among ``values``, since nobody else wrote the same.
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
    samples: tuple[str, ...] = ()
    question: str = ""
    like: LikeQuestion | None = None
    values: tuple[ValueInspection, ...] = ()
    about: str | None = None
    others_count: int = 0


@dataclass(frozen=True, slots=True)
class SheetInspection:
    """What one sheet was taken for.

    ``kind`` is ``answers``, ``register``, ``counts`` (its columns are questions), ``questionnaire`` (its columns are
    the rows of a form), ``indicators``, ``codes``, ``empty`` or ``ignored``; each has words in the texts of both rooms.
    """

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
        fit: known questionnaire that the file was joined to or comes nearest to, ``None`` when none comes near.
    """

    source: str
    score: float
    reasons: tuple[str, ...]
    sheets: tuple[SheetInspection, ...]
    report: Report
    fit: QuestionnaireFit | None = None

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


class Part(StrEnum):
    """What a decision that is kept by wording speaks of."""

    QUESTION = "question"
    IGNORE = "ignore"
    TYPE = "type"
    VOCABULARY = "vocabulary"
    PROFILE = "profile"
    VALUE = "value"


@dataclass(frozen=True, slots=True)
class WordedDecision:
    """A decision by the wording of a header, so that it can be applied to the next file.

    Attributes:
        questionnaire: slug of the questionnaire that the file belonged to.
        part: what was decided.
        header: wording of the header, as in the file.
        target: name of a question (``""``: a new one), type, code list (``""``: none), part of the profile, or code of
            an option or of a code list (``""``: an option of its own); ``""`` for `Part.IGNORE`.
        value: written value that was decided on, ``""`` for all other parts.
    """

    questionnaire: str
    part: Part
    header: str
    target: str = ""
    value: str = ""


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
        fieldwork: whom a new wave asked, as far as a person says it.
        keep_names: what looks like names of people in open answers stays, because a person looked and there are none.
        people: how many questionnaires a tally counts, where a person knows it; comes before what the file says.
        replaces: uid of an earlier import of answers whose place the file takes as a whole; its wave is the file's,
            when nobody names one.
        keep_both: the file stands beside an earlier import of the wave that looks like the same one.
        values: what written values mean: 0-based position of a column → key of the value → code of an option or of a
            code list, ``None`` for an option of its own.
        questions: 0-based position of a column → name of the known question it is, ``""`` for a new one.
        worded: decisions by the wording of headers, from a file; they come before those that are remembered.
    """

    partnership: str | None = None
    wave: str | None = None
    mode: WaveMode = WaveMode.UNKNOWN
    fieldwork: Fieldwork = field(default_factory=Fieldwork)
    questionnaire: str | None = None
    columns: dict[int, ColumnDecision] = field(default_factory=dict)
    drop_identifiers: bool = False
    accept_suggestions: bool = False
    source: str | None = None
    keep_unfinished: bool = False
    keep_names: bool = False
    people: int | None = None
    replaces: str | None = None
    keep_both: bool = False
    values: dict[int, dict[str, str | None]] = field(default_factory=dict)
    questions: dict[int, str] = field(default_factory=dict)
    worded: tuple[WordedDecision, ...] = ()


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

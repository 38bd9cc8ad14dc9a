"""A column in words: what it was taken for and why; and the decisions a person can take instead."""

from dashboard.escaping import plain
from dashboard.texts import say
from dashboard.upload_story.recognised import say_reason
from etl.importing import ColumnDecision, ColumnInspection
from etl.readers.opening import column_letters
from surveys.language.texts import Language
from surveys.model import QuestionType

KEEP = "keep"
IGNORE = "ignore"
UNBIND = "vocabulary_none"
_SHOWN_CHOICES = 4
_FORM = "mapping.reason.form"
_CLOSED = frozenset({QuestionType.SINGLE, QuestionType.MULTIPLE, QuestionType.SCALE, QuestionType.RANKING})
_LONGEST_CHOICE = 60
# Ranking spreads over several columns and cannot be declared for one.
_TYPES = (
    QuestionType.SINGLE,
    QuestionType.MULTIPLE,
    QuestionType.SCALE,
    QuestionType.NUMBER,
    QuestionType.DATE,
    QuestionType.TEXT,
)
VOCABULARIES = ("problems", "target_groups")
_PROFILES = ("gender", "age", "place", "status")
DECISIONS: dict[str, ColumnDecision] = {
    KEEP: ColumnDecision(),
    **{f"vocabulary_{name}": ColumnDecision(vocabulary=name) for name in VOCABULARIES},
    UNBIND: ColumnDecision(vocabulary=""),
    **{f"type_{kind.value}": ColumnDecision(type=kind) for kind in _TYPES},
    **{f"profile_{name}": ColumnDecision(profile=name) for name in _PROFILES},
    IGNORE: ColumnDecision(ignore=True),
}


def name_decision(decision: ColumnDecision) -> str:
    """Return the name of a decision; one that cannot be chosen here (from a mapping file) is kept as recognised."""
    return next((name for name, known in DECISIONS.items() if known == decision), KEEP)


def title_column(column: ColumnInspection) -> str:
    """Return a column's header, escaped; its letter when the header is blank."""
    return plain(column.header) or plain(column_letters(column.columns[0]))


def say_role(column: ColumnInspection, language: Language) -> str:
    """Return what a column was taken for: its role, and the type of a question."""
    if column.role != "question" or column.type is None:
        return say(f"upload.role.{column.role}", language)
    said = say(f"upload.type.{column.type.value}", language)
    if column.vocabulary in VOCABULARIES:
        said += f" – {say(f'upload.about.{column.vocabulary}', language)}"
    elif column.profile in _PROFILES:
        said += f" – {say(f'upload.about.{column.profile}', language)}"
    return said


def describe_column(column: ColumnInspection, language: Language) -> str:
    """Return the second line of a column: options and the reason, escaped."""
    parts = []
    # Options of a form may be shown; of answers only what two people wrote at least.
    samples = column.samples or (column.choices if column.reason == _FORM else ())
    if samples:
        shown = "; ".join(_shorten(sample) for sample in samples[:_SHOWN_CHOICES])
        # Of people's own words and numbers nobody needs to know how many more there are.
        offered = len(column.choices) if column.type in _CLOSED else 0
        rest = offered - min(len(samples), _SHOWN_CHOICES)
        key = "upload.column.choices_and_more" if rest > 0 else "upload.column.choices"
        parts.append(say(key, language, choices=plain(shown), n=max(rest, 0)))
    reason = say_reason(column.reason, language, **column.facts)
    if reason:
        parts.append(say("upload.column.reason", language, reason=plain(reason)))
    return " · ".join(parts)


def say_decision(name: str, language: Language) -> str:
    """Return a decision as it stands in a list of choices."""
    return say(f"upload.decision.{name}", language)


def _shorten(text: str) -> str:
    return text if len(text) <= _LONGEST_CHOICE else f"{text[: _LONGEST_CHOICE - 1]}…"

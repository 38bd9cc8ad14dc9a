"""What differs between two versions of a questionnaire, and what it does to comparing their answers.

Questions are paired by name. The verdict is that of the gate of comparisons (`surveys.analysis.comparability`), asked
about the questions alone: as if both versions were put to the same people, in the same way and month.
"""

from dataclasses import dataclass
from enum import StrEnum

from surveys.analysis.comparability import Measured, Verdict, judge_comparability
from surveys.language.folding import fold
from surveys.model import Form, SampleKind, WaveMode
from surveys.questionnaires import fill_labels, options_of
from surveys.questionnaires.asking_rules import AskingRules, rules_of_form
from surveys.questionnaires.numbering import Asked, number_questions


class ChangeKind(StrEnum):
    """What became of a question."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class QuestionChange:
    """A question that is not the same in two versions.

    Attributes:
        name: of the question.
        before, after: the question, ``None`` where it is not asked.
        verdict: whether its answers can still be compared; ``None`` where there is nothing to compare.
    """

    kind: ChangeKind
    name: str
    before: Asked | None = None
    after: Asked | None = None
    verdict: Verdict | None = None


def list_changes(before: Form, after: Form) -> tuple[QuestionChange, ...]:
    """Return the changed questions in the order of the later version, those that are gone last.

    A question that only stands elsewhere among the others is `ChangeKind.MOVED`: its answers can be compared, but what
    is asked before a question colours its answers.
    """
    first, second = _by_name(before), _by_name(after)
    kept = [name for name in first if name in second]
    moved = _find_moved(kept, [name for name in second if name in first])
    changes = []
    for name, (asked, measured) in second.items():
        if name not in first:
            changes.append(QuestionChange(ChangeKind.ADDED, name, after=asked))
            continue
        old, old_measured = first[name]
        verdict = judge_comparability(old_measured, measured)
        if verdict.doubts or verdict.notes or _words_of(old) != _words_of(asked):
            changes.append(QuestionChange(ChangeKind.CHANGED, name, old, asked, verdict))
        elif name in moved:
            changes.append(QuestionChange(ChangeKind.MOVED, name, old, asked))
    gone = [name for name in first if name not in second]
    return (*changes, *(QuestionChange(ChangeKind.REMOVED, name, before=first[name][0]) for name in gone))


def _by_name(form: Form) -> dict[str, tuple[Asked, Measured]]:
    filled = fill_labels(form)
    rules = rules_of_form(filled)
    return {
        asked.question.name: (asked, _measure(filled, asked, rules[asked.question.name]))
        for asked in number_questions(filled)
    }


def _measure(form: Form, asked: Asked, rules: AskingRules) -> Measured:
    question = asked.question
    # Options are told by their words: a code that means something else now is another answer.
    words = {option.name: fold(" ".join(option.labels.values())) for option in options_of(asked.row, form.lists)}
    return Measured(
        wording=f"{question.battery} {question.text_pl}",
        type=question.type,
        options=tuple(words.get(choice.code, choice.code) for choice in question.choices if choice.missing is None),
        max_choices=rules.cap if question.max_choices is None else question.max_choices,
        mode=WaveMode.PAPER,
        population="-",
        sampling=SampleKind.CONVENIENCE,
        month=1,
        base=rules.base,
        limits=rules.limits,
        required=rules.required,
    )


def _words_of(asked: Asked) -> tuple[object, ...]:
    """What people read beside what the gate judges: the other language, hints, ways to give no answer."""
    question = asked.question
    missing = tuple(choice.label_pl for choice in question.choices if choice.missing is not None)
    return question.text_pl, question.text_en, dict(asked.row.hints), missing


def _find_moved(before: list[str], after: list[str]) -> set[str]:
    """Return what stands elsewhere: all that is not on the longest common way through both orders."""
    places = {name: place for place, name in enumerate(before)}
    best: list[tuple[int, int | None]] = []  # length of the longest rising way that ends here, and where it came from
    order = [places[name] for name in after]
    for place, value in enumerate(order):
        length, back = max(
            ((best[other][0] + 1, other) for other in range(place) if order[other] < value), default=(1, None)
        )
        best.append((length, back))
    kept: set[str] = set()
    current: int | None = max(range(len(best)), key=lambda place: best[place][0], default=None)
    while current is not None:
        kept.add(after[current])
        current = best[current][1]
    return set(after) - kept

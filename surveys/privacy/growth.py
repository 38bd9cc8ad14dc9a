"""How the figures of a measurement may change once they were shown: in steps of enough people, never one by one.

Two tables of one question, before and after three new answers, tell those three. So a measurement goes from the
people it showed to others only when enough of them are new, changed or gone; till then the newest wait, and what was
shown stays as it is. The same for one question: where the new people of a step are many, but few of them answered it,
its new answers wait by themselves. Each step then differs from the one before by nobody or by enough people in every
question, and of a measurement that only grows no later table subtracted from any earlier one tells of fewer.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from enum import StrEnum

from surveys.privacy.rules import STANDARD_RULES, DisclosureRules

# A response: its number here → what it is known by; equal marks are the same row, whichever file brought it.
Marked = Mapping[int, Hashable]


class Step(StrEnum):
    """What may become of new answers."""

    SHOWN = "shown"
    WAIT = "wait"  # the answers wait; the people stand where they do
    UNDECIDED = "undecided"  # some of those shown are gone, and they are few: nothing can be kept as it was


def differ(shown: Marked, wanted: Marked) -> tuple[list[int], list[int]]:
    """Return the numbers of responses that would go and of those that would come; a row that only moved does neither.

    Args:
        shown: responses behind the figures that were shown.
        wanted: responses that figures are to be made of.
    """
    gone = [number for number in shown if number not in wanted]
    come = [number for number in wanted if number not in shown]
    moved = Counter(shown[number] for number in gone) & Counter(wanted[number] for number in come)
    return _without(gone, shown, moved), _without(come, wanted, moved)


def may_follow(shown: int, gone: Iterable[int], come: Iterable[int], rules: DisclosureRules = STANDARD_RULES) -> Step:
    """Return whether figures of some people may follow those of others.

    Args:
        shown: people behind the figures so far; below the base nothing was shown.
        gone: those of them who would go (`differ`).
        come: people who would come.
        rules: thresholds.
    """
    few_gone, few_come = len(list(gone)), len(list(come))
    if shown < rules.min_base or max(few_gone, few_come) >= rules.min_base or not few_gone + few_come:
        return Step.SHOWN
    return Step.UNDECIDED if few_gone else Step.WAIT


def keep_oldest(shown: int, left: Iterable[int], rules: DisclosureRules = STANDARD_RULES) -> list[int]:
    """Return those who stay when a few of the people shown had to go: the newest wait, so that enough are gone.

    Args:
        shown: people behind the figures so far.
        left: those of them who are still there, the newest last.
        rules: thresholds.
    """
    return list(left)[: max(0, shown - rules.min_base)]


def _without(numbers: Iterable[int], marks: Marked, moved: Counter[Hashable]) -> list[int]:
    left, kept = moved.copy(), []
    for number in numbers:
        if left[marks[number]] > 0:
            left[marks[number]] -= 1
        else:
            kept.append(number)
    return kept

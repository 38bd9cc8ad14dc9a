"""Notes that two people type at once: both are kept, line by line."""

from collections.abc import Sequence
from difflib import SequenceMatcher

_Change = tuple[int, int, Sequence[str]]


def merge_notes(base: str, theirs: str, mine: str) -> str:
    """Return a text with the changes of two people who began from the same one. Nothing that either typed is lost.

    Lines changed by one of them are taken from that one; where both changed the same lines, theirs come first and mine
    follow. A line that one deleted and the other left alone goes.

    Args:
        base: what both began from.
        theirs: what was kept meanwhile.
        mine: what is to be kept now.
    """
    if theirs in {base, mine}:
        return mine
    if mine == base:
        return theirs
    start = base.split("\n")
    merged: list[str] = []
    place = 0
    for first, last, versions in _join(_changes(start, theirs.split("\n")), _changes(start, mine.split("\n")), start):
        merged += start[place:first]
        place = last
        (their_lines, my_lines) = versions
        merged += their_lines
        merged += [line for line in my_lines if line not in their_lines and line not in start[first:last]]
    return "\n".join([*merged, *start[place:]])


def _changes(start: Sequence[str], changed: Sequence[str]) -> list[_Change]:
    matcher = SequenceMatcher(None, start, changed, autojunk=False)
    return [(first, last, changed[low:high]) for tag, first, last, low, high in matcher.get_opcodes() if tag != "equal"]


def _join(
    theirs: list[_Change], mine: list[_Change], start: Sequence[str]
) -> list[tuple[int, int, tuple[list[str], list[str]]]]:
    """Return stretches of the first text with both versions of each; changes of the same lines are one stretch."""
    marked = sorted([(change, 0) for change in theirs] + [(change, 1) for change in mine], key=lambda one: one[0][:2])
    groups: list[tuple[int, int, list[tuple[_Change, int]]]] = []
    for change, whose in marked:
        if groups and (change[0] < groups[-1][1] or change[:2] == groups[-1][:2]):
            first, last, listed = groups[-1]
            groups[-1] = (first, max(last, change[1]), [*listed, (change, whose)])
        else:
            groups.append((change[0], change[1], [(change, whose)]))
    joined = []
    for first, last, listed in groups:
        versions = tuple(
            _rewrite(start, first, last, [change for change, whose in listed if whose == side]) for side in (0, 1)
        )
        if not any(whose == 0 for _, whose in listed):
            versions = (versions[1], versions[1])
        elif not any(whose == 1 for _, whose in listed):
            versions = (versions[0], versions[0])
        joined.append((first, last, (versions[0], versions[1])))
    return joined


def _rewrite(start: Sequence[str], first: int, last: int, changes: Sequence[_Change]) -> list[str]:
    lines: list[str] = []
    place = first
    for low, high, new in changes:
        lines += [*start[place:low], *new]
        place = high
    return [*lines, *start[place:last]]

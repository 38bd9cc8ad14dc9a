"""Groups in front of questions: ``group/question``, joined by whatever the exporting person chose.

A slash also stands inside labels ("Pan/Pani"), so that a group has to show itself in several headers.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

_MARKS = ("/", " / ", " - ", " – ", "::", " > ", "|", ".", ":")
_ADDRESS = re.compile(
    r"(^|\s)(pan|pana|panu|panem|panie|pani|pania|panią|he|she|his|her|i|and|tak|nie|yes|no)$", re.IGNORECASE
)


@dataclass(frozen=True)
class Grouped:
    """A header taken apart: the groups as written, and the question without them."""

    group: str
    header: str


def find_groups(headers: Sequence[str], *, codes: bool) -> dict[str, Grouped]:
    """Return the headers that stand in groups.

    Args:
        headers: of questions.
        codes: headers are names: a slash always parts them.
    """
    if codes:
        return _part_names(headers, "/" if any("/" in header for header in headers) else ".")
    best: dict[str, Grouped] = {}
    for mark in _MARKS:
        found = _part_labels(headers, mark)
        if len(found) > len(best):
            best = found
    return best


def _part_names(headers: Sequence[str], mark: str) -> dict[str, Grouped]:
    parted = {
        header: Grouped(group, name)
        for header in headers
        for group, found, name in [header.rpartition(mark)]
        if found and group and name
    }
    shorts = [parted[header].header if header in parted else header for header in headers]
    # Two groups may hold questions of one name; those keep their groups.
    return {header: grouped for header, grouped in parted.items() if shorts.count(grouped.header) == 1}


def _part_labels(headers: Sequence[str], mark: str) -> dict[str, Grouped]:
    members: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for header in headers:
        parts = header.split(mark)
        for depth in range(1, len(parts)):
            group, question = mark.join(parts[:depth]), mark.join(parts[depth:])
            if _could_be_group(group, question):
                members[group][header] = question
    found: dict[str, Grouped] = {}
    for group, inside in sorted(members.items(), key=lambda item: len(item[0])):
        # "Rodzice/opiekunowie wspierają", "Rodzice/opiekunowie wiedzą": questions of a group begin each in its own way.
        first_words = {question.split()[0].lower() for question in inside.values()}
        large = all(not question[0].islower() for question in inside.values())
        if len(inside) >= (2 if large else 3) and len(first_words) > 1:
            found |= {header: Grouped(group, question) for header, question in inside.items()}
    return found


def _could_be_group(group: str, question: str) -> bool:
    first = question.split(maxsplit=1)[0] if question.strip() else ""
    return (
        bool(group.strip() and first)
        and group == group.rstrip()
        and (not first[0].islower() or len(first) > 3)  # "był/a", "i/lub"
        and _ADDRESS.search(group) is None
    )

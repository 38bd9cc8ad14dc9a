"""Questions whose options stand in columns of their own, headed ``question<mark>option``, mostly beside a summary.

What marks the option off is `/` by default, but whoever exports may choose anything; and labels hold `/` themselves.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from etl.recognise.answer_table import AnswerTable
from surveys.language.folding import fold

_TICKED = frozenset({"1", "true", "tak", "prawda", "yes"})
_UNTICKED = frozenset({"0", "false", "nie", "falsz", "no", "n/a", "na", "-"})
_MARK = re.compile(r"^(\s*[/\\|>:.–-]{1,2}\s*)(?P<option>\S.*)$", re.DOTALL)
# SurveyCTO marks options off with a sign that any name may hold: its columns have to prove that they are ticks.
_PROVEN_MARK = re.compile(r"^_(?P<option>\S+)$")
_MARKS = ("/", " / ", " - ", " – ", "::", ":", "|", " > ", ">", ".", "-")


@dataclass(frozen=True)
class TickedQuestion:
    """A question spread over columns of ticks.

    Attributes:
        header: of the question, with the groups it stands in.
        summary: 0-based column that names the ticked options in one cell, ``None`` when there is none.
        columns: 0-based columns of the options.
        options: as the headers name them.
    """

    header: str
    summary: int | None
    columns: tuple[int, ...]
    options: tuple[str, ...]


def find_ticked_questions(
    headers: Sequence[str],
    table: AnswerTable,
    positions: Collection[int],
    *,
    stems: Collection[str] = (),
    alone: bool = True,
    underscores: bool = False,
) -> list[TickedQuestion]:
    """Find questions whose options have columns of their own.

    Args:
        headers: of all columns.
        table: the answers.
        positions: columns that may hold answers.
        stems: headers of questions that certainly have several answers, whether they have a column or not.
        alone: columns of options may stand without a summary.
        underscores: options may be marked off by ``_``, where the ticks agree with the summary.
    """
    ticks = [position for position in sorted(positions) if headers[position] and _holds_ticks(table, position)]
    found: dict[tuple[str, int | None], list[tuple[int, str]]] = defaultdict(list)
    summaries: dict[str, list[int]] = defaultdict(list)
    for position in sorted(positions):
        summaries[headers[position]].append(position)
    left: list[int] = []
    longest = sorted({*summaries, *stems} - {""}, key=len, reverse=True)
    for position in ticks:
        match = _find_stem(headers[position], longest) or (
            _find_proven_stem(headers, table, position, summaries) if underscores else None
        )
        if match is None:
            left.append(position)
        else:
            stem, option = match
            found[stem, _nearest(summaries.get(stem, ()), position)].append((position, option))
    for key in [key for key, members in found.items() if not _belongs(table, key[1], members)]:
        left += [position for position, _ in found.pop(key)]
    if alone:
        used = {position for _, position in found}
        for stem, members in _group_left(headers, sorted(set(left) - used)).items():
            if len(members) > 1 and _never_all_unticked(table, [position for position, _ in members]):
                found[stem, None] += members
    return [
        TickedQuestion(
            stem, summary, tuple(position for position, _ in members), tuple(option for _, option in members)
        )
        for (stem, summary), members in sorted(found.items(), key=lambda item: item[1][0][0])
    ]


def cut_cells(question: TickedQuestion, table: AnswerTable, *, codes: bool) -> dict[str, tuple[str, ...]]:
    """Say which options each distinct cell of a question's summary holds.

    In codes a space parts them. Labels hold spaces: there the ticks of a row say what its cell means; a cell whose
    rows have no ticks comes from a time when one answer was asked for.

    Args:
        question: with a summary.
        table: the answers.
        codes: the file holds codes, not labels.
    """
    if question.summary is None:
        return {}
    texts = table.texts(question.summary)
    if codes:
        return {text: tuple(dict.fromkeys(text.split())) for text in texts.values()}
    ticked = np.zeros((len(table), len(question.columns)), dtype=bool)
    for number, position in enumerate(question.columns):
        ticked[:, number] = table.marked(
            [position], [text for text in table.texts(position).values() if fold(text) in _TICKED]
        )[:, 0]
    own = table.codes(question.summary)
    rows = np.flatnonzero(ticked.any(axis=1))
    first = dict(zip(own[rows][::-1].tolist(), rows[::-1].tolist(), strict=True))
    cells: dict[str, tuple[str, ...]] = {}
    for code, text in texts.items():
        row = first.get(code)
        marked = () if row is None else tuple(np.array(question.options)[ticked[row]].tolist())
        cells[text] = _agree(text, marked, question.options)
    return cells


def segment(text: str, options: Collection[str]) -> tuple[str, ...] | None:
    """Cut a text into options joined by spaces, the longest first; ``None`` when it is not made of them."""
    by_words = sorted({tuple(option.split()): option for option in options if option.strip()}.items(), key=_by_length)
    words = text.split()
    dead: set[int] = set()

    def follow(start: int) -> tuple[str, ...] | None:
        if start == len(words):
            return ()
        if start in dead:
            return None
        for parts, option in by_words:
            if tuple(words[start : start + len(parts)]) == parts:
                rest = follow(start + len(parts))
                if rest is not None:
                    return (option, *rest)
        dead.add(start)
        return None

    return follow(0) if len(words) <= 400 else None


def _by_length(item: tuple[tuple[str, ...], str]) -> int:
    return -len(item[0])


def _agree(text: str, marked: tuple[str, ...], options: Sequence[str]) -> tuple[str, ...]:
    """The options of one cell, by its ticks where they explain the whole of it."""
    if marked and Counter(" ".join(marked).split()) == Counter(text.split()):
        return marked
    cut = segment(text, options)
    if cut is not None:
        return cut
    if not marked:
        return (text,)
    rest = text
    for option in sorted(marked, key=len, reverse=True):
        rest = rest.replace(option, " ", 1)
    # An answer that is in no version of the form has no column, but it was chosen.
    own = " ".join(rest.split())
    return (*marked, own) if own else marked


def _holds_ticks(table: AnswerTable, position: int) -> bool:
    texts = table.texts(position).values()
    return all(fold(text) in _TICKED or fold(text) in _UNTICKED or text == "-" for text in texts)


def _find_stem(header: str, stems: Sequence[str]) -> tuple[str, str] | None:
    """The longest other header that this one begins with, and the option behind its mark."""
    for stem in stems:
        if len(stem) < len(header) and header.startswith(stem):
            found = _MARK.match(header[len(stem) :])
            if found is not None:
                return stem, found["option"].strip()
    return None


def _find_proven_stem(
    headers: Sequence[str], table: AnswerTable, position: int, summaries: Mapping[str, Sequence[int]]
) -> tuple[str, str] | None:
    header = headers[position]
    for stem in sorted(summaries, key=len, reverse=True):
        found = _PROVEN_MARK.match(header[len(stem) :]) if stem and header.startswith(stem) else None
        if found is None:
            continue
        # A minus cannot stand in a name: "-99" becomes "_99" there.
        option = re.sub(r"^_", "-", found["option"])
        summary = _nearest(summaries[stem], position)
        if summary is None:
            continue
        holding = [text for text in table.texts(summary).values() if option in text.split()]
        ticked = [text for text in table.texts(position).values() if fold(text) in _TICKED]
        if np.array_equal(table.marked([summary], holding), table.marked([position], ticked)) and table.texts(position):
            return stem, option
    return None


def _belongs(table: AnswerTable, summary: int | None, members: Sequence[tuple[int, str]]) -> bool:
    """Whether ticks are those of a summary: a question may have the name of a group that holds yes and no."""
    if summary is None:
        return True
    ticked = [
        option for position, option in members if any(fold(text) in _TICKED for text in table.texts(position).values())
    ]
    texts = table.texts(summary).values()
    return not ticked or any(option in text for option in ticked for text in texts)


def _nearest(places: Sequence[int], position: int) -> int | None:
    """Of questions with one wording, the one whose options these are: the last before them."""
    before = [place for place in places if place < position]
    return before[-1] if before else next(iter(places), None)


def _group_left(headers: Sequence[str], positions: Sequence[int]) -> dict[str, list[tuple[int, str]]]:
    """Group columns of ticks without a summary by what stands before their last mark."""
    best: dict[str, list[tuple[int, str]]] = {}
    for mark in _MARKS:
        groups: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for position in positions:
            stem, found, option = headers[position].rpartition(mark)
            if found and stem.strip() and option.strip():
                groups[stem].append((position, option.strip()))
        merged = _merge_lone(headers, groups, mark)
        if sum(len(members) for members in merged.values() if len(members) > 1) > sum(
            len(members) for members in best.values() if len(members) > 1
        ):
            best = merged
    return best


def _merge_lone(
    headers: Sequence[str], groups: Mapping[str, list[tuple[int, str]]], mark: str
) -> dict[str, list[tuple[int, str]]]:
    """An option that holds the mark itself ("tak/nie") falls out of its question: put it back."""
    merged = {stem: list(members) for stem, members in groups.items()}
    for stem, members in groups.items():
        home = next(
            (
                other
                for other in sorted(groups, key=len, reverse=True)
                if other != stem and stem.startswith(other + mark)
            ),
            None,
        )
        if len(members) == 1 and home is not None:
            position, _ = members[0]
            merged[home].append((position, headers[position][len(home) + len(mark) :].strip()))
            del merged[stem]
    return {stem: sorted(members) for stem, members in merged.items()}


def _never_all_unticked(table: AnswerTable, positions: Sequence[int]) -> bool:
    """Whether whoever answered ticked something: a question without any tick is blank, a battery of "no" isn't."""
    texts = table.distinct(positions)
    ticked = table.marked(positions, [text for text in texts if fold(text) in _TICKED]).any(axis=1)
    unticked = [text for text in texts if fold(text) in _UNTICKED - {"n/a", "na"}]
    refused = table.marked(positions, unticked).any(axis=1) & ~ticked
    return bool(ticked.any()) and int(refused.sum()) <= 0.02 * len(table)

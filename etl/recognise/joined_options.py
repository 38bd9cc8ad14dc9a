"""Ticked options joined by spaces in one cell, with nothing beside them that says where one ends.

Codes hold no spaces. Labels do: what is known of them is that each begins with a capital letter or a digit, or that
each option was sometimes ticked alone; and that the same whole options come back in other company.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

from etl.recognise.ticked_columns import segment

_CODE = re.compile(r"^[a-z0-9_][a-z0-9_.\-]*$")
_MARKED = re.compile(r"[_\d]")
_OTHER = "other"
_MOST_OPTIONS = 40
# More different pieces are people's own sentences: not worth looking at them all.
_MOST_PIECES = 400
_LONGEST = 90
_LEAST_RECURRING = 0.75
_FEWEST_RECURRING = 3
_EVIDENCE = 3

Cells = dict[str, tuple[str, ...]]


def find_joined_codes(counts: Mapping[str, int]) -> Cells | None:
    """Return the codes in each text, ``None`` when the texts are something else (names of towns, sentences).

    Args:
        counts: distinct texts, and how many people gave each.
    """
    if len(counts) > 2**16 or not all(_CODE.match(text.split()[0]) for text in counts):
        return None
    cells = {text: tuple(text.split()) for text in counts}
    if any(len(set(pieces)) < len(pieces) for pieces in cells.values()):
        return None
    if not all(_CODE.match(piece) for pieces in cells.values() for piece in pieces):
        return None
    return cells if _recurs(cells, counts) else None


def find_joined_labels(counts: Mapping[str, int]) -> Cells | None:
    """Return the labels in each text, ``None`` when the texts hold one answer each."""
    for cut in (_cut_at_capitals, _cut_by_lone_options):
        cells = cut(counts)
        if cells and all(len(set(pieces)) == len(pieces) for pieces in cells.values()) and _recurs(cells, counts):
            return cells
    return None


def _recurs(cells: Mapping[str, Sequence[str]], counts: Mapping[str, int]) -> bool:
    """Whether whole options come back in other company."""
    found_in: Counter[str] = Counter(piece for pieces in cells.values() for piece in pieces)
    joined = [(pieces, counts[text]) for text, pieces in cells.items() if len(pieces) > 1]
    if not joined or len(found_in) > _MOST_OPTIONS or max(map(len, found_in)) > _LONGEST:
        return False
    occurrences = sum(len(pieces) * count for pieces, count in joined)
    recurring = sum(count for pieces, count in joined for piece in pieces if found_in[piece] > 1)
    several = sum(count > 1 for count in found_in.values())
    # "Raczej Tak", "Raczej Nie" recur in parts too, but nobody says "Raczej" alone, and never three at once.
    # A word with an underscore or a digit in it is a code, and nothing that people write.
    lone = {pieces[0] for pieces in cells.values() if len(pieces) == 1}
    lone |= {piece for pieces, _ in joined for piece in pieces if _MARKED.search(piece)}
    if max(len(pieces) for pieces, _ in joined) < 3 and not {piece for pieces, _ in joined for piece in pieces} <= lone:
        return False
    return several >= _FEWEST_RECURRING and recurring >= _LEAST_RECURRING * occurrences


def _cut_at_capitals(counts: Mapping[str, int]) -> Cells:
    cells = {text: _split_at_capitals(text) for text in counts}
    if len({piece for pieces in cells.values() for piece in pieces}) > _MOST_PIECES:
        return {}
    for _ in range(8):
        joins = _find_inseparable(cells, counts)
        if not joins:
            break
        cells = {text: _join(pieces, joins) for text, pieces in cells.items()}
    return cells


def _split_at_capitals(text: str) -> tuple[str, ...]:
    pieces: list[str] = []
    words = text.split()
    for place, word in enumerate(words):
        # What the tool itself adds behind a form's options is the only one that begins small.
        begins = word[:1].isupper() or word[:1].isdigit() or (word == _OTHER and place == len(words) - 1)
        # A bracket or a comma says that the option goes on.
        open_before = bool(pieces) and (
            pieces[-1].count("(") > pieces[-1].count(")") or pieces[-1].endswith((",", "/"))
        )
        if pieces and (not begins or open_before):
            pieces[-1] += f" {word}"
        else:
            pieces.append(word)
    return tuple(pieces)


def _find_inseparable(cells: Mapping[str, Sequence[str]], counts: Mapping[str, int]) -> set[tuple[str, str]]:
    """Pairs that are never seen apart, often enough to be one option ("Ośrodek Pomocy Społecznej")."""
    after: defaultdict[str, Counter[str | None]] = defaultdict(Counter)
    before: defaultdict[str, Counter[str | None]] = defaultdict(Counter)
    for text, pieces in cells.items():
        for piece, follower, leader in zip(pieces, (*pieces[1:], None), (None, *pieces[:-1]), strict=True):
            after[piece][follower] += counts[text]
            before[piece][leader] += counts[text]
    joins: set[tuple[str, str]] = set()
    for piece, followers in after.items():
        for follower, count in followers.items():
            # "Społecznej" never stands alone or first; what follows only ever follows this.
            if follower is not None and set(before[follower]) == {piece} and len(followers) == 1 and count >= _EVIDENCE:
                joins.add((piece, follower))
    return joins


def _join(pieces: Sequence[str], joins: set[tuple[str, str]]) -> tuple[str, ...]:
    joined = [pieces[0]]
    for previous, piece in pairwise(pieces):
        if (previous, piece) in joins:
            joined[-1] += f" {piece}"
        else:
            joined.append(piece)
    return tuple(joined)


def _cut_by_lone_options(counts: Mapping[str, int]) -> Cells:
    """Cells that are made of other cells hold those; what is left between known options is an option too."""
    options: list[str] = []
    for text in sorted(counts, key=lambda one: (len(one), one)):
        if len(options) > _MOST_OPTIONS:
            return {}
        if segment(text, options) is None:
            rest = _strip_known(text, options)
            options.append(rest if rest else text)
    return {text: segment(text, options) or (text,) for text in counts}


def _strip_known(text: str, options: Sequence[str]) -> str:
    rest = text
    changed = True
    while changed:
        changed = False
        for option in sorted(options, key=len, reverse=True):
            if rest.startswith(f"{option} "):
                rest, changed = rest[len(option) + 1 :], True
            elif rest.endswith(f" {option}"):
                rest, changed = rest[: -len(option) - 1], True
    return rest

"""Ticked options out of one cell: ``a;b`` or ``a, b``, where options themselves may hold commas and brackets.

Nothing says where an option ends, but much shows it: brackets are not split; a phrase of a code list or of a known
questionnaire is one option; and a piece that never stands first and always follows the same piece belongs to it
("Tak, regularnie"), because Google keeps options in the order of the form, where they come apart sooner or later.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from etl.clean.labels import option_key

_OPENING, _CLOSING = "([{„", ")]}”"
_ROUNDS = 8
_EVIDENCE = 5
_RECURRING = 3
_MANY = 1_000
_END = None


@dataclass(frozen=True, slots=True)
class Split:
    """A column's values cut into options.

    Attributes:
        pieces: for each distinct value the options in it, as written.
        is_multiple: options recur in different combinations, so that the cells hold several ticks.
    """

    pieces: tuple[tuple[str, ...], ...]
    is_multiple: bool


def split_options(
    texts: Sequence[str],
    counts: Sequence[int],
    separator: str,
    known: Collection[str] = (),
    *,
    closed: bool = False,
    tight: bool = False,
) -> Split:
    """Cut the distinct values of a column into options.

    Args:
        texts: distinct values, on one line each.
        counts: how many respondents gave each.
        separator: ``;`` or ``, ``.
        known: `option_key` of phrases that are one option, whatever stands in them.
        closed: the known phrases are all options the form had; nothing else belongs together.
        tight: a tool joined the options, and tools set no space behind a semicolon.
    """
    if separator.strip() == ",":
        cut = [_join_known(_cut_outside_brackets(text), known) for text in texts]
        cut = cut if closed else _join_inseparable(cut, counts, known)
    else:
        cut = [
            _join_known(tuple(piece for piece in text.split(separator) if piece.strip()), known, separator)
            for text in texts
        ]
        if separator.strip() == ";" and not closed:
            cut = _join_inside(cut, counts, known, tight=tight)
        cut = [tuple(piece.strip() for piece in cell) for cell in cut]
    pieces = tuple(cell or (text,) for cell, text in zip(cut, texts, strict=True))
    return Split(pieces, _recurs_in_combinations(pieces, counts, known, sure_separator=separator.strip() == ";"))


def looks_like_prose(texts: Sequence[str], separator: str) -> bool:
    """Return whether a sample of many distinct values shows nearly no piece twice: not worth cutting them all."""
    if len(texts) < _MANY:
        return False
    sample = texts[:: len(texts) // (_MANY // 2)]
    pieces = [piece for text in sample for piece in text.split(separator)]
    return len(set(pieces)) > 0.5 * len(pieces)


def _cut_outside_brackets(text: str) -> tuple[str, ...]:
    if ", " not in text:
        return (text,)
    if not any(sign in text for sign in _OPENING):
        return tuple(piece for piece in text.split(", ") if piece)
    pieces: list[str] = []
    depth = start = 0
    for position, sign in enumerate(text):
        if sign in _OPENING:
            depth += 1
        elif sign in _CLOSING:
            depth = max(0, depth - 1)
        elif sign == "," and depth == 0 and text[position + 1 : position + 2] == " ":
            pieces.append(text[start:position])
            start = position + 2
    pieces.append(text[start:])
    if depth:  # a bracket nobody closed protects nothing
        return tuple(piece for piece in text.split(", ") if piece)
    return tuple(piece for piece in (piece.strip() for piece in pieces) if piece)


def _join_known(pieces: tuple[str, ...], known: Collection[str], separator: str = ", ") -> tuple[str, ...]:
    """Put together the longest runs of pieces that are a known phrase."""
    if len(pieces) < 2 or not known:
        return pieces
    joined: list[str] = []
    start = 0
    while start < len(pieces):
        for end in range(len(pieces), start + 1, -1):
            phrase = separator.join(pieces[start:end])
            if option_key(phrase) in known:
                joined.append(phrase)
                start = end
                break
        else:
            joined.append(pieces[start])
            start += 1
    return tuple(joined)


def _join_inseparable(
    cut: list[tuple[str, ...]], counts: Sequence[int], known: Collection[str]
) -> list[tuple[str, ...]]:
    for _ in range(_ROUNDS):
        found = _find_joins(cut, counts)
        # A known phrase continues no other ("Brak informacji, nikt nie zaprosił" may well begin with one).
        joins = {(head, tail) for head, tail in found if option_key(tail) not in known}
        if not joins:
            return cut
        cut = [_apply_joins(pieces, joins) for pieces in cut]
    return cut


def _join_inside(
    cut: list[tuple[str, ...]], counts: Sequence[int], known: Collection[str], *, tight: bool
) -> list[tuple[str, ...]]:
    """Put options together that hold a semicolon themselves ("Brak informacji; nikt nie zaprosił").

    Tools set no space behind the semicolon that joins: of theirs, and where both are met, the one with a space may be
    an option's own. Either way its second half goes on in small letters, though options begin with capitals, and it is
    never seen without its first half; where nothing else tells, nor is the first half without it.
    """
    gaps = {piece[:1].isspace() for cell in cut for piece in cell[1:]}
    if not gaps:
        return cut
    tight = tight or len(gaps) == 2
    followers: defaultdict[str, set[str]] = defaultdict(set)
    leaders: defaultdict[str, set[str]] = defaultdict(set)
    total: Counter[str] = Counter()
    capitals = starts = 0
    for cell, count in zip(cut, counts, strict=True):
        starts += count
        capitals += 0 if cell and cell[0].strip()[:1].islower() else count
        for leader, piece, follower in zip(("", *cell[:-1]), cell, (*cell[1:], ""), strict=True):
            # Seen first or right behind a semicolon, a piece stands for itself.
            apart = tight and not piece[:1].isspace()
            leaders[piece.strip()].add("" if apart else leader.strip())
            followers[piece.strip()].add(follower.strip())
            total[piece.strip()] += count
    if capitals < 0.8 * starts:
        return cut
    joins = {
        (leader, tail)
        for tail, own in leaders.items()
        if "" not in own and tail[:1].islower() and option_key(tail) not in known
        for leader in own
        if tight or (followers[leader] == {tail} and total[tail] >= _RECURRING)
    }
    return [_apply_joins(cell, joins, ";") for cell in cut] if joins else cut


def _find_joins(cut: Sequence[tuple[str, ...]], counts: Sequence[int]) -> set[tuple[str, str]]:
    """Return pairs (piece, its continuation) that belong to one option."""
    first: Counter[str] = Counter()
    total: Counter[str] = Counter()
    before: defaultdict[str, set[str]] = defaultdict(set)
    after: defaultdict[str, set[str | None]] = defaultdict(set)
    for pieces, count in zip(cut, counts, strict=True):
        first[pieces[0]] += count
        for piece, follower in zip(pieces, (*pieces[1:], _END), strict=True):
            total[piece] += count
            after[piece].add(follower)
            if follower is not None:
                before[follower].add(piece)
    starts = sum(first.values())
    capitals = sum(count for piece, count in first.items() if not piece[:1].islower())
    options_begin_large = capitals >= 0.8 * starts
    tails = {piece: next(iter(heads)) for piece, heads in before.items() if len(heads) == 1 and not first[piece]}
    joins: set[tuple[str, str]] = set()
    for tail, head in tails.items():
        never_alone = all(follower is not _END and tails.get(follower) == head for follower in after[head])
        small = tail[:1].islower() and options_begin_large
        certain = len(after[head]) == 1 or small or total[head] >= _EVIDENCE
        if (never_alone and certain) or (small and total[tail] >= 2):
            joins.add((head, tail))
    if options_begin_large:
        # Several options may end alike ("Targ, rynek", "Sklep, rynek"): none of their first halves is met alone.
        joins |= {
            (head, tail)
            for tail, heads in before.items()
            if tail[:1].islower() and not first[tail] and all(after[head] == {tail} for head in heads)
            for head in heads
            if total[tail] >= _RECURRING
        }
    return joins


def _apply_joins(pieces: tuple[str, ...], joins: set[tuple[str, str]], separator: str = ", ") -> tuple[str, ...]:
    joined = list(pieces[:1])
    previous = pieces[0] if pieces else ""
    for piece in pieces[1:]:
        if (previous.strip(), piece.strip()) in joins:
            joined[-1] = f"{joined[-1]}{separator}{piece}"
        else:
            joined.append(piece)
        previous = piece
    return tuple(joined)


def _recurs_in_combinations(
    pieces: Sequence[tuple[str, ...]], counts: Sequence[int], known: Collection[str], *, sure_separator: bool
) -> bool:
    """Whether options come back in other company: prose with commas doesn't do that."""
    joined = [(cell, count) for cell, count in zip(pieces, counts, strict=True) if len(cell) > 1]
    if not joined:
        return False
    people: Counter[str] = Counter()
    cells: Counter[str] = Counter()
    for cell, count in zip(pieces, counts, strict=True):
        for key in {option_key(piece) for piece in cell}:
            people[key] += count
            cells[key] += 1
    if len(pieces) == 1:
        return sure_separator
    if len(people) > (0.75 if sure_separator else 0.6) * sum(people.values()):
        return False  # nearly every piece is new: people's own sentences
    occurrences = recurring = in_company = 0
    for cell, count in joined:
        for piece in cell:
            key = option_key(piece)
            occurrences += count
            recurring += count if people[key] > 1 or key in known else 0
            in_company += count if cells[key] > 1 or key in known else 0
    needed = 0.4 if sure_separator else 0.5
    return recurring >= needed * occurrences and in_company >= needed * occurrences

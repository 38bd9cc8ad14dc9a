"""The ballot as fields of a page: what stands before a person, and what they sent read back."""

from collections.abc import Iterable, Mapping, Sequence

from surveys.analysis.ballot_checks import PEARL_QUESTIONS, BallotFault, check_ballot
from surveys.model.meeting import Ballot, VoteMethod, VoteRound

Fields = Mapping[str, Sequence[str]]

PLACE = "m"  # a place of the nominal group, with a problem chosen for it
MARK = "p_"  # a problem, with what is given to it
_MOST_DIGITS = 3


def read_ballot(one: VoteRound, fields: Fields, sectors: Iterable[str]) -> tuple[Ballot, BallotFault | None]:
    """Return the ballot that a page sent, and what is wrong with it.

    Args:
        one: the round that is open.
        fields: as the browser sent them.
        sectors: codes there are; anything else is no sector.
    """
    said = _first(fields, "sektor")
    sector = said if one.by_sector and said in set(sectors) else ""
    marks, fault = _read_places(one, fields) if one.method is VoteMethod.NOMINAL else _read_marks(one, fields)
    ballot = Ballot(marks, sector)
    return ballot, fault or check_ballot(one, ballot)


def _read_places(one: VoteRound, fields: Fields) -> tuple[dict[str, tuple[int, ...]], BallotFault | None]:
    """Problems chosen for places; places left empty between them close up."""
    names = [f"{PLACE}{place}" for place in range(1, one.most + 1)]
    if any(name.startswith(MARK) or (_is_place(name) and name not in names) for name in fields):
        return {}, BallotFault.FOREIGN
    chosen = [value for name in names if (value := _first(fields, name))]
    if len(set(chosen)) != len(chosen):
        return {}, BallotFault.TWICE
    return {key: (place,) for place, key in enumerate(chosen, 1)}, None


def _read_marks(one: VoteRound, fields: Fields) -> tuple[dict[str, tuple[int, ...]], BallotFault | None]:
    marks: dict[str, tuple[int, ...]] = {}
    for name in fields:
        key = name.removeprefix(MARK).partition("__")[0]
        if name.startswith(MARK) and key not in one.items:
            return {}, BallotFault.FOREIGN
    for key in one.items:
        parts = [_first(fields, name) for name in mark_names(one.method, key)]
        numbers = [_number(part) for part in parts if part]
        if len(numbers) not in {0, len(parts)}:
            return {}, BallotFault.INCOMPLETE
        given = [number for number in numbers if number is not None]
        if len(given) != len(numbers):
            return {}, BallotFault.OFF_SCALE
        if not given or (one.method is VoteMethod.DOTS and given == [0]):
            continue
        if one.method is VoteMethod.HANLON:
            failed = fields.get(f"{MARK}{key}__nie", ())
            given += [int(question not in failed) for question in PEARL_QUESTIONS]
        marks[key] = tuple(given)
    return marks, None


def mark_names(method: VoteMethod, key: str) -> tuple[str, ...]:
    """Return the names of a problem's fields; two where two things are rated."""
    if method in {VoteMethod.HANLON, VoteMethod.MATRIX}:
        return f"{MARK}{key}__0", f"{MARK}{key}__1"
    return (f"{MARK}{key}",)


def _is_place(name: str) -> bool:
    return name.startswith(PLACE) and name[1:].isdecimal()


def _first(fields: Fields, name: str) -> str:
    return next(iter(fields.get(name, ())), "").strip()


def _number(text: str) -> int | None:
    plain = text.removeprefix("-")
    return int(text) if plain.isascii() and plain.isdecimal() and len(plain) <= _MOST_DIGITS else None

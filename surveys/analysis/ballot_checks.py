"""Whether a ballot fits its round: listed problems only, each once, on the scale, no more than each person has."""

from collections.abc import Mapping
from enum import StrEnum

from surveys.model.meeting import Ballot, VoteMethod, VoteRound

DEFAULT_MOST: Mapping[VoteMethod, int] = {VoteMethod.NOMINAL: 5, VoteMethod.DOTS: 5}
MOST_DOTS = 20
RATING_SCALE = (0, 10)  # Hanlon, NACCHO
MATRIX_SCALE = (1, 5)
PEARL_QUESTIONS = ("propriety", "economics", "acceptability", "resources", "legality")
OPINIONS = (1, -1, 0)  # agree, disagree, pass
_HANLON_MARKS = 2 + len(PEARL_QUESTIONS)


class BallotFault(StrEnum):
    """What is wrong with a ballot."""

    EMPTY = "empty"
    FOREIGN = "foreign"  # a problem that this round is not about
    TWICE = "twice"  # one place for two problems, or one problem at two places
    TOO_MANY = "too_many"  # more dots or places than each has
    INCOMPLETE = "incomplete"  # every problem has to be placed or rated
    OFF_SCALE = "off_scale"


def check_ballot(one: VoteRound, ballot: Ballot) -> BallotFault | None:
    """Return what is wrong with a ballot, ``None`` when it fits the round."""
    marks = ballot.marks
    if not set(marks) <= set(one.items):
        return BallotFault.FOREIGN
    if not marks:
        return BallotFault.EMPTY
    if one.method in {VoteMethod.NOMINAL, VoteMethod.DOTS}:
        return _check_few(one, marks)
    if set(marks) != set(one.items):
        return BallotFault.INCOMPLETE
    if not all(_fits(one, values) for values in marks.values()):
        return BallotFault.OFF_SCALE
    return None


def _fits(one: VoteRound, values: tuple[int, ...]) -> bool:
    """Whether what was given to one problem lies on the method's scale."""
    if one.method is VoteMethod.RANKING:
        return len(values) == 1 and 1 <= values[0] <= len(one.items)
    if one.method is VoteMethod.HANLON:
        rated = all(RATING_SCALE[0] <= value <= RATING_SCALE[1] for value in values[:2])
        return len(values) == _HANLON_MARKS and rated and set(values[2:]) <= {0, 1}
    if one.method is VoteMethod.MATRIX:
        return len(values) == 2 and all(MATRIX_SCALE[0] <= value <= MATRIX_SCALE[1] for value in values)
    return one.method is VoteMethod.CONSENSUS and len(values) == 1 and values[0] in OPINIONS


def _check_few(one: VoteRound, marks: Mapping[str, tuple[int, ...]]) -> BallotFault | None:
    """Places 1…k without gaps, or dots that are no more than each has."""
    if any(len(values) != 1 or values[0] < 1 for values in marks.values()):
        return BallotFault.OFF_SCALE
    numbers = sorted(values[0] for values in marks.values())
    if one.method is VoteMethod.DOTS:
        return BallotFault.TOO_MANY if sum(numbers) > one.most else None
    if len(set(numbers)) != len(numbers):
        return BallotFault.TWICE
    if numbers[-1] > one.most:
        return BallotFault.TOO_MANY
    return None if numbers == list(range(1, len(numbers) + 1)) else BallotFault.INCOMPLETE

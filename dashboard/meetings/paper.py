"""Paper ballots typed in: a row a ballot, numbers only, from the keyboard; each row is a vote like any other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from dashboard.meetings.vote_fields import MARK, PLACE, Fields, mark_names, read_ballot
from dashboard.meetings.vote_pages import RATED
from dashboard.texts import say
from etl.store.meeting_rows import StoredMeeting
from etl.store.scope import Actor
from etl.store.vote_writing import VoteOutcome, make_vote
from etl.voting.desk import VoteDesk
from surveys.analysis.ballot_checks import PEARL_QUESTIONS
from surveys.language.texts import Language
from surveys.model.meeting import Ballot, Meeting, VoteMethod, VoteRound
from surveys.vocabulary import load

_LETTERS = dict(zip("PEARL", PEARL_QUESTIONS, strict=True))
_ROWS = 10
# People write yes and no on paper; what stands there is typed as it stands.
_OPINIONS = {"t": "1", "y": "1", "n": "-1"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the grid: the part of a field's name after its row, and what stands above it."""

    name: str
    heading: str


@dataclass(slots=True)
class Typed:
    """What became of the rows that were typed.

    Attributes:
        kept: rows stored.
        faults: number of a row and what is wrong with it, in words.
        left: fields of the rows that were not stored, to be put right.
        taken: whether a ballot was taken back, ``None`` when nobody asked.
    """

    kept: int = 0
    faults: list[tuple[int, str]] = field(default_factory=list)
    left: dict[str, str] = field(default_factory=dict)
    taken: bool | None = None


def count_rows(one: VoteRound) -> int:
    """Return how many ballots a page has; one where every problem is rated, with a row for each problem."""
    return 1 if one.method in RATED else _ROWS


def number_items(meeting: Meeting, one: VoteRound) -> dict[int, str]:
    """Return the keys of a round's problems by their numbers on the printed ballots, the same in every round."""
    return {number: item.key for number, item in enumerate(meeting.items, 1) if item.key in one.items}


def list_columns(meeting: Meeting, one: VoteRound, language: Language) -> list[Column]:
    """Return the columns of a round's grid, after the code's; where problems are rated, of the rows of problems."""
    if one.method is VoteMethod.NOMINAL:
        return [
            Column(str(place), say("meeting_room.paper_page.place", language, n=place))
            for place in range(1, one.most + 1)
        ]
    if one.method in RATED:
        headings = (*RATED[one.method], *(("pearl",) if one.method is VoteMethod.HANLON else ()))
        return [
            Column(part, say(f"meeting_room.paper_page.{heading}", language))
            for part, heading in zip(("a", "b", "PEARL"), headings, strict=False)
        ]
    return [Column(str(number), str(number)) for number in number_items(meeting, one)]


def type_in(
    desk: VoteDesk, found: StoredMeeting, one: VoteRound, fields: Mapping[str, Sequence[str]], language: Language
) -> Typed:
    """Store the rows that were typed, each as a vote.

    Args:
        desk: where votes are cast.
        found: the meeting.
        one: its open round.
        fields: ``kod_1``, ``w_1_…`` and so on, as the browser sent them.
        language: of what is said.
    """
    typed = Typed()
    for row in range(1, count_rows(one) + 1):
        mine = {
            name.removeprefix(f"w_{row}_"): values[-1].strip()
            for name, values in fields.items()
            if name.startswith(f"w_{row}_") and values[-1].strip()
        }
        code = (fields.get(f"kod_{row}") or [""])[-1].strip()[:80]
        sector = (fields.get(f"sektor_{row}") or [""])[-1][:20]
        if not mine and not code:
            continue
        fault = _cast(desk, found, one, code, sector, mine, language)
        if fault is None:
            typed.kept += 1
            continue
        typed.faults.append((row, fault))
        typed.left |= {f"w_{row}_{name}": value[:20] for name, value in mine.items()}
        typed.left |= {f"kod_{row}": code, f"sektor_{row}": sector}
    return typed


def take_back(desk: VoteDesk, actor: Actor, found: StoredMeeting, one: VoteRound, typed: str, now: datetime) -> Typed:
    """Take a ballot back that was typed in wrongly, without showing what stood on it.

    Raises:
        ForbiddenError: the actor does not run the meeting.
        FaultError: ``MEETING-STATE``, it does not run.
    """
    vote = make_vote(found.meeting, one.uid, typed, Ballot({}))
    return Typed(taken=vote is not None and desk.take_back_paper(actor, found.uid, vote, now))


def _cast(  # what is known of a ballot of paper
    desk: VoteDesk,
    found: StoredMeeting,
    one: VoteRound,
    code: str,
    sector: str,
    numbers: Mapping[str, str],
    language: Language,
) -> str | None:
    fields = _as_fields(found.meeting, one, numbers)
    if fields is None:
        return say("meeting_room.paper_page.no_number", language)
    ballot, fault = read_ballot(one, {**fields, "sektor": [sector]}, load().sectors)
    if fault is not None:
        return say(f"voting.fault.{fault}", language, n=one.most)
    vote = make_vote(found.meeting, one.uid, code, ballot)
    outcome = VoteOutcome.UNKNOWN if vote is None else desk.cast_paper(found.id, vote)
    if outcome is VoteOutcome.STORED:
        return None
    if outcome is VoteOutcome.UNKNOWN:
        return say(f"voting.fault.unknown_{found.meeting.access}", language)
    return say(f"meeting_room.paper_page.{outcome}", language)


def _as_fields(meeting: Meeting, one: VoteRound, numbers: Mapping[str, str]) -> Fields | None:
    """Return a row as the fields of the ballot on a phone; ``None`` for a problem's number that there is not."""
    fields: dict[str, list[str]] = {}
    items = number_items(meeting, one)
    if one.method is VoteMethod.NOMINAL:
        for place in range(1, one.most + 1):
            said = numbers.get(str(place), "")
            if said:
                key = items.get(int(said)) if said.isascii() and said.isdecimal() else None
                if key is None:
                    return None
                fields[f"{PLACE}{place}"] = [key]
        return fields
    for number, key in items.items():
        names = mark_names(one.method, key)
        for name, part in zip(names, ("a", "b") if len(names) > 1 else ("",), strict=True):
            said = numbers.get(f"{number}{part}", "")
            opinion = _OPINIONS.get(said[:1].lower()) if one.method is VoteMethod.CONSENSUS else None
            fields[name] = [opinion or said]
        failed = numbers.get(f"{number}PEARL", "").upper()
        fields[f"{MARK}{key}__nie"] = [question for letter, question in _LETTERS.items() if letter in failed]
    return fields

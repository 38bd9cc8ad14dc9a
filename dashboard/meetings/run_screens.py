"""What each kind of screen shows: its template and what is read from the store for it."""

from starlette.responses import Response

from dashboard.data import find_scope, register_frames
from dashboard.meetings.paper import Typed, count_rows, list_columns, number_items
from dashboard.meetings.problem_chart import has_chart
from dashboard.meetings.result_words import (
    list_lines,
    list_quarters,
    list_trials,
    say_method,
    say_result,
    say_stability,
)
from dashboard.meetings.run_pages import PARTS, Room, draw_qr, note_of, show_screen
from dashboard.meetings.screens import plan_times
from dashboard.meetings.vote_pages import RATED
from etl.published_votes import MeetingVotes, read_votes
from etl.store.meeting_notes import read_notes
from etl.store.meeting_outcomes import Outcomes, read_outcomes
from etl.store.meeting_rows import StoredMeeting, list_meetings
from etl.store.meetings import find_earlier
from etl.store.reading import RegisterFrames
from etl.store.register_changes import find_partnership
from etl.store.vote_rounds import find_open_round
from surveys.analysis.ballot_checks import DEFAULT_MOST
from surveys.analysis.rows import rows_of
from surveys.language.collation import sort_key
from surveys.language.texts import Language
from surveys.model.meeting import MeetingState, PointKind, VoteMethod, VoteRound
from surveys.vocabulary import load

_MOST_IN_SECOND_ROUND = 6


def show_room(room: Room, *, status: int = 200) -> Response:
    """Return the screen that the room is at."""
    if room.found.meeting.state is MeetingState.PREPARED:
        return _show_opening(room, status)
    kind = room.screen.kind
    if room.screen.item is not None:
        return _show_problem(room, status)
    if kind is PointKind.REVIEW:
        return _show_review(room, status)
    if kind is PointKind.VOTE:
        return _show_vote(room, status)
    if kind is PointKind.DECISIONS:
        return _show_decisions(room, status)
    if kind is PointKind.CLOSING:
        return _show_closing(room, status)
    return _show_opening(room, status)


def show_paper(room: Room, typed: Typed | None = None) -> Response:
    """Return the grid into which paper ballots are typed."""
    language = room.language
    with room.premises.store.read() as connection:
        one = find_open_round(connection, room.found.id)
    if one is not None and one.method is VoteMethod.HANDS:
        one = None
    titles = {item.key: item.title for item in room.found.meeting.items}
    sectors = load().sectors
    return show_screen(
        room,
        "run_paper.html",
        status=422 if typed is not None and typed.faults else 200,
        round=one,
        method="" if one is None else say_method(one.method, language),
        columns=[] if one is None else list_columns(room.found.meeting, one, language),
        rows=range(1, 1 + (0 if one is None else count_rows(one))),
        rated=one is not None and one.method in RATED,
        numbers=[]
        if one is None
        else [(n, titles.get(key, "")) for n, key in number_items(room.found.meeting, one).items()],
        sectors=[(code, sectors.label(code, language)) for code in sectors],
        kept=0 if typed is None else typed.kept,
        wrong=[] if typed is None else typed.faults,
        taken=None if typed is None else typed.taken,
        left={} if typed is None else typed.left,
    )


def read_earlier(room: Room) -> tuple[StoredMeeting | None, Outcomes]:
    """Return the meeting before this one, with what it left."""
    with room.premises.store.read() as connection:
        number = find_partnership(connection, room.found.meeting.partnership) or 0
        earlier = find_earlier(list_meetings(connection, room.actor, [number]), room.found)
        return earlier, Outcomes() if earlier is None else read_outcomes(connection, earlier.id)


def list_partners(frames: RegisterFrames, slug: str) -> list[tuple[str, str]]:
    """Return uid and name of the partners who have not left, in alphabetical order."""
    mine = frames.partners[(frames.partners["partnership"] == slug) & (frames.partners["status"] != "withdrawn")]
    named = [(str(row["uid"]), str(row["name"])) for row in rows_of(mine)]
    return sorted(named, key=lambda pair: sort_key(pair[1]))


def list_groups(language: Language) -> list[tuple[str, str]]:
    """Return code and label of the target groups."""
    lists = load().target_groups
    return [(code, lists.label(code, language)) for code in lists]


def _show_opening(room: Room, status: int) -> Response:
    meeting = room.found.meeting
    with room.premises.store.read() as connection:
        notes = read_notes(connection, room.found.id)
    return show_screen(
        room,
        "run_opening.html",
        status=status,
        agenda=list(zip(plan_times(meeting), meeting.agenda, strict=True)),
        note=note_of(notes, room.screen.subject),
    )


def _show_problem(room: Room, status: int) -> Response:
    item = room.screen.item
    with room.premises.store.read() as connection:
        notes = read_notes(connection, room.found.id)
        outcomes = read_outcomes(connection, room.found.id)
    key = item.key if item is not None else ""
    return show_screen(
        room,
        "run_problem.html",
        status=status,
        item=item,
        note=note_of(notes, room.screen.subject),
        tasks=[task for task in outcomes.tasks if task.item == key],
        chart=has_chart(room.actor, room.found),
    )


def _show_review(room: Room, status: int) -> Response:
    earlier, outcomes = read_earlier(room)
    with room.premises.store.read() as connection:
        notes = read_notes(connection, room.found.id)
    things = [
        *((one.uid, one.name, one.indicator, one.measured_on, one.state, one.outcome) for one in outcomes.decisions),
        *((one.uid, one.what, one.who, one.due_on, one.state, one.outcome) for one in outcomes.tasks),
    ]
    return show_screen(
        room,
        "run_review.html",
        status=status,
        earlier=None if earlier is None else earlier.meeting,
        things=things,
        note=note_of(notes, room.screen.subject),
    )


def _show_vote(room: Room, status: int) -> Response:
    language = room.language
    meeting = room.found.meeting
    titles = {item.key: item.title for item in meeting.items}
    with room.premises.store.read() as connection:
        votes = read_votes(connection, room.found)
        notes = read_notes(connection, room.found.id)
    one = votes.open_round
    if one is not None:
        reach = room.reach
        return show_screen(
            room,
            "run_voting.html",
            status=status,
            round=one,
            items=[(key, titles.get(key, "")) for key in one.items],
            cast=votes.cast[one.uid],
            method=say_method(one.method, language),
            qr=draw_qr(f"{reach.origin}/g/{room.found.token}"),
            short=f"{reach.origin}/g/{room.found.short_token}".partition("://")[2],
            trouble=reach.trouble.value,
            local=reach.local,
        )
    closed = [
        (
            each,
            say_method(each.method, language),
            say_result(each, votes.results[each.uid], titles, language),
            list_lines(votes.results[each.uid], titles, language),
            list_quarters(votes.results[each.uid], titles),
        )
        for each in reversed(votes.rounds)
    ]
    parts = _list_parts(room, votes)
    part = room.part if room.part in parts else parts[0]
    place = parts.index(part)
    return show_screen(
        room,
        "run_votes.html",
        status=status,
        steps=(parts[place - 1] if place else None, parts[place + 1] if place + 1 < len(parts) else None),
        part=part,
        closed=closed,
        stands="" if votes.stability is None else say_stability(votes.stability, titles, language)[0],
        trials=[] if votes.stability is None else list_trials(votes.stability, titles, language),
        methods=[(method.value, say_method(method, language)) for method in VoteMethod],
        chosen=_proposed_method(room, votes).value,
        proposed=_proposed_items(room, votes),
        most=DEFAULT_MOST[VoteMethod.NOMINAL],
        note=note_of(notes, room.screen.subject),
    )


def _list_parts(room: Room, votes: MeetingVotes) -> tuple[str, ...]:
    """Return the parts of the screen while no vote is open: the newest result, whether it stands, another round."""
    has = {"wynik": bool(votes.rounds), "obroni": votes.stability is not None, "tura": room.runs or not votes.rounds}
    return tuple(part for part in PARTS if has[part])


def _proposed_method(room: Room, votes: MeetingVotes) -> VoteMethod:
    return votes.rounds[-1].method if votes.rounds else room.found.meeting.method


def _proposed_items(room: Room, votes: MeetingVotes) -> frozenset[str]:
    """For a first round all problems; for another the first of the last one, and those people are divided about."""
    last: VoteRound | None = votes.rounds[-1] if votes.rounds else None
    result = None if last is None else votes.results[last.uid].result
    if result is None:
        return frozenset(item.key for item in room.found.meeting.items)
    return frozenset(item.key for item in result.items if item.place <= _MOST_IN_SECOND_ROUND or item.split)


def _show_decisions(room: Room, status: int) -> Response:
    meeting = room.found.meeting
    frames = register_frames(find_scope(room.actor, sample=room.found.sample))
    partners = list_partners(frames, meeting.partnership)
    with room.premises.store.read() as connection:
        votes = read_votes(connection, room.found)
        outcomes = read_outcomes(connection, room.found.id)
        notes = read_notes(connection, room.found.id)
    return show_screen(
        room,
        "run_decisions.html",
        status=status,
        decisions=outcomes.decisions,
        tasks=outcomes.tasks,
        items=[(item.key, item.title) for item in sorted(meeting.items, key=lambda item: order_of(votes, item.key))],
        titles={item.key: item.title for item in meeting.items},
        partners=partners,
        names=dict(partners),
        groups=list_groups(room.language),
        labels=dict(list_groups(room.language)),
        note=note_of(notes, room.screen.subject),
    )


def order_of(votes: MeetingVotes, key: str) -> tuple[int, int]:
    """Return where a problem stands by the last round that is about it; those no round was about come last."""
    for back, one in enumerate(reversed(votes.rounds)):
        result = votes.results[one.uid].result if one.uid in votes.results else None
        for item in result.items if result is not None else ():
            if item.key == key:
                return back, item.place
    return len(votes.rounds), 0


def _show_closing(room: Room, status: int) -> Response:
    with room.premises.store.read() as connection:
        outcomes = read_outcomes(connection, room.found.id)
        notes = read_notes(connection, room.found.id)
    return show_screen(
        room,
        "run_closing.html",
        status=status,
        tasks=outcomes.tasks,
        decisions=outcomes.decisions,
        note=note_of(notes, room.screen.subject),
    )

"""Addresses of the vote: ``/g/…`` on the phones of those who are there.

No address, no browser's name and no account is looked at; the gate does not even ask whose request it is.
"""

import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import TypeVarTuple

import anyio
from anyio import CapacityLimiter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from dashboard.access.premises import Premises, current_premises
from dashboard.forms.answering import answer_in_thread
from dashboard.forms.pages import read_look, show_unknown
from dashboard.meetings.vote_fields import Fields, read_ballot
from dashboard.meetings.vote_pages import show_ballot, show_message
from etl.store.engine import Store
from etl.store.meeting_rows import StoredMeeting, find_by_token
from etl.store.vote_rounds import find_open_round
from etl.store.vote_writing import VoteOutcome, has_voted, make_vote
from etl.voting.desk import VoteDesk
from surveys.model.meeting import Ballot, MeetingState, VoteMethod, VoteRound
from surveys.vocabulary import load

Ts = TypeVarTuple("Ts")

_MOST_FIELDS = 400
_SHORT = re.compile(r"[2-9a-z]{8}")
# Whoever guesses at codes waits a second for each wrong one, and no more than eight guess at a time.
_WRONG_CODES_AT_ONCE = 8
_WRONG_CODE_SECONDS = 1.0
_VOTE_THREADS = 48


async def show_vote(request: Request) -> Response:
    """Show the ballot of the open round, or that there is none yet."""
    return await _in_thread(request, _show)


async def take_vote(request: Request) -> Response:
    """Take a ballot."""
    async with request.form(max_files=0, max_fields=_MOST_FIELDS) as form:
        fields: dict[str, list[str]] = {}
        for name, value in form.multi_items():
            if isinstance(value, str):
                fields.setdefault(name, []).append(value)
    response = await _in_thread(request, _take, fields)
    if response.status_code == 403:
        async with _guess_limiter():
            await anyio.sleep(_WRONG_CODE_SECONDS)
    return response


def _show(request: Request) -> Response:
    premises = current_premises()
    found = _find(request, premises)
    if isinstance(found, Response):
        return found
    if request.scope["path"].endswith("/oddany"):
        return show_message(request, found.meeting.name, "voting.thanks", wait=False)
    with premises.store.read() as connection:
        one = find_open_round(connection, found.id)
    return _show_standing(request, found) if one is None else _show_empty(request, found, one)


def _show_empty(request: Request, found: StoredMeeting, one: VoteRound) -> Response:
    if one.method is VoteMethod.HANDS:
        return show_message(request, found.meeting.name, "voting.hands", wait=True)
    code = request.query_params.get("kod", "")[:80]
    return show_ballot(request, found, one, {"kod": [code]} if code else {})


def _show_standing(request: Request, found: StoredMeeting) -> Response:
    if found.meeting.state is MeetingState.CLOSED:
        return show_message(request, found.meeting.name, "voting.over")
    return show_message(request, found.meeting.name, "voting.wait", wait=True)


def _take(request: Request, fields: Fields) -> Response:
    premises = current_premises()
    found = _find(request, premises)
    if isinstance(found, Response):
        return found
    with premises.store.read() as connection:
        one = find_open_round(connection, found.id)
    wanted = next(iter(fields.get("tura", ())), "")[:40]
    typed = next(iter(fields.get("kod", ())), "")[:80]
    if one is None or one.uid != wanted or one.method is VoteMethod.HANDS:
        return _refuse_late(request, premises, found, wanted, typed)
    ballot, fault = read_ballot(one, fields, load().sectors)
    if fault is not None:
        return show_ballot(request, found, one, fields, fault=f"voting.fault.{fault}", status=422)
    vote = make_vote(found.meeting, one.uid, typed, ballot)
    outcome = VoteOutcome.UNKNOWN if vote is None else desk_of(premises).cast(found.id, vote)
    if outcome is VoteOutcome.UNKNOWN:
        key = f"voting.fault.unknown_{found.meeting.access}"
        return show_ballot(request, found, one, fields, fault=key, status=403)
    if outcome is VoteOutcome.ALREADY:
        return show_message(request, found.meeting.name, "voting.already", status=409)
    if outcome is VoteOutcome.LATE:
        return show_message(request, found.meeting.name, "voting.late", status=409, wait=True)
    return RedirectResponse(f"{request.scope['path']}/oddany{read_look(request).query()}", status_code=303)


def _refuse_late(request: Request, premises: Premises, found: StoredMeeting, wanted: str, typed: str) -> Response:
    """A vote for a round that is over: whoever has voted in it is told that their vote counts."""
    vote = make_vote(found.meeting, wanted, typed, Ballot({}))
    if vote is not None:
        with premises.store.read() as connection:
            if has_voted(connection, found.id, vote):
                return show_message(request, found.meeting.name, "voting.already", status=409)
    return show_message(request, found.meeting.name, "voting.late", status=409, wait=True)


def _find(request: Request, premises: Premises) -> StoredMeeting | Response:
    token: str = request.path_params["token"]
    with premises.store.read() as connection:
        found = find_by_token(connection, token)
    if found is None:
        return show_unknown(request, key="voting.unknown")
    if _SHORT.fullmatch(token):
        code = request.query_params.get("kod", "")[:80] or None
        return RedirectResponse(f"/g/{found.token}{read_look(request).query(kod=code)}", status_code=303)
    return found


def desk_of(premises: Premises) -> VoteDesk:
    """Return the one desk of the open store."""
    return _desk_of(premises.store)


@lru_cache(maxsize=4)
def _desk_of(store: Store) -> VoteDesk:
    return VoteDesk(store)


@cache
def _guess_limiter() -> CapacityLimiter:
    return CapacityLimiter(_WRONG_CODES_AT_ONCE)


@cache
def _thread_limiter() -> CapacityLimiter:
    return CapacityLimiter(_VOTE_THREADS)


async def _in_thread(request: Request, ask: Callable[[Request, *Ts], Response], *args: *Ts) -> Response:
    return await answer_in_thread(request, ask, *args, limiter=_thread_limiter(), fault="voting.broken")


VOTE_ROUTES: tuple[BaseRoute, ...] = (
    Route("/g/{token}", show_vote, methods=["GET"]),
    Route("/g/{token}", take_vote, methods=["POST"]),
    Route("/g/{token}/oddany", show_vote, methods=["GET"]),
)

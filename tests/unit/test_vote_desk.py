"""The desk where votes arrive: many at once, each once; a store that breaks is said to everybody whose vote it held."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from etl.store.engine import Store
from etl.store.schema_meetings import vote_ballot, vote_use
from etl.store.vote_writing import Vote, VoteOutcome, make_vote
from etl.voting.desk import VoteDesk
from tests.made.meetings import make_meeting, open_vote, places, read


def count(store: Store) -> list[int]:
    with store.read() as connection:
        return [
            connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (vote_ballot, vote_use)
        ]


def prepare(store: Store, seats: int) -> tuple[int, list[Vote]]:
    uid, codes = make_meeting(store, seats=seats)
    round_uid = open_vote(store, uid)
    found = read(store, uid)
    votes = [make_vote(found.meeting, round_uid, code, places("k1", "k0")) for code in codes]
    return found.id, [vote for vote in votes if vote is not None]


def test_everybody_at_once_and_everybody_twice(store: Store) -> None:
    meeting_id, votes = prepare(store, 40)
    desk = VoteDesk(store)
    with ThreadPoolExecutor(max_workers=40) as people:
        outcomes = list(people.map(lambda vote: desk.cast(meeting_id, vote), [*votes, *votes]))
    assert sorted(outcomes) == [VoteOutcome.ALREADY] * 40 + [VoteOutcome.STORED] * 40
    assert count(store) == [40, 40]


def test_two_processes_count_a_code_once(store: Store) -> None:
    meeting_id, votes = prepare(store, 5)
    desks = [VoteDesk(store), VoteDesk(store)]
    with ThreadPoolExecutor(max_workers=10) as people:
        outcomes = list(people.map(lambda number: desks[number % 2].cast(meeting_id, votes[number // 2]), range(10)))
    assert outcomes.count(VoteOutcome.STORED) == 5
    assert count(store) == [5, 5]


def test_a_store_that_breaks_stores_nothing_and_the_same_vote_counts_afterwards(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting_id, votes = prepare(sqlite_store, 6)
    desk = VoteDesk(sqlite_store)

    def locked(*_arguments: Any) -> None:
        raise OperationalError("", None, Exception("locked"))

    failed: list[int] = []

    def press(number: int) -> None:
        try:
            desk.cast(meeting_id, votes[number])
        except OperationalError:
            failed.append(number)

    with monkeypatch.context() as broken:
        broken.setattr("etl.voting.desk.write_votes", locked)
        people = [threading.Thread(target=press, args=(number,)) for number in range(6)]
        for one in people:
            one.start()
        for one in people:
            one.join()
    assert (sorted(failed), count(sqlite_store)) == (list(range(6)), [0, 0])
    assert [desk.cast(meeting_id, vote) for vote in votes] == [VoteOutcome.STORED] * 6

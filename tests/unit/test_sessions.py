"""Sessions: what ends them, what is stored of them, and that rights are those of the moment."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from etl.store.schema_operations import role_grant, session
from etl.store.sessions import actor_of_session, find_visit, hash_token, open_session, touch_sessions
from tests.unit.account_making import (
    BORIS,
    NOW,
    PARTICIPANT_A,
    add_account,
    add_partnerships,
    quick_hashing,  # noqa: F401 # a fixture
)

pytestmark = pytest.mark.usefixtures("quick_hashing")


@pytest.fixture
def token(store):
    add_partnerships(store, "a")
    actor = add_account(store, "ala", BORIS, PARTICIPANT_A)
    with store.write() as connection:
        return open_session(connection, user_id=actor.user_id, now=NOW)


def test_a_token_is_random_and_only_its_hash_is_stored(store, token):
    with store.read() as connection:
        rows = connection.execute(select(session)).all()
    assert len(token) == 43
    assert [row.token_hash for row in rows] == [hash_token(token)]
    assert token not in str(rows)
    assert actor_of_session(store, hash_token(token), NOW) is None


def test_a_session_is_its_accounts_with_its_roles(store, token):
    actor = actor_of_session(store, token, NOW)
    assert (actor.name, actor.grants) == ("ala", {BORIS, PARTICIPANT_A})


def test_an_hour_without_use_ends_it(store, token):
    assert actor_of_session(store, token, NOW + timedelta(minutes=59, seconds=59)) is not None
    assert actor_of_session(store, token, NOW + timedelta(minutes=60)) is None


def test_use_keeps_it_but_not_beyond_twelve_hours(store, token):
    for minutes in range(50, 12 * 60, 50):
        moment = NOW + timedelta(minutes=minutes)
        assert actor_of_session(store, token, moment) is not None
        assert touch_sessions(store, {hash_token(token): moment})
    assert actor_of_session(store, token, NOW + timedelta(hours=12, seconds=-1)) is not None
    assert actor_of_session(store, token, NOW + timedelta(hours=12)) is None


def test_a_minute_has_to_pass_before_use_is_noted_again(store, token):
    assert not find_visit(store, token, NOW + timedelta(seconds=59)).stale
    assert find_visit(store, token, NOW + timedelta(seconds=60)).stale


def test_a_use_noted_late_does_not_put_the_clock_back(store, token):
    touch_sessions(store, {hash_token(token): NOW + timedelta(minutes=30)})
    touch_sessions(store, {hash_token(token): NOW + timedelta(minutes=10)})
    assert actor_of_session(store, token, NOW + timedelta(minutes=85)) is not None


def test_a_role_holds_from_its_beginning_to_its_end(store, token):
    with store.write() as connection:
        connection.execute(
            update(role_grant).where(role_grant.c.role == "participant").values(to_at="2026-11-22T19:10:00Z")
        )
        connection.execute(
            update(role_grant).where(role_grant.c.role == "boris").values(from_at="2026-11-22T19:20:00Z")
        )
    grants = [actor_of_session(store, token, NOW + timedelta(minutes=minutes)).grants for minutes in (9, 10, 20)]
    assert grants == [{PARTICIPANT_A}, frozenset(), {BORIS}]


def test_sessions_that_ended_a_week_ago_are_swept_out(store, token):
    later = NOW + timedelta(days=8)
    with store.write() as connection:
        open_session(connection, user_id=1, now=later)
        assert len(connection.execute(select(session)).all()) == 1

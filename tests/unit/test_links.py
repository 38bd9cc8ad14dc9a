"""Links to web forms: who may prepare and open them, what they have to say, and that nobody guesses them."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from etl.store.collection_closing import close_overdue, has_overdue
from etl.store.collection_rows import Collection, find_by_token
from etl.store.collections import (
    change_notice,
    close_collection,
    open_collection,
    prepare_collection,
    read_collection,
    reopen_collection,
)
from etl.store.engine import Store
from etl.store.scope import Actor, ForbiddenError, Grant, Role
from surveys.findings import FaultError
from surveys.questionnaires import list_forms
from surveys.questionnaires.filling_lists import lists_to_fill
from tests.importing_surveys import MACHINE, add_partnership
from tests.made.web_forms import NOTICE, make_open, new_collection

NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)
DAY = date(2026, 11, 27)


@pytest.fixture
def liw(store: Store) -> Store:
    add_partnership(store)
    return store


def find(store: Store, uid: str) -> Collection:
    with store.read() as connection:
        return read_collection(connection, MACHINE, uid)[0]


def change(store: Store, what: Any, *arguments: Any) -> Any:
    with store.write() as connection:
        return what(connection, MACHINE, *arguments)


def test_a_link_whose_last_day_is_over_closes_by_itself(liw: Store) -> None:
    make_open(liw, closes_on=date(2026, 11, 26))
    with liw.write() as connection:
        assert not has_overdue(connection, date(2026, 11, 26))
        assert has_overdue(connection, DAY)
        assert close_overdue(connection, DAY) == 1
        assert not has_overdue(connection, DAY)


def test_a_link_that_is_being_prepared_does_not_exist_for_the_public(liw: Store) -> None:
    uid = change(liw, prepare_collection, new_collection(), NOON)
    token = find(liw, uid).token
    with liw.read() as connection:
        assert find_by_token(connection, token) is None
        assert find_by_token(connection, "") is None
    change(liw, open_collection, uid, NOON)
    with liw.read() as connection:
        found = find_by_token(connection, token)
    assert found is not None
    assert found.uid == uid


@pytest.mark.parametrize("missing", ["controller", "contact", "legal_basis", "purpose", "data_until"])
def test_nothing_is_published_without_what_people_have_to_be_told(liw: Store, missing: str) -> None:
    said = {name: getattr(NOTICE, name) for name in ("controller", "contact", "legal_basis", "purpose", "data_until")}
    said[missing] = None if missing == "data_until" else "  "
    uid = change(liw, prepare_collection, new_collection(notice=type(NOTICE)(**said)), NOON)
    with pytest.raises(FaultError, match="COLLECTION-NOTICE"):
        change(liw, open_collection, uid, NOON)


def test_what_people_are_told_stays_once_the_link_is_open(liw: Store) -> None:
    uid = change(liw, prepare_collection, new_collection(notice=type(NOTICE)()), NOON)
    change(liw, change_notice, uid, NOTICE, NOON)
    change(liw, open_collection, uid, NOON)
    assert find(liw, uid).notice == NOTICE
    with pytest.raises(FaultError, match="COLLECTION-STATE"):
        change(liw, change_notice, uid, type(NOTICE)(), NOON)


def test_what_cannot_be_is_refused_with_a_reason(liw: Store) -> None:
    make_open(liw)
    with pytest.raises(FaultError, match="COLLECTION-NAME-TAKEN"):
        change(liw, prepare_collection, new_collection(), NOON)
    with pytest.raises(FaultError, match="COLLECTION-DAYS"):
        change(liw, prepare_collection, new_collection(name="Inna", closes_on=date(2019, 1, 1)), NOON)
    with pytest.raises(FaultError, match="COLLECTION-NAME-EMPTY"):
        change(liw, prepare_collection, new_collection(name="  "), NOON)
    uid = change(liw, prepare_collection, new_collection(name="Do 2037", closes_on=date(2037, 1, 1)), NOON)
    with pytest.raises(FaultError, match="COLLECTION-UNTIL"):
        change(liw, open_collection, uid, NOON)


def test_a_list_that_waits_for_the_partnership_is_filled_in_first(liw: Store) -> None:
    waiting = next(form for form in list_forms() if lists_to_fill(form))
    with pytest.raises(FaultError, match="COLLECTION-LISTS"):
        change(liw, prepare_collection, new_collection(form=waiting), NOON)


@pytest.mark.parametrize(
    "grant", [None, Grant(Role.PARTICIPANT, "liw"), Grant(Role.COORDINATOR, "wegrow"), Grant(Role.BORIS)]
)
def test_only_its_coordinator_collects(liw: Store, grant: Grant | None) -> None:
    uid, _ = make_open(liw)
    actor = Actor("ktos", 1, frozenset() if grant is None else frozenset({grant}))
    with liw.write() as connection:
        with pytest.raises(ForbiddenError):
            prepare_collection(connection, actor, new_collection(name="Inna"), NOON)
        with pytest.raises(ForbiddenError):
            close_collection(connection, actor, uid, NOON)
        with pytest.raises(ForbiddenError):
            reopen_collection(connection, actor, uid, date(2030, 1, 1), NOON)
        if grant is None or grant.partnership == "wegrow":
            with pytest.raises(ForbiddenError):
                read_collection(connection, actor, uid)


def test_tokens_cannot_be_guessed(liw: Store) -> None:
    found = [find(liw, make_open(liw, name=f"Ankieta {n}", kiosk=True)[0]) for n in range(3)]
    tokens = {token for one in found for token in (one.token, one.kiosk_token)}
    assert len(tokens) == 6
    assert all(len(token or "") == 22 for token in tokens)
    assert len({one.short_token for one in found}) == 3

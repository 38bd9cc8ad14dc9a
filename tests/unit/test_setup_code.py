"""The set-up code: one account, once, within an hour."""

import stat
import sys
from datetime import timedelta

import pytest
from sqlalchemy import select

from etl.store.accounts import NewAccount, create_first_account, list_accounts
from etl.store.schema_operations import setup_code
from etl.store.setup_code import offer_setup_code, setup_code_path
from surveys.findings import FaultError
from tests.unit.account_making import (
    ADMINISTRATOR,
    BORIS,
    MACHINE,
    NOW,
    PASSWORD,
    add_account,
    quick_hashing,  # noqa: F401 # a fixture
)

pytestmark = pytest.mark.usefixtures("quick_hashing")

FIRST = NewAccount("ala", "Ala Żak", PASSWORD, PASSWORD)


def test_the_code_makes_an_account_that_keeps_accounts(store, tmp_path):
    code = offer_setup_code(store, tmp_path, NOW)
    create_first_account(store, FIRST, code=code, now=NOW)
    (account,) = list_accounts(store, MACHINE, now=NOW)
    assert (account.name, account.grants) == ("ala", {ADMINISTRATOR, BORIS})


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes; the folder belongs to its user")
def test_its_file_is_for_its_owners_eyes(sqlite_store, tmp_path):
    code = offer_setup_code(sqlite_store, tmp_path, NOW)
    file = setup_code_path(tmp_path)
    assert file.read_text(encoding="ascii").strip() == code
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_only_its_hash_is_stored(sqlite_store, tmp_path):
    code = offer_setup_code(sqlite_store, tmp_path, NOW)
    with sqlite_store.read() as connection:
        rows = str(connection.execute(select(setup_code)).all())
    assert code not in rows
    assert code.replace("-", "") not in rows


@pytest.mark.parametrize("minutes", [60, 61])
def test_it_is_void_after_an_hour(store, tmp_path, minutes):
    code = offer_setup_code(store, tmp_path, NOW)
    late = NOW + timedelta(minutes=minutes)
    with pytest.raises(FaultError):
        create_first_account(store, FIRST, code=code, now=late)
    assert offer_setup_code(store, tmp_path, late) != code


def test_it_is_void_after_use_and_nothing_offers_another(store, tmp_path):
    code = offer_setup_code(store, tmp_path, NOW)
    create_first_account(store, FIRST, code=code, now=NOW)
    with pytest.raises(FaultError) as fault:
        create_first_account(store, NewAccount("ola", "Ola", PASSWORD, PASSWORD), code=code, now=NOW)
    assert fault.value.report.findings[0].code == "SETUP-CODE-REFUSED"
    assert offer_setup_code(store, tmp_path, NOW) is None
    assert not setup_code_path(tmp_path).exists()


def test_it_is_void_once_somebody_has_an_account(sqlite_store, tmp_path):
    code = offer_setup_code(sqlite_store, tmp_path, NOW)
    add_account(sqlite_store, "made-at-the-machine")
    with pytest.raises(FaultError):
        create_first_account(sqlite_store, FIRST, code=code, now=NOW)


def test_a_password_that_will_not_do_does_not_use_it_up(sqlite_store, tmp_path):
    code = offer_setup_code(sqlite_store, tmp_path, NOW)
    with pytest.raises(FaultError):
        create_first_account(sqlite_store, NewAccount("ala", "Ala", "short", "short"), code=code, now=NOW)
    assert create_first_account(sqlite_store, FIRST, code=code, now=NOW)


def test_a_second_process_shows_the_same_code(sqlite_store, tmp_path):
    assert offer_setup_code(sqlite_store, tmp_path, NOW) == offer_setup_code(sqlite_store, tmp_path, NOW)


def test_a_code_planted_in_the_file_does_not_hold(sqlite_store, tmp_path):
    setup_code_path(tmp_path).write_text("AAAAA-AAAAA-AAAAA-AAAAA", encoding="ascii")
    assert offer_setup_code(sqlite_store, tmp_path, NOW) != "AAAAA-AAAAA-AAAAA-AAAAA"
    with pytest.raises(FaultError):
        create_first_account(sqlite_store, FIRST, code="AAAAA-AAAAA-AAAAA-AAAAA", now=NOW)


@pytest.mark.parametrize(
    "rewrite", [str.lower, lambda code: code.replace("-", ""), lambda code: code.replace("-", " ")]
)
def test_it_may_be_typed_as_people_type(sqlite_store, tmp_path, rewrite):
    code = offer_setup_code(sqlite_store, tmp_path, NOW)
    assert create_first_account(sqlite_store, FIRST, code=rewrite(code), now=NOW)

"""Konta i role: people added, roles given and ended, access switched off; and nobody does what is not theirs to do."""

import re

import pytest

from dashboard import services
from etl.store.accounts import NewAccount, create_account, list_accounts
from etl.store.audit import list_actions
from etl.store.grants import grant_role, list_grantable, revoke_role
from etl.store.moments import utc_now
from etl.store.scope import Actor, ForbiddenError, Grant, Role
from etl.store.sessions import actor_of_session
from etl.store.sign_in import Attempt, sign_in
from surveys.findings import FaultError
from surveys.language.texts import LANGUAGES
from tests.sight import Sight, unescape
from tests.unit.account_making import quick_hashing  # noqa: F401 # a fixture
from tests.upload_house import House, is_offered, make_account, text, words_of_other_language

pytestmark = pytest.mark.usefixtures("quick_hashing")
ADMINISTRATOR, BORIS = Grant(Role.ADMINISTRATOR), Grant(Role.BORIS)
COORDINATOR, PARTICIPANT = Grant(Role.COORDINATOR, "liw"), Grant(Role.PARTICIPANT, "liw")


@pytest.fixture
def first(house: House) -> House:
    """A house with a partnership, before which the owner of the first account stands."""
    house.add_partnership()
    house.sign_in("pierwsza", ADMINISTRATOR, BORIS)
    return house


def grants(house: House, name: str) -> frozenset[Grant]:
    accounts = list_accounts(house.store, Actor.at_machine(), now=utc_now())
    return next(account.grants for account in accounts if account.name == name)


def number(house: House, name: str) -> int:
    return next(each.id for each in list_accounts(house.store, Actor.at_machine(), now=utc_now()) if each.name == name)


def open_card(house: House, name: str, **address: str) -> Sight:
    """Open the page with what can be changed of an account."""
    sight = house.open("accounts", **address)
    sight.at.session_state[f"change-{number(house, name)}"] = True
    return Sight(sight.at.run())


def add(house: House, name: str, role: str) -> Sight:
    sight = house.open("accounts")
    sight.at.text_input(key="account-name-0").set_value(name)
    sight.at.text_input(key="account-person-0").set_value("Anna Nowak")
    sight.at.selectbox(key="account-role-0").select(role)
    return Sight(sight.at.run()).press("account-add")


def test_the_first_account_brings_a_coordinator_whose_password_is_shown_once(first: House) -> None:
    sight = add(first, "anna.nowak", "koordynator – Partnerstwo liw")
    assert grants(first, "anna.nowak") == {COORDINATOR}
    (password,) = [block.value for block in sight.at.code]
    assert re.fullmatch(r"([2-9a-z]{4}-){3}[2-9a-z]{4}", password)
    attempt = Attempt(name="anna.nowak", password=password, address="", old_token_hash=None)
    assert sign_in(first.store, attempt, utc_now())
    assert "Anna Nowak" in sight.words
    sight = sight.press("password-hide")
    assert [*sight.at.code] == []
    assert [*first.open("accounts").at.code] == []
    with first.store.read() as connection:
        log = list_actions(connection)
    assert {"create_account", "grant_role"} <= {line.action for line in log}
    assert password not in str(log)


def test_what_stands_against_an_account_is_said_beside_its_button(first: House) -> None:
    sight = add(first, "Ż", "na razie bez roli")
    assert text("accounts.new.button") in sight.words
    assert not list(sight.at.code)
    assert "Nazwa konta" in sight.words


def test_a_role_is_given_and_ended_and_signs_the_person_out(first: House) -> None:
    token = make_account(first.store, "ola")
    sight = open_card(first, "ola")
    assert text("accounts.signs_out") in sight.words
    sight.at.selectbox(key=f"give-{number(first, 'ola')}").select("koordynator – Partnerstwo liw")
    sight = Sight(sight.at.run()).press(f"give-button-{number(first, 'ola')}")
    assert grants(first, "ola") == {COORDINATOR}
    assert actor_of_session(first.store, token, utc_now()) is None
    # BORIS named the first coordinator, and doesn't take one away.
    assert not is_offered(sight, f"end-{number(first, 'ola')}-coordinator-liw")


def test_an_account_is_switched_off_and_on_and_gets_a_new_password(first: House) -> None:
    token = make_account(first.store, "ola", PARTICIPANT)
    key = number(first, "ola")
    sight = open_card(first, "ola").press(f"disable-{key}")
    assert actor_of_session(first.store, token, utc_now()) is None
    assert text("accounts.state.disabled") in sight.words
    sight = sight.press(f"enable-{key}").press(f"password-{key}")
    (password,) = [block.value for block in sight.at.code]
    attempt = Attempt(name="ola", password=password, address="", old_token_hash=None)
    assert sign_in(first.store, attempt, utc_now())


def test_nobody_changes_their_own_account_and_the_last_administrator_stays(first: House) -> None:
    sight = first.open("accounts")
    key = number(first, "pierwsza")
    assert text("accounts.own") in sight.words
    assert f"change-{key}" not in sight.at.session_state
    make_account(first.store, "druga", ADMINISTRATOR)
    first.sign_in("trzecia", ADMINISTRATOR)
    for name in ("pierwsza", "druga"):
        open_card(first, name).press(f"end-{number(first, name)}-administrator-all")
    assert ADMINISTRATOR in grants(first, "trzecia")
    assert not {ADMINISTRATOR} & (grants(first, "pierwsza") | grants(first, "druga"))


def test_a_coordinator_invites_into_their_own_partnership_only(first: House) -> None:
    first.add_partnership("rozan")
    make_account(first.store, "obcy", Grant(Role.PARTICIPANT, "rozan"))
    first.sign_in("anna", COORDINATOR)
    sight = first.open("accounts")
    assert "obcy" not in sight.words
    assert sight.at.selectbox(key="account-role-0").options == [
        "koordynator – Partnerstwo liw", "uczestnik – Partnerstwo liw",
    ]  # fmt: skip
    assert not is_offered(sight, "disable-1")
    sight.at.text_input(key="known-name").set_value("Obcy")
    sight.at.selectbox(key="known-role").select("uczestnik – Partnerstwo liw")
    sight = Sight(sight.at.run()).press("known-give")
    assert grants(first, "obcy") == {Grant(Role.PARTICIPANT, "rozan"), PARTICIPANT}
    sight = open_card(first, "obcy")
    assert not is_offered(sight, f"end-{number(first, 'obcy')}-participant-rozan")
    sight.press(f"end-{number(first, 'obcy')}-participant-liw")
    assert grants(first, "obcy") == {Grant(Role.PARTICIPANT, "rozan")}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("role", [PARTICIPANT, None])
def test_others_see_no_account_and_are_told_whom_to_ask(first: House, role: Grant | None, language: str) -> None:
    make_account(first.store, "tajne-konto", COORDINATOR)
    if role is None:
        first.visit_anonymously()
    else:
        first.sign_in("piotr", role)
    sight = first.open("accounts", lang=language)
    assert "tajne-konto" not in sight.words
    assert not is_offered(sight, "account-add")
    assert not words_of_other_language(language) & set(sight.words.split("\n"))
    key = "signed_out" if role is None else "not_yours"
    assert language == "en" or text(f"accounts.{key}") in sight.words


@pytest.mark.parametrize("role", [PARTICIPANT, Grant(Role.COORDINATOR, "rozan"), BORIS, ADMINISTRATOR])
def test_the_store_refuses_whoever_may_not_whatever_a_page_shows(first: House, role: Grant) -> None:
    first.add_partnership("rozan")
    make_account(first.store, "anna", COORDINATOR)
    make_account(first.store, "ola", PARTICIPANT)
    eve = Actor("eve", 99, frozenset({role}))
    for grant in (COORDINATOR, PARTICIPANT):
        assert grant not in list_grantable(first.store, eve, now=utc_now())
        for change in (grant_role, revoke_role):
            with pytest.raises(ForbiddenError):
                change(first.store, eve, name="ola", grant=grant, now=utc_now())
    assert grants(first, "ola") == {PARTICIPANT}
    report = services.change_accounts(
        eve, lambda store, now: grant_role(store, eve, name="ola", grant=COORDINATOR, now=now)
    )
    assert report.stops
    if role is PARTICIPANT:
        wanted = NewAccount("nowa", "Nowa", "długie hasło 2026", "długie hasło 2026")
        with pytest.raises((ForbiddenError, FaultError)):
            create_account(first.store, eve, wanted, now=utc_now())


def test_on_a_machine_without_accounts_the_page_leads_to_the_first_one(house: House) -> None:
    house.visit_anonymously()
    assert "/pierwsze-konto" in unescape(house.open("accounts").words)

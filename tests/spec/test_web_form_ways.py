"""By which ways the web form is opened, and what each does when it is not to be filled in any more."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from dashboard.forms.turnstile import Turnstile
from dashboard.texts import say
from etl.store import schema as s
from etl.store.collection_rows import CollectionState
from etl.store.collections import close_collection, prepare_collection, read_collection, reopen_collection
from etl.store.moments import utc_now
from etl.store.scope import Grant, Role
from surveys.filling import Layout
from tests.importing_surveys import MACHINE, add_partnership, count_rows
from tests.made.web_forms import NOTICE, make_open, new_collection
from tests.phone import House
from tests.upload_house import COORDINATOR_OF_LIW, make_account
from tests.web_form_answering import VISITS, begin, collect, finish, stored, text


@pytest.fixture
def house(phones: House) -> House:
    add_partnership(phones.store)
    return phones


@pytest.mark.parametrize(
    ("days", "message"), [({"opens_on": "2030-01-01"}, "not_yet"), ({"closes_on": "2026-11-26"}, "closed")]
)
def test_before_opening_and_after_closing(house: House, days: dict[str, str], message: str) -> None:
    found = collect(house, **{name: date.fromisoformat(day) for name, day in days.items()})
    for language, suffix in (("pl", ""), ("en", "?lang=en")):
        page = house.phone().open(f"/a/{found.token}{suffix}")
        assert page.status == 403
        assert say(f"web_form.message.{message}.title", language) in page.words  # type: ignore[arg-type] # both are
    assert house.phone().send(f"/a/{found.token}", {"akcja": ["zacznij"]}).status == 403
    assert stored(house) == 0


def test_a_link_that_closes_while_somebody_writes(house: House) -> None:
    found = collect(house)
    phone = begin(house, found)
    with house.store.write() as connection:
        close_collection(connection, MACHINE, found.uid, house.now)
    phone.answer(VISITS, "Nie")
    page = phone.press("dalej")
    assert (page.status, text("message.closed.title") in page.words) == (403, True)
    with house.store.write() as connection:
        reopen_collection(connection, MACHINE, found.uid, found.closes_on, house.now)
    assert house.phone().open(f"/a/{found.token}").status == 200


def test_a_full_quota(house: House) -> None:
    found = collect(house, quota=1)
    first, second = begin(house, found), begin(house, found)
    finish(house, first)
    second.answer(VISITS, "Nie")
    page = second.press("dalej")
    assert (page.status, text("message.full.title") in page.words) == (403, True)
    assert text("message.full.title") in house.phone().open(f"/a/{found.token}").words
    assert stored(house) == 1


def test_a_code_opens_the_form_once(house: House) -> None:
    uid, (code, _other) = make_open(house.store, codes=2)
    with house.store.read() as connection:
        found = read_collection(connection, MACHINE, uid)[0]
    phone = house.phone()
    phone.open(f"/a/{found.token}")
    assert text("intro.code_unknown") in phone.press("zacznij", kod="").words
    phone.press("zacznij", kod=code.lower())
    finish(house, phone)
    assert text("message.thanks.title") in phone.page.words
    late = house.phone()
    late.open(f"/a/{found.token}")
    assert text("intro.code_used") in late.press("zacznij", kod=code).words
    assert stored(house) == 1


def test_two_who_share_a_code_are_stored_once(house: House) -> None:
    uid, (code,) = make_open(house.store, codes=1)
    with house.store.read() as connection:
        found = read_collection(connection, MACHINE, uid)[0]
    both = [house.phone(), house.phone()]
    for phone in both:
        phone.open(f"/a/{found.token}")
        phone.press("zacznij", kod=code)
    for phone in both:
        finish(house, phone)
    assert text("message.code_used.title") in both[1].page.words
    assert stored(house) == 1


def test_the_short_address_leads_to_the_form(house: House) -> None:
    found = collect(house)
    phone = house.phone()
    page = phone.open(f"/a/{found.short_token}")
    assert phone.address == f"/a/{found.token}"
    assert page.status == 200


def test_a_tablet_begins_anew_by_itself_and_keeps_nothing(house: House) -> None:
    found = collect(house, kiosk=True)
    tablet = house.phone()
    for _ in range(2):
        page = tablet.open(f"/k/{found.kiosk_token}")
        tablet.press("zacznij")
        finish(house, tablet)
        page = tablet.page
        assert text("message.thanks.title") in page.words
        assert [
            said["content"] for tag, said in page.tags if tag == "meta" and said.get("http-equiv") == "refresh"
        ] == [f"12;url=/k/{found.kiosk_token}"]
    assert stored(house) == 2
    assert tablet.cookies == {}
    assert count_rows(house.store)["collection_draft"] == 0


def test_a_tablets_form_sent_twice_is_stored_once(house: House) -> None:
    found = collect(house, kiosk=True, layout=Layout.SINGLE)
    tablet = house.phone()
    tablet.open(f"/k/{found.kiosk_token}")
    page = tablet.press("zacznij")
    for _ in range(2):
        tablet.page, tablet.address = page, f"/k/{found.kiosk_token}"
        tablet.answer(VISITS, "Trudno powiedzieć")
        tablet.press("wyslij")
        assert text("message.thanks.title") in tablet.page.words
    assert stored(house) == 1


def test_every_page_leads_nowhere_else(house: House) -> None:
    found = collect(house, kiosk=True)
    for address in (f"/a/{found.token}", f"/k/{found.kiosk_token}"):
        phone = house.phone()
        pages = [phone.open(address), phone.press("zacznij")]
        finish(house, phone)
        pages.append(phone.page)
        leads = {
            said.get("href") or said.get("action") or said.get("src") or ""
            for page in pages
            for tag, said in page.tags
            if tag in {"a", "form", "script", "link", "img", "iframe"}
        }
        assert {lead.partition("?")[0].partition("#")[0] for lead in leads} <= {
            address,
            "/ankieta.css",
            "/ankieta.js",
            "/znak.svg",
        }


def test_the_first_who_comes_too_late_closes_the_link(house: House) -> None:
    found = collect(house, closes_on=date(2026, 11, 26))
    house.phone().open(f"/a/{found.token}")
    with house.store.read() as connection:
        assert read_collection(connection, MACHINE, found.uid)[0].state is CollectionState.CLOSED


def test_especially_private_questions_need_an_express_yes(house: House) -> None:
    found = collect(house, notice=replace(NOTICE, special_categories=True))
    phone = house.phone()
    page = phone.open(f"/a/{found.token}")
    assert text("intro.special") in page.words
    assert not [one for one in page.fields if one.name == "zgoda" and one.chosen], "a yes is given, not taken back"
    page = phone.press("zacznij")
    assert (page.status, text("intro.consent_missing") in page.words) == (422, True)
    assert phone.press("zacznij", zgoda="tak").status == 200
    assert VISITS in phone.page.words


@pytest.mark.parametrize(("grant", "status"), [(COORDINATOR_OF_LIW, 200), (Grant(Role.COORDINATOR, "wegrow"), 404)])
def test_a_preview_is_for_those_who_see_the_partnership_and_stores_nothing(
    house: House, grant: Grant, status: int
) -> None:
    add_partnership(house.store, "wegrow")
    with house.store.write() as connection:
        uid = prepare_collection(connection, MACHINE, new_collection(), house.now)
    house.now = utc_now()  # the session is of this very moment
    phone = house.phone(cookies={"__Host-diagnoza": make_account(house.store, "anna", grant)})
    page = phone.open(f"/podglad-ankiety/{uid}")
    assert page.status == status
    if status == 404:
        return
    assert text("preview") in page.words
    phone.press("zacznij")
    before = count_rows(house.store)
    finish(house, phone)
    assert text("message.preview_end.title") in phone.page.words
    assert count_rows(house.store) == before


def test_in_a_flood_people_wait_a_minute_and_lose_nothing(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    gate = Turnstile(lambda: house.now, of_an_address=2)
    monkeypatch.setattr("dashboard.forms.routes.turnstile_of", lambda _store, _clock: gate)
    found = collect(house)
    phone = begin(house, found)
    begin(house, found)
    late = house.phone()
    late.open(f"/a/{found.token}")
    refused = late.press("zacznij")
    assert (refused.status, refused.header("retry-after")) == (429, "60")
    assert text("intro.many") in refused.words
    phone.answer(VISITS, "Nie")
    phone.press("dalej")
    phone.press("dalej")
    phone.press("dalej")
    phone.answer("Uwagi", "Za mało krzeseł")
    house.wait(seconds=20)
    waiting = phone.press("wyslij")
    assert (waiting.status, text("many") in waiting.words, stored(house)) == (429, True, 0)
    assert "Za mało krzeseł" in [one.value for one in waiting.fields]
    house.wait(seconds=41)
    assert text("message.thanks.title") in phone.press("wyslij").words
    assert stored(house) == 1


def test_how_long_it_took_is_kept_and_the_hour_is_not(house: House) -> None:
    found = collect(house)
    for pauses in ([100], [7 * 60, 40], [3 * 24 * 60 * 60]):
        phone = begin(house, found)
        for seconds in pauses:
            house.wait(seconds=seconds)
            phone.open(phone.address)
        finish(house, phone)
    with house.store.read() as connection:
        took = connection.execute(select(s.response.c.duration_seconds).order_by(s.response.c.response_no)).scalars()
        # `finish` takes another minute. Who went on three days later has no duration.
        assert list(took) == [160, 520, None]

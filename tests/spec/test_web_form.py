"""A resident fills the web form in on a phone: what they see page by page, and what is stored in the end."""

import re
from dataclasses import replace
from datetime import date

import pytest

from dashboard.texts import say
from etl.store.collection_rows import Collection, CollectionState
from etl.store.collections import close_collection, prepare_collection, read_collection, reopen_collection
from etl.store.moments import utc_now
from etl.store.scope import Grant, Role
from surveys.filling import Layout
from tests.importing_surveys import MACHINE, add_partnership, count_rows, read_answers
from tests.made.web_forms import NOTICE, make_open, new_collection
from tests.phone import House, Phone
from tests.upload_house import COORDINATOR_OF_LIW, make_account

WAVE = "swietlica-2026"
VISITS, HOW_OFTEN, WHY_NOT = "Czy bywa Pan/Pani w świetlicy?", "Ile razy w miesiącu?", "Co przeszkadza?"
ROOM, HOURS, ORDER = "Salę", "Godziny", "Co najpierw?"


def text(key: str, **facts: object) -> str:
    return say(f"web_form.{key}", "pl", **facts)


@pytest.fixture
def house(phones: House) -> House:
    add_partnership(phones.store)
    return phones


def collect(house: House, **wanted: object) -> Collection:
    uid, _ = make_open(house.store, **wanted)  # type: ignore[arg-type] # fields by name
    with house.store.read() as connection:
        return read_collection(connection, MACHINE, uid)[0]


def begin(house: House, found: Collection, **wanted: object) -> Phone:
    phone = house.phone(**wanted)
    phone.open(f"/a/{found.token}")
    phone.press("zacznij")
    return phone


def finish(house: House, phone: Phone) -> None:
    """From the first page to the end, as somebody who does not visit."""
    phone.answer(VISITS, "Nie")
    phone.press("dalej")
    phone.answer(WHY_NOT, "Za daleko")
    phone.press("dalej")
    phone.press("dalej")
    house.wait(seconds=60)
    phone.press("wyslij")


def stored(house: House) -> int:
    return count_rows(house.store)["response"]


def test_page_by_page_to_the_end(house: House) -> None:
    phone = house.phone()
    page = phone.open(f"/a/{collect(house).token}")
    assert "Ankieta o świetlicy" in page.words
    for said in (NOTICE.controller, NOTICE.contact, NOTICE.legal_basis, NOTICE.purpose, "31 grudnia 2036"):
        assert said in page.words
    assert page.words.index("Ankietę prowadzi świetlica.") < page.words.index(NOTICE.controller), "own words first"
    page = phone.press("zacznij")
    assert text("position", position=1, pages=3) in page.words
    assert page.legends == [VISITS + " (wymagane)"]
    phone.answer(VISITS, "Tak")
    page = phone.press("dalej")
    assert text("more_questions") in page.words
    assert page.legends == [VISITS + " (wymagane)", HOW_OFTEN]
    phone.answer(HOW_OFTEN, "4")
    page = phone.press("dalej")
    assert page.legends == [ROOM, HOURS]
    phone.answer(ROOM, "Dobrze")
    page = phone.press("dalej")
    phone.answer(ORDER, "2", "", "1")
    phone.answer("Uwagi", "Za mało krzeseł, proszę pisać: jan@poczta.example")
    house.wait(seconds=60)
    page = phone.press("wyslij")
    assert text("message.thanks.title") in page.words
    answers = read_answers(house.store, WAVE)
    assert answers[VISITS] == [{"Tak"}]
    assert answers[HOW_OFTEN] == [4.0]
    assert answers["Jak ocenia Pan/Pani? [Salę]"] == [{"Dobrze"}]
    assert answers["Jak ocenia Pan/Pani? [Godziny]"] == [None]
    assert answers["Uwagi"] == ["Za mało krzeseł, proszę pisać: [usunięto dane osobowe]"]


def test_a_form_on_one_page(house: House) -> None:
    phone = begin(house, collect(house, layout=Layout.SINGLE))
    assert len(phone.page.legends) == 7
    phone.answer(VISITS, "Nie")
    house.wait(seconds=60)
    page = phone.press("wyslij")
    assert text("more_questions") in page.words
    phone.answer(WHY_NOT, "Nudno")
    phone.write_other(WHY_NOT, "bo zimno")
    assert text("message.thanks.title") in phone.press("wyslij").words
    assert read_answers(house.store, WAVE)[WHY_NOT] == [{"Nudno", "bo zimno"}]


def test_what_is_wrong_is_said_beside_the_field_and_above_the_page(house: House) -> None:
    phone = begin(house, collect(house))
    page = phone.press("dalej")
    assert page.status == 422
    assert page.words.startswith("Do poprawy:") or "Do poprawy:" in page.html.partition("</title>")[0]
    assert text("faults", n=1) in page.words
    assert page.words.count(text("fault.required")) == 2
    (link,) = [said["href"] for tag, said in page.tags if tag == "a" and said.get("href", "").startswith("#")]
    ids = [said["id"] for _tag, said in page.tags if "id" in said]
    assert link.removeprefix("#") in ids
    assert len(ids) == len(set(ids))
    phone.answer(VISITS, "Tak")
    phone.press("dalej")
    phone.answer(HOW_OFTEN, "32")
    page = phone.press("dalej")
    assert page.words.count("Miesiąc ma najwyżej 31 dni.") == 2
    (typed,) = [one for one in page.fields if one.label.startswith(HOW_OFTEN)]
    assert typed.value == "32", "what was typed stands there to be mended"
    assert typed.described_by in ids or typed.described_by in [said.get("id") for _t, said in page.tags]


def test_back_keeps_answers_and_what_no_longer_applies_is_not_stored(house: House) -> None:
    phone = begin(house, collect(house))
    phone.answer(VISITS, "Tak")
    phone.press("dalej")
    phone.answer(HOW_OFTEN, "9")
    phone.press("dalej")
    page = phone.press("wstecz")
    assert [one.label for one in page.fields if one.chosen] == ["Tak"]
    assert [one.value for one in page.fields if one.label == HOW_OFTEN] == ["9"]
    finish(house, phone)
    answers = read_answers(house.store, WAVE)
    assert (answers[VISITS], answers[HOW_OFTEN], answers[WHY_NOT]) == ([{"Nie"}], [None], [{"Za daleko"}])


def test_an_earlier_answer_that_changes_brings_the_page_it_opens(house: House) -> None:
    phone = begin(house, collect(house))
    phone.answer(VISITS, "Trudno powiedzieć")
    phone.press("dalej")
    phone.press("dalej")
    # Somebody in another tab of the same browser changes the first answer.
    other = house.phone(cookies=dict(phone.cookies))
    other.open(phone.address.partition("?")[0] + "?s=1")
    other.answer(VISITS, "Nie")
    other.press("dalej")
    house.wait(seconds=60)
    page = phone.press("wyslij")
    assert WHY_NOT in page.legends
    assert stored(house) == 0


def test_a_draft_survives_a_lost_connection(house: House) -> None:
    found = collect(house)
    phone = begin(house, found)
    phone.answer(VISITS, "Nie")
    phone.press("dalej")
    later = house.phone(cookies=dict(phone.cookies))
    page = later.open(f"/a/{found.token}")
    assert text("intro.begun") in page.words
    page = later.open(f"/a/{found.token}?s=1")
    assert [one.label for one in page.fields if one.chosen] == ["Nie"]
    stranger = house.phone()
    assert text("intro.begun") not in stranger.open(f"/a/{found.token}").words
    assert text("message.no_cookie.title") in stranger.open(f"/a/{found.token}?s=1").words


def test_a_draft_can_be_deleted(house: House) -> None:
    found = collect(house)
    phone = begin(house, found)
    phone.answer(VISITS, "Nie")
    phone.press("dalej")
    phone.open(f"/a/{found.token}")
    page = phone.press("od_nowa")
    assert not [one for one in page.fields if one.chosen]
    assert count_rows(house.store)["collection_draft"] == 1


def test_sending_twice_stores_once_and_says_thank_you(house: House) -> None:
    found = collect(house)
    phone = begin(house, found)
    phone.answer(VISITS, "Trudno powiedzieć")
    phone.press("dalej")
    phone.press("dalej")
    house.wait(seconds=60)
    last, address = phone.page, phone.address
    assert text("message.thanks.title") in phone.press("wyslij").words
    before = count_rows(house.store)
    phone.page, phone.address = last, address
    page = phone.press("wyslij")
    assert text("message.thanks.title") in page.words
    assert count_rows(house.store) == before


def test_the_same_browser_is_told_that_it_has_answered_and_may_go_on_for_somebody_else(house: House) -> None:
    found = collect(house)
    phone = begin(house, found)
    finish(house, phone)
    page = phone.open(f"/a/{found.token}")
    assert text("intro.sent") in page.words
    phone.press("zacznij")
    finish(house, phone)
    assert stored(house) == 2


def test_a_form_that_comes_back_faster_than_it_can_be_read_waits(house: House) -> None:
    phone = begin(house, collect(house, layout=Layout.SINGLE))
    phone.answer(VISITS, "Trudno powiedzieć")
    assert text("too_fast") in phone.press("wyslij").words
    assert stored(house) == 0
    house.wait(seconds=5)
    assert text("message.thanks.title") in phone.press("wyslij").words


def test_without_cookies_it_can_be_filled_in_in_one_go(house: House) -> None:
    phone = begin(house, collect(house), takes_cookies=False)
    assert text("message.no_cookie.title") in phone.page.words
    phone.press("zacznij")
    finish(house, phone)
    assert text("message.thanks.title") in phone.page.words
    assert stored(house) == 1


def test_english_and_large_letters_keep_what_was_answered(house: House) -> None:
    phone = begin(house, collect(house))
    phone.answer(VISITS, "Tak")
    page = phone.press("jezyk")
    assert 'lang="en"' in page.html
    assert [one.label for one in page.fields if one.chosen] == ["Yes"]
    assert "How many times a month?" in page.legends
    page = phone.press("litery")
    assert 'class="large"' in page.html
    phone.address = re.search(r'action="([^"]+)"', page.html)[1].replace("&amp;", "&")  # type: ignore[index] # it is there
    page = phone.press("dalej")
    assert 'class="large"' in page.html
    assert 'lang="en"' in page.html


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


def test_pages_are_light(house: House) -> None:
    phone = begin(house, collect(house, layout=Layout.SINGLE))
    assert len(phone.page.html.encode()) < 30_000


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


def test_words_in_another_language_than_the_page_say_so(house: House) -> None:
    phone = begin(house, collect(house, layout=Layout.SINGLE))
    page = phone.press("jezyk")
    assert '<div class="options" lang="pl">' in page.html, "these options have no English labels"
    assert '<span lang="pl">What first?' not in page.html
    assert page.html.index('<html lang="en"') < page.html.index('lang="pl"')


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

"""A resident fills the web form in on a phone: what they see page by page, and what is stored in the end."""

import re

import pytest

from surveys.filling import Layout
from tests.importing_surveys import add_partnership, count_rows, read_answers
from tests.made.web_forms import NOTICE
from tests.phone import HOST, House
from tests.web_form_answering import (
    HOURS,
    HOW_OFTEN,
    ORDER,
    ROOM,
    VISITS,
    WAVE,
    WHY_NOT,
    begin,
    collect,
    finish,
    stored,
    text,
)


@pytest.fixture
def house(phones: House) -> House:
    add_partnership(phones.store)
    return phones


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


def test_pages_are_light(house: House) -> None:
    phone = begin(house, collect(house, layout=Layout.SINGLE))
    assert len(phone.page.html.encode()) < 30_000


def test_words_in_another_language_than_the_page_say_so(house: House) -> None:
    phone = begin(house, collect(house, layout=Layout.SINGLE))
    page = phone.press("jezyk")
    assert '<div class="options" lang="pl">' in page.html, "these options have no English labels"
    assert '<span lang="pl">What first?' not in page.html
    assert page.html.index('<html lang="en"') < page.html.index('lang="pl"')


def test_every_page_has_an_address_so_that_back_and_reload_ask_nothing(house: House) -> None:
    found = collect(house)
    phone = begin(house, found)
    for action in ("dalej", "jezyk", "litery"):
        sent = house.serve(
            "POST",
            f"/a/{found.token}",
            f"klucz={phone.cookies['ankieta']}&strona=1&pokazano=0&akcja={action}".encode(),
            {
                "cookie": f"ankieta={phone.cookies['ankieta']}",
                "content-type": "application/x-www-form-urlencoded",
                "origin": f"https://{HOST}",
            },
        )
        assert (sent.status, sent.html) == (303, "")
        assert "s=1" in sent.header("location")
    page = phone.press("dalej")
    assert page.status == 422
    assert phone.open(phone.address).status == 422  # a reload says the same
    assert phone.open(f"/a/{found.token}?s=1").status == 200  # "back" to the page as it came first


def test_what_was_typed_wrongly_stands_in_its_field_after_a_reload(house: House) -> None:
    phone = begin(house, collect(house))
    phone.answer(VISITS, "Tak")
    phone.press("dalej")
    phone.answer(HOW_OFTEN, "dwanaście")
    page = phone.press("dalej")
    assert page.status == 422
    again = phone.open(phone.address)
    assert "dwanaście" in [one.value for one in again.fields]
    assert again.words == page.words
    phone.answer(HOW_OFTEN, "4")
    assert phone.press("dalej").status == 200

"""The web form among strangers: what is too large, forged, sent again, guessed or poisoned."""

import re
from dataclasses import replace

import pytest
from sqlalchemy import select

from dashboard.access.headers import CONTENT_SECURITY_POLICY
from dashboard.forms import routes
from dashboard.texts import say
from etl.store import schema as s
from etl.store.collection_rows import Collection, Notice
from etl.store.collections import prepare_collection, read_collection
from etl.store.moments import utc_now
from etl.store.schema import METADATA
from surveys.filling import Layout
from surveys.model.form import FormChoice, FormRow
from tests.importing_surveys import MACHINE, add_partnership, count_rows
from tests.made.web_forms import FORM, NOTICE, make_open, new_collection
from tests.phone import House, Phone

PAYLOADS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "{{ 7 * 7 }}{% raw %}",
    "![x](http://x.example/a.png)",
    "=1+1",
    "' OR 1=1 --",
    "$\\href{javascript:alert(1)}{x}$",
    "</textarea><script>alert(1)</script>",
)
VISITS = "Czy bywa Pan/Pani w świetlicy?"


@pytest.fixture
def house(phones: House) -> House:
    add_partnership(phones.store)
    return phones


def collect(house: House, **wanted: object) -> Collection:
    uid, _ = make_open(house.store, **wanted)  # type: ignore[arg-type] # fields by name
    with house.store.read() as connection:
        return read_collection(connection, MACHINE, uid)[0]


def begin(house: House, found: Collection) -> Phone:
    phone = house.phone()
    phone.open(f"/a/{found.token}")
    phone.press("zacznij")
    house.wait(seconds=60)
    return phone


def rows(house: House) -> dict[str, int]:
    counted = count_rows(house.store)
    return {name: counted[name] for name in ("response", "answer", "open_answer", "choice_count", "collection_sending")}


def test_too_much_is_refused_with_a_page_and_nothing_is_stored(house: House) -> None:
    found = collect(house, layout=Layout.SINGLE)
    phone = begin(house, found)
    before = rows(house)
    for language, query in (("pl", ""), ("en", "?lang=en")):
        page = phone.send(f"/a/{found.token}{query}", {"q7": ["a" * 300_000], "akcja": ["wyslij"]})
        assert page.status == 413
        assert say("web_form.message.too_much.title", language) in page.words  # type: ignore[arg-type] # both are
        assert page.header("set-cookie") == ""
    assert rows(house) == before
    assert phone.open(f"/a/{found.token}?s=1").status == 200, "what was kept before is still there"


def test_too_many_fields_store_nothing(house: House) -> None:
    found = collect(house, layout=Layout.SINGLE)
    phone = begin(house, found)
    before = rows(house)
    page = phone.send(f"/a/{found.token}", {f"x{n}": ["1"] for n in range(4000)})
    assert page.status in {400, 413, 503}
    assert rows(house) == before


@pytest.mark.parametrize(
    "changed",
    [
        {"q0": ["7"]},
        {"q0": ["-1"]},
        {"q0": ["0", "1"]},
        {"q0": ["0 OR 1"]},
        {"q3": ["99999999999999999999"]},
        {"q5p0": ["1"], "q5p1": ["1"]},
    ],
)
def test_options_that_were_not_offered_are_refused(house: House, changed: dict[str, list[str]]) -> None:
    found = collect(house, layout=Layout.SINGLE)
    phone = begin(house, found)
    (key,) = [one.value for one in phone.page.fields if one.name == "klucz"]
    fields = {"klucz": [key], "strona": ["1"], "pokazano": ["0,3,4,5,6,7,8"], "q0": ["2"], "akcja": ["wyslij"]}
    page = phone.send(f"/a/{found.token}", {**fields, **changed})
    assert page.status == 422
    assert rows(house)["response"] == 0


@pytest.mark.parametrize(
    "changed",
    [
        {"strona": ["999999999"]},
        {"strona": ["-1"]},
        {"strona": ["x"]},
        {"pokazano": ["0,1,2,99,-1,x,٣"]},
        {"pokazano": [""]},
        {"akcja": ["usun_wszystko"]},
        {"klucz": ["x"]},
        {"stan": ["x"]},
    ],
)
def test_fields_of_the_page_that_somebody_changed_break_nothing(house: House, changed: dict[str, list[str]]) -> None:
    found = collect(house, layout=Layout.SINGLE)
    phone = begin(house, found)
    (key,) = [one.value for one in phone.page.fields if one.name == "klucz"]
    fields = {"klucz": [key], "strona": ["1"], "pokazano": ["0,3,4,5,6,7,8"], "akcja": ["wyslij"]}
    page = phone.send(f"/a/{found.token}", {**fields, **changed})
    assert page.status in {200, 403, 422}
    assert rows(house)["response"] == 0


def test_saying_that_questions_were_shown_does_not_skip_them(house: House) -> None:
    found = collect(house)
    phone = begin(house, found)
    (key,) = [one.value for one in phone.page.fields if one.name == "klucz"]
    page = phone.send(
        f"/a/{found.token}", {"klucz": [key], "strona": ["3"], "pokazano": ["5,6,7,8"], "akcja": ["wyslij"]}
    )
    assert VISITS in page.words
    assert rows(house)["response"] == 0


def test_another_links_draft_is_nobodys_here(house: House) -> None:
    first, second = collect(house), collect(house, name="Druga")
    phone = begin(house, first)
    (key,) = [one.value for one in phone.page.fields if one.name == "klucz"]
    fields = {"klucz": [key], "strona": ["1"], "pokazano": ["0"], "q0": ["2"], "akcja": ["wyslij"]}
    page = phone.send(f"/a/{second.token}", fields)
    assert page.status == 403
    assert rows(house)["response"] == 0


def test_a_tablets_form_does_not_pass_at_the_public_link_nor_the_other_way_round(house: House) -> None:
    found = collect(house, kiosk=True)
    assert house.phone().open(f"/k/{found.token}").status == 404
    assert house.phone().open(f"/a/{found.kiosk_token}").status == 404
    tablet = house.phone()
    tablet.open(f"/k/{found.kiosk_token}")
    tablet.press("zacznij")
    (carried,) = [one.value for one in tablet.page.fields if one.name == "stan"]
    forged = carried[:-6] + ("AAAAAA" if carried[-6:] != "AAAAAA" else "BBBBBB")
    page = tablet.send(f"/k/{found.kiosk_token}", {"stan": [forged], "akcja": ["wyslij"]})
    assert page.status == 403
    assert rows(house)["response"] == 0


@pytest.mark.parametrize("token", ["A" * 22, "2" * 8, "-" * 22])
def test_an_unknown_address_looks_like_one_that_is_being_prepared(house: House, token: str) -> None:
    with house.store.write() as connection:
        uid = prepare_collection(connection, MACHINE, new_collection(), utc_now())
        hidden, _form = read_collection(connection, MACHINE, uid)
    unknown, prepared = (house.ask("GET", f"/a/{one}") for one in (token, hidden.token))
    assert (unknown.status, prepared.status) == (404, 404)
    assert unknown.html.replace(token, "") == prepared.html.replace(hidden.token, "")


def test_a_wrong_code_costs_time_and_a_flood_of_them_waits_in_a_queue(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    monkeypatch.setattr(routes.anyio, "sleep", sleep)
    uid, (code,) = make_open(house.store, codes=1)
    with house.store.read() as connection:
        found, _form = read_collection(connection, MACHINE, uid)
    phone = house.phone()
    phone.open(f"/a/{found.token}")
    for guess in ("AAAAA-AAAAA", "' OR 1=1 --", code[:-1], "a" * 10_000):
        assert phone.press("zacznij", kod=guess).status == 403
    assert slept == [1.0] * 4
    assert phone.press("zacznij", kod=code).status == 200
    assert slept == [1.0] * 4
    assert routes._code_limiter().total_tokens <= 8


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_a_form_says_is_shown_as_words(house: House, payload: str) -> None:
    labels = {"pl": payload, "en": payload}
    form = replace(
        FORM,
        titles=labels,
        items=(
            FormRow("a", "select_one", "x", labels=labels, hints=labels, required="yes", required_messages=labels),
            FormRow("b", "text", labels=labels, appearance="multiline"),
            FormRow("c", "note", labels=labels),
        ),
        lists={"x": (FormChoice("k", labels, is_other=True),)},
    )
    notice = Notice(payload, payload, payload, payload, NOTICE.data_until, texts=labels)
    found = collect(house, form=form, notice=notice, name=payload + "x", layout=Layout.SINGLE)
    phone = house.phone()
    pages = [phone.open(f"/a/{found.token}"), phone.press("zacznij")]
    phone.filled = {"q1": [payload], "q0o": [payload]}
    pages.append(phone.press("jezyk"))
    pages.append(phone.press("dalej", q0=""))
    for page in pages:
        assert "<script>alert" not in page.html
        assert "<img src=x" not in page.html
        assert not [said for tag, said in page.tags if tag == "img" or any(name.startswith("on") for name in said)]
        assert {said.get("src") for tag, said in page.tags if tag == "script"} <= {"/ankieta.js"}
        assert " ".join(payload.split()) in page.words or page is pages[-1]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_a_person_writes_comes_back_as_words_and_is_stored_as_written(house: House, payload: str) -> None:
    phone = begin(house, collect(house, layout=Layout.SINGLE))
    phone.answer("Uwagi", payload)
    page = phone.press("wyslij")
    assert page.status == 422
    assert "<script>alert" not in page.html
    phone.answer(VISITS, "Trudno powiedzieć")
    phone.press("wyslij")
    with house.store.read() as connection:
        assert connection.execute(select(s.open_answer.c.text)).scalars().all() == [payload]


def test_another_site_cannot_send_the_form(house: House) -> None:
    found = collect(house)
    phone = begin(house, found)
    for headers in ({"origin": "https://elsewhere.example"}, {"sec-fetch-site": "cross-site"}):
        assert phone.send(f"/a/{found.token}", {"akcja": ["zacznij"]}, **headers).status == 403


def test_nobody_is_asked_who_they_are_and_nothing_follows_them(house: House) -> None:
    found = collect(house, kiosk=True)
    phone = house.phone(cookies={"__Host-diagnoza": "a" * 43, "lang": "en"})
    page = phone.open(f"/a/{found.token}")
    assert page.header("set-cookie") == ""
    assert 'lang="pl"' in page.html, "the cookie of other pages is not looked at"
    phone.press("zacznij")
    assert set(phone.cookies) == {"__Host-diagnoza", "lang", "ankieta"}
    tablet = house.phone()
    tablet.open(f"/k/{found.kiosk_token}")
    tablet.press("zacznij")
    assert tablet.cookies == {}


def test_the_one_cookie_is_the_drafts_key_for_this_form_only(house: House) -> None:
    found = collect(house)
    answer = house.ask(
        "POST",
        f"/a/{found.token}",
        b"akcja=zacznij",
        {"content-type": "application/x-www-form-urlencoded", "content-length": "13"},
    )
    (cookie,) = [value for name, value in answer.headers if name == "set-cookie"]
    said = {part.strip().partition("=")[0].lower(): part.partition("=")[2] for part in cookie.split(";")}
    assert re.fullmatch(r"ankieta=[A-Za-z0-9_-]{43}", cookie.partition(";")[0])
    assert said["path"] == f"/a/{found.token}"
    assert said["samesite"] == "Lax"
    assert {"httponly", "secure"} <= set(said)
    assert int(said["max-age"]) == 7 * 24 * 3600


def test_headers_are_those_of_every_page(house: House) -> None:
    found = collect(house)
    page = house.ask("GET", f"/a/{found.token}")
    assert page.header("content-security-policy") == CONTENT_SECURITY_POLICY
    assert page.header("cache-control") == "no-store"
    assert page.header("referrer-policy") == "same-origin"
    assert page.header("x-robots-tag") == "noindex"


def test_nothing_of_the_browser_is_stored(house: House) -> None:
    found = collect(house, layout=Layout.SINGLE)
    agent = "Mozilla/5.0 (canary-of-the-browser)"
    house.ask("GET", f"/a/{found.token}", headers={"user-agent": agent, "x-forwarded-for": "198.51.100.23"})
    phone = begin(house, found)
    key = phone.cookies["ankieta"]
    phone.answer(VISITS, "Nie")
    phone.press("dalej")
    with house.store.read() as connection:
        for table in METADATA.sorted_tables:
            for row in connection.execute(select(table)):
                said = repr(tuple(row))
                assert "canary-of-the-browser" not in said
                assert "203.0.113.7" not in said
                assert "198.51.100.23" not in said
                assert key not in said


def test_a_fault_says_a_number_and_that_sending_again_is_safe(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    found = collect(house, layout=Layout.SINGLE)
    phone = begin(house, found)
    phone.answer(VISITS, "Trudno powiedzieć")

    def break_down(*_arguments: object) -> None:
        raise RuntimeError("tajna odpowiedź")

    page, address = phone.page, phone.address
    with monkeypatch.context() as broken:
        broken.setattr(routes, "desk_of", break_down)
        failed = phone.press("wyslij")
    assert failed.status == 503
    assert say("web_form.message.fault.title", "pl") in failed.words
    assert "tajna" not in failed.html
    phone.page, phone.address = page, address
    phone.answer(VISITS, "Trudno powiedzieć")
    assert say("web_form.message.thanks.title", "pl") in phone.press("wyslij").words
    assert rows(house)["response"] == 1

"""Dokumenty: a document is chosen, made and taken away; own paragraphs stay; nobody else's are written over."""

import pytest

from dashboard.documents.kinds import Kind
from dashboard.texts import say
from etl.store.moments import utc_now
from etl.store.reading import resolve_scope
from etl.store.report_rows import ReportPlace, read_own_texts, write_own_text
from etl.store.scope import Grant, Role
from tests.importing_surveys import MACHINE, add_partnership
from tests.page_visits import Pages
from tests.sight import unescape
from tests.upload_house import COORDINATOR_OF_LIW, House


def text(key: str, **facts: object) -> str:
    return unescape(say(f"documents.page.{key}", "pl", **facts))


@pytest.fixture
def liw(house: House) -> House:
    add_partnership(house.store)
    add_partnership(house.store, "gora")
    house.sign_in("anna", COORDINATOR_OF_LIW)
    return house


def own(house: House) -> dict[str, str]:
    with house.store.read() as connection:
        scope = resolve_scope(connection, MACHINE, sample=False)
        return read_own_texts(connection, scope, "liw", "full", "pl")


def test_a_document_is_made_and_the_next_one_says_what_is_different(liw: House) -> None:
    sight = liw.open("documents")
    at = sight.at
    at.segmented_control(key="document-format").set_value("html")
    sight = sight.press("document-make")
    assert not sight.at.exception
    assert "diagnoza-lokalna-partnerstwo-liw" in str(sight.at.get("download_button")[0].proto.label)
    assert text("differences") not in sight.words
    sight = sight.press("document-make")
    assert text("differences") in sight.words
    assert unescape(say("documents.difference.same", "pl")).split(":")[0] in sight.words
    assert "anna" in sight.words


def test_an_own_paragraph_is_kept_and_somebody_elses_is_not_written_over(liw: House) -> None:
    sight = liw.open("documents")
    place = "liw-full-conclusions-pl"
    sight.at.text_area(key=f"text-{place}").set_value("Zaczynamy od dojazdów.")
    sight = sight.press(f"save-{place}")
    assert own(liw) == {"conclusions": "Zaczynamy od dojazdów."}
    with liw.store.write() as connection:
        scope = resolve_scope(connection, MACHINE, sample=False)
        where = ReportPlace("liw", "full", "conclusions", "pl")
        write_own_text(connection, MACHINE, scope, where, "Napisane gdzie indziej.", now=utc_now())
    sight.at.text_area(key=f"text-{place}").set_value("Moje zdanie.")
    sight = sight.press(f"save-{place}")
    assert own(liw) == {"conclusions": "Napisane gdzie indziej."}
    assert "ktoś inny" in sight.words
    # Both texts are there to be joined, and who has read the other one saves.
    assert "Napisane gdzie indziej." in sight.words
    assert sight.at.text_area(key=f"text-{place}").value == "Moje zdanie."
    sight = sight.press(f"save-{place}")
    assert own(liw) == {"conclusions": "Moje zdanie."}
    sight = sight.press(f"back-{place}")
    assert own(liw) == {"conclusions": "Napisane gdzie indziej."}
    assert sight.at.text_area(key=f"text-{place}").value == "Napisane gdzie indziej."


def test_what_was_typed_stays_while_another_chapter_is_looked_at(liw: House) -> None:
    sight = liw.open("documents")
    place, chooser = "liw-full-conclusions-pl", "own-chapter-liw-full"
    sight.at.text_area(key=f"text-{place}").set_value("Zaczęte zdanie").run()
    sight.at.selectbox(key=chooser).set_value("summary").run()
    assert not sight.at.exception
    sight.at.selectbox(key=chooser).set_value("conclusions").run()
    assert sight.at.text_area(key=f"text-{place}").value == "Zaczęte zdanie"
    assert unescape(say("documents.page.own_unsaved", "pl")) in "".join(one.value for one in sight.at.caption)
    assert own(liw) == {}


def test_who_only_sees_a_partnership_makes_documents_and_writes_nothing(liw: House) -> None:
    liw.sign_in("ala", Grant(Role.PARTICIPANT, "liw"))
    sight = liw.open("documents")
    assert text("own_forbidden") in sight.words
    assert not sight.at.text_area
    assert "gora" not in sight.words
    assert "document-make" in [button.key for button in sight.at.button]


@pytest.mark.parametrize("language", ["pl", "en"])
def test_every_shape_is_offered_and_explained(sample_pages: Pages, language: str) -> None:
    sight = sample_pages.see("documents", lang=language)
    assert not sight.at.exception
    offered = sight.at.radio(key="document-kind").options
    assert offered == [say(f"documents.kind.{kind.value}.name", language) for kind in Kind]
    sight.at.radio(key="document-kind").set_value("srps").run()
    assert not sight.at.exception


def test_without_a_partnership_it_says_where_to_begin(house: House) -> None:
    house.sign_in("anna", Grant(Role.BORIS))
    assert text("none") in house.open("documents").words

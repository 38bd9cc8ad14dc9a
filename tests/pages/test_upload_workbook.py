"""Wgraj dane: a partnership workbook's way, from its faults to the partnership's pages."""

import io
from collections.abc import Callable
from dataclasses import replace

import openpyxl
import pytest
from openpyxl.workbook.workbook import Workbook

from dashboard.texts import say
from dashboard.upload_story.choosing import fill_workbook
from dashboard.upload_story.marked_copy import can_annotate, take_marked_copy
from etl.jobs.queue import JobKind
from etl.store.register_reading import read_register
from etl.store.scope import Actor, ForbiddenError, Grant, Role
from surveys.language.texts import LANGUAGES
from tests.importing_surveys import count_rows
from tests.made.importing import import_register
from tests.made.partnership_workbooks import write_bytes
from tests.made.registers import make_register, rename_partner
from tests.sight import Sight, unescape
from tests.upload_house import BORIS, COORDINATOR_OF_LIW, House, is_offered, make_account

NAME = "karta Liw.xlsx"


def text(key: str, **facts: object) -> str:
    return unescape(say(key, "pl", **facts))


def change(content: bytes, edit: Callable[[Workbook], None]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content))
    edit(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def find_cell(book: Workbook, sheet: str, value: str) -> openpyxl.cell.cell.Cell:
    (cell,) = (cell for row in book[sheet].iter_rows() for cell in row if cell.value == value)
    return cell


def misspell(book: Workbook) -> None:
    find_cell(book, "Partnerzy", "Urząd gminy, miasta lub dzielnicy").value = "urzont gminy"


def repeat_partner(book: Workbook) -> None:
    first = find_cell(book, "Partnerzy", "Urząd Gminy")
    find_cell(book, "Partnerzy", "KGW „Zielone Wzgórze”").value = first.value


def steps(house: House, content: bytes, name: str = NAME) -> Sight:
    """Upload a workbook and wait until it was looked at and tried."""
    sight = house.look_again(house.upload(name, content))
    return house.look_again(sight)


def button(sight: Sight, key: str) -> bool:
    """Whether a button can be pressed."""
    (found,) = (one for one in sight.at.button if one.key == key)
    return not found.disabled


@pytest.fixture
def boris(house: House) -> House:
    """An empty dashboard before which BORIS sits."""
    house.sign_in("barbara", BORIS)
    return house


@pytest.fixture
def coordinator(house: House) -> House:
    """A dashboard with the partnership of Liw, before whose coordinator we sit."""
    import_register(house.store, make_register())
    house.sign_in("anna", COORDINATOR_OF_LIW)
    return house


def test_a_workbook_makes_a_partnership_and_leads_to_its_pages(boris: House) -> None:
    sight = steps(boris, write_bytes(make_register()))
    assert text("upload.source.partnership_workbook") in sight.words
    assert "Partnerzy: nowi 2, zmienieni 0, bez zmian 0" in sight.words
    assert count_rows(boris.store)["partnership"] == 0
    sight = boris.look_again(sight.press("upload-load"))
    assert f"{text('upload.loaded.title')}: {NAME}" in sight.words
    assert [(link.page, link.query) for link in sight.links] == [
        ("problemy", "partnerstwo=liw"),
        ("dzialania", "partnerstwo=liw"),
        ("partnerstwa", "partnerstwo=liw"),
        ("importy", ""),
    ]
    assert boris.open("partnerships", partnerstwo="liw").title == "Liw"


def test_what_changes_is_said_before_it_is_loaded(coordinator: House) -> None:
    sight = steps(coordinator, write_bytes(rename_partner(make_register(), "kgw", "KGW „Nowe Wzgórze”")))
    assert "Partnerzy: nowi 0, zmienieni 1, bez zmian 1" in sight.words
    coordinator.look_again(sight.press("upload-load"))
    with coordinator.store.read() as connection:
        register = read_register(connection, "liw")
    assert register is not None
    assert {partner.name for partner in register.partners} == {"Urząd Gminy", "KGW „Nowe Wzgórze”"}


def test_an_export_that_comes_back_changes_nothing(coordinator: House) -> None:
    content = fill_workbook("account:anna", "liw", "pl")
    sight = steps(coordinator, content)
    sight = coordinator.look_again(sight.press("upload-load"))
    assert text("upload.loaded.nothing") in sight.words
    assert count_rows(coordinator.store)["import_batch"] == 1


def test_faults_stand_by_sheet_and_keep_the_workbook_out(coordinator: House) -> None:
    before = count_rows(coordinator.store)
    sight = steps(coordinator, change(write_bytes(make_register()), repeat_partner))
    assert text("findings.sheet", name="Partnerzy") in sight.words
    assert "jest wpisany dwa razy" in sight.words
    assert text("upload.load_stopped") in sight.words
    assert is_offered(sight, "annotate")
    assert not button(sight, "upload-load")
    after = count_rows(coordinator.store)
    assert {table for table in before if after[table] != before[table]} == {"job", "upload"}


def test_suggestions_are_taken_when_somebody_says_so(coordinator: House) -> None:
    sight = steps(coordinator, change(write_bytes(make_register()), misspell))
    assert "Czy chodziło o" in sight.words
    assert not button(sight, "upload-load")
    sight = coordinator.look_again(sight.press("upload-suggestions"))
    assert text("upload.suggestions.taken") in sight.words
    assert button(sight, "upload-load")
    sight = coordinator.look_again(sight.press("upload-suggestions"))
    assert not button(sight, "upload-load")


def test_a_workbook_of_somebody_elses_partnership_is_refused(coordinator: House) -> None:
    import_register(coordinator.store, make_register("rozan"), file="inna.xlsx")
    before = count_rows(coordinator.store)
    sight = steps(coordinator, write_bytes(replace(make_register("rozan"))))
    assert "nie jest dostępne dla tego konta" in sight.words
    assert not button(sight, "upload-load")
    after = count_rows(coordinator.store)
    assert {table for table in before if after[table] != before[table]} == {"job", "upload"}


def test_without_an_account_the_faults_are_shown_and_nothing_is_offered(house: House) -> None:
    house.visit_anonymously()
    sight = house.look_again(house.upload(NAME, change(write_bytes(make_register()), repeat_partner)))
    assert "jest wpisany dwa razy" in sight.words
    assert [one.key for one in sight.at.button if one.key == "upload-load"] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_steps_speak_the_readers_language(coordinator: House, language: str) -> None:
    uid = steps(coordinator, change(write_bytes(make_register()), repeat_partner)).address["wgranie"]
    sight = coordinator.open("upload", wgranie=uid, lang=language)
    words = {"pl": "Zostaw jeden z tych wierszy", "en": "Keep one of these rows"}
    assert words[language] in sight.words
    assert words["en" if language == "pl" else "pl"] not in sight.words


def test_the_marked_copy_is_the_persons_own_workbook(coordinator: House) -> None:
    sight = steps(coordinator, change(write_bytes(make_register()), repeat_partner))
    assert text("upload.faults.annotated") not in sight.words
    waiting = sight.press("annotate")
    assert text("upload.waiting.closing") in waiting.words
    assert not is_offered(waiting, "annotate")
    # Whatever else can be done with the file does not wait for it.
    assert is_offered(waiting, "upload-ask-preview")
    ready = coordinator.look_again(waiting)
    assert text("upload.faults.annotated") in ready.words
    (job,) = coordinator.jobs(JobKind.ANNOTATE)
    assert "dwa razy" not in str(job.result)
    copy = openpyxl.load_workbook(io.BytesIO(take_marked_copy(coordinator.actor, job.uid)))
    remarks = [cell.comment.text for row in copy["Partnerzy"].iter_rows() for cell in row if cell.comment]
    assert any("dwa razy" in words for words in remarks)
    # It is still there after a reload, in its own language, and nobody else's.
    uid = ready.address["wgranie"]
    assert text("upload.faults.annotated") in coordinator.open("upload", wgranie=uid).words
    assert is_offered(coordinator.open("upload", wgranie=uid, lang="en"), "annotate")
    with pytest.raises(LookupError):
        take_marked_copy(Actor.anonymous("a-stranger"), job.uid)


def test_a_marked_copy_goes_with_its_file(coordinator: House) -> None:
    sight = steps(coordinator, change(write_bytes(make_register()), repeat_partner))
    coordinator.look_again(sight.press("annotate")).press("upload-drop")
    (job,) = coordinator.jobs(JobKind.ANNOTATE)
    with pytest.raises(LookupError):
        take_marked_copy(coordinator.actor, job.uid)


def test_a_visitor_without_an_account_gets_a_marked_copy_too(house: House) -> None:
    house.visit_anonymously()
    sight = house.look_again(house.upload(NAME, change(write_bytes(make_register()), repeat_partner)))
    assert text("upload.faults.annotated") in house.look_again(sight.press("annotate")).words


@pytest.mark.parametrize(("name", "offered"), [("karta.xlsx", True), ("karta.XLSM", True), ("karta.ods", False)])
def test_a_marked_copy_is_offered_where_it_can_be_made(name: str, offered: bool) -> None:
    assert can_annotate(name) is offered


def test_a_filled_workbook_is_for_those_who_may_import(coordinator: House) -> None:
    assert openpyxl.load_workbook(io.BytesIO(fill_workbook("account:anna", "liw", "pl"))).sheetnames[0] == "Partnerstwo"
    make_account(coordinator.store, "piotr", Grant(Role.PARTICIPANT, "liw"))
    for owner in ("account:piotr", "account:nobody", "visitor:x"):
        with pytest.raises(ForbiddenError):
            fill_workbook(owner, "liw", "pl")

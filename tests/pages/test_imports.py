"""Importy: what was loaded, by whom, what the program said of it, and undoing it in two steps."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select, update

from dashboard import services
from dashboard.texts import say
from etl.jobs import requests
from etl.store import batches
from etl.store.batches import UNDO_DAYS
from etl.store.moments import utc_now, write_moment
from etl.store.schema_operations import import_batch
from etl.store.scope import Grant, Role
from surveys.findings import Finding, Place, Report
from surveys.language.texts import LANGUAGES
from tests.importing_surveys import LIW, count_rows, load
from tests.made.google_forms import make_survey
from tests.made.importing import import_register, later
from tests.made.registers import make_register
from tests.sight import Sight, unescape
from tests.upload_house import BORIS, COORDINATOR_OF_LIW, House, words_of_other_language

SURVEY = "Ankieta *mieszkańców*.csv"


def text(key: str, **facts: object) -> str:
    return unescape(say(key, "pl", **facts))


def batch_of(house: House, file_name: str) -> str:
    with house.store.read() as connection:
        found = connection.execute(select(import_batch.c.uid).where(import_batch.c.file_name == file_name))
        return str(found.scalar_one())


def keys_of(sight: Sight) -> set[str]:
    return {button.key for button in sight.at.button}


@pytest.fixture
def liw(house: House) -> House:
    """A partnership with a workbook and a survey loaded, before whose coordinator we sit."""
    remark = Report((Finding("FILE-MACROS-IGNORED", Place("karta.xlsx")),))
    import_register(house.store, make_register(), report=remark, at=utc_now())
    load(house.store, make_survey(60).form_csv(), LIW, name=SURVEY)
    house.sign_in("anna", COORDINATOR_OF_LIW)
    return house


def test_nothing_loaded_says_what_to_do_next(house: House) -> None:
    house.sign_in("barbara", BORIS)
    sight = house.open("imports")
    assert text("imports.none") in sight.words
    assert [link.page for link in sight.links] == ["wgraj"]


def test_a_session_that_ended_shows_the_way_back(liw: House) -> None:
    liw.cookies.clear()
    sight = liw.open("imports")
    assert text("imports.signed_out") in sight.words
    assert SURVEY not in sight.words


def test_every_import_says_when_who_what_and_how_much(liw: House) -> None:
    sight = liw.open("imports")
    assert sight.words.index(SURVEY) < sight.words.index("karta.xlsx")
    assert "Partnerstwo: Liw · ankieta z Formularzy Google · pomiar „Diagnoza 2026”" in sight.words
    assert "W pliku: 60 wierszy; nowych 60, znanych 0, odrzucono 0" in sight.words
    assert "W pliku: 10 wierszy; wczytano 9, odrzucono 1" in sight.words
    assert text("imports.machine") in sight.words
    assert re.search(r"Wczytano: \d+ \w+ 20\d\d, \d\d:\d\d", sight.words)


def test_remarks_are_behind_one_button(liw: House) -> None:
    sight = liw.open("imports")
    assert "makra" not in sight.words
    sight.at.session_state[f"details-{batch_of(liw, 'karta.xlsx')}"] = True
    assert "W skoroszycie są makra" in Sight(sight.at.run()).words


def test_undo_asks_first_and_then_takes_it_back(liw: House) -> None:
    before = count_rows(liw.store)
    uid = batch_of(liw, SURVEY)
    sight = liw.open("imports").press(f"undo-{uid}")
    assert text("imports.undo.sure_survey", name=SURVEY) in sight.words
    sight = sight.press(f"undo-no-{uid}")
    assert text("imports.undo.sure_survey", name=SURVEY) not in sight.words
    assert count_rows(liw.store) == before
    sight = sight.press(f"undo-{uid}").press(f"undo-yes-{uid}")
    assert f"undo-{uid}" not in keys_of(sight)
    sight = liw.look_again(sight)
    assert count_rows(liw.store)["response"] == 0
    assert text("imports.undone_mark") in sight.words
    assert "Cofnięto:" in sight.words
    assert f"undo-{uid}" not in keys_of(sight)
    # The history stays, and the same file can be loaded again.
    assert SURVEY in liw.open("imports").words


def test_an_undo_that_ends_while_the_page_is_read_leaves_no_way_to_undo_again(
    liw: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    uid = batch_of(liw, SURVEY)
    services.undo(liw.actor, uid)
    looks: list[str] = []

    def end_before_second(look: Callable[..., Any]) -> Callable[..., Any]:
        def looked(*given: Any) -> Any:
            looks.append(look.__name__)
            if len(looks) == 2:
                liw.work()
            return look(*given)

        return looked

    monkeypatch.setattr(requests, "list_undoings", end_before_second(requests.list_undoings))
    monkeypatch.setattr(batches, "list_batches", end_before_second(batches.list_batches))
    sight = liw.open("imports")
    assert {"list_undoings", "list_batches"} <= set(looks)
    assert f"undo-{uid}" not in keys_of(sight)
    assert text("imports.undone_mark") in sight.words


def test_an_undo_is_found_however_much_was_asked_for_since(liw: House) -> None:
    uid = batch_of(liw, "karta.xlsx")
    liw.look_again(liw.open("imports").press(f"undo-{uid}").press(f"undo-yes-{uid}"))
    for number in range(25):
        services.inspect_again(liw.actor, f"{number:032x}")
    liw.work()
    assert text("imports.undo.failed") in liw.open("imports").words


def test_what_builds_on_an_import_is_undone_first(liw: House) -> None:
    changed = make_register()
    uid = batch_of(liw, "karta.xlsx")
    sight = liw.open("imports").press(f"undo-{uid}").press(f"undo-yes-{uid}")
    sight = liw.look_again(sight)
    assert text("imports.undo.failed") in sight.words
    assert changed.partnership.name in liw.open("partnerships").words
    assert f"undo-{uid}" in keys_of(sight)


def test_an_old_import_cannot_be_undone(liw: House) -> None:
    with liw.store.write() as connection:
        old = write_moment(utc_now().replace(year=utc_now().year - 1))
        connection.execute(update(import_batch).values(made_at=old))
    sight = liw.open("imports")
    assert text("imports.undo.late") in sight.words
    assert not [key for key in keys_of(sight) if key.startswith("undo-")]
    assert str(UNDO_DAYS) in sight.words


def test_a_participant_sees_but_does_not_undo(liw: House) -> None:
    liw.sign_in("piotr", Grant(Role.PARTICIPANT, "liw"))
    sight = liw.open("imports")
    assert SURVEY in sight.words
    assert not [key for key in keys_of(sight) if key.startswith("undo-")]


def test_nobody_sees_the_imports_of_another_partnership(liw: House) -> None:
    import_register(liw.store, make_register("rozan"), file="tajna-karta.xlsx", at=later(hours=1))
    assert "tajna-karta" not in liw.open("imports").words
    liw.sign_in("roza", Grant(Role.COORDINATOR, "rozan"))
    sight = liw.open("imports")
    assert "tajna-karta" in sight.words
    assert SURVEY not in sight.words


def test_names_of_files_stay_words(liw: House) -> None:
    raw = "\n".join(liw.open("imports").markdown)
    assert "\\*mieszkańców\\*" in raw
    assert "*mieszkańców*" not in raw.replace("\\*", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_history_speaks_one_language_completely(liw: House, language: str) -> None:
    foreign = words_of_other_language(language)
    sight = liw.open("imports", lang=language)
    asked = sight.press(f"undo-{batch_of(liw, SURVEY)}")
    for step in (sight, asked):
        shown = {unescape(line).strip("# *") for line in (*step.markdown, *step.words.split("\n"))}
        assert shown & foreign == set()
        assert not re.search(r"\{\w+\}|\bNone\b", step.words)

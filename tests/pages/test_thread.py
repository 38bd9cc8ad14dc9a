"""The page Czerwona nić: how far threads reach, one thread in words, where it breaks, trees that can be changed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
import streamlit as st

from etl.store.scope import Actor
from surveys.model import Partnership, Problem, Register, TreeNode
from tests.made.registers import make_register
from tests.page_visits import Pages, load_registers
from tests.pages.test_every_page import assert_readable
from tests.sight import Sight

LIW = replace(make_register(), partnership=replace(make_register().partnership, sample=True))
COORDINATOR = Actor("kowalska", machine=True)


def test_a_thread_is_told_in_words_project_by_project(pages_of: Callable[..., Pages]) -> None:
    sight = pages_of(load_registers(LIW)).see("thread", partnerstwo="liw", watek="samotnosc")
    for words in (
        "**Samotni starsi ludzie**",
        "Przyczyny: Autobus nie jeździ",
        "**Dom sąsiedzki (w realizacji)**",
        "Pieniądze: Budżet gminy: 1 234,50 zł",
        "Rezultaty: *nie ma rezultatu*",
        "Następny pomiar: 1 czerwca 2026: Dom sąsiedzki",
        "Mało pasażerów",
        "Gorsze zdrowie",
    ):
        assert words in sight.words.replace("\u00a0", " "), words
    assert_readable(sight)


def test_the_picture_is_described_and_shows_where_the_thread_breaks(pages_of: Callable[..., Pages]) -> None:
    sight = pages_of(load_registers(LIW)).see("thread", partnerstwo="liw", watek="samotnosc")
    charts = [one.proto for one in sight.at.get("plotly_chart")]
    assert len(charts) == 2
    assert "nie ma" in charts[0].spec
    assert "Gorsze zdrowie" in charts[1].spec


def test_many_problems_are_folded_by_theme_until_a_theme_is_chosen(pages_of: Callable[..., Pages]) -> None:
    problems = tuple(
        Problem(f"p{number}", f"Problem numer {number}", "P802" if number % 2 else "P501", theme, "confirmed")
        for number in range(60)
        for theme in ["T10" if number % 2 else "T04"]
    )
    many = Register(LIW.partnership, problems=problems)
    pages = pages_of(load_registers(many))
    folded = pages.see("thread", partnerstwo="liw").open_tables().figures["thread-overview"]
    assert len(folded.rows) == 2 * 8
    chosen = pages.see("thread", partnerstwo="liw", temat=["T10"]).open_tables().figures["thread-overview"]
    assert {row[0].split(" ")[0] for row in chosen.rows} <= {"Problem", "Przestrzeń,"}


def test_a_register_without_problems_says_what_to_do(pages_of: Callable[..., Pages]) -> None:
    sight = pages_of(load_registers(Register(LIW.partnership))).see("thread", partnerstwo="liw")
    assert "Karcie partnerstwa" in sight.words or "Zmień filtry" in sight.words


def test_a_stored_circle_and_nameless_places_leave_the_page_standing(pages_of: Callable[..., Pages]) -> None:
    circle = (
        TreeNode("a", "Raz", "cause", ("samotnosc",), ("b",)),
        TreeNode("b", "Dwa", "cause", (), ("a",)),
        TreeNode("c", "Trzy", "effect", (), ()),
    )
    strange = Register(
        Partnership("bez", "Bez terenu", sample=True), problems=(Problem("x", "X", "P501", "T04", "reported"),)
    )
    odd = replace(LIW, tree_nodes=circle, projects=(replace(LIW.projects[0], causes=("a",)),))
    pages = pages_of(load_registers(odd, strange))
    assert "Raz" in pages.see("thread", partnerstwo="liw", watek="samotnosc").words
    words = pages.see("thread", partnerstwo="liw").words
    assert "Przyczyna lub skutek bez problemu" in words
    assert "Trzy" in words
    assert "Problem bez działania" in pages.see("thread", partnerstwo="bez").words
    assert "Bez terenu" in pages.see("thread").words


def test_only_a_coordinator_is_offered_the_table(pages_of: Callable[..., Pages]) -> None:
    pages = pages_of(load_registers(LIW, make_register("sochaczew")))
    assert "zmienia koordynator" in pages.see("thread", partnerstwo="liw", watek="samotnosc").words
    pages.actor = COORDINATOR
    sight = pages.see("thread", partnerstwo="sochaczew", watek="samotnosc")
    assert "zmienia koordynator" not in sight.words
    sight.at.session_state["tree-editing-sochaczew"] = True
    opened = Sight(sight.at.run())
    assert "Jeden wiersz to jedna przyczyna" in opened.words
    assert [button.label for button in opened.at.button if "tree" in str(button.key)] == [
        "Zapisz drzewa",
        "Porzuć zmiany",
    ]
    pressed = opened.press("tree-save-sochaczew").at
    assert "Nic się nie zmieniło" in pressed.info[0].value
    assert not pressed.success, "nothing to undo is promised where nothing was saved"


def test_a_changed_tree_is_saved_and_can_be_undone(
    pages_of: Callable[..., Pages], monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = pages_of(load_registers(make_register("sochaczew")))
    pages.actor = COORDINATOR
    sight = pages.see("thread", partnerstwo="sochaczew", watek="samotnosc")
    sight.at.session_state["tree-editing-sochaczew"] = True
    # `AppTest` cannot type into a table; what a person typed is what the table gives back.
    with monkeypatch.context() as typing:
        typing.setattr(st, "data_editor", lambda frame, **_: frame.replace({"name": {"Gorsze zdrowie": "Apatia"}}))
        sight = Sight(sight.at.run()).press("tree-save-sochaczew")
    assert "Zapisano" in sight.at.success[0].value
    assert ("importy", "Cofnąć można na stronie Importy") in [(link.page, link.label) for link in sight.links]
    words = pages.see("thread", partnerstwo="sochaczew", watek="samotnosc").words
    assert "Apatia" in words
    assert "Gorsze zdrowie" not in words


@pytest.mark.parametrize("kind", ["measured", "words"])
def test_a_result_is_told_with_its_numbers_or_in_its_words(pages_of: Callable[..., Pages], kind: str) -> None:
    project = replace(LIW.projects[0], status="completed", result="Było gwarno")
    if kind == "measured":
        project = replace(project, result_after=24.5, result_measured_on=date(2026, 1, 1))
    told = pages_of(load_registers(replace(LIW, projects=(project,)))).see(
        "thread", partnerstwo="liw", watek="samotnosc"
    )
    expected = (
        "Osoby odwiedzane co tydzień: było 0 osoby, jest 24,5 osoby. Cel: 20 osoby."
        if kind == "measured"
        else "Rezultaty: Było gwarno"
    )
    assert expected in told.words

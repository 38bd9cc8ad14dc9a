"""The page Zdrowie partnerstwa: a list that says what to do and where, kind words when there is nothing to do."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from etl.store.engine import Store
from etl.store.meetings import prepare_meeting
from etl.store.moments import utc_now
from etl.store.scope import Actor
from surveys.model import (
    Activity,
    Diagnosis,
    Membership,
    Partner,
    Partnership,
    Project,
    Register,
    Rules,
    Territory,
)
from tests.made.meetings import new_meeting
from tests.made.odd_names import NAMES, name_everything
from tests.page_visits import Pages, load_registers
from tests.pages.test_every_page import assert_readable


def ago(days: int) -> date:
    return utc_now().date() - timedelta(days=days)


WELL = Register(
    Partnership("liw", "Liw", (Territory("1433042"),), rules=Rules("1", ago(400)), sample=True),
    (
        Partner("a", "Urząd", "K101", "public", Membership("active", ago(50), roles=("coordinator",))),
        Partner("b", "Klub", "K201", "civic", Membership("active", ago(50), roles=("coordination",))),
        Partner("m", "Anna Nowak", "K401", "other", Membership("active", ago(50))),
    ),
    (Diagnosis("d", "Diagnoza", ago(300)),),
    activities=(Activity("s", "Spotkanie", "T11", "F27", ago(30), partners=("a", "b")),),
)


def test_a_partnership_that_is_well_reads_so(pages_of: Callable[..., Pages]) -> None:
    pages = pages_of(load_registers(WELL))
    assert "Wszystko wygląda dobrze" in pages.see("health", partnerstwo="liw").words
    assert "All looks well" in pages.see("health", partnerstwo="liw", lang="en").words
    assert "Liw · wszystko wygląda dobrze" in pages.see("health").words.replace("**", "")


def test_each_thing_says_whom_it_is_about_why_and_where(pages_of: Callable[..., Pages]) -> None:
    nobody = Membership("active")
    partners = (*WELL.partners[:2], replace(WELL.partners[2], membership=nobody))
    project = Project("x", "Dom sąsiedzki", "in_progress", ends_on=ago(1), finance_lead="a")
    sight = pages_of(load_registers(replace(WELL, partners=partners, projects=(project,)))).see(
        "health", partnerstwo="liw"
    )
    assert sight.headings[:2] == [
        "## 1. Projekt minął swój koniec, a nie jest zamknięty",
        "## 2. Brakuje daty deklaracji uczestnictwa",
    ]
    assert "Dotyczy: Dom sąsiedzki" in sight.words
    assert "Dotyczy: mieszkaniec 1" in sight.words
    assert "Nowak" not in sight.words, "a list that is passed on names no resident"
    assert [link.page for link in sight.links] == ["wgraj", "wgraj"]
    assert all("partnerstwo=liw" in link.query for link in sight.links)


def test_who_may_need_a_call_stands_apart_in_alphabetical_order(pages_of: Callable[..., Pages]) -> None:
    silent = [
        Register(replace(WELL.partnership, slug=slug, name=name), WELL.partners)
        for slug, name in (("zyrardow", "Żyrardów"), ("lomza", "Łomża"))
    ]
    sight = pages_of(load_registers(WELL, *silent)).see("health")
    labels = [link.label.replace("**", "") for link in sight.links]
    assert [label.split(" · ")[0] for label in labels] == ["Łomża", "Żyrardów", "Liw"]
    assert labels[0].endswith("brak spotkania od pół roku")


def test_names_nobody_should_write_and_nothing_but_a_name(pages_of: Callable[..., Pages]) -> None:
    bare = Register(Partnership("nowe", "Nowe", sample=True))
    strange = name_everything("\n".join(NAMES.values())[:200], "dziwne")
    pages = pages_of(load_registers(bare, strange))
    for slug in ("nowe", "dziwne"):
        assert_readable(pages.see("health", partnerstwo=slug))
    assert "Nie ma wpisanych partnerów" in pages.see("health", partnerstwo="nowe").words


def prepare(store: Store) -> None:
    """Prepare a meeting as the pages do: it changes no figure, so it makes no new revision of the data."""
    with store.write(changes_data=False) as connection:
        prepare_meeting(connection, Actor.at_machine(), new_meeting(held_on=ago(-20)), utc_now())


def test_a_meeting_prepared_here_counts_as_one(pages_of: Callable[..., Pages]) -> None:
    register = replace(WELL, activities=())
    pages = pages_of(load_registers(register))
    silent = "Od pół roku nie ma wpisanego spotkania"
    assert silent in pages.see("health", partnerstwo="liw").words
    pages.change(prepare)
    assert silent not in pages.see("health", partnerstwo="liw").words

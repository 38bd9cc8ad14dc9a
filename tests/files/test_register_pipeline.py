"""A partnership workbook through the whole path: recognised, looked at, rehearsed, loaded, and once only."""

import io

import pytest

from etl.exports.partnership_workbook import write_partnership_workbook
from etl.importing import Decisions, Incoming
from etl.pipeline import inspect_file
from etl.store.register_reading import read_register
from etl.store.scope import Actor, ForbiddenError, Grant, Role
from surveys.model import Membership, Partner, Partnership, Register, Territory
from tests.importing_surveys import add_partnership, codes, count_rows, load

LIW = Register(
    Partnership("liw", "Partnerstwo Liw", territory=(Territory("1433042"),)),
    partners=(Partner("p1", "Koło Gospodyń w Jarnicach", "K203", "civic", Membership("active")),),
)
NOBODY_SAID = Decisions()


def workbook(register=LIW):
    written = io.BytesIO()
    write_partnership_workbook(register, written)
    return written.getvalue()


def test_a_workbook_is_known_by_its_sheets():
    inspection = inspect_file(Incoming("karta.xlsx", workbook()))
    kinds = {sheet.name: sheet.kind for sheet in inspection.sheets}
    assert (inspection.source, inspection.score >= 0.8) == ("partnership_workbook", True)
    assert (kinds["Partnerzy"], kinds["Słowniki"]) == ("register", "ignored")


def test_it_is_rehearsed_loaded_and_loaded_once(store):
    before = count_rows(store)
    rehearsed = load(store, workbook(), NOBODY_SAID, name="karta.xlsx", dry_run=True)
    assert rehearsed.changes["partner"] == (1, 0, 0)
    assert count_rows(store) == before
    loaded = load(store, workbook(), NOBODY_SAID, name="karta.xlsx")
    assert loaded.batch is not None
    with store.read() as connection:
        register = read_register(connection, "liw")
    assert [partner.name for partner in register.partners] == ["Koło Gospodyń w Jarnicach"]
    again = load(store, workbook(), NOBODY_SAID, name="inna nazwa.xlsx")
    assert (again.batch, again.already_loaded) == (loaded.batch, True)


def test_only_who_may_change_a_partnership_sees_what_a_workbook_would_change(store):
    add_partnership(store)
    jan = Actor("jan", 2, frozenset({Grant(Role.COORDINATOR, "rozan")}))
    for dry_run in (True, False):
        with pytest.raises(ForbiddenError):
            load(store, workbook(), NOBODY_SAID, name="karta.xlsx", actor=jan, dry_run=dry_run)


def test_an_empty_workbook_says_so(sqlite_store):
    result = load(sqlite_store, workbook(None), NOBODY_SAID, name="karta.xlsx")
    assert codes(result) == ["WORKBOOK-EMPTY"]
    assert result.batch is None

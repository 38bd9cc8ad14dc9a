"""A partnership's workbook out of the store and back in: nothing changes, and a changed cell changes one thing."""

import io

import openpyxl

from etl.importing import Decisions, Incoming
from etl.pipeline import import_file, inspect_file
from etl.store.engine import Store
from etl.store.register_reading import read_register
from surveys.model import Register
from tests.made.importing import MACHINE, import_register
from tests.made.partnership_workbooks import write_bytes
from tests.made.registers import make_register


def export(store: Store) -> bytes:
    return write_bytes(read_back(store))


def read_back(store: Store) -> Register:
    with store.read() as connection:
        register = read_register(connection, "liw")
    assert register is not None
    return register


def load(store: Store, content: bytes, name: str = "karta.xlsx"):
    return import_file(Incoming(name, content), store=store, actor=MACHINE, decisions=Decisions())


def change(content: bytes, **cells: object) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content))
    for place, value in cells.items():
        sheet, coordinate = place.rsplit("_", 1)
        book[sheet][coordinate] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_export_and_import_change_nothing(store):
    import_register(store, make_register())
    before = read_back(store)
    result = load(store, export(store))
    assert not result.report.errors
    assert result.batch is None
    assert {(added, changed) for added, changed, _ in result.changes.values()} == {(0, 0)}
    assert read_back(store) == before


def test_a_workbook_of_an_empty_store_makes_the_partnership(store):
    result = load(store, write_bytes(make_register()))
    assert result.batch is not None
    assert (result.rows_stored, result.rows_rejected) == (result.rows_read, 0)
    assert read_back(store) == make_register()


def test_one_changed_cell_changes_one_partner(store):
    import_register(store, make_register())
    result = load(store, change(export(store), Partnerzy_B5="Urząd Gminy Liw"))
    assert result.changes["partner"] == (0, 1, 1)
    assert result.changes["project"] == (0, 0, 1)
    assert [partner.name for partner in read_back(store).partners] == ["Urząd Gminy Liw", "KGW „Zielone Wzgórze”"]


def test_a_faulty_cell_leaves_the_store_as_it_was(store):
    import_register(store, make_register())
    result = load(store, change(export(store), Partnerzy_B5="Urząd Gminy Liw", Problemy_I5="ogromna"))
    assert result.batch is None
    assert (result.rows_stored, result.rows_rejected) == (0, 1)
    assert read_back(store) == make_register()


def test_an_inspection_says_what_each_sheet_is():
    inspection = inspect_file(Incoming("karta.xlsx", write_bytes(None)))
    assert inspection.source == "partnership_workbook"
    kinds = {sheet.name: sheet.kind for sheet in inspection.sheets}
    assert kinds["Partnerzy"] == kinds["Partnerstwo"] == "register"
    assert kinds["Słowniki"] == "ignored"
    assert [finding.code for finding in inspection.report] == ["WORKBOOK-EMPTY"]

"""Merging a register into the store: what changes, what stays, who may, and what is kept of it."""

from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import select

from etl.store.batch_rows import read_changes, read_findings
from etl.store.register_reading import read_register
from etl.store.register_shape import DanglingReferenceError
from etl.store.register_writing import rehearse_register, write_register
from etl.store.schema import partnership
from etl.store.schema_operations import audit, import_batch, role_grant
from etl.store.scope import ForbiddenError
from surveys.findings import Finding, Place, Report
from surveys.model import Funding, Register
from tests.made.importing import MACHINE, boris, coordinator, import_register, make_account
from tests.made.registers import add_partner, make_register, rename_partner


def read(store, slug="liw"):
    with store.read() as connection:
        return read_register(connection, slug)


def count(store, table):
    with store.read() as connection:
        return len(connection.execute(select(table)).all())


def test_an_unknown_partnership_has_no_register(store):
    assert read(store) is None


def test_a_register_is_read_as_it_was_written(store):
    register = make_register()
    result = import_register(store, register)
    assert read(store) == register
    assert result.changes == dict.fromkeys(result.changes, (1, 0, 0)) | {"partner": (2, 0, 0), "tree_node": (3, 0, 0)}
    assert (result.rows_read, result.rows_stored, result.rows_rejected) == (10, 9, 1)


def test_what_a_file_does_not_name_stays(store):
    register = make_register()
    import_register(store, register)
    partial = Register(register.partnership, partners=(replace(register.partners[0], name="Urząd Gminy w Liwie"),))
    result = import_register(store, partial, file="czesc.xlsx")
    assert result.changes["partner"] == (0, 1, 0)
    assert result.changes["activity"] == (0, 0, 0)
    assert read(store) == rename_partner(register, "urzad", "Urząd Gminy w Liwie")


def test_a_shorter_list_replaces_the_longer_one(store):
    register = make_register()
    import_register(store, register)
    project = replace(register.projects[0], funding=(Funding("FS10"),), partners=(), finance_lead=None)
    import_register(store, replace(register, projects=(project,)), file="nowa.xlsx")
    assert read(store).projects == (project,)


def test_new_entities_come_after_the_known_ones(store):
    register = make_register()
    import_register(store, register)
    bigger = add_partner(register, "szkola")
    import_register(store, replace(bigger, partners=bigger.partners[::-1]), file="nowa.xlsx")
    assert [one.uid for one in read(store).partners] == ["urzad", "kgw", "szkola"]


def test_a_reference_to_an_entity_of_an_earlier_file_holds(store):
    register = make_register()
    import_register(store, register)
    activity = replace(register.activities[0], uid="festyn-2", name="Festyn 2")
    import_register(store, Register(register.partnership, activities=(activity,)), file="dzialania.xlsx")
    assert read(store).activities == (register.activities[0], activity)


def test_a_reference_to_nothing_is_refused_and_nothing_is_written(store):
    register = make_register()
    activity = replace(register.activities[0], project="nie-ma-takiego")
    with pytest.raises(DanglingReferenceError):
        import_register(store, replace(register, activities=(activity,)))
    assert read(store) is None
    assert count(store, import_batch) == 0


def test_amounts_are_compared_in_grosze(store):
    register = make_register()
    project = replace(register.projects[0], own_contribution_pln=Decimal("10.123"))
    odd = replace(register, projects=(project,))
    import_register(store, odd)
    assert read(store).projects[0].own_contribution_pln == Decimal("10.12")
    again = import_register(store, odd, file="drugi.xlsx")
    assert [finding.code for finding in again.report] == ["IMPORT-CHANGES-NOTHING"]


def test_the_same_content_is_one_import(store):
    first = import_register(store, make_register(), file="karta.xlsx", content="x")
    second = import_register(store, make_register(), file="karta (1).xlsx", content="x")
    assert second.already_loaded
    assert second.batch == first.batch
    assert [finding.code for finding in second.report] == ["IMPORT-ALREADY-LOADED"]
    assert count(store, import_batch) == 1


def test_other_content_that_changes_nothing_makes_no_batch_and_says_so(store):
    import_register(store, make_register())
    result = import_register(store, make_register(), file="kopia.xlsx")
    assert result.batch is None
    assert not result.report.stops
    assert [finding.code for finding in result.report] == ["IMPORT-CHANGES-NOTHING"]
    assert result.changes["partner"] == (0, 0, 2)
    assert count(store, import_batch) == 1


def test_faults_stop_an_import(store):
    faulty = Report((Finding("UNDO-TWICE", Place(sheet="Partnerzy", row=7)),))
    assert faulty.stops
    result = import_register(store, make_register(), report=faulty)
    assert result.batch is None
    assert result.rows_stored == 0
    assert read(store) is None


def test_every_change_is_kept_before_and_after(store):
    register = make_register()
    import_register(store, register)
    import_register(store, rename_partner(register, "kgw", "KGW „Jarzębinki”"), file="nowa.xlsx")
    with store.read() as connection:
        (change,) = read_changes(connection, 2)
    assert (change.kind, change.uid) == ("partner", "kgw")
    assert change.before == register.partners[1]
    assert change.after == replace(register.partners[1], name="KGW „Jarzębinki”")


def test_findings_are_kept_as_they_were(store):
    findings = Report(
        (Finding("IMPORT-CHANGES-NOTHING", Place("karta.xlsx", "Partnerzy", 7, "Sektor"), {"n": 3, "a": "ą"}),)
    )
    import_register(store, make_register(), report=findings)
    with store.read() as connection:
        kept = read_findings(connection, 1, "karta.xlsx")
    assert kept == findings
    assert kept.findings[0].facts == {"n": 3, "a": "ą"}


def test_a_rehearsal_counts_and_writes_nothing(store):
    register = make_register()
    import_register(store, register)
    with store.read() as connection:
        counts = rehearse_register(connection, add_partner(rename_partner(register, "kgw", "x"), "nowy"), MACHINE)
    assert counts["partner"] == (1, 1, 1)
    assert counts["problem"] == (0, 0, 1)
    assert read(store) == register


def test_a_coordinator_imports_into_the_own_partnership_only(store):
    import_register(store, make_register("liw"))
    import_register(store, make_register("rozan"), file="rozan.xlsx")
    changed = rename_partner(make_register("liw"), "kgw", "x")
    with pytest.raises(ForbiddenError):
        import_register(store, changed, file="nowa.xlsx", actor=coordinator("rozan"))
    assert import_register(store, changed, file="nowa.xlsx", actor=coordinator("liw")).batch is not None


def test_whoever_may_not_learns_nothing_of_what_is_loaded(store):
    import_register(store, make_register("liw"), content="x")
    for slug in ("liw", "nie-ma-takiego"):
        with pytest.raises(ForbiddenError):
            import_register(store, make_register(slug), content="x", actor=coordinator("rozan"))


def test_the_account_that_makes_a_partnership_coordinates_it(store):
    user_id = make_account(store, "barbara")
    import_register(store, make_register(), actor=boris(user_id))
    with store.read() as connection:
        grant = connection.execute(
            select(role_grant.c.role, role_grant.c.user_id, partnership.c.slug).join_from(role_grant, partnership)
        ).one()
    assert tuple(grant) == ("coordinator", user_id, "liw")


def test_boris_may_not_import_into_a_partnership_that_is_there(store):
    import_register(store, make_register())
    with pytest.raises(ForbiddenError):
        import_register(store, rename_partner(make_register(), "kgw", "x"), file="nowa.xlsx", actor=boris())


def test_an_import_never_turns_invented_data_into_real_ones(store):
    sample = replace(make_register(), partnership=replace(make_register().partnership, sample=True))
    with store.write() as connection:
        write_register(connection, sample, None)
    import_register(store, rename_partner(make_register(), "kgw", "x"))
    assert read(store) == rename_partner(sample, "kgw", "x")


def test_an_import_leaves_its_line_in_the_log_and_raises_the_revision(store):
    before = store.data_revision()
    result = import_register(store, make_register())
    with store.read() as connection:
        line = connection.execute(select(audit).where(audit.c.action == "import_register")).one()
    assert (line.actor, line.object) == (MACHINE.name, "partnership:liw")
    assert result.batch in line.facts
    assert store.data_revision() == before + 1


def test_two_partnerships_may_use_the_same_uids(store):
    import_register(store, make_register("liw"))
    import_register(store, make_register("rozan"), file="rozan.xlsx")
    import_register(store, rename_partner(make_register("rozan"), "kgw", "x"), file="rozan2.xlsx")
    assert read(store, "liw") == make_register("liw")

"""The history of imports: who sees what, and undoing one import as a whole."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import insert, select, update

from etl.store import schema as s
from etl.store.batches import UNDO_DAYS, list_batches, read_batch_findings, undo_batch
from etl.store.register_reading import read_register
from etl.store.register_writing import write_register
from etl.store.schema_operations import audit, import_batch
from etl.store.scope import Actor, ForbiddenError
from surveys.findings import Finding, Place, Report
from surveys.model import Activity, Register
from surveys.model.entity_codec import encode_entity
from tests.made.importing import MACHINE, NOW, boris, coordinator, import_register, later
from tests.made.registers import ENTITIES, add_partner, make_register, rename_partner


def undo(store, uid, *, actor=MACHINE, at=NOW):
    with store.write() as connection:
        return undo_batch(connection, actor, uid, at)


def codes(report):
    return [finding.code for finding in report]


def read(store, slug="liw"):
    with store.read() as connection:
        return read_register(connection, slug)


def listed(store, actor):
    with store.read() as connection:
        return list_batches(connection, actor)


def test_undo_restores_the_register_byte_for_byte(store):
    import_register(store, make_register())
    before = encode_entity(read(store))
    changed = add_partner(rename_partner(make_register(), "kgw", "Inna nazwa"), "nowy")
    project = replace(changed.projects[0], partners=("nowy",), funding=(), problems=())
    activity = Activity("rajd", "Rajd", "T08", "F03", date(2025, 5, 5), partners=("nowy", "kgw"))
    changed = replace(changed, projects=(project,), activities=(*changed.activities, activity))
    batch = import_register(store, changed, file="nowa.xlsx").batch
    assert encode_entity(read(store)) != before
    assert codes(undo(store, batch)) == ["UNDO-DONE"]
    assert encode_entity(read(store)) == before


def test_undoing_the_first_import_removes_the_partnership_and_keeps_the_history(store):
    batch = import_register(store, make_register()).batch
    assert codes(undo(store, batch)) == ["UNDO-DONE"]
    assert read(store) is None
    with store.read() as connection:
        for table in (s.partner, s.membership, s.project_funding, s.activity_partner):
            assert connection.execute(select(table)).first() is None
    (summary,) = listed(store, MACHINE)
    assert (summary.uid, summary.partnership, summary.undone_by) == (batch, "liw", "machine")
    assert summary.undone_at == NOW


def test_undo_twice_says_so(store):
    batch = import_register(store, make_register()).batch
    undo(store, batch)
    assert codes(undo(store, batch, at=later(days=1))) == ["UNDO-TWICE"]


def test_after_undo_the_same_file_may_be_loaded_again(store):
    first = import_register(store, make_register(), content="x")
    undo(store, first.batch)
    second = import_register(store, make_register(), content="x")
    assert not second.already_loaded
    assert second.batch != first.batch
    assert read(store) == make_register()


def test_a_later_change_of_the_same_entity_has_to_be_undone_first(store):
    import_register(store, make_register())
    second = import_register(store, rename_partner(make_register(), "kgw", "Drugie"), file="druga.xlsx").batch
    third = import_register(store, rename_partner(make_register(), "kgw", "Trzecie"), file="trzecia.xlsx").batch
    report = undo(store, second)
    assert codes(report) == ["UNDO-LATER-IMPORT"]
    assert report.findings[0].facts["later"] == third
    assert "trzecia.xlsx" in report.findings[0].message("pl")
    assert read(store) == rename_partner(make_register(), "kgw", "Trzecie")
    assert codes(undo(store, third)) + codes(undo(store, second)) == ["UNDO-DONE", "UNDO-DONE"]
    assert read(store) == make_register()


def test_a_later_change_of_another_entity_stays(store):
    import_register(store, make_register())
    second = import_register(store, rename_partner(make_register(), "kgw", "x"), file="druga.xlsx").batch
    renamed = rename_partner(make_register(), "urzad", "y").partners[0]
    import_register(store, Register(make_register().partnership, partners=(renamed,)), file="trzecia.xlsx")
    undo(store, second)
    assert read(store) == rename_partner(make_register(), "urzad", "y")


def test_something_later_that_refers_to_a_new_entity_has_to_be_undone_first(store):
    import_register(store, make_register())
    second = import_register(store, add_partner(make_register(), "nowy"), file="druga.xlsx").batch
    activity = Activity("rajd", "Rajd", "T08", "F03", date(2025, 5, 5), partners=("nowy",))
    third = import_register(
        store, Register(make_register().partnership, activities=(activity,)), file="trzecia.xlsx"
    ).batch
    report = undo(store, second)
    assert codes(report) == ["UNDO-LATER-IMPORT"]
    assert report.findings[0].facts["later"] == third
    assert activity in read(store).activities


def test_the_import_that_made_a_partnership_waits_for_all_later_ones(store):
    first = import_register(store, make_register()).batch
    addition = Register(make_register().partnership, partners=(replace(make_register().partners[0], uid="obcy"),))
    second = import_register(store, addition, file="druga.xlsx").batch
    assert codes(undo(store, first)) == ["UNDO-LATER-IMPORT"]
    undo(store, second)
    assert codes(undo(store, first)) == ["UNDO-DONE"]
    assert read(store) is None


def test_a_change_outside_imports_is_not_lost(store):
    import_register(store, make_register())
    second = import_register(store, rename_partner(make_register(), "kgw", "x"), file="druga.xlsx").batch
    with store.write() as connection:
        write_register(connection, rename_partner(make_register(), "kgw", "ręcznie"), None)
    assert codes(undo(store, second)) == ["UNDO-CHANGED-SINCE"]
    assert read(store) == rename_partner(make_register(), "kgw", "ręcznie")


def test_a_diagnosis_with_a_survey_is_not_undone_before_the_survey(store):
    base = replace(make_register(), diagnoses=(), problems=(), tree_nodes=(), projects=(), activities=())
    import_register(store, base)
    second = import_register(store, replace(base, diagnoses=make_register().diagnoses), file="druga.xlsx").batch
    with store.write() as connection:
        questionnaire = connection.execute(
            insert(s.questionnaire).values(slug="q", version="1", title_pl="q").returning(s.questionnaire.c.id)
        ).scalar_one()
        wave = connection.execute(
            insert(s.wave)
            .values(partnership_id=1, slug="w", name="w", questionnaire_id=questionnaire, diagnosis_id=1, mode="paper")
            .returning(s.wave.c.id)
        ).scalar_one()
        columns = {column.name: column for column in import_batch.c if column.name not in {"id", "uid", "content_hash"}}
        copied = connection.execute(select(*columns.values()).where(import_batch.c.uid == second)).mappings().one()
        values = dict(copied) | {"uid": "ankieta", "content_hash": "a", "kind": "survey", "wave_id": wave}
        connection.execute(insert(import_batch).values(values))
    report = undo(store, second)
    assert codes(report) == ["UNDO-LATER-IMPORT"]
    assert report.findings[0].facts["later"] == "ankieta"


def test_undo_ends_after_its_days(store):
    import_register(store, make_register())
    batch = import_register(store, rename_partner(make_register(), "kgw", "x"), file="druga.xlsx").batch
    assert codes(undo(store, batch, at=later(days=UNDO_DAYS, seconds=1))) == ["UNDO-TOO-LATE"]
    assert codes(undo(store, batch, at=later(days=UNDO_DAYS))) == ["UNDO-DONE"]


def test_undo_asks_for_the_right_and_says_the_same_of_nothing(store):
    batch = import_register(store, make_register()).batch
    for actor in (Actor.anonymous(), coordinator("rozan"), boris()):
        for uid in (batch, "nie-ma"):
            with pytest.raises(ForbiddenError, match="no such import"):
                undo(store, uid, actor=actor)
    assert codes(undo(store, batch, actor=coordinator("liw"))) == ["UNDO-DONE"]


def test_undo_leaves_its_line_in_the_log_and_a_refusal_none(store):
    batch = import_register(store, make_register()).batch
    undo(store, batch)
    undo(store, batch)
    with store.read() as connection:
        lines = connection.execute(select(audit).where(audit.c.action == "undo_import")).all()
    assert [(line.object, batch in line.facts) for line in lines] == [("partnership:liw", True)]


def test_everybody_sees_the_imports_they_may_see_newest_first(store):
    import_register(store, make_register("liw"))
    import_register(store, make_register("rozan"), file="rozan.xlsx", at=later(hours=1))
    with store.write() as connection:
        connection.execute(update(s.partnership).where(s.partnership.c.slug == "rozan").values(sample=True))
    everything = ["rozan", "liw"]
    assert [one.partnership for one in listed(store, MACHINE)] == everything
    assert [one.partnership for one in listed(store, boris())] == everything
    assert [one.partnership for one in listed(store, coordinator("liw"))] == everything
    assert [one.partnership for one in listed(store, Actor.anonymous())] == ["rozan"]
    with store.write() as connection:
        connection.execute(update(s.partnership).values(sample=False))
    assert [one.partnership for one in listed(store, coordinator("liw"))] == ["liw"]
    assert listed(store, Actor.anonymous()) == ()


def test_the_history_says_how_much_and_until_when_it_can_be_undone(store):
    import_register(store, make_register())
    (mine,) = listed(store, coordinator("liw"))
    assert (mine.changes_count, mine.rows_read, mine.rows_stored, mine.rows_rejected) == (ENTITIES, 10, 9, 1)
    assert mine.undo_until == later(days=UNDO_DAYS)
    (seen,) = listed(store, boris())
    assert seen.undo_until is None


def test_findings_are_for_those_who_may_see_the_import(store):
    findings = Report((Finding("IMPORT-CHANGES-NOTHING", Place("karta.xlsx", "Partnerzy", 7)),))
    batch = import_register(store, make_register(), report=findings).batch
    with store.read() as connection:
        assert read_batch_findings(connection, coordinator("liw"), batch) == findings
        with pytest.raises(ForbiddenError):
            read_batch_findings(connection, coordinator("rozan"), batch)

"""The whole database out and back: nothing is lost, nothing personal goes out, and a bad package stores nothing."""

import csv
import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select, update

from etl.open_data.describing import DESCRIPTOR
from etl.open_data.restoring import restore_package
from etl.open_data.writing import write_package
from etl.progress import ignore_progress
from etl.store import schema as s
from etl.store import schema_results as r
from etl.store.audit import list_actions
from etl.store.backup import copy_database
from etl.store.engine import Store, open_store
from etl.store.package_plan import NEVER, OPEN, OPEN_WHEN_INVENTED, Level, plan_tables
from etl.store.reading import Recipe, read_weighting, resolve_scope
from etl.store.schema import METADATA
from etl.store.scope import Actor
from etl.store.shown_groups import admit_groups
from etl.store.weight_rows import write_weighting
from surveys.analysis.weighting import rake
from surveys.findings import FaultError, Report
from surveys.language.texts import load_catalogue
from surveys.model import Partnership, Register
from tests.made.registers import make_register
from tests.made.two_questions import AGE, NEEDS, TRUST, invent_two_questions, load_answers
from tests.page_visits import load_registers

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
MACHINE = Actor.at_machine()
SECRET = "Zofia Sekretna mówi, że sąsiad pije"
FORMULA = '=HYPERLINK("http://example.org")'


def fill(store: Store) -> Store:
    """Put in a real partnership: a resident for a partner, answers, weights, a ledger, words nobody may quote."""
    load_registers(make_register(), Register(Partnership("gora", "Góra / %2F")))(store)
    load_answers(store, invent_two_questions(120, questions=(TRUST, AGE, NEEDS)))
    shares = dict.fromkeys((choice.code for choice in AGE.choices), 1 / len(AGE.choices))
    with store.write() as connection:
        scope = resolve_scope(connection, MACHINE, sample=False)
        write_weighting(
            connection, MACHINE, scope, "liw", "duzy", Recipe({"age": shares}, "GUS", "2025"), weigh=rake, now=NOW
        )
        connection.execute(
            update(s.partner).where(s.partner.c.uid == "kgw").values(kind_code="K401", name="Zofia Sekretna")
        )
        connection.execute(update(s.project).values(result_shared=False))
        connection.execute(update(s.problem).values(description=FORMULA, source_code=""))
        wave, question = connection.execute(
            select(s.wave.c.id, s.question.c.id).join_from(s.wave, s.question, s.question.c.name == "trust")
        ).first()
        connection.execute(insert(s.open_answer).values(wave_id=wave, question_id=question, response_no=1, text=SECRET))
    admit_groups(store, scope, "liw", "duzy", "trust", [({"age": frozenset({"a1"})}, 20)], now=NOW)
    return store


@pytest.fixture
def liw(store: Store) -> Store:
    """What `fill` puts in, on both databases."""
    return fill(store)


@pytest.fixture
def other(tmp_path: Path, migrated_sqlite: Path) -> Iterator[Store]:
    """An empty database on SQLite, whichever wrote the package."""
    file = tmp_path / "other.sqlite3"
    shutil.copyfile(migrated_sqlite, file)
    opened = open_store(f"sqlite:///{file}")
    yield opened
    opened.close()


def export(store: Store, folder: Path, level: Level) -> dict[str, bytes]:
    write_package(store, folder, level=level, now=NOW, progress=ignore_progress)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def restore(store: Store, folder: Path):
    return restore_package(store, folder, now=NOW, progress=ignore_progress)


def refused(store: Store, folder: Path) -> Report:
    with pytest.raises(FaultError) as caught:
        restore(store, folder)
    with store.read() as connection:
        assert connection.execute(select(func.count()).select_from(s.partnership)).scalar_one() == 0
    return caught.value.report


def rows_of(files: dict[str, bytes], table: str) -> list[dict[str, str]]:
    return list(csv.DictReader(files[f"data/{table}.csv"].decode().splitlines()))


def test_what_sqlite_wrote_comes_out_of_postgresql_the_same(
    sqlite_store: Store, postgresql_database: str, tmp_path: Path
):
    first = export(fill(sqlite_store), tmp_path / "first", Level.FULL)
    there = open_store(postgresql_database)
    there.upgrade()
    restore(there, tmp_path / "first")
    again = export(there, tmp_path / "again", Level.FULL)
    load_registers(make_register("nowe"))(there)  # new rows find numbers of their own
    there.close()
    assert again == first


@pytest.mark.parametrize("level", Level)
def test_what_is_restored_is_exported_the_same(liw: Store, other: Store, tmp_path: Path, level: Level):
    first = export(liw, tmp_path / "first", level)
    restored = restore(other, tmp_path / "first")
    again = export(other, tmp_path / "again", level)
    assert again == first
    assert restored.without_answers == (1 if level is Level.OPEN else 0)
    with other.read() as connection:
        found = connection.execute(select(s.problem.c.description, s.problem.c.source_code)).first()
        assert found == (FORMULA, "")
        scope = resolve_scope(connection, MACHINE, sample=False)
        if level is Level.FULL:
            assert connection.execute(select(func.count()).select_from(s.response)).scalar_one() == 120
            assert read_weighting(connection, scope, "liw", "duzy").holds
            assert connection.execute(select(func.count()).select_from(r.shown_group)).scalar_one() == 1
    # New rows find their numbers, on PostgreSQL too.
    load_registers(Register(Partnership("nowe", "Nowe")))(other)


def test_nothing_of_a_single_person_is_in_the_open_package(liw: Store, tmp_path: Path):
    files = export(liw, tmp_path / "open", Level.OPEN)
    assert not any(word in content for word in (b"Sekretn", b"machine") for content in files.values())
    assert rows_of(files, "answer") == rows_of(files, "response") == rows_of(files, "open_answer") == []
    assert [row["name"] for row in rows_of(files, "partner")] == ["Urząd Gminy", "Mieszkaniec 1"]
    (project,) = rows_of(files, "project")
    assert (project["result_indicator"], project["result_before"], project["result_shared"]) == ("", "", "false")
    shares = [row for row in rows_of(files, "published_share") if row["question"] == "trust"]
    assert {row["shown"] for row in shares} == {"shown"}
    assert all(int(row["count"]) > 2 for row in shares)
    assert b"'=HYPERLINK" in files["data/problem.csv"]
    assert b"Sekretn" in export(liw, tmp_path / "full", Level.FULL)["data/open_answer.csv"]


def test_every_file_is_what_its_description_says(liw: Store, tmp_path: Path):
    files = export(liw, tmp_path / "open", Level.OPEN)
    package = json.loads(files[DESCRIPTOR])
    tables = {}
    for resource in package["resources"]:
        assert len(files[resource["path"]]) == resource["bytes"]
        assert {"pl", "en"} == set(resource["descriptions"]), resource["name"]
        rows = list(csv.reader(files[resource["path"]].decode().splitlines(keepends=True)))
        fields = resource["schema"]["fields"]
        assert rows[0] == [field["name"] for field in fields]
        assert [field["name"] for field in fields if set(field.get("titles", ())) != {"pl", "en"}] == [], resource[
            "name"
        ]
        tables[resource["name"]] = {row[0] for row in rows[1:]}
        for key in resource["schema"].get("foreignKeys", ()):
            place = rows[0].index(key["fields"][0])
            assert {row[place] for row in rows[1:]} - {""} <= tables[key["reference"]["resource"]]
    assert package["licenses"][0]["name"] == "notspecified"
    assert "data/audit.csv" not in files


def test_every_table_has_its_place_and_no_secret_one_is_open():
    assert set(METADATA.tables) >= NEVER
    assert set(METADATA.tables) >= OPEN | OPEN_WHEN_INVENTED
    assert not NEVER & (OPEN | OPEN_WHEN_INVENTED)


def test_every_table_and_column_of_a_package_is_explained():
    catalogue = load_catalogue("etl.texts")
    untold = [
        f"{plan.name}.{header}"
        for plan in plan_tables(Level.OPEN)
        for header in plan.headers
        if f"open_data.column.{header}" not in catalogue
    ]
    assert untold == []
    assert [plan.name for plan in plan_tables(Level.FULL) if f"open_data.table.{plan.name}" not in catalogue] == []


class TestBadPackages:
    @pytest.fixture
    def package(self, sqlite_store: Store, tmp_path: Path) -> Path:
        load_registers(make_register())(sqlite_store)
        export(sqlite_store, tmp_path / "package", Level.FULL)
        return tmp_path / "package"

    @pytest.fixture
    def empty(self, migrated_sqlite: Path, tmp_path: Path) -> Iterator[Store]:
        file = tmp_path / "empty.sqlite3"
        shutil.copyfile(migrated_sqlite, file)
        opened = open_store(f"sqlite:///{file}")
        yield opened
        opened.close()

    def change(self, package: Path, table: str, old: str, new: str) -> None:
        """Change a file and forget its hash, as somebody would who means it."""
        path = package / "data" / f"{table}.csv"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
        descriptor = json.loads((package / DESCRIPTOR).read_text(encoding="utf-8"))
        for resource in descriptor["resources"]:
            resource.pop("hash", None)
        (package / DESCRIPTOR).write_text(json.dumps(descriptor), encoding="utf-8")

    @pytest.mark.parametrize(
        ("table", "old", "new", "code", "column"),
        [
            ("diagnosis", "2024-01-01", "wczoraj", "PACKAGE-CELL-BAD", "started_on"),
            ("problem", ",8,", ",osiem,", "PACKAGE-CELL-BAD", "size_rating"),
            ("problem", ",8,", ",99999999,", "PACKAGE-CELL-BAD", "size_rating"),
            ("problem", ",8,", ",99,", "PACKAGE-CONFLICT", None),
            ("partnership", "false", "nie", "PACKAGE-CELL-BAD", "sample"),
            ("membership", "liw/urzad", "liw/nikt", "PACKAGE-REFERENCE-BAD", "partner"),
            ("partner", "liw/urzad,urzad", "liw/urzad,kgw", "PACKAGE-KEY-BAD", "row_key"),
            ("partner", "liw/urzad,urzad", "liw/urzad", "PACKAGE-ROW-LENGTH", None),
            ("partner", "liw/urzad,urzad", '"liw/urzad"x,urzad', "PACKAGE-FILE-UNREADABLE", None),
            ("partner", "row_key", "id", "PACKAGE-COLUMNS-OTHER", None),
            ("membership_role", "0,coordination", "1,coordination", "PACKAGE-CONFLICT", None),
        ],
    )
    def test_a_changed_cell_is_named_and_nothing_is_stored(
        self, package: Path, empty: Store, table: str, old: str, new: str, code: str, column: str | None
    ):
        self.change(package, table, old, new)
        (finding,) = refused(empty, package)
        assert (finding.code, finding.place.file, finding.place.column) == (code, f"data/{table}.csv", column)
        assert "osiem" not in finding.message("pl")

    def test_a_file_that_is_not_what_was_exported_is_refused(self, package: Path, empty: Store):
        (package / "data" / "partner.csv").write_text("", encoding="utf-8")
        (package / "data" / "problem.csv").unlink()
        assert {finding.code for finding in refused(empty, package)} == {"PACKAGE-FILE-CHANGED", "PACKAGE-FILE-MISSING"}

    @pytest.mark.parametrize("path", ["../partner.csv", "/etc/passwd", "data/problem.csv"])
    def test_a_path_that_leads_elsewhere_is_refused(self, package: Path, empty: Store, path: str):
        descriptor = json.loads((package / DESCRIPTOR).read_text(encoding="utf-8"))
        next(one for one in descriptor["resources"] if one["name"] == "partner")["path"] = path
        (package / DESCRIPTOR).write_text(json.dumps(descriptor), encoding="utf-8")
        assert refused(empty, package).findings[0].code == "PACKAGE-PATH-OUTSIDE"

    def test_a_link_out_of_the_package_is_refused(self, package: Path, empty: Store, tmp_path: Path):
        inside, outside = package / "data" / "partner.csv", tmp_path / "outside.csv"
        inside.rename(outside)
        inside.symlink_to(outside)
        assert [finding.code for finding in refused(empty, package)] == ["PACKAGE-PATH-OUTSIDE"]

    @pytest.mark.parametrize(
        ("content", "code"),
        [
            ("", "PACKAGE-NOT-OURS"),
            ("[" * 100_000, "PACKAGE-NOT-OURS"),
            ("[]", "PACKAGE-NOT-OURS"),
            (
                '{"resources": [1], "diagnoza": {"level": "full", "format": 1, "schema": "0001"}}',
                "PACKAGE-OTHER-VERSION",
            ),
            ('{"resources": [1], "diagnoza": {"level": "other"}}', "PACKAGE-NOT-OURS"),
        ],
    )
    def test_a_description_of_something_else_is_refused(self, package: Path, empty: Store, content: str, code: str):
        (package / DESCRIPTOR).write_text(content, encoding="utf-8")
        assert [finding.code for finding in refused(empty, package)] == [code]

    def test_no_package_and_a_filled_database_are_refused(self, package: Path, empty: Store, tmp_path: Path):
        assert [finding.code for finding in refused(empty, tmp_path / "nothing")] == ["PACKAGE-NOT-FOUND"]
        restore(empty, package)
        with pytest.raises(FaultError) as caught:
            restore(empty, package)
        assert [finding.code for finding in caught.value.report] == ["RESTORE-NOT-EMPTY"]


def test_a_filled_folder_is_not_written_over(sqlite_store: Store, tmp_path: Path):
    (tmp_path / "mine.txt").write_text("moje", encoding="utf-8")
    with pytest.raises(FaultError) as caught:
        export(sqlite_store, tmp_path, Level.OPEN)
    assert [finding.code for finding in caught.value.report] == ["OUTPUT-FOLDER-FILLED"]
    assert (tmp_path / "mine.txt").read_text(encoding="utf-8") == "moje"


def test_a_backup_is_whole_while_somebody_writes(sqlite_store: Store, tmp_path: Path):
    load_registers(make_register())(sqlite_store)
    with sqlite_store._writer.connect() as writing:  # somebody is in the middle of a change
        writing.begin()
        writing.execute(update(s.partnership).values(name="w połowie", founded_on=date(1999, 1, 1)))
        assert copy_database(sqlite_store, tmp_path / "kopia.sqlite3") > 100_000
        writing.rollback()
    with closing(sqlite3.connect(tmp_path / "kopia.sqlite3")) as copy:
        assert copy.execute("SELECT name FROM partnership").fetchall() == [("Liw",)]
    assert (tmp_path / "kopia.sqlite3").stat().st_mode & 0o077 == 0


def test_the_command_line_moves_house(diagnoza, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    store_file = tmp_path / "data" / "diagnoza.sqlite3"
    assert diagnoza("db", "upgrade").code == 0
    store = open_store(f"sqlite:///{store_file}")
    load_registers(make_register())(store)
    store.close()
    written = diagnoza("export", "--full", "--out", tmp_path / "paczka", "--json")
    assert written.code == 0
    assert written.json["tables"]["partner"] == 2
    assert diagnoza("export", "--full", "--licence", "CC0-1.0", "--out", tmp_path / "x").code == 2
    assert diagnoza("restore", tmp_path / "paczka").code == 1
    assert diagnoza("backup", tmp_path / "kopia.sqlite3").code == 0
    assert diagnoza("backup", tmp_path / "kopia.sqlite3").code == 1
    monkeypatch.setenv("DIAGNOZA_DATA_DIR", str(tmp_path / "nowy dom"))
    restored = diagnoza("restore", tmp_path / "paczka", "--json")
    assert (restored.code, restored.json["level"]) == (0, "full")
    store = open_store(f"sqlite:///{tmp_path / 'nowy dom' / 'diagnoza.sqlite3'}")
    with store.read() as connection:
        assert list_actions(connection)[0].action == "restore_package"
        assert connection.execute(select(s.partnership.c.name)).scalars().all() == ["Liw"]
    store.close()


def test_a_postgresql_without_its_own_program_is_told_the_other_way(
    diagnoza, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    assert diagnoza("db", "upgrade").code == 0
    monkeypatch.setattr("etl.commands.packages.can_copy", lambda _store: False)
    ran = diagnoza("backup", tmp_path / "kopia")
    assert ran.code == 1
    assert "diagnoza export --full" in ran.errors
    assert not (tmp_path / "kopia").exists()

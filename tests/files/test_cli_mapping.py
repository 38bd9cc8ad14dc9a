"""``diagnoza mapping``: remembered decisions listed, written to a file, taken from one, forgotten."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from etl.store.engine import Store, open_store
from tests.command_line import Diagnoza
from tests.files.test_mapping_memory import FIRST, FIRST_WAVE
from tests.importing_surveys import add_partnership, load


@pytest.fixture
def filled(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The configured store, with a partnership and what its first survey taught."""
    monkeypatch.setenv("DIAGNOZA_DATABASE_URL", sqlite_url)
    opened = open_store(sqlite_url)
    add_partnership(opened)
    load(opened, FIRST, FIRST_WAVE, name="Ankieta.csv")
    yield opened
    opened.close()


def _kept(diagnoza: Diagnoza) -> list[dict[str, str]]:
    found: list[dict[str, str]] = diagnoza("mapping", "list", "--partnership", "liw", "--json").json["decisions"]
    return found


@pytest.mark.usefixtures("filled")
def test_decisions_go_out_are_forgotten_and_come_back(diagnoza: Diagnoza, tmp_path: Path) -> None:
    before = _kept(diagnoza)
    assert len(before) == 3
    out = tmp_path / "decyzje.json"
    assert diagnoza("mapping", "export", out, "--partnership", "liw").code == 0
    assert diagnoza("mapping", "export", out, "--partnership", "liw").code == 1
    one = before[0]["decision"]
    assert diagnoza("mapping", "forget", one, "--partnership", "liw", "--json").json == {"forgotten": 1}
    assert diagnoza("mapping", "forget", "--all", "--partnership", "liw", "--json").json == {"forgotten": 2}
    assert _kept(diagnoza) == []
    assert diagnoza("mapping", "import", out, "--partnership", "liw", "--json").json == {"read": 3, "changed": 3}
    subjects = [(one["header"], one["decided"], one["value"], one["target"]) for one in _kept(diagnoza)]
    assert sorted(subjects) == sorted((one["header"], one["decided"], one["value"], one["target"]) for one in before)


@pytest.mark.usefixtures("filled")
def test_forgetting_wants_to_be_told_what(diagnoza: Diagnoza) -> None:
    ran = diagnoza("mapping", "forget", "--partnership", "liw")
    assert ran.code == 2
    assert "--all" in ran.errors
    assert len(_kept(diagnoza)) == 3


def test_an_import_takes_a_file_of_decisions(filled: Store, diagnoza: Diagnoza, tmp_path: Path) -> None:
    out = tmp_path / "decyzje.json"
    diagnoza("mapping", "export", out, "--partnership", "liw")
    add_partnership(filled, "rozan")
    survey = tmp_path / "Ankieta.csv"
    survey.write_bytes(FIRST)
    words = ("import", survey, "--partnership", "rozan", "--as", "survey", "--mapping", out, "--json")
    assert diagnoza(*words).json["rows_stored"] == 56
    kept = diagnoza("mapping", "list", "--partnership", "rozan", "--json").json["decisions"]
    assert len(kept) == 3


@pytest.mark.usefixtures("filled")
def test_a_bad_file_of_decisions_says_so(diagnoza: Diagnoza, tmp_path: Path) -> None:
    bad = tmp_path / "zle.json"
    bad.write_text(json.dumps({"format": "diagnoza-mapping", "version": 7}), encoding="utf-8")
    ran = diagnoza("mapping", "import", bad, "--partnership", "liw", "--json")
    assert (ran.code, ran.codes) == (1, ["MAPPING-FILE-BAD"])

"""Somebody edits the code lists: every fault is reported at once, with file, line, column and remedy."""

import re
import shutil
from importlib import resources
from pathlib import Path

import pytest

from surveys.language.texts import LANGUAGES
from surveys.vocabulary import VocabularyError, check, read_vocabulary


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    """A copy of the project's lists that a test may spoil."""
    folder = tmp_path / "lists"
    with resources.as_file(resources.files("surveys.vocabulary") / "data") as data:
        shutil.copytree(data, folder)
    return folder


def edit(lists: Path, name: str, *changes: tuple[str, str]) -> None:
    file = lists / name
    text = file.read_text(encoding="utf-8-sig")
    for old, new in changes:
        assert text.count(old) >= 1, old
        text = text.replace(old, new, 1)
    file.write_text(text, encoding="utf-8-sig")


def faults(lists: Path) -> list[tuple[str, str | None, int | None, str | None]]:
    return [(f.code, f.place.file, f.place.row, f.place.column) for f in check(lists)]


def test_the_lists_as_they_are_have_no_fault(lists):
    assert faults(lists) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        ("themes.csv", "T02;", "T01;", ("VOCABULARY-CODE-DUPLICATE", "themes.csv", 3, "code")),
        ("themes.csv", "T02;", "t01;", ("VOCABULARY-CODE-DUPLICATE", "themes.csv", 3, "code")),
        ("themes.csv", "T02;", ";", ("VOCABULARY-CODE-BAD", "themes.csv", 3, "code")),
        ("themes.csv", "T02;", "T 2;", ("VOCABULARY-CODE-BAD", "themes.csv", 3, "code")),
        ("themes.csv", "Culture and heritage", "", ("VOCABULARY-LABEL-MISSING", "themes.csv", 3, "label_en")),
        (
            "themes.csv", "Culture and heritage", "environment  and NATURE",
            ("VOCABULARY-LABEL-DUPLICATE", "themes.csv", 3, "label_en"),
        ),
        ("themes.csv", ";kultura|", ";ekologia|", ("VOCABULARY-SYNONYM-AMBIGUOUS", "themes.csv", 3, "synonyms_pl")),
        ("themes.csv", ";nie", ";może", ("VOCABULARY-VALUE-UNKNOWN", "themes.csv", 6, "seed")),
        ("problems.csv", "P102;T07", "P102;T77", ("VOCABULARY-REFERENCE-UNKNOWN", "problems.csv", 3, "theme")),
        ("problems.csv", "P102;T07", "P102;", ("VOCABULARY-REFERENCE-UNKNOWN", "problems.csv", 3, "theme")),
        ("problems.csv", ";R01;", ";R99;", ("VOCABULARY-REFERENCE-UNKNOWN", "problems.csv", 2, "assistance_reason")),
        (
            "target_groups.csv", ";seniors;", ";elders;",
            ("VOCABULARY-REFERENCE-UNKNOWN", "target_groups.csv", 6, "roll_up"),
        ),
        (
            "partner_kinds.csv", "K102;public", "K102;state",
            ("VOCABULARY-REFERENCE-UNKNOWN", "partner_kinds.csv", 3, "sector"),
        ),
        (
            "funding_sources.csv", ";public;K122|", ";public;K999|",
            ("VOCABULARY-REFERENCE-UNKNOWN", "funding_sources.csv", 5, "eligible_kinds"),
        ),
        (
            "funding_sources.csv", ";2007;2015;", ";2015;2007;",
            ("VOCABULARY-YEARS-REVERSED", "funding_sources.csv", 12, "year_to"),
        ),
        (
            "funding_sources.csv", ";1991;", ";91;",
            ("VOCABULARY-NUMBER-BAD", "funding_sources.csv", 11, "year_from"),
        ),
        ("scales.csv", "definitely yes|", "", ("VOCABULARY-PARALLEL-LENGTH", "scales.csv", 4, "values_en")),
        ("areas.csv", "\n0201011;", "\n201011;", ("VOCABULARY-TERYT-BAD", "areas.csv", 2, "teryt")),
        ("areas.csv", "\n0201022;", "\n0201011;", ("VOCABULARY-CODE-DUPLICATE", "areas.csv", 3, "teryt")),
        ("areas.csv", ";51.2597;", ";51,2597;", ("VOCABULARY-NUMBER-BAD", "areas.csv", 2, "lat")),
        ("areas.csv", "gmina miejska", "miasto", ("VOCABULARY-VALUE-UNKNOWN", "areas.csv", 2, "kind")),
        ("sectors.csv", ";label_en;", ";name_en;", ("VOCABULARY-COLUMN-UNKNOWN", "sectors.csv", 1, "name_en")),
        ("sectors.csv", "business;", "business;;", ("VOCABULARY-ROW-WIDTH", "sectors.csv", 4, None)),
    ],
)  # fmt: skip
def test_each_fault_has_its_place(lists, name, old, new, expected):
    edit(lists, name, (old, new))
    assert expected in faults(lists)


def test_a_hint_that_decides_elsewhere(lists):
    edit(lists, "problems.csv", ("przemoc|agresja", "smog|agresja"))
    assert ("VOCABULARY-HINT-DECIDES", "problems.csv", 13, "hints_pl") in faults(lists)


def test_all_faults_come_at_once(lists):
    edit(lists, "themes.csv", ("T02;", "T01;"), ("Safety", ""))
    edit(lists, "problems.csv", ("P102;T07", "P102;T77"))
    (lists / "sectors.csv").unlink()
    with pytest.raises(VocabularyError) as raised:
        read_vocabulary(lists)
    codes = {finding.code for finding in raised.value.report}
    assert {"VOCABULARY-CODE-DUPLICATE", "VOCABULARY-LABEL-MISSING", "VOCABULARY-FILE-MISSING"} <= codes
    assert "VOCABULARY-REFERENCE-UNKNOWN" in codes
    said = str(raised.value)
    assert "plik themes.csv, wiersz 3, kolumna code: Kod T01 stoi na liście dwa razy" in said


def test_faulty_areas_are_refused_when_they_are_first_asked_for(lists):
    edit(lists, "areas.csv", ("\n0201011;", "\n201011;"))
    vocabulary = read_vocabulary(lists)
    assert vocabulary.themes.label("T01", "pl") == "Ekologia i przyroda"
    with pytest.raises(VocabularyError):
        len(vocabulary.areas)


def test_a_file_saved_in_the_old_polish_encoding(lists):
    text = (lists / "themes.csv").read_text(encoding="utf-8-sig").replace("–", "-")
    (lists / "themes.csv").write_bytes(text.encode("cp1250"))
    assert ("VOCABULARY-ENCODING", "themes.csv", None, None) in faults(lists)


@pytest.mark.parametrize("line_end", ["\r\n", "\n"])
def test_a_spreadsheet_may_save_with_its_own_line_ends_and_blank_lines(lists, line_end):
    text = (lists / "themes.csv").read_text(encoding="utf-8-sig").rstrip("\n")
    lines = [*text.split("\n"), ";" * text.split("\n")[0].count(";"), ""]
    (lists / "themes.csv").write_bytes(line_end.join(lines).encode("utf-8-sig"))
    assert faults(lists) == []


def test_an_english_spreadsheet_saves_with_commas(lists):
    rows = [line.split(";") for line in (lists / "sectors.csv").read_text(encoding="utf-8-sig").splitlines()]
    text = "\n".join(",".join(f'"{cell}"' for cell in row) for row in rows)
    (lists / "sectors.csv").write_text(text, encoding="utf-8")
    assert faults(lists) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fault_can_be_said_with_its_remedy(lists, language):
    edit(lists, "themes.csv", ("T02;", "T01;"), (";nie", ";może"), (";zdrowie|", ";ekologia|"))
    edit(lists, "scales.csv", ("definitely yes|", ""))
    edit(lists, "funding_sources.csv", (";2007;2015;", ";2015;07;"))
    for finding in check(lists):
        assert not re.search(r"[{}]", finding.message(language) + finding.remedy(language))

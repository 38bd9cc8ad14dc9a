"""Findings speak to the reader: days as they are written here, and nothing of what was typed in a log."""

from surveys.findings import FaultError, Finding, Place, Report


def test_a_day_is_said_as_the_reader_writes_it() -> None:
    finding = Finding("IMPORT-ALREADY-LOADED", Place(file="karta.xlsx"), {"batch": "b", "day": "2026-11-22"})
    assert "22.11.2026" in finding.message("pl") + finding.remedy("pl")
    assert "22/11/2026" in finding.message("en") + finding.remedy("en")


def test_ten_characters_that_are_no_day_stay_as_they_are() -> None:
    finding = Finding("IMPORT-ALREADY-LOADED", facts={"batch": "b", "day": "2026-99-99"})
    assert "2026-99-99" in finding.message("pl") + finding.remedy("pl")


def test_neither_repr_nor_the_exception_shows_facts() -> None:
    finding = Finding("IMPORT-ALREADY-LOADED", facts={"batch": "tajne", "day": "2026-11-22"})
    assert "tajne" not in repr(finding)
    assert "tajne" not in str(FaultError(Report((finding,))))

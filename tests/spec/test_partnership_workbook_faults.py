"""Every fault of the partnership workbook, as `partnership_workbook_faults.md` tells them.

Each code of the catalogue is provoked there; these tests hold that a person is sent to the right cell, in both
languages, and that only errors stop an import.
"""

import re
import tomllib
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path

import pytest

from etl.mapping.partnership_workbook import RegisterReading
from surveys.findings import Finding, Severity
from surveys.model import Membership, Partner, Partnership, Register, Territory
from tests.made.partnership_workbooks import FILE, SHEETS, make_book, read_book

LIW = Register(
    Partnership("liw", "Partnerstwo Liw", (Territory("1433042"),)),
    partners=(Partner("p1", "Biblioteka w Liwie", "K109", "public", Membership("active")),),
)
OPTIONS = {
    "liw is in the store": {"known": LIW},
    "liw was chosen": {"slug": "liw"},
    "suggestions are accepted": {"accept_suggestions": True},
}
KEYS = {name: key for key, name in SHEETS.items()}
SPEC = Path(__file__).with_name("partnership_workbook_faults.md").read_text(encoding="utf-8")
SECTION = re.compile(
    r"^## (?P<code>[A-Z-]+)\n\nat: (?P<place>[^\n]+)\n(?:when: (?P<when>[^\n]+)\n)?(?P<body>.*)", re.DOTALL
)
SHEET = re.compile(r"^\[(?:(?P<new>[^\]=]+) = )?(?P<name>[^\]=]+)\](?P<missing> missing)?$", re.MULTILINE)

# Provoked where it belongs: tests/files/test_annotated_workbook.py.
ELSEWHERE = {"ANNOTATION-IMPOSSIBLE"}
CATALOGUE = tomllib.loads(
    (resources.files("surveys.language.catalogues") / "findings_register.toml").read_text(encoding="utf-8")
)


@dataclass(frozen=True)
class Fault:
    """A code, its place (sheet, row, column), and the workbook that provokes it."""

    code: str
    place: tuple[str | None, int | None, str | None]
    tables: dict[str, str | None]
    names: dict[str, str] = field(default_factory=dict)
    options: dict[str, object] = field(default_factory=dict)

    def read(self) -> RegisterReading:
        return read_book(make_book(names=self.names, **self.tables), **self.options)

    def find(self) -> list[Finding]:
        return [finding for finding in self.read().report if finding.code == self.code]


def parse_faults() -> list[Fault]:
    sections = re.split(r"(?m)^(?=## )", SPEC)[1:]
    return [parse_fault(SECTION.match(section)) for section in sections]


def parse_fault(found: re.Match[str] | None) -> Fault:
    assert found is not None
    tables: dict[str, str | None] = {}
    names: dict[str, str] = {}
    headings = list(SHEET.finditer(found["body"]))
    for heading, following in zip(headings, [*headings[1:], None], strict=True):
        end = following.start() if following else len(found["body"])
        key = KEYS[heading["name"]]
        tables[key] = None if heading["missing"] else found["body"][heading.end() : end].strip()
        if heading["new"]:
            names[key] = heading["new"]
    options = {
        name: value for when in (found["when"] or "").split(", ") if when for name, value in OPTIONS[when].items()
    }
    return Fault(found["code"], parse_place(found["place"]), tables, names, options)


def parse_place(text: str) -> tuple[str | None, int | None, str | None]:
    sheet, row, column = [*text.split(" · "), "", ""][:3]
    if row.startswith("column"):
        row, column = "", row
    number = int(row.removeprefix("row ")) if row else None
    return (None if sheet == "the file" else sheet, number, column.removeprefix("column ") or None)


FAULTS = parse_faults()


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.code)
def test_a_fault_is_said_with_its_place(fault: Fault):
    places = [finding.place for finding in fault.find()]
    assert (FILE, *fault.place) in [(place.file, place.sheet, place.row, place.column) for place in places]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.code)
@pytest.mark.parametrize("language", ["pl", "en"])
def test_a_fault_is_said_in_both_languages(fault: Fault, language):
    finding = fault.find()[0]
    for text in (finding.message(language), finding.remedy(language)):
        assert text.strip()
        assert not re.search(r"[{}]", text)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.code)
def test_only_an_error_stops_the_import(fault: Fault):
    reading = fault.read()
    assert (reading.register is None) == reading.report.stops
    if fault.find()[0].severity is Severity.ERROR:
        assert reading.register is None


def test_every_code_of_the_catalogue_is_provoked():
    assert {fault.code for fault in FAULTS} | ELSEWHERE == set(CATALOGUE)


def test_no_personal_data_are_quoted():
    personal = [fault.find()[0] for fault in FAULTS if fault.code.startswith("PERSONAL-")]
    assert len(personal) == 3
    for finding in personal:
        assert not finding.facts
        assert not re.search(r"\d{3}|@", finding.message("pl") + finding.remedy("en"))


def test_the_blank_workbook_of_these_tests_has_no_fault_of_its_own():
    assert not read_book(make_book()).report.errors

"""Every fault of the partnership workbook: the table that has it, and where a person is sent.

One line per code of the catalogue; the last tests hold that none is forgotten and that both languages say it.
"""

import re
import tomllib
from dataclasses import dataclass, field
from importlib import resources
from typing import Any

import pytest

from surveys.findings import Finding, Severity
from surveys.model import Membership, Partner, Partnership, Register, Territory
from tests.made.partnership_workbooks import BLANK, FILE, make_book, read_book

LIW = Register(
    Partnership("liw", "Partnerstwo Liw", (Territory("1433042"),)),
    partners=(Partner("p1", "Biblioteka w Liwie", "K109", "public", Membership("active")),),
)


@dataclass(frozen=True)
class Fault:
    """A code, the workbook that provokes it, and its place (sheet, row, column)."""

    code: str
    place: tuple[str | None, int | None, str | None]
    tables: dict[str, str | None] = field(default_factory=dict)
    options: dict[str, Any] = field(default_factory=dict)


def partners(code: str, row: int, column: str | None, text: str, **options: Any) -> Fault:
    return Fault(code, ("Partnerzy", row, column), {"partners": text}, options)


def problems(code: str, row: int, column: str | None, text: str, **options: Any) -> Fault:
    return Fault(code, ("Problemy", row, column), {"problems": text}, options)


def projects(code: str, row: int, column: str | None, text: str, **more: Any) -> Fault:
    options = {key: more.pop(key) for key in ("known", "accept_suggestions") if key in more}
    return Fault(code, ("Projekty", row, column), {"projects": text, **more}, options)


def activities(code: str, row: int, column: str | None, text: str) -> Fault:
    return Fault(code, ("Działania", row, column), {"activities": text})


def card(code: str, row: int | None, column: str | None, text: str, **options: Any) -> Fault:
    return Fault(code, ("Partnerstwo", row, column), {"partnership": text}, options)


NAME = "| Nazwa partnerstwa | Partnerstwo Liw |\n| Cele | |\n| Data założenia | |\n| Strona internetowa | {0} |\n"
TERRITORY = """
    | Nazwa partnerstwa | Partnerstwo Liw |

    | Lp. | Gmina, dzielnica lub powiat | Kod TERYT | Część tego obszaru |
"""
DIAGNOSES = """
    | Nazwa partnerstwa | Partnerstwo Liw |

    | Lp. | Nazwa diagnozy | Początek | Koniec | Metoda 1 |
"""
PARTNER = "| Lp. | Nazwa partnera | Rodzaj partnera | Sektor | {0} |\n| 1 | Biblioteka w Liwie | Biblioteka | | {1} |"
PROBLEM = "| Lp. | Problem własnymi słowami | Problem z listy | {0} |\n| 1 | Nikt nie odwiedza starszych | Samotność seniorów | {1} |"
PROJECT = "| Lp. | Nazwa projektu | Status projektu | {0} |\n| 1 | Herbata | Pomysł | {1} |"
ACTIVITY = (
    "| Lp. | Nazwa działania | Obszar tematyczny | Forma działania | Data rozpoczęcia | {0} |\n"
    "| 1 | Klub | Kultura i dziedzictwo | Klub | 12.09.2024 | {1} |"
)
TWO_PARTNERS = """
    | Lp. | Nazwa partnera | Rodzaj partnera | Osobowość prawna |
    | 1 | Szkoła w Liwie | Szkoła gminna | Nie |
    | 2 | Stowarzyszenie Nasz Liw | Stowarzyszenie | Tak |
"""
FUNDED = "| Lp. | Nazwa projektu | Status projektu | Lider finansowy | Źródło finansowania 1 | Kwota 1 (zł) | Rok 1 |\n"

FAULTS = [
    # the workbook as a whole
    Fault("WORKBOOK-EMPTY", (None, None, None), {"partnership": "| Nazwa partnerstwa | |\n| Cele | |"}),
    Fault("WORKBOOK-STOPPED", (None, None, None), {"projects": None}),
    Fault("SHEET-MISSING", ("Projekty", None, None), {"projects": None}),
    Fault("SHEET-WITHOUT-HEADERS", ("Partnerzy", None, None), {"partners": "| Biblioteka | tak | nie |"}),
    Fault("SHEET-RENAMED", ("Kto z nami", None, None), {"names": {"partners": "Kto z nami"}, "partners": PARTNER.format("Osobowość prawna", "Tak")}),  # fmt: skip
    card("TABLE-MISSING", None, None, "| Nazwa partnerstwa | Partnerstwo Liw |"),
    card("LINE-ABSENT", None, None, "| Nazwa partnerstwa | Partnerstwo Liw |"),
    partners("COLUMN-MISSING", 1, "Rodzaj partnera", "| Lp. | Nazwa partnera | Sektor |\n| 1 | Biblioteka | |"),
    partners("COLUMN-ABSENT", 1, "Data wystąpienia", PARTNER.format("Osobowość prawna", "Tak")),
    partners("COLUMN-RENAMED", 1, "Osobowość prwana", PARTNER.format("Osobowość prwana", "Tak")),
    partners("COLUMN-UNKNOWN", 1, "Ulubiony kolor", PARTNER.format("Ulubiony kolor", "zielony")),
    partners("EXAMPLE-ROW-SKIPPED", 2, None, "| Lp. | Nazwa partnera | Rodzaj partnera |\n| PRZYKŁAD | Gminna Biblioteka Publiczna w Przykładowie | Biblioteka |"),  # fmt: skip
    partners("EXAMPLE-ROW-CHANGED", 2, None, "| Lp. | Nazwa partnera | Rodzaj partnera |\n| PRZYKŁAD | Biblioteka w Liwie | Biblioteka |"),  # fmt: skip
    # the partnership
    card("PARTNERSHIP-NAME-MISSING", 1, "Nazwa partnerstwa", "| Nazwa partnerstwa | |\n| Cele | Razem lepiej |"),
    card("PARTNERSHIP-RENAMED", 1, "Nazwa partnerstwa", "| Nazwa partnerstwa | Razem dla Liwa |", known=LIW),
    card("PARTNERSHIP-DIFFERS", 2, "Nazwa w adresie strony", "| Nazwa partnerstwa | Pionki |\n| Nazwa w adresie strony | pionki |", slug="liw"),  # fmt: skip
    card("SLUG-UNREADABLE", 2, "Nazwa w adresie strony", "| Nazwa partnerstwa | Liw |\n| Nazwa w adresie strony | Gmina Liw! |"),  # fmt: skip
    card("SLUG-NEEDED", None, None, "| Nazwa partnerstwa | 里 |\n| Cele | |"),
    card("WEBSITE-WITHOUT-SCHEME", 4, "Strona internetowa", NAME.format("www.liw.pl/partnerstwo")),
    card("WEBSITE-UNREADABLE", 4, "Strona internetowa", NAME.format("javascript:alert(1)")),
    # territory
    card("TERRITORY-MISSING", 1, "Nazwa partnerstwa", TERRITORY),
    card("TERYT-UNKNOWN", 4, "Kod TERYT", TERRITORY + "| 1 | | 9999999 | |"),
    card("AREA-UNKNOWN", 4, "Gmina, dzielnica lub powiat", TERRITORY + "| 1 | Atlantyda | | |"),
    card("AREA-AMBIGUOUS", 4, "Gmina, dzielnica lub powiat", TERRITORY + "| 1 | Brzeziny | | |"),
    card("AREA-TERYT-DIFFER", 4, "Gmina, dzielnica lub powiat", TERRITORY + "| 1 | Pionki (gmina miejska, pow. radomski) | 1433042 | |"),  # fmt: skip
    card("AREA-TWICE", 5, "Gmina, dzielnica lub powiat", TERRITORY + "| 1 | Liw | | |\n| 2 | gmina Liw | | |"),
    # cells
    partners("VALUE-MISSING", 2, "Rodzaj partnera", "| Lp. | Nazwa partnera | Rodzaj partnera |\n| 1 | Biblioteka w Liwie | |"),  # fmt: skip
    problems("VALUE-TWICE", 2, "Grupa docelowa 1", "| Lp. | Problem własnymi słowami | Problem z listy | Grupa docelowa 1 | Grupa docelowa 2 |\n| 1 | Nikt nie zagląda | Samotność seniorów | Młodzież | Młodzież |"),  # fmt: skip
    partners("CELL-ERROR", 2, "Data wystąpienia", PARTNER.format("Data wystąpienia", "#N/D!")),
    partners("WORD-UNKNOWN", 2, "Status członkostwa", PARTNER.format("Status członkostwa", "qwerty")),
    partners("WORD-SUGGESTED", 2, "Rodzaj partnera", "| Lp. | Nazwa partnera | Rodzaj partnera |\n| 1 | W Liwie | Bibloteka |"),  # fmt: skip
    partners("WORD-SUGGESTION-TAKEN", 2, "Rodzaj partnera", "| Lp. | Nazwa partnera | Rodzaj partnera |\n| 1 | W Liwie | Bibloteka |", accept_suggestions=True),  # fmt: skip
    partners("WORD-UNDERSTOOD", 2, "Rodzaj partnera", "| Lp. | Nazwa partnera | Rodzaj partnera |\n| 1 | W Liwie | GOPS |"),  # fmt: skip
    problems("WORD-IS-WIDE", 2, "Grupa docelowa 1", PROBLEM.format("Grupa docelowa 1", "Dzieci i młodzież")),
    partners("YES-NO-UNREADABLE", 2, "Osobowość prawna", PARTNER.format("Osobowość prawna", "chyba")),
    activities("NUMBER-UNREADABLE", 2, "Liczba uczestników", ACTIVITY.format("Liczba uczestników", "ok. 40 osób")),
    activities("NUMBER-AMBIGUOUS", 2, "Liczba uczestników", ACTIVITY.format("Liczba uczestników", '"1.234"')),
    activities("NUMBER-NOT-WHOLE", 2, "Liczba uczestników", ACTIVITY.format("Liczba uczestników", "24.5")),
    activities("NUMBER-NEGATIVE", 2, "Liczba uczestników", ACTIVITY.format("Liczba uczestników", "-3")),
    problems("NUMBER-OUT-OF-RANGE", 2, "Wielkość (0–10)", PROBLEM.format("Wielkość (0–10)", "11")),
    projects("AMOUNT-UNREADABLE", 2, "Wkład własny (zł)", PROJECT.format("Wkład własny (zł)", "12 tys. zł")),
    projects("DATE-UNREADABLE", 2, "Początek", PROJECT.format("Początek", "31.02.2024")),
    projects("DATE-INCOMPLETE", 2, "Początek", PROJECT.format("Początek", "maj 2024")),
    projects("DATE-AMBIGUOUS", 2, "Początek", PROJECT.format("Początek", "03/04/2024")),
    projects("DATE-ODD", 2, "Początek", PROJECT.format("Początek", "@2204-05-01")),
    card("PERIOD-REVERSED", 4, "Koniec", DIAGNOSES + "| 1 | Diagnoza 2024 | 01.06.2024 | 01.05.2024 | Ankieta |"),
    # rows and references
    partners("ID-TWICE", 3, "Id (nie zmieniać)", "| Nazwa partnera | Rodzaj partnera | Id (nie zmieniać) |\n| W Liwie | Biblioteka | p1 |\n| W Jarnicach | Biblioteka | p1 |"),  # fmt: skip
    partners("ID-UNKNOWN", 2, "Id (nie zmieniać)", "| Nazwa partnera | Rodzaj partnera | Id (nie zmieniać) |\n| W Liwie | Biblioteka | p7 |", known=LIW),  # fmt: skip
    partners("PARTNER-DUPLICATE", 3, "Nazwa partnera", "| Lp. | Nazwa partnera | Rodzaj partnera |\n| 1 | OSP Liw | Fundacja |\n| 2 | osp  liw | Fundacja |"),  # fmt: skip
    problems("PROBLEM-DUPLICATE", 3, "Problem własnymi słowami", "| Lp. | Problem własnymi słowami | Problem z listy |\n| 1 | Smog | Hałas |\n| 2 | Smog | Hałas |"),  # fmt: skip
    projects("PROJECT-DUPLICATE", 3, "Nazwa projektu", "| Lp. | Nazwa projektu | Status projektu |\n| 1 | Herbata | Pomysł |\n| 2 | Herbata | Pomysł |"),  # fmt: skip
    activities("ACTIVITY-DUPLICATE", 3, "Nazwa działania", ACTIVITY.format("Miejsce", "") + "\n| 2 | klub | Kultura i dziedzictwo | Klub | 12.09.2024 | |"),  # fmt: skip
    card("DIAGNOSIS-DUPLICATE", 5, "Nazwa diagnozy", DIAGNOSES + "| 1 | Diagnoza | | | |\n| 2 | Diagnoza | | | |"),
    problems("DIAGNOSIS-ADDED", 2, "Diagnoza", PROBLEM.format("Diagnoza", "Spacer 2023")),
    projects("REFERENCE-UNKNOWN", 2, "Partner 1", PROJECT.format("Partner 1", "Zupełnie kto inny"), partners=TWO_PARTNERS),  # fmt: skip
    projects("REFERENCE-SUGGESTED", 2, "Partner 1", PROJECT.format("Partner 1", "Szkoła w Liwe"), partners=TWO_PARTNERS),
    projects("REFERENCE-SUGGESTION-TAKEN", 2, "Partner 1", PROJECT.format("Partner 1", "Szkoła w Liwe"), partners=TWO_PARTNERS, accept_suggestions=True),  # fmt: skip
    # partners
    partners("SECTOR-MISSING", 2, "Sektor", "| Nazwa partnera | Rodzaj partnera | Sektor |\n| OSP Liw | Ochotnicza straż pożarna | |"),  # fmt: skip
    partners("SECTOR-UNUSUAL", 2, "Sektor", "| Nazwa partnera | Rodzaj partnera | Sektor |\n| W Liwie | Biblioteka | Gospodarczy |"),  # fmt: skip
    partners("WITHDRAWN-BEFORE-DECLARED", 2, "Data wystąpienia", "| Nazwa partnera | Rodzaj partnera | Data deklaracji uczestnictwa | Data wystąpienia |\n| W Liwie | Biblioteka | 05.10.2023 | 05.10.2022 |"),  # fmt: skip
    partners("WITHDRAWN-WITHOUT-DATE", 2, "Data wystąpienia", "| Nazwa partnera | Rodzaj partnera | Status członkostwa | Data wystąpienia |\n| W Liwie | Biblioteka | Wystąpił | |"),  # fmt: skip
    partners("WITHDRAWN-STATUS-DIFFERS", 2, "Status członkostwa", "| Nazwa partnera | Rodzaj partnera | Status członkostwa | Data wystąpienia |\n| W Liwie | Biblioteka | Aktywny | 05.10.2023 |"),  # fmt: skip
    # problems and projects
    problems("PROBLEM-CODE-MISSING", 2, "Problem z listy", "| Lp. | Problem własnymi słowami | Problem z listy |\n| 1 | Brak świetlicy dla młodzieży | |"),  # fmt: skip
    projects("FINANCE-LEAD-WITHOUT-PERSONALITY", 2, "Lider finansowy", PROJECT.format("Lider finansowy", "Szkoła w Liwie"), partners=TWO_PARTNERS),  # fmt: skip
    projects("FUNDING-SOURCE-MISSING", 2, "Źródło finansowania 1", FUNDED + "| 1 | Herbata | Pomysł | | | 500 | 2024 |"),
    projects("FUNDING-APPLICANT-DOUBTFUL", 2, "Źródło finansowania 1", FUNDED + "| 1 | Herbata | Pomysł | Stowarzyszenie Nasz Liw | Budżet gminy | 500 | 2024 |", partners=TWO_PARTNERS),  # fmt: skip
    projects("FUNDING-YEAR-OUTSIDE", 2, "Rok 1", FUNDED + "| 1 | Herbata | Pomysł | | PO KL (Program Operacyjny Kapitał Ludzki, zakończony) | 500 | 2023 |"),  # fmt: skip
    # personal data
    problems("PERSONAL-PESEL", 2, "Opis", PROBLEM.format("Opis", "pani z numerem 44051401359 prosi o pomoc")),
    partners("PERSONAL-PHONE", 2, "Nazwa partnera", "| Nazwa partnera | Rodzaj partnera | Sektor |\n| Biblioteka tel. 600 700 800 | Biblioteka | |"),  # fmt: skip
    activities("PERSONAL-EMAIL", 2, "Opis", ACTIVITY.format("Opis", "zapisy: jan.kowalski@example.com")),
]  # fmt: skip

# Provoked where it belongs: tests/files/test_annotated_workbook.py.
ELSEWHERE = {"ANNOTATION-IMPOSSIBLE"}
CATALOGUE = tomllib.loads(
    (resources.files("surveys.language.catalogues") / "findings_register.toml").read_text(encoding="utf-8")
)


def find(fault: Fault) -> list[Finding]:
    report = read_book(make_book(**fault.tables), **fault.options).report  # type: ignore[arg-type] # names or tables
    return [finding for finding in report if finding.code == fault.code]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.code)
def test_a_fault_is_said_with_its_place(fault: Fault):
    places = [(finding.place.file, finding.place.sheet, finding.place.row, finding.place.column) for finding in find(fault)]
    assert (FILE, *fault.place) in places


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.code)
@pytest.mark.parametrize("language", ["pl", "en"])
def test_a_fault_is_said_in_both_languages(fault: Fault, language):
    finding = find(fault)[0]
    for text in (finding.message(language), finding.remedy(language)):
        assert text.strip()
        assert not re.search(r"[{}]", text)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.code)
def test_only_an_error_stops_the_import(fault: Fault):
    reading = read_book(make_book(**fault.tables), **fault.options)  # type: ignore[arg-type] # names or tables
    assert (reading.register is None) == reading.report.stops
    if find(fault)[0].severity is Severity.ERROR:
        assert reading.register is None


def test_every_code_of_the_catalogue_is_provoked():
    assert {fault.code for fault in FAULTS} | ELSEWHERE == set(CATALOGUE)


def test_no_personal_data_are_quoted():
    for fault in FAULTS:
        if fault.code.startswith("PERSONAL-"):
            finding = find(fault)[0]
            assert not finding.facts
            assert not re.search(r"\d{3}|@", finding.message("pl") + finding.remedy("en"))


def test_the_blank_workbook_of_these_tests_has_no_fault_of_its_own():
    reading = read_book(make_book())
    assert not reading.report.errors
    assert set(BLANK) == {"partnership", "partners", "problems", "projects", "activities"}

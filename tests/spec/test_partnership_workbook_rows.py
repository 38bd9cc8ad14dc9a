"""Rows of the partnership workbook: which entity a row is, what it refers to, what happens beside a faulty one."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from surveys.model import (
    Activity,
    Diagnosis,
    Funding,
    Membership,
    Partner,
    Partnership,
    Problem,
    Project,
    Register,
    Rules,
    Territory,
    TreeNode,
)
from tests.made.partnership_workbooks import make_book, read_book, read_tables, register_of, said

LIBRARY = Partner("lib", "Biblioteka w Liwie", "K109", "public", Membership("active", date(2020, 1, 2)))
CIRCLE = Partner("kgw", "KGW Jarnice", "K203", "civic", Membership("active"))
KNOWN = Register(
    Partnership("liw", "Partnerstwo Liw", (Territory("1433042"),), date(2008, 5, 12), "Razem", rules=Rules("2")),
    partners=(LIBRARY, CIRCLE),
    diagnoses=(Diagnosis("d1", "Diagnoza 2020"),),
    problems=(Problem("p1", "Smog", "P901", "T01", "confirmed", "Pali się byle czym", ("G30",), 5),),
    projects=(Project("pr1", "Czyste powietrze", "completed", funding=(Funding("FS01"),)),),
    activities=(Activity("a1", "Festyn", "T03", "F01", date(2024, 6, 1)),),
)
PARTNERS = "| Nazwa partnera | Rodzaj partnera | Data deklaracji uczestnictwa | Id (nie zmieniać) |\n"


def test_a_known_name_keeps_its_uid_and_a_new_one_gets_a_new():
    table = PARTNERS + "| biblioteka W LIWIE | Biblioteka | | |\n| OSP Liw | Fundacja | | |"
    partners = register_of(read_tables(KNOWN, partners=table)).partners
    assert [partner.uid for partner in partners] == ["lib", "u1"]


def test_the_id_knows_a_row_under_a_new_name():
    table = PARTNERS + "| Biblioteka Publiczna | Biblioteka | | lib |\n| Biblioteka w Liwie | Biblioteka | | |"
    partners = register_of(read_tables(KNOWN, partners=table)).partners
    assert [partner.uid for partner in partners] == ["lib", "u1"]


def test_an_unknown_id_is_said_and_the_name_decides():
    table = PARTNERS + "| Biblioteka w Liwie | Biblioteka | | zzz |\n| OSP Liw | Fundacja | | yyy |"
    reading = read_tables(KNOWN, partners=table)
    assert [partner.uid for partner in register_of(reading).partners] == ["lib", "yyy"]
    assert [code for code, *_ in said(reading.report)] == ["ID-UNKNOWN", "ID-UNKNOWN"]


def test_ids_of_another_installation_are_kept_where_the_store_is_empty():
    reading = read_tables(partners=PARTNERS + "| Biblioteka w Liwie | Biblioteka | | lib |")
    assert register_of(reading).partners[0].uid == "lib"
    assert said(reading.report) == []


def test_an_id_that_no_program_wrote_is_not_kept():
    reading = read_tables(partners=PARTNERS + "| Biblioteka w Liwie | Biblioteka | | moje id; drop |")
    assert register_of(reading).partners[0].uid == "u1"


def test_an_activity_is_its_name_and_its_first_day():
    table = """
        | Nazwa działania | Obszar tematyczny | Forma działania | Data rozpoczęcia |
        | Festyn | Kultura i dziedzictwo | Festyn rodzinny | 01.06.2024 |
        | Festyn | Kultura i dziedzictwo | Festyn rodzinny | 01.06.2025 |
    """
    activities = register_of(read_tables(KNOWN, activities=table)).activities
    assert [activity.uid for activity in activities] == ["a1", "u1"]


def test_what_only_the_store_knows_may_be_referred_to():
    table = "| Nazwa projektu | Status projektu | Lider finansowy | Partner 1 | Problem 1 |\n"
    row = "| Herbata | Pomysł | Biblioteka w Liwie | kgw jarnice; Biblioteka w Liwie | Smog |"
    project = register_of(read_tables(KNOWN, projects=table + row)).projects[0]
    assert (project.finance_lead, project.partners, project.problems) == ("lib", ("kgw", "lib"), ("p1",))


def test_a_renamed_row_is_still_found_by_its_former_name():
    reading = read_tables(
        KNOWN,
        partners=PARTNERS + "| Gminny Ośrodek Wszystkiego | Dom kultury | | lib |",
        projects="| Nazwa projektu | Status projektu | Partner 1 |\n| Herbata | Pomysł | Biblioteka w Liwie |",
    )
    assert register_of(reading).projects[0].partners == ("lib",)
    assert said(reading.report) == [("REFERENCE-BY-FORMER-NAME", "Projekty", 2, "Partner 1")]


def test_a_former_name_that_another_has_now_means_the_other():
    reading = read_tables(
        KNOWN,
        partners=PARTNERS + "| Dom Kultury | Dom kultury | | lib |\n| Biblioteka w Liwie | Biblioteka | | |",
        projects="| Nazwa projektu | Status projektu | Partner 1 |\n| Herbata | Pomysł | Biblioteka w Liwie |",
    )
    assert register_of(reading).projects[0].partners == ("u1",)
    assert said(reading.report) == []


def test_a_name_with_a_semicolon_is_one_name():
    reading = read_tables(
        partners=PARTNERS + "| Klub A; Klub B | Klub seniora | | |",
        projects="| Nazwa projektu | Status projektu | Partner 1 |\n| Herbata | Pomysł | Klub A; Klub B |",
    )
    assert register_of(reading).projects[0].partners == ("u1",)


def test_a_faulty_row_may_be_referred_to_without_a_second_fault():
    reading = read_tables(
        partners=PARTNERS + "| Biblioteka w Liwie | Biblioteka | 31.02.2024 | |",
        projects="| Nazwa projektu | Status projektu | Partner 1 |\n| Herbata | Pomysł | Biblioteka w Liwie |",
    )
    assert said(reading.report) == [("DATE-UNREADABLE", "Partnerzy", 2, "Data deklaracji uczestnictwa")]


def test_one_faulty_row_does_not_hide_the_others():
    reading = read_tables(
        partners="""
            | Nazwa partnera | Rodzaj partnera | Osobowość prawna | Data deklaracji uczestnictwa |
            | Biblioteka | Bibloteka | chyba | maj 2024 |
            | Fundacja Liwiec | Fundacja | Tak | 05.10.2023 |
            | | Fundacja | Nie | |
        """
    )
    assert said(reading.report) == [
        ("WORD-SUGGESTED", "Partnerzy", 2, "Rodzaj partnera"),
        ("YES-NO-UNREADABLE", "Partnerzy", 2, "Osobowość prawna"),
        ("DATE-INCOMPLETE", "Partnerzy", 2, "Data deklaracji uczestnictwa"),
        ("VALUE-MISSING", "Partnerzy", 4, "Nazwa partnera"),
    ]
    # The table of territory has one good row more.
    assert (reading.rows_read, reading.rows_rejected, reading.register) == (4, 2, None)
    stopped = reading.report.findings[-1]
    assert (stopped.code, dict(stopped.facts)) == ("WORKBOOK-STOPPED", {"fine": 2, "faulty": 2})


def test_findings_stand_in_the_order_of_sheets_and_rows():
    reading = read_tables(
        activities="| Nazwa działania | Obszar tematyczny | Forma działania | Data rozpoczęcia |\n| A | ? | ? | ? |",
        partners=PARTNERS + "| | Fundacja | | |\n| B | ? | | |",
    )
    places = [(sheet, row) for _, sheet, row, _ in said(reading.report)]
    assert places == sorted(places, key=lambda place: (["Partnerzy", "Działania"].index(place[0] or ""), place[1]))


def test_columns_that_are_missing_keep_what_the_store_knows():
    register = register_of(
        read_tables(
            KNOWN,
            partnership="| Nazwa partnerstwa | Partnerstwo Liw |\n| Strona internetowa | https://liw.pl |",
            partners="| Nazwa partnera | Rodzaj partnera | Sektor |\n| Biblioteka w Liwie | Biblioteka | |",
            problems="| Lp. | Problem własnymi słowami | Problem z listy |\n| 1 | Smog | Hałas |",
            projects="| Lp. | Nazwa projektu | Status projektu |\n| 1 | Czyste powietrze | Zaniechany |",
        )
    )
    assert register.partnership == replace(KNOWN.partnership, website="https://liw.pl")
    assert register.partners == (LIBRARY,)
    assert register.problems == (replace(KNOWN.problems[0], code="P904"),)
    assert register.projects == (replace(KNOWN.projects[0], status="abandoned"),)


def test_a_blank_cell_of_a_present_column_takes_a_value_away():
    table = "| Problem własnymi słowami | Problem z listy | Opis | Wielkość (0–10) |\n| Smog | Jakość powietrza | | |"
    problem = register_of(read_tables(KNOWN, accept_suggestions=True, problems=table)).problems[0]
    assert (problem.uid, problem.description, problem.size) == ("p1", "", None)
    assert problem.target_groups == ("G30",)


def test_a_diagnosis_named_beside_problems_is_made_once_and_known_ones_are_found():
    table = """
        | Lp. | Problem własnymi słowami | Problem z listy | Diagnoza |
        | 1 | Smog | Hałas | diagnoza 2020 |
        | 2 | Bieda | Hałas | Spacer  2023 |
        | 3 | Hałas | Hałas | spacer 2023 |
    """
    reading = read_tables(KNOWN, problems=table)
    register = register_of(reading)
    assert [diagnosis.name for diagnosis in register.diagnoses] == ["Spacer 2023"]
    assert [problem.diagnosis for problem in register.problems] == ["d1", *[register.diagnoses[0].uid] * 2]
    assert said(reading.report) == [("DIAGNOSIS-ADDED", "Problemy", 3, "Diagnoza")]


def test_a_source_is_fine_when_one_of_the_partners_may_use_it():
    reading = read_tables(
        partners="""
            | Nazwa partnera | Rodzaj partnera | Sektor |
            | Stowarzyszenie Nasz Liw | Stowarzyszenie | |
            | Sołectwo Jarnice | Sołectwo, rada osiedla | Publiczny |
        """,
        projects="""
            | Nazwa projektu | Status projektu | Lider finansowy | Partner 1 | Źródło finansowania 1 |
            | Plac zabaw | Pomysł | Stowarzyszenie Nasz Liw | Sołectwo Jarnice | Fundusz sołecki |
        """,
    )
    assert said(reading.report) == []


def test_amounts_without_a_column_stay_with_their_sources():
    known = replace(KNOWN, projects=(replace(KNOWN.projects[0], funding=(Funding("FS01", Decimal(500), 2020),)),))
    table = "| Nazwa projektu | Status projektu | Źródło finansowania 1 |\n| Czyste powietrze | Pomysł | {0} |"
    same = register_of(read_tables(known, projects=table.format("Budżet gminy")))
    other = register_of(read_tables(known, projects=table.format("Składki")))
    assert same.projects[0].funding == (Funding("FS01", Decimal(500), 2020),)
    assert other.projects[0].funding == (Funding("FS19"),)


def test_amounts_need_the_column_of_their_sources():
    table = "| Nazwa projektu | Status projektu | Kwota 1 (zł) |\n| Czyste powietrze | Pomysł | 500 |"
    reading = read_tables(projects=table)
    assert ("COLUMN-MISSING", "Projekty", 1, "Źródło finansowania 1") in said(reading.report)


def test_the_same_partner_twice_in_a_row_is_taken_once():
    reading = read_tables(
        KNOWN,
        projects="""
            | Nazwa projektu | Status projektu | Partner 1 | Partner 2 |
            | Herbata | Pomysł | KGW Jarnice | kgw jarnice |
        """,
    )
    assert register_of(reading).projects[0].partners == ("kgw",)
    assert said(reading.report) == [("VALUE-TWICE", "Projekty", 2, "Partner 1")]


def test_reading_an_unchanged_row_changes_nothing():
    book = make_book(partners=PARTNERS + "| Biblioteka w Liwie | Biblioteka | 02.01.2020 | lib |")
    assert register_of(read_book(book, KNOWN)).partners == (LIBRARY,)


def test_the_example_that_was_left_in_its_place_is_not_worth_a_word():
    table = """
        | Lp. | Nazwa partnera | Rodzaj partnera |
        | PRZYKŁAD | Gminna Biblioteka Publiczna w Przykładowie | Biblioteka |
        | 1 | Biblioteka w Liwie | Biblioteka |
    """
    reading = read_tables(partners=table)
    assert said(reading.report) == []
    assert [partner.name for partner in register_of(reading).partners] == ["Biblioteka w Liwie"]


def test_a_word_that_was_understood_is_said_once_however_many_rows_have_it():
    rows = "\n".join(f"| {number} | Ośrodek {number} | GOPS | |" for number in range(1, 6))
    reading = read_tables(partners=f"| Lp. | Nazwa partnera | Rodzaj partnera | Sektor |\n{rows}")
    assert said(reading.report) == [("WORD-UNDERSTOOD", "Partnerzy", 2, "Rodzaj partnera")]
    assert len(register_of(reading).partners) == 5


OFFICE = """
    | Lp. | Nazwa partnera | Rodzaj partnera |
    | 1 | {name} | {kind} |
"""
PROJECT = """
    | Lp. | Nazwa projektu | Status projektu | Lider finansowy | Źródło finansowania 1 | Kwota 1 (zł) | Rok 1 \
| Źródło finansowania 2 | Kwota 2 (zł) | Rok 2 |
    | 1 | Plac zabaw | Zakończony | {name} | {source} | 500 | 2023 | {source} | 600 | 2024 |
"""


@pytest.mark.parametrize("source", ["Fundusz sołecki", "Budżet obywatelski", "Budżet gminy"])
def test_the_municipality_spends_the_money_of_its_own_budget(source):
    names = {"name": "Urząd Gminy Liw", "kind": "Urząd gminy, miasta lub dzielnicy", "source": source}
    reading = read_tables(partners=OFFICE.format(**names), projects=PROJECT.format(**names))
    assert said(reading.report) == []


def test_a_doubtful_source_is_one_doubt_however_many_years_it_paid():
    names = {"name": "Bank w Liwie", "kind": "Bank spółdzielczy", "source": "Fundusz sołecki"}
    reading = read_tables(partners=OFFICE.format(**names), projects=PROJECT.format(**names))
    assert said(reading.report) == [("FUNDING-APPLICANT-DOUBTFUL", "Projekty", 2, "Źródło finansowania 1")]


MEASURED = Project(
    "p1",
    "Herbata",
    "completed",
    causes=("n1",),
    target_groups=("G06",),
    result_indicator="Odwiedzane osoby",
    result_unit="osoby",
    result_before=0.0,
    result_target=20.0,
    result_after=24.5,
    result_measured_on=date(2025, 6, 20),
    next_measurement_on=date(2026, 6, 20),
    result_shared=True,
)


def test_a_workbook_from_before_results_and_trees_keeps_them_and_has_no_new_remark():
    node = TreeNode("n1", "Autobus nie jeździ", "cause", results_from=())
    known = Register(Partnership("liw", "Partnerstwo Liw"), projects=(MEASURED,), tree_nodes=(node,))
    reading = read_tables(
        known,
        projects="""
            | Nazwa projektu | Status projektu | Id (nie zmieniać) |
            | Herbata | W realizacji | p1 |
        """,
    )
    assert register_of(reading).projects == (replace(MEASURED, status="in_progress"),)
    assert register_of(reading).tree_nodes == ()  # not named, so the store keeps it
    absent = {
        finding.facts["name"]
        for finding in reading.report
        if finding.code == "COLUMN-ABSENT" and finding.place.sheet == "Projekty"
    }
    assert "Opis" in absent
    assert not absent & {"Stan po", "Co mierzymy", "Usuwa przyczynę 1", "Grupa docelowa 1"}


@pytest.mark.parametrize(
    ("cell", "number"), [("12,5", 12.5), ("37 %", 37.0), ("24 osoby", 24.0), ("0", 0.0), ("-3", -3.0), ("", None)]
)
def test_a_measured_number_may_carry_its_unit_and_zero_is_a_number(cell, number):
    reading = read_tables(
        projects=f"""
            | Nazwa projektu | Status projektu | Co mierzymy | Stan po |
            | Herbata | Zakończony | Ludzie | {cell} |
        """
    )
    assert register_of(reading).projects[0].result_after == number


def test_a_tree_is_read_without_the_circle_that_closes_in_it():
    reading = read_tables(
        problems="""
            | Lp. | Problem własnymi słowami | Problem z listy |
            | 1 | Nikt nie zagląda | Samotność seniorów |
        """,
        problem_tree="""
            | Nazwa przyczyny lub skutku | Przyczyna czy skutek | Którego problemu 1 | Wynika z 1 | Wynika z 2 |
            | Autobus nie jeździ | Przyczyna | Nikt nie zagląda | Mało pasażerów | |
            | Mało pasażerów | Przyczyna | | Autobus nie jeździ | Wszyscy mają auta |
            | Wszyscy mają auta | przyczyny | | | |
            | Apatia | Skutek | Nikt nie zagląda | | |
        """,
    )
    bus, passengers, cars, gloom = register_of(reading).tree_nodes
    assert (bus.results_from, passengers.results_from) == ((), (cars.uid,))
    assert bus.problems == gloom.problems == (register_of(reading).problems[0].uid,)
    (circle,) = [finding for finding in reading.report if finding.code == "TREE-CYCLE"]
    assert "Autobus nie jeździ → Mało pasażerów → Autobus nie jeździ" in circle.message("pl")

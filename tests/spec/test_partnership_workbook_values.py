"""What people type into the cells of the partnership workbook, and what it is taken for."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from surveys.model import Territory
from tests.made.partnership_workbooks import make_book, read_book, read_tables, register_of, said

HERBATA = "| Nazwa projektu | Status projektu | {0} |\n| Herbata | Pomysł | {1} |"
KLUB = (
    "| Nazwa działania | Obszar tematyczny | Forma działania | Data rozpoczęcia | {0} |\n"
    "| Klub | Kultura i dziedzictwo | Klub | 12.09.2024 | {1} |"
)
BIBLIOTEKA = "| Nazwa partnera | Rodzaj partnera | {0} |\n| W Liwie | Biblioteka | {1} |"
SAMOTNI = "| Problem własnymi słowami | Problem z listy | {0} |\n| Nikt nie zagląda | Samotność seniorów | {1} |"


def read_project(column: str, cell: str):
    return register_of(read_tables(projects=HERBATA.format(column, cell))).projects[0]


@pytest.mark.parametrize(
    "written",
    [
        "31.12.2024",
        "31-12-2024",
        "2024-12-31",
        "2024.12.31",
        "31/12/2024",
        "31.12.2024 r.",
        "31.12.2024r.",
        "31 grudnia 2024",
        "31 GRUDNIA 2024 roku",
        "31. gru 2024",
        "31 XII 2024",
        "31 December 2024",
        "@2024-12-31",
        "45657",
    ],
)
def test_a_day_may_be_written_in_many_ways(written):
    assert read_project("Początek", written).starts_on == date(2024, 12, 31)


def test_a_cell_with_an_hour_is_its_day():
    book = make_book(projects=HERBATA.format("Początek", "@2024-12-31"))
    column = book.sheets[3].columns[2]
    object.__setattr__(column, "values", ("Początek", datetime(2024, 12, 31, 17, 30)))  # noqa: DTZ001 # as in a file
    assert register_of(read_book(book)).projects[0].starts_on == date(2024, 12, 31)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("30.02.2024", "DATE-UNREADABLE"),
        ("31 wrzesnia 2024", "DATE-UNREADABLE"),
        ("po wakacjach", "DATE-UNREADABLE"),
        ("12 marta 2024", "DATE-UNREADABLE"),
        ("7", "DATE-UNREADABLE"),
        ("2024", "DATE-INCOMPLETE"),
        ('"2024"', "DATE-INCOMPLETE"),
        ('"05.2024"', "DATE-INCOMPLETE"),
        ("maja 2024", "DATE-INCOMPLETE"),
        ("1.5.24", "DATE-AMBIGUOUS"),
        ("3/4/2024", "DATE-AMBIGUOUS"),
    ],
)
def test_a_day_that_is_not_certain_is_asked_about(written, code):
    reading = read_tables(projects=HERBATA.format("Początek", written))
    assert said(reading.report) == [(code, "Projekty", 2, "Początek")]


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("1234,50", "1234.50"),
        ("1 234,50 zł", "1234.50"),
        ("1\u00a0234,50\u00a0zł", "1234.50"),
        ("1.234,50", "1234.50"),
        ("1234.5", "1234.50"),
        ('"1234.50"', "1234.50"),
        ("12000 PLN", "12000"),
        ("0", "0"),
        ("12.345", "12.35"),
    ],
)
def test_an_amount_may_be_written_in_many_ways(written, amount):
    assert read_project("Wkład własny (zł)", written).own_contribution_pln == Decimal(amount)


@pytest.mark.parametrize("written", ["12 tys. zł", "ok. 500", "500 zł/os.", "2 x 300", "999999999999999"])
def test_an_amount_with_words_is_asked_about(written):
    reading = read_tables(projects=HERBATA.format("Wkład własny (zł)", written))
    assert said(reading.report) == [("AMOUNT-UNREADABLE", "Projekty", 2, "Wkład własny (zł)")]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        *((word, True) for word in ("Tak", "TAK", "t", "x", "X", "1", "yes", "prawda", "+")),
        *((word, False) for word in ("Nie", "n", "N", "0", "no")),
        *((word, None) for word in ("", "?", "nie wiem", "-")),
    ],
)
def test_yes_and_no_in_many_words(written, value):
    reading = read_tables(partners=BIBLIOTEKA.format("Osobowość prawna", written))
    assert register_of(reading).partners[0].has_legal_personality is value


@pytest.mark.parametrize("written", ["Biblioteka", "biblioteka", "BIBLIOTEKA ", "K109", "Library"])
def test_a_label_or_code_is_taken_in_silence(written):
    reading = read_tables(partners=f"| Nazwa partnera | Rodzaj partnera | Sektor |\n| W Liwie | {written} | |")
    assert register_of(reading).partners[0].kind == "K109"
    assert said(reading.report) == []


def test_a_synonym_is_taken_and_said():
    reading = read_tables(partners="| Nazwa partnera | Rodzaj partnera | Sektor |\n| W Liwie | GOPS | NGO |")
    assert register_of(reading).partners[0].kind == "K103"
    assert [code for code, *_ in said(reading.report)][:2] == ["WORD-UNDERSTOOD", "WORD-UNDERSTOOD"]


def test_a_misspelt_word_is_never_guessed_silently():
    table = "| Nazwa partnera | Rodzaj partnera | Sektor |\n| W Liwie | Bibloteka | |"
    asked = read_tables(partners=table)
    assert asked.register is None
    assert said(asked.report) == [("WORD-SUGGESTED", "Partnerzy", 2, "Rodzaj partnera")]
    assert "Czy chodziło o „Biblioteka”?" in asked.report.errors[0].message("pl")
    taken = read_tables(partners=table, accept_suggestions=True)
    assert register_of(taken).partners[0].kind == "K109"
    assert said(taken.report) == [("WORD-SUGGESTION-TAKEN", "Partnerzy", 2, "Rodzaj partnera")]


def test_a_word_that_is_like_nothing_stops_even_with_suggestions_accepted():
    reading = read_tables(
        partners="| Nazwa partnera | Rodzaj partnera | Sektor |\n| W Liwie | qwertyuiop | |", accept_suggestions=True
    )
    assert said(reading.report) == [("WORD-UNKNOWN", "Partnerzy", 2, "Rodzaj partnera")]


def test_several_words_stand_in_numbered_columns_or_between_semicolons():
    reading = read_tables(
        problems="""
            | Problem własnymi słowami | Problem z listy | Grupa docelowa 2 | Grupa docelowa 1 | Grupa docelowa 5 |
            | Nikt nie zagląda | Samotność seniorów | Kobiety | Seniorzy 60+; Młodzież | G28 |
        """
    )
    assert register_of(reading).problems[0].target_groups == ("G05", "G03", "G07", "G28")


def test_a_label_with_commas_is_one_word():
    reading = read_tables(
        problems="| Problem własnymi słowami | Problem z listy | Grupa docelowa 1 |\n"
        "| Bieda | Ubóstwo, niskie dochody | Liderzy, sołtysi, wolontariusze |"
    )
    assert register_of(reading).problems[0].target_groups == ("G28",)


def test_a_wide_group_becomes_its_members_when_suggestions_are_accepted():
    reading = read_tables(problems=SAMOTNI.format("Grupa docelowa 1", "Dzieci i młodzież"), accept_suggestions=True)
    assert register_of(reading).problems[0].target_groups == ("G01", "G02", "G03", "G04")
    assert said(reading.report) == [("WORD-SUGGESTION-TAKEN", "Problemy", 2, "Grupa docelowa 1")]


def test_blank_cells_have_their_promised_meaning():
    register = register_of(
        read_tables(
            partners="| Nazwa partnera | Rodzaj partnera | Sektor | Data wystąpienia |\n"
            "| W Liwie | Biblioteka | | |\n| KGW Jarnice | Koło gospodyń wiejskich | | 01.02.2024 |",
            problems=SAMOTNI.format("Status problemu", ""),
        )
    )
    library, circle = register.partners
    assert (library.sector, library.membership.status, library.founded_by_partnership) == ("public", "active", False)
    assert (circle.sector, circle.membership.status) == ("civic", "withdrawn")
    assert (register.problems[0].theme, register.problems[0].status) == ("T04", "reported")


def test_a_problem_without_a_code_gets_the_suggested_one_when_suggestions_are_accepted():
    table = "| Lp. | Problem własnymi słowami | Problem z listy |\n| 1 | Brak świetlicy dla młodzieży | |"
    reading = read_tables(problems=table, accept_suggestions=True)
    assert register_of(reading).problems[0].code == "P601"
    assert said(reading.report) == [("WORD-SUGGESTION-TAKEN", "Problemy", 2, "Problem z listy")]


def test_texts_keep_their_signs_and_line_breaks():
    register = register_of(read_tables(projects=HERBATA.format("Opis", '=SUMA(A1)\\n„Żółw” & "jaźń".')))
    assert register.projects[0].description == '=SUMA(A1)\n„Żółw” & "jaźń".'


def test_money_stays_with_its_number():
    project = register_of(
        read_tables(
            projects="| Nazwa projektu | Status projektu | Kwota 2 (zł) | Źródło finansowania 2 "
            "| Źródło finansowania 1 | Kwota 1 (zł) | Rok 2 |\n"
            "| Herbata | Pomysł | 200 | Wkład rzeczowy | Budżet gminy | 100 | 2024 |"
        )
    ).projects[0]
    assert [(money.source, money.amount_pln, money.year) for money in project.funding] == [
        ("FS01", Decimal(100), None),
        ("FS24", Decimal(200), 2024),
    ]


TERRITORY = """
    | Nazwa partnerstwa | Partnerstwo |

    | Gmina, dzielnica lub powiat | Kod TERYT | Część tego obszaru |
    | {0} | {1} | {2} |
"""


@pytest.mark.parametrize(
    ("area", "teryt", "named", "expected"),
    [
        ("Liw", "", "", Territory("1433042")),
        ("gmina Liw", "", "Dolina Liwca", Territory("1433042", "Dolina Liwca")),
        ("Liw (gmina wiejska, pow. węgrowski)", "", "", Territory("1433042")),
        ("", "1433042", "", Territory("1433042")),
        ("", '"1433042"', "", Territory("1433042")),
        ("", "143304", "", Territory("1433042")),
        ("powiat węgrowski", "", "", Territory("1433")),
        ("", "1433", "", Territory("1433")),
        ("Mokotów", "", "", Territory("1465058")),
        ("Warszawa", "", "Powiśle", Territory("1465011", "Powiśle")),
        ("Warszawa (miasto na prawach powiatu)", "", "", Territory("1465011")),
        ("Brzeziny", "1021022", "", Territory("1021022")),
        ("", "201011", "", Territory("0201011")),
    ],
)
def test_an_area_may_be_named_in_many_ways(area, teryt, named, expected):
    reading = read_tables(partnership=TERRITORY.format(area, teryt, named))
    assert register_of(reading).partnership.territory == (expected,)
    assert "AREA-TERYT-DIFFER" not in [code for code, *_ in said(reading.report)]


def test_homonyms_are_listed_with_their_codes():
    reading = read_tables(partnership=TERRITORY.format("Brzeziny", "", ""))
    message = next(finding for finding in reading.report if finding.code == "AREA-AMBIGUOUS").message("pl")
    assert "Brzeziny (gmina wiejska, pow. kaliski) – 3007022" in message


def test_a_row_with_only_a_part_of_an_area_asks_for_the_area():
    reading = read_tables(partnership=TERRITORY.format("", "", "Powiśle"))
    assert ("VALUE-MISSING", "Partnerstwo", 4, "Gmina, dzielnica lub powiat") in said(reading.report)


def test_personal_data_are_no_reason_to_stop():
    reading = read_tables(activities=KLUB.format("Opis", "zapisy: 600 700 800, jan@example.com"))
    assert [code for code, *_ in said(reading.report)] == ["PERSONAL-PHONE", "PERSONAL-EMAIL"]
    assert register_of(reading).activities


def test_a_faint_likeness_is_not_suggested():
    reading = read_tables(problems="| Lp. | Problem własnymi słowami | Problem z listy |\n| 1 | Cośtam | cośtam |")
    assert said(reading.report) == [("WORD-UNKNOWN", "Problemy", 2, "Problem z listy")]
    blank = read_tables(problems="| Lp. | Problem własnymi słowami | Problem z listy |\n| 1 | Cośtam | |")
    assert said(blank.report) == [("VALUE-MISSING", "Problemy", 2, "Problem z listy")]

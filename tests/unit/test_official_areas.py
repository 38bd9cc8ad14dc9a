"""Codes of BDL's units and the catalogue of indicators: nothing is trusted by number alone."""

import pytest

from surveys.indicators import LeftOut, name_variable, read_area_code
from surveys.indicators.catalogue import check_number, find_indicator
from surveys.vocabulary import load


def long_code(teryt: str) -> str:
    """BDL's number of a unit: its macroregion, region and subregion made up."""
    filled = teryt.ljust(7, "0")
    region = "000" if len(teryt) == 2 else "123"
    return f"07{filled[:2]}{region}{filled[2:]}"


def test_every_area_is_found_by_both_of_its_codes():
    areas = load().areas
    for teryt in areas:
        assert read_area_code(teryt.ljust(7, "0"), areas) == (teryt, False)
        assert read_area_code(long_code(teryt), areas) == (teryt, False)
        # A spreadsheet takes the first zero away.
        assert read_area_code(long_code(teryt).lstrip("0"), areas) == (teryt, False)
        if teryt.startswith("0"):
            assert read_area_code(teryt.ljust(7, "0")[1:], areas) == (teryt, False)


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("000000000000", ("00", False)), ("0000000", ("00", False)), ("0", ("00", False)),
        ("071412865011", ("1465011", False)), ("071412865108", ("1465108", False)),
        ("012415075011", ("2475011", False)),
        ("023200000000", ("32", False)), ("030210423000", ("0223", False)),
        ("070000000000", LeftOut.REGION), ("071420000000", LeftOut.REGION), ("071422900000", LeftOut.REGION),
        ("023016124084", LeftOut.PART), ("1433055", LeftOut.PART),
        ("1433052", ("1433053", True)), ("9999011", LeftOut.UNKNOWN), ("12345", LeftOut.UNKNOWN), ("", LeftOut.UNKNOWN),
        ("143304", ("1433042", False)), ("abc", LeftOut.UNKNOWN),
    ],
)  # fmt: skip
def test_codes_of_units(code, found):
    assert read_area_code(code, load().areas) == found


def variable(*dimensions, **more):
    return name_variable("bdl", dimensions, **more)


def test_a_variable_is_an_indicator_by_its_name():
    catalogue = load().indicators
    poverty = variable(
        "beneficjenci środowiskowej pomocy społecznej na 10 tys. ludności", unit="osoba", subject_code="P3870"
    )
    assert find_indicator(poverty, catalogue).problems == ("P101",)
    population = {"unit": "osoba", "subject": "Ludność wg grup wieku i płci"}
    assert find_indicator(variable("ogółem", "ogółem", **population), catalogue).code == "IND01"
    # Women, or an age, are not everybody; another unit or table is another variable.
    for other in (
        variable("ogółem", "kobiety", **population),
        variable("20-24", "ogółem", **population),
        variable("ogółem", "ogółem", unit="%", subject="Ludność wg grup wieku i płci"),
        variable("ogółem", "ogółem", unit="osoba", subject="Ludność wg grup wieku i płci", subject_code="P9999"),
        variable("ogółem", unit="osoba"),
    ):
        assert find_indicator(other, catalogue) is None


def test_the_right_number_with_another_name_is_a_finding_and_no_indicator():
    catalogue = load().indicators
    wrong = variable("pogłowie bydła", unit="szt.", bdl_id=60270)
    assert check_number(wrong, catalogue).code == "INDICATORS-NAME-OTHER"
    assert find_indicator(wrong, catalogue) is None
    right = variable("ogółem", unit="%", subject="Stopa bezrobocia rejestrowanego", subject_code="P2392", bdl_id=60270)
    assert check_number(right, catalogue) is None
    assert find_indicator(right, catalogue).code == "IND03"


def test_towns_alone_are_another_variable_than_everybody():
    catalogue = load().indicators
    table = {"unit": "%", "subject": "Korzystający z instalacji w % ogółu ludności"}
    for kind, code in (("kanalizacja", "IND11"), ("wodociąg", "IND12")):
        assert find_indicator(variable("ogółem", kind, **table), catalogue).code == code
        assert find_indicator(variable("w miastach", kind, **table), catalogue) is None
    assert find_indicator(variable("ogółem", "gaz", **table), catalogue) is None


def test_children_in_nurseries_are_not_places_in_them():
    catalogue = load().indicators
    per = "w żłobkach i klubach dziecięcych na 1000 dzieci w wieku do lat 3"
    assert find_indicator(variable(f"dzieci {per}", bdl_id=1649859), catalogue).code == "IND14"
    assert find_indicator(variable(f"miejsca {per}", bdl_id=1649860), catalogue) is None


def test_the_catalogue_speaks_of_known_problems_and_has_no_number_twice():
    catalogue = load().indicators
    numbers = [indicator.bdl_id for indicator in catalogue]
    assert len(set(numbers)) == len(numbers)
    assert {code for indicator in catalogue for code in indicator.problems} <= set(load().problems)
    assert any(not indicator.verified for indicator in catalogue)

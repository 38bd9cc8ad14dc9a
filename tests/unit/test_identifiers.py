"""Personal data are found by what they are, and numbers that only look like them are left alone."""

import random

import pytest

from surveys.privacy.identifiers import SCRUBBED, IdentifierKind, is_pesel, kind_of_header, scan, scrub_text

# Made numbers with a right checksum and a real date; they belong to nobody that we know of.
PESELS = ("44051401359", "02070803628", "92071314764", "00242112342")


def make_pesel(chance):
    digits = (
        f"{chance.randrange(100):02}{chance.randint(1, 12):02}{chance.randint(1, 28):02}{chance.randrange(10**4):04}"
    )
    weights = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)
    return digits + str(-sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True)) % 10)


@pytest.mark.parametrize("number", PESELS[:3])
def test_a_pesel_has_its_checksum_and_its_date(number):
    assert is_pesel(number)


@pytest.mark.parametrize(
    "number", ["44051401358", "44133201359", "4405140135", "440514013599", "abcdefghijk", "", "٤٤٠٥١٤٠١٣٥٩"]
)
def test_other_digits_are_no_pesel(number):
    assert not is_pesel(number)


def test_few_random_numbers_pass_for_a_pesel():
    chance = random.Random(1)  # noqa: S311 # made bytes, not secrets
    passed = sum(is_pesel(f"{chance.randrange(10**11):011}") for _ in range(20_000))
    assert passed < 0.03 * 20_000


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("Adres e-mail", IdentifierKind.EMAIL),
        ("E-mail kontaktowy", IdentifierKind.EMAIL),
        ("Imię i nazwisko", IdentifierKind.NAME),
        ("Nazwa użytkownika", IdentifierKind.NAME),
        ("Ankieterka", IdentifierKind.NAME),
        ("Rozmowę przeprowadził(a)", IdentifierKind.NAME),
        ("senior_surveyor", IdentifierKind.NAME),
        ("Enumerator name", IdentifierKind.NAME),
        ("Jak ocenia Pani ankieterkę?", None),
        ("Numer telefonu", IdentifierKind.PHONE),
        ("PESEL", IdentifierKind.PESEL),
        ("Adres zamieszkania", IdentifierKind.ADDRESS),
        ("Adres IP", IdentifierKind.IP),
        ("Jak ocenia Pan/Pani dostęp do telefonu zaufania w naszej gminie?", None),
        ("Wiek", None),
        ("Czy zna Pani adresy punktów pomocy w naszej okolicy i ich godziny?", None),
    ],
)
def test_headers_that_ask_for_personal_data(header, kind):
    assert kind_of_header(header) == kind


@pytest.mark.parametrize(
    ("values", "header", "kind"),
    [
        (["anna@example.org", "jan.k@example.com", None], "Kontakt", IdentifierKind.EMAIL),
        (["+48 600 700 800", "600-700-801", ""], "Kontakt", IdentifierKind.PHONE),
        ([600700800.0, 600700801.0], "Telefon", IdentifierKind.PHONE),
        ([600700800.0, 600700801.0], "Nakłady w złotych", None),
        (["Anna Kowalska", "Jan Zając", "Łucja Żak-Nowak"], "Imię i nazwisko", IdentifierKind.NAME),
        (["Tak", "Nie", "Nie wiem"], "Czy podać imię?", None),
        (["Proszę o telefon: 600 700 800", "Dzwonić na +48 600 700 801 wieczorem"], "Uwagi", None),
        (["ul. Długa 5", "Rynek 1/2"], "Adres", IdentifierKind.ADDRESS),
        (["192.168.0.1", "10.0.0.255"], "x", IdentifierKind.IP),
        (["Ocena telefonu zaufania", "dobra"], "Jak ocenia Pan telefon zaufania?", None),
        (["brak", "park"], "Czego brakuje?", None),
        (["1.5.2024", "2.5.2024"], "Kiedy?", None),
    ],
)
def test_columns_are_known_by_values_and_header(values, header, kind):
    assert scan(values, header=header).kind == kind


def test_a_column_of_pesel_is_known_even_without_its_zeros():
    chance = random.Random(3)  # noqa: S311 # made bytes, not secrets
    numbers = [make_pesel(chance) for _ in range(200)]
    assert scan(numbers).kind is IdentifierKind.PESEL
    assert scan([float(number) for number in numbers]).kind is IdentifierKind.PESEL


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Proszę dzwonić: 600 700 800 po 16", {IdentifierKind.PHONE}),
        ("tel. +48600700800", {IdentifierKind.PHONE}),
        ("(25) 792 30 11", {IdentifierKind.PHONE}),
        ("piszcie na anna.kowalska+ankieta@poczta.example.org!", {IdentifierKind.EMAIL}),
        ("mój pesel 44051401359, dziękuję", {IdentifierKind.PESEL}),
        ("z adresu 83.12.44.7 nie działa", {IdentifierKind.IP}),
    ],
)
def test_personal_data_go_out_of_texts(text, kinds):
    cleaned, found = scrub_text(text)
    assert found == kinds
    assert SCRUBBED in cleaned
    assert scrub_text(cleaned) == (cleaned, frozenset())


@pytest.mark.parametrize(
    "text",
    [
        "W latach 2015-2024 było 12 000 000 zł na drogi",
        "na 100 000 000 nie ma szans",
        "droga nr 637, km 12,5; wersja 1.2.3",
        "44051401358 to numer konta? 12 3456 7890",
        "dzwonić do urzędu",
        "e-mail nie działa @ urząd",
        "999.999.999.999",
    ],
)
def test_other_texts_stay_as_they_are(text):
    assert scrub_text(text) == (text, frozenset())

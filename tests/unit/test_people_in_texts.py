"""Names of people in open texts: found in every case, and never in streets, offices, saints and places."""

import pytest

from surveys.language import morphology
from surveys.privacy.identifiers import SCRUBBED
from surveys.privacy.people_in_texts import Found, find_people, scrub_people

needs_dictionary = pytest.mark.skipif(not morphology.is_available(), reason="there is no dictionary on this machine")

PEOPLE = (
    "Pani [Kowalska] z urzędu pomaga",
    "sołtys [Mazur] nic nie robi",
    "[Jan Nowak] pije pod sklepem",
    "rozmawiałem z [Anną Wiśniewską] o drodze",
    "Zapytajcie p. [Nowak], ona wie",
    "dr [Nowakowi] dziękuję",
    "pani doktor [Zielińska] jest miła",
    "Proszę zapytać pana [Brzęczyszczykiewicza].",
    "[JAN KOWALSKI] BIJE ŻONĘ",
    "dyrektorka [Maria Wójcik] obiecała",
    "u [Krzyśka Malinowskiego] jest bar",
    "działka Pana [Stanisława Kowala]",
    "[Halina Nowak-Kowalska] prowadzi koło",
    "ks. [Wiśniewski] pomaga",
    "rodzina państwa [Kowalskich]",
    "[Kasia Lis] i [Tomek Zając]",
    "wójt [Adam Pawlak] wie",
)
NOBODY = (
    "ulica Długa jest dziurawa",
    "ul. Długa, ul. Mazurska",
    "sołtys zrobił dużo",
    "Sołtys Długiej",
    "Mazur",
    "brak chodników na Mazurach",
    "Szkoła im. Jana Kochanowskiego",
    "na ulicy Marii Konopnickiej",
    "plac Jana Pawła II",
    "Matki Boskiej Częstochowskiej",
    "Kościół Świętego Jana Chrzciciela",
    "Pani Dyrektor nie słucha",
    "Panie Boże",
    "Pan Wójt",
    "Pani Bibliotekarka jest super",
    "Pan Jezus",
    "Państwo Polskie",
    "wójt Liwa",
    "burmistrz Warszawy",
    "burmistrz Węgrowa",
    "burmistrz Różana",
    "wójt Słupna",
    "Koło Gospodyń Wiejskich",
    "Ośrodek Pomocy Społecznej",
    "Dom Kultury",
    "Dolina Jeziorki",
    "Dzień Dziecka",
    "Orlik Sportowy",
    "w Nowej Wsi",
    "Długa Kościelna",
    "Rada Sołecka",
    "Zielona Góra",
    "Jest Super Sklep",
    "Park Wodny",
    "Brak lekarza. Jan mówi",
    "Polski Związek Emerytów",
    "Klub Seniora Złota Jesień",
    "Radni Gminy",
    "dyrektor Szkoły Podstawowej",
    "radny Rady Gminy",
    "kierownik OPS",
    "lekarz Rodzinny",
    "Panie i Panowie",
    "Ruch w maju i w lipcu",
    "",
)


def bare(marked):
    return marked.replace("[", "").replace("]", "")


@needs_dictionary
@pytest.mark.parametrize("marked", PEOPLE)
def test_people_are_found_where_they_are_named(marked):
    text = bare(marked)
    shown = text
    for span in reversed(find_people(text)):
        shown = f"{shown[: span.start]}[{shown[span.start : span.end]}]{shown[span.end :]}"
    assert shown == marked


@needs_dictionary
@pytest.mark.parametrize("text", NOBODY)
def test_streets_offices_saints_and_places_are_nobody(text):
    assert find_people(text) == ()


@needs_dictionary
def test_only_the_name_is_taken_out():
    text, shown = scrub_people("Pani Kowalska i Jan Nowak pomagają, a droga jest zła.")
    assert text == f"Pani {SCRUBBED} i {SCRUBBED} pomagają, a droga jest zła."
    assert shown == {Found.TITLE, Found.GIVEN_NAME}


def test_without_a_dictionary_endings_behind_a_title_still_show_people(monkeypatch):
    monkeypatch.setattr(morphology, "_load", lambda: None)
    morphology.analyse.cache_clear()
    try:
        assert scrub_people("Pani Kowalska, p. Wiśniewskiego i dr Nowak")[0] == (
            f"Pani {SCRUBBED}, p. {SCRUBBED} i dr Nowak"
        )
        assert [text for text in NOBODY if find_people(text)] == []
    finally:
        morphology.analyse.cache_clear()


@pytest.mark.parametrize("text", ["a" * 30_000, "Pan " * 5_000, "Jan-" * 5_000, "\x00\ud800 Pan \u202e", "p. " * 9_000])
def test_odd_texts_take_no_time(text):
    find_people(text)

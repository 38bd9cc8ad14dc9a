"""Options that hold the very sign that joins them."""

from etl.clean.labels import option_key
from etl.mapping.splitting import split_options

OWN = "Brak informacji; nikt nie zaprosił"


def cut(*cells, known=()):
    return list(split_options(cells, [1] * len(cells), ";", known).pieces)


def test_a_tool_that_joins_without_a_space_leaves_an_options_own_semicolon_whole():
    assert cut("Brak czasu;Zdrowie", f"Brak czasu;{OWN}", f"{OWN};Zdrowie") == [
        ("Brak czasu", "Zdrowie"),
        ("Brak czasu", OWN),
        (OWN, "Zdrowie"),
    ]


def test_hand_written_lists_with_and_without_spaces_are_still_cut():
    assert cut("drogi;bus", "bus; drogi", "lekarz; bus") == [("drogi", "bus"), ("bus", "drogi"), ("lekarz", "bus")]
    assert cut("Drogi;Bus", "Bus; Drogi", "Lekarz; Bus") == [("Drogi", "Bus"), ("Bus", "Drogi"), ("Lekarz", "Bus")]


def test_halves_that_are_never_apart_are_one_option():
    cells = ["Brak czasu", f"Brak czasu; {OWN}", f"{OWN}; Zdrowie", f"Brak czasu; {OWN}; Zdrowie"]
    assert cut(*cells)[1:3] == [("Brak czasu", OWN), (OWN, "Zdrowie")]


def test_a_half_that_was_met_alone_is_an_option_of_its_own():
    assert cut("Drogi; bus", "Drogi", "Drogi; bus; las", "Las; drogi; bus")[0] == ("Drogi", "bus")


def test_a_known_option_is_not_cut():
    assert cut(f"{OWN};Zdrowie", known={option_key(OWN)}) == [(OWN, "Zdrowie")]
    assert cut("A;b;C", known={option_key("A;b")}) == [("A;b", "C")]


def test_options_that_end_alike_are_told_by_what_their_tool_does():
    cells = ["Targ; rynek;Sklep; rynek", "Sklep; rynek", "Targ; rynek"]
    told = split_options(cells, [1] * 3, ";", tight=True)
    assert list(told.pieces) == [("Targ; rynek", "Sklep; rynek"), ("Sklep; rynek",), ("Targ; rynek",)]


def test_an_option_in_small_letters_with_a_stray_space_stays_apart():
    cells = ["Lekarze; od pielęgniarek", "od pielęgniarek", "Apteki; od pielęgniarek"]
    told = split_options(cells, [1] * 3, ";", tight=True)
    assert told.pieces[0] == ("Lekarze", "od pielęgniarek")


def test_options_joined_by_commas_may_end_alike():
    cells = ["Targ, rynek, Bus", "Sklep, rynek", "Bus, Sklep, rynek", "Targ, rynek"]
    assert list(split_options(cells, [1] * 4, ", ").pieces) == [
        ("Targ, rynek", "Bus"),
        ("Sklep, rynek",),
        ("Bus", "Sklep, rynek"),
        ("Targ, rynek",),
    ]

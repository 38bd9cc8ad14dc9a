"""Areas: any level by its code, homonyms told apart, what lies in what."""

import pytest

from surveys.vocabulary import AreaLevel, load, load_outline


@pytest.fixture(scope="module")
def areas():
    return load().areas


def test_how_many_there_are(areas):
    assert (len(areas.voivodeships), len(areas.powiats), len(areas.gminas)) == (16, 380, 2495)
    assert len(areas) == len(areas.codes) == 16 + 380 + 2495


@pytest.mark.parametrize(
    ("code", "polish", "english", "level"),
    [
        ("14", "województwo mazowieckie", "mazowieckie voivodeship", AreaLevel.VOIVODESHIP),
        ("1433", "powiat węgrowski", "powiat węgrowski", AreaLevel.POWIAT),
        ("1433042", "Liw (gmina wiejska, pow. węgrowski)", "Liw (rural gmina, powiat węgrowski)", AreaLevel.GMINA),
        ("143304", "Liw (gmina wiejska, pow. węgrowski)", "Liw (rural gmina, powiat węgrowski)", AreaLevel.GMINA),
        ("1462011", "Płock (miasto na prawach powiatu)", "Płock (city with powiat rights)", AreaLevel.GMINA),
        ("1465058", "Mokotów (dzielnica, Warszawa)", "Mokotów (district of Warszawa)", AreaLevel.DISTRICT),
    ],
)
def test_a_code_of_any_level(areas, code, polish, english, level):
    assert (areas.label(code, "pl"), areas.label(code, "en"), areas[code].level) == (polish, english, level)


@pytest.mark.parametrize("code", ["", "99", "9999", "999999", "9999999", "1433043", "Liw"])
def test_an_unknown_code(areas, code):
    assert code not in areas
    with pytest.raises(KeyError):
        areas.label(code, "pl")


def test_homonyms_are_all_found_and_can_be_told_apart(areas):
    found = areas.find("pionki")
    assert [area.label("pl") for area in found] == [
        "Pionki (gmina miejska, pow. radomski)",
        "Pionki (gmina wiejska, pow. radomski)",
    ]
    assert len({area.label("pl") for area in areas.find("Osiek")}) == len(areas.find("Osiek")) >= 4


def test_no_two_gminas_have_one_label(areas):
    labels = [area.label("pl") for area in areas.gminas]
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("LIW", ["1433042"]),
        ("gmina Liw", ["1433042"]),
        ("gm. Słupno", ["1419122"]),
        ("Krasnosielc", ["1411042"]),
        ("zyrardow", ["1438011"]),
        ("Warszawa", ["1465011"]),
        ("m. Warszawa", ["1465011"]),
        ("Warszawa-Mokotów", ["1465058"]),
        ("Warszawa – Mokotów", ["1465058"]),
        ("Warszawa Ochota", ["1465068"]),
        ("powiat węgrowski", ["1433"]),
        ("pow. węgrowski", ["1433"]),
        ("woj. mazowieckie", ["14"]),
        ("Dolina Jeziorki", []),
        ("", []),
    ],
)
def test_find_by_name(areas, name, codes):
    assert [area.teryt for area in areas.find(name)] == codes


def test_units_inside_others(areas):
    assert areas.covers("14", "1433042")
    assert areas.covers("1433", "1433042")
    assert areas.covers("1465011", "1465058")  # the city and its district
    assert areas.covers("1433042", "1433042")
    assert not areas.covers("1433042", "1433")
    assert not areas.covers("1425011", "1425082")  # the town of Pionki and the gmina around it


def test_children(areas):
    assert "1433042" in {area.teryt for area in areas.children("1433")}
    assert len(areas.children("14")) == 42
    assert len(areas.children("1465011")) == 18
    assert [area.teryt for area in areas.children("1465")] == ["1465011"]
    assert areas.children("1433042") == ()


def test_derived_levels_lie_where_their_gminas_lie(areas):
    powiat = areas["1433"]
    assert 52.2 < powiat.lat < 52.7
    assert 21.6 < powiat.lon < 22.3
    assert (powiat.voivodeship, powiat.voivodeship_code, powiat.powiat_code) == ("mazowieckie", "14", "1433")


def test_the_outline_has_every_powiat_of_mazowsze(areas):
    outline = load_outline()
    drawn = {feature["properties"]["teryt"]: feature for feature in outline["features"]}
    assert set(drawn) == {area.teryt for area in areas.children("14")}
    assert all(feature["geometry"]["type"] in {"Polygon", "MultiPolygon"} for feature in drawn.values())
    assert all(feature["properties"]["name"] == areas[code].name for code, feature in drawn.items())

"""What counts as a mirror: the newest survey of residents, the partners' own where enough answered, own areas only."""

from decimal import Decimal

import pandas as pd
import pytest

from dashboard.mirrors_story.gathering import gather
from etl.store.reading import PlaceShares
from etl.store.reading.indicators import PlaceAmong, StoredVariable
from etl.store.reading.official_places import OfficialStanding, OfficialStandings
from surveys.analysis.three_mirrors import OPEN, SEES, SEES_NOT, Mirror
from surveys.indicators import Figure, FigureState, name_variable
from surveys.vocabulary import load

RESIDENTS, PARTNERS, DATA = Mirror
LIW, WEGROW, POWIAT = "1433042", "1433011", "1433"
CODES = [code for code in load().problems if code != "PB99"][:12]
NO_ENTRIES = pd.DataFrame(columns=["partnership", "code", "status", "size", "severity"])
NO_PLACE = pd.DataFrame(columns=["partnership", "teryt", "name"])

QUESTION = ["measured", "asked", "partnership", "wave", "wave_name", "question", "type", "text_pl", "text_en", "base",
            "opened_on", "closed_on", "population"]  # fmt: skip
OPTION = ["asked", "position", "code", "label_pl", "label_en", "missing_kind", "is_other"]


def survey(*measurements, slug="liw") -> PlaceShares:
    """Measurements as (question, people, counts by code), the earliest first."""
    questions, options, counts = [], [], []
    for number, (question, people, chosen) in enumerate(measurements):
        wave = (f"w{number}", f"W{number}")
        questions.append((number, number, slug, *wave, question, "multiple", "?", "?", people, pd.NaT, pd.NaT, None))
        for position, code in enumerate([*CODES, "PB99", "dont_know"]):
            missing = "dont_know" if code == "dont_know" else None
            options.append((number, position, code, code, code, missing, code == "PB99"))
        counts += [(number, code, count) for code, count in chosen.items()]
    return PlaceShares(
        pd.DataFrame(questions, columns=QUESTION),
        pd.DataFrame(options, columns=OPTION),
        pd.DataFrame(counts, columns=["measured", "code", "people"]),
        NO_PLACE,
    )


def standing(code: str, teryt: str, share: float, *, places: int = 21) -> OfficialStanding:
    """A place that stands worse than a share of the others."""
    entry = next(one for one in load().indicators if one.code == code)
    below = round(share * (places - 1))
    figure = Figure(2024, teryt, "5", FigureState.VALUE)
    among = PlaceAmong(2024, figure, None, tuple(map(Decimal, range(places))), below, 0, 0)
    return OfficialStanding(entry, StoredVariable(1, name_variable("bdl", ["a"]), (2024,)), teryt, among)


def territory(*places, slug="liw") -> pd.DataFrame:
    return pd.DataFrame([(slug, teryt, name) for teryt, name in places], columns=NO_PLACE.columns)


def look(shares=None, entries=NO_ENTRIES, places=NO_PLACE, official=()):
    gathered = gather(("liw",), shares or survey(), entries, places, OfficialStandings(tuple(official), {}))
    return gathered, {code: gathered.sights["liw", code] for code in gathered.places["liw"].problems}


EVEN = dict.fromkeys(CODES, 20)


def test_the_newest_survey_of_residents_counts_and_young_people_are_no_residents():
    shares = survey(
        ("main_problems", 100, EVEN | {CODES[0]: 90}),
        ("main_problems", 100, EVEN | {CODES[1]: 90, "PB99": 99}),
        ("youth_problems", 100, EVEN | {CODES[2]: 90}),
    )
    gathered, sights = look(shares)
    place = gathered.places["liw"]
    assert place.residents.measurement["wave_name"] == "W1"
    assert sights[CODES[1]][RESIDENTS].seen < 1e-6
    assert sights[CODES[0]][RESIDENTS].seen > 0.5
    assert "PB99" not in sights, "another problem is none that a mirror could see"
    assert place.residents.average == pytest.approx((11 * 20 + 90) / 100 / 12)


@pytest.mark.parametrize(("people", "judged"), [(29, False), (30, True)])
def test_the_partners_survey_counts_where_enough_answered_and_the_register_else(people, judged):
    entries = pd.DataFrame(
        [("liw", code, "confirmed", 5, 5) for code in CODES[:6]], columns=NO_ENTRIES.columns
    )  # fmt: skip
    seen = dict.fromkeys(CODES, 5) | {CODES[8]: 25}
    _, sights = look(survey(("seen_problems", people, seen)), entries)
    if judged:
        assert sights[CODES[8]][PARTNERS].seen < 0.001
    else:
        assert sights[CODES[8]][PARTNERS] is SEES_NOT
        assert sights[CODES[0]][PARTNERS] is SEES


def test_figures_of_a_part_of_a_gmina_and_of_a_powiat_are_shown_and_not_judged():
    own, crimes = standing("IND02", LIW, 0.9), standing("IND15", POWIAT, 0.9)
    gathered, sights = look(places=territory((LIW, "")), official=(own, crimes))
    assert sights["P102"][DATA] is SEES
    assert DATA not in sights["P701"]
    assert [(look.standing.teryt, look.reaches) for look in gathered.places["liw"].official["P701"]] == [
        (POWIAT, False)
    ]
    _, sights = look(places=territory((LIW, "Dolina Liwca")), official=(own,))
    assert DATA not in sights["P102"]
    # A gmina that is named as a whole too is the partnership's own area.
    _, sights = look(places=territory((LIW, "Dolina Liwca"), (LIW, "")), official=(own,))
    assert sights["P102"][DATA] is SEES
    # A partnership of a powiat has the powiat's figures for its own.
    _, sights = look(places=territory((POWIAT, "")), official=(crimes,))
    assert sights["P701"][DATA] is SEES


def test_of_several_gminas_the_middle_one_counts_and_few_similar_places_are_not_judged():
    places = territory((LIW, ""), (WEGROW, ""), ("1433032", ""))
    official = [standing("IND02", teryt, share) for teryt, share in ((LIW, 0.9), (WEGROW, 0.2), ("1433032", 0.3))]
    _, sights = look(places=places, official=official)
    assert sights["P102"][DATA] is SEES_NOT
    _, sights = look(places=territory((LIW, "")), official=[standing("IND02", LIW, 0.9, places=7)])
    assert DATA not in sights["P102"]


def test_indicators_that_contradict_each_other_decide_nothing():
    official = [standing("IND06", LIW, 0.9), standing("IND07", LIW, 0.1)]
    _, sights = look(places=territory((LIW, "")), official=official)
    assert sights["P502"][DATA] is OPEN


def test_absolute_numbers_are_no_mirror():
    gathered, sights = look(places=territory((LIW, "")), official=[standing("IND04", LIW, 0.9)])
    assert gathered.places["liw"].official == {}
    assert sights == {}


def test_a_partnership_of_which_nothing_is_known_has_no_gap():
    gathered, sights = look()
    assert (sights, gathered.screen.gaps, gathered.screen.comparisons) == ({}, (), 0)


def test_who_was_asked_decides_whose_mirror_it_is_whatever_the_question_is_called():
    shares = survey(("main_problems", 100, EVEN | {CODES[0]: 90}), ("main_problems", 60, EVEN | {CODES[1]: 55}))
    shares.questions["population"] = ["residents", "partners"]
    _, sights = look(shares)
    assert sights[CODES[0]][RESIDENTS].seen < 1e-6
    assert sights[CODES[1]][PARTNERS].seen < 1e-6
    shares.questions["population"] = ["residents", "participants"]
    _, sights = look(shares)
    assert PARTNERS not in sights[CODES[1]]
    assert sights[CODES[0]][RESIDENTS].seen < 1e-6

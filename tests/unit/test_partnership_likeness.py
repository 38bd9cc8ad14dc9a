"""Likeness of partnerships: the same both ways, without units, and silent about what is not known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.analysis.partnership_likeness import Aspect, Closeness, PartnershipProfile, measure_likeness
from surveys.analysis.place_kinds import PlaceKind

WEIGHTS = st.dictionaries(st.sampled_from(["P101", "P501", "P601", "P801"]), st.floats(0.5, 1000), max_size=4)
PROFILES = st.builds(
    PartnershipProfile,
    st.sampled_from(PlaceKind),
    st.none() | st.floats(1, 2_000_000),
    WEIGHTS,
    WEIGHTS,
)


@given(PROFILES, PROFILES)
def test_likeness_is_the_same_both_ways_and_between_0_and_1(one: PartnershipProfile, two: PartnershipProfile) -> None:
    there, back = measure_likeness(one, two), measure_likeness(two, one)
    assert there.aspects == pytest.approx(back.aspects)
    assert there.value == pytest.approx(back.value)
    assert there.closeness is back.closeness
    if there.value is not None:
        assert 0 <= there.value <= 1 + 1e-9


@given(PROFILES)
def test_everybody_is_like_themselves(one: PartnershipProfile) -> None:
    same = measure_likeness(one, one)
    assert same.value is None or same.value == pytest.approx(1)


@given(PROFILES, PROFILES, st.floats(0.01, 100), st.floats(0.01, 100))
def test_units_do_not_matter(one: PartnershipProfile, two: PartnershipProfile, factor: float, marks: float) -> None:
    """Inhabitants in thousands for both; weights of problems on another scale for one of them."""
    scaled = [
        PartnershipProfile(
            side.kind,
            None if side.population is None else side.population * factor,
            {code: weight * scale for code, weight in side.problems.items()},
            side.groups,
        )
        for side, scale in ((one, marks), (two, 1.0))
    ]
    assert measure_likeness(*scaled).value == pytest.approx(measure_likeness(one, two).value)


def test_what_is_not_known_of_one_is_left_out() -> None:
    known = PartnershipProfile(PlaceKind.RURAL, 5000, {"P501": 3.0}, {"G05": 1.0})
    assert measure_likeness(known, PartnershipProfile()).closeness is Closeness.UNKNOWN
    part = measure_likeness(known, PartnershipProfile(PlaceKind.RURAL))
    assert (part.value, part.alike_in) == (1.0, (Aspect.KIND,))


def test_the_planted_best_match_comes_first() -> None:
    own = PartnershipProfile(PlaceKind.RURAL, 7000, {"P501": 8, "P802": 5}, {"G05": 2, "G06": 1})
    others = {
        "twin": PartnershipProfile(PlaceKind.RURAL, 6500, {"P501": 7, "P802": 6}, {"G05": 2}),
        "large town": PartnershipProfile(PlaceKind.URBAN, 90_000, {"P501": 8, "P802": 5}, {"G05": 2, "G06": 1}),
        "other worries": PartnershipProfile(PlaceKind.RURAL, 7000, {"P301": 9}, {"G20": 1}),
        "district": PartnershipProfile(PlaceKind.DISTRICT, 200_000, {"P604": 3}, {"G03": 1}),
    }
    ranked = sorted(others, key=lambda name: -(measure_likeness(own, others[name]).value or 0))
    assert ranked[0] == "twin"
    assert ranked[-1] == "district"
    assert measure_likeness(own, others["twin"]).closeness is Closeness.CLOSE
    assert measure_likeness(own, others["district"]).closeness is Closeness.DIFFERENT

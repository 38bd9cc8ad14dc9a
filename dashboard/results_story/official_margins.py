"""Numbers of inhabitants from the loaded table of Statistics Poland, put into the form of weights at a click."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import streamlit as st

from dashboard.findings_list import show_findings
from dashboard.measurement_data import read_population
from dashboard.results_story.margins import write_lines
from dashboard.results_story.measurement import Measurement
from etl.store.reading.population import PopulationOffer
from surveys.indicators import AgeBand, Sex, read_age_band, read_sex

# Question → its groups by code.
Groups = Mapping[str, Mapping[str, str]]
_TAKEN = "weights_official_taken"


@dataclass(frozen=True, slots=True)
class Taken:
    """Numbers that a person put into the form: lines by question, their source and year."""

    lines: Mapping[str, str]
    source: str
    as_of: str


def offer_official_numbers(measurement: Measurement, ages: Groups, genders: Groups) -> None:
    """Offer the loaded numbers for the questions about age and sex, where there are any.

    Args:
        measurement: whose form it is.
        ages: questions about age with their groups' names by code.
        genders: questions about sex, likewise.
    """
    view = measurement.view
    bands = next((found for labels in ages.values() if (found := read_bands(labels))), {})
    offer = read_population(view.scope, measurement.partnership, bands)
    if offer is None:
        return
    filled = fill_margins(offer, ages, genders, bands)
    if not filled:
        return
    with st.container(border=True, key="weights-official"):
        st.markdown(view.say("results.weights.official", year=offer.year))
        show_findings(offer.margins.report, view.language)
        lines = {name: write_lines({**ages, **genders}[name], margin) for name, margin in filled.items()}
        st.button(
            view.say("results.weights.official_take"),
            key="weights-official-take",
            on_click=_take,
            args=(
                (measurement.partnership, measurement.slug),
                Taken(lines, view.say("results.weights.official_source"), str(offer.year)),
            ),
        )


def read_bands(labels: Mapping[str, str]) -> dict[str, AgeBand]:
    """Return the ages that the groups of a question name, none when they don't follow on one another to an open end."""
    read = {code: read_age_band(label) for code, label in labels.items()}
    bands = {code: band for code, band in read.items() if band is not None}
    ordered = sorted(bands.values(), key=lambda band: band.first)
    follow = all(one.last is not None and one.last + 1 == other.first for one, other in pairwise(ordered))
    return bands if ordered and ordered[-1].last is None and follow else {}


def fill_margins(
    offer: PopulationOffer, ages: Groups, genders: Groups, bands: Mapping[str, AgeBand]
) -> dict[str, dict[str, float]]:
    """Return whole numbers of people by question and code; both margins have one total, as weighting wants it."""
    margins = offer.margins
    by_age = margins.margins.get("age", {}) if not margins.merged else {}
    by_sex = margins.margins.get("gender", {})
    whole = {code: float(round(people)) for code, people in by_age.items()}
    total = sum(whole.values()) or float(round(sum(by_sex.values())))
    filled: dict[str, dict[str, float]] = {}
    for name, labels in ages.items():
        if whole and set(whole) <= set(labels) and read_bands(labels) == bands:
            filled[name] = whole
    for name, labels in genders.items():
        codes = {sex: code for code, label in labels.items() if (sex := read_sex([label])) is not None}
        if by_sex and {Sex.WOMAN, Sex.MAN} <= set(codes):
            women = float(round(by_sex[Sex.WOMAN.value]))
            filled[name] = {codes[Sex.WOMAN]: women, codes[Sex.MAN]: total - women}
    return filled


def taken_numbers(measurement: Measurement) -> Taken | None:
    """Return what a person has put into the form of a measurement, ``None`` when they have not."""
    place, taken = st.session_state.get(_TAKEN, (None, None))
    return taken if place == (measurement.partnership, measurement.slug) else None


def _take(place: tuple[str, str], taken: Taken) -> None:
    """Put the numbers into the form, where a person sees and may change them before anything is reckoned."""
    st.session_state[_TAKEN] = (place, taken)

"""Whom a measurement asked and how they came into it: said on the page, written down by whoever may import."""

from enum import StrEnum
from typing import TypeVar

import streamlit as st

from dashboard.escaping import plain
from dashboard.findings_list import show_findings
from dashboard.results_story.measurement import Measurement
from dashboard.services import describe_measurement
from dashboard.texts import say
from dashboard.visit import current_visit
from etl.store.scope import Action
from surveys.analysis.sampling import describe_fieldwork, usual_fieldwork
from surveys.analysis.survey_tables import read_fieldwork
from surveys.findings import Report
from surveys.language.texts import Language
from surveys.model import Fieldwork, PopulationKind, SampleKind
from surveys.privacy.rules import STANDARD_RULES

_REPORT = "results_fieldwork_report"
_UNKNOWN = ""
_LONGEST = 200
_MOST = 50_000_000  # people in the country, with room
K = TypeVar("K", bound=StrEnum)


def show_fieldwork(measurement: Measurement) -> None:
    """Say whom the measurement asked, and let whoever may write it down."""
    view, language = measurement.view, measurement.view.language
    told = measurement.people if measurement.people >= STANDARD_RULES.min_base else None
    fieldwork = read_fieldwork(measurement.wave)
    with st.container(border=True, key="results-fieldwork"):
        st.header(view.say("results.fieldwork.title"), anchor=False)
        st.markdown(plain(describe_fieldwork(fieldwork, told, language)))
        if not current_visit().actor.may(Action.IMPORT, measurement.partnership):
            return
        report: Report | None = st.session_state.pop(_REPORT, None)
        if report is not None and len(report):
            show_findings(report, language)
        known = fieldwork != Fieldwork()
        with st.expander(view.say(f"results.fieldwork.{'change' if known else 'write'}"), key="fieldwork-form"):
            _show_form(measurement, fieldwork if known else usual_fieldwork(str(measurement.wave["questionnaire"])))


def _show_form(measurement: Measurement, start: Fieldwork) -> None:
    view, place = measurement.view, f"{measurement.partnership}-{measurement.slug}"
    st.markdown(view.say("results.fieldwork.help"))
    with st.form("fieldwork", border=False):
        population = choose_kind(view.language, "population", start.population, PopulationKind, f"population-{place}")
        who = st.text_input(
            view.say("results.fieldwork.who"), start.who, max_chars=_LONGEST, key=f"who-{place}",
            placeholder=view.say("results.fieldwork.who_hint"),
        )  # fmt: skip
        sampling = choose_kind(view.language, "sampling", start.sampling, SampleKind, f"sampling-{place}")
        counts = [
            st.number_input(
                view.say(f"results.fieldwork.{name}"), 0, _MOST, value, step=1, key=f"{name}-{place}",
                placeholder=view.say("results.fieldwork.unknown"),
            )
            for name, value in (("population_count", start.population_count), ("invited_count", start.invited_count))
        ]  # fmt: skip
        pressed = st.form_submit_button(view.say("results.fieldwork.keep"), type="primary")
    if pressed:
        numbers = [int(count) if count else None for count in counts]
        fieldwork = Fieldwork(population, who.strip(), sampling, *numbers)
        st.session_state[_REPORT] = describe_measurement(
            current_visit().actor, view.scope, measurement.partnership, measurement.slug, fieldwork
        )
        st.rerun()


def choose_kind(language: Language, name: str, start: K | None, kinds: type[K], key: str) -> K | None:
    """Offer the kinds of people or of samples, and that nobody knows; return what is chosen.

    Args:
        language: of the words.
        name: ``population`` or ``sampling``.
        start: what stands there at first.
        kinds: to choose from.
        key: of the box.
    """
    options = [kind.value for kind in kinds] + [_UNKNOWN]
    chosen = st.selectbox(
        say(f"results.fieldwork.{name}", language),
        options,
        index=options.index(start.value if start is not None else _UNKNOWN),
        format_func=lambda kind: say(f"results.fieldwork.{name}_{kind or 'unknown'}", language),
        key=key,
    )
    return kinds(chosen) if chosen else None

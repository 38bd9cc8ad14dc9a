"""Whom a measurement asked and how they came into it: said on the page, written down by whoever may import."""

import streamlit as st

from dashboard.escaping import plain
from dashboard.fieldwork_boxes import ask_fieldwork
from dashboard.findings_list import show_findings
from dashboard.results_story.measurement import Measurement
from dashboard.services import describe_measurement
from dashboard.visit import current_visit
from etl.store.scope import Action
from surveys.analysis.sampling import describe_fieldwork, usual_fieldwork
from surveys.analysis.survey_tables import read_fieldwork
from surveys.findings import Report
from surveys.model import Fieldwork
from surveys.privacy.rules import STANDARD_RULES

_REPORT = "results_fieldwork_report"


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
        fieldwork = ask_fieldwork(view.language, start, place)
        pressed = st.form_submit_button(view.say("results.fieldwork.keep"), type="primary")
    if pressed:
        st.session_state[_REPORT] = describe_measurement(
            current_visit().actor, view.scope, measurement.partnership, measurement.slug, fieldwork
        )
        st.rerun()

"""What a click could not do: kept by its callback, said once on the page that is drawn next.

A callback runs before the page and draws nothing itself; a report that it only dropped would leave a person pressing a
button that seems dead.
"""

import streamlit as st

from dashboard.findings_list import show_findings
from surveys.findings import Report
from surveys.language.texts import Language

_KEPT = "refused_request"


def keep_refusal(report: Report) -> bool:
    """Keep why a request was not taken, for `show_refusal`; return whether it was refused."""
    if report.stops:
        st.session_state[_KEPT] = report
    return report.stops


def show_refusal(language: Language) -> None:
    """Say why the last click did nothing, once."""
    report: Report | None = st.session_state.pop(_KEPT, None)
    if report is not None:
        show_findings(report, language)

"""Why a click on one thing of a list did nothing, said beside that very button."""

import streamlit as st

from dashboard.findings_list import show_findings
from dashboard.visit import Visit
from surveys.findings import Report

_KEPT = "refused_beside"
# No name of an account and no uid of a link.
NEW = "*"


def keep_refusal_of(uid: str, report: Report) -> bool:
    """Keep why a request about one thing was not taken; return whether it was refused.

    Args:
        uid: of the thing, `NEW` for one that is only being made.
        report: what became of the request.
    """
    if report.stops:
        st.session_state[_KEPT] = (uid, report)
    else:
        st.session_state.pop(_KEPT, None)
    return report.stops


def refused_codes(uid: str) -> frozenset[str]:
    """Return the codes of what stood against the last request about one thing."""
    kept: tuple[str, Report] | None = st.session_state.get(_KEPT)
    return frozenset() if kept is None or kept[0] != uid else frozenset(finding.code for finding in kept[1])


def show_refusal_of(visit: Visit, uid: str) -> None:
    """Say why the last request about one thing was not taken, once."""
    kept: tuple[str, Report] | None = st.session_state.get(_KEPT)
    if kept is not None and kept[0] == uid:
        del st.session_state[_KEPT]
        show_findings(kept[1], visit.language)

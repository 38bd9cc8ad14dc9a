"""What is left out unless a person says otherwise: unfinished rows, names of people in open answers."""

import streamlit as st

from dashboard.upload_story.draft import Draft
from dashboard.visit import Visit
from surveys.findings import Report

# Choice of the draft → findings that speak of what it would keep.
_KEPT = {
    "unfinished": frozenset({"SURVEY-ROWS-INCOMPLETE", "SURVEY-ROWS-REJECTED"}),
    "names": frozenset({"SURVEY-TEXT-NAMES", "SURVEY-TEXT-NAMES-KEPT"}),
}


def ask_what_to_keep(visit: Visit, draft: Draft, report: Report) -> None:
    """Ask for each of these whether to keep it; nothing where the file has none of it."""
    for name, codes in _KEPT.items():
        if not draft.values[name] and not any(finding.code in codes for finding in report):
            continue
        with st.container(border=True, key=f"upload-{name}"):
            st.checkbox(
                visit.say(f"mapping.{name}.keep"),
                help=visit.say(f"mapping.{name}.help"),
                key=draft.offer(name),
                on_change=draft.take(name),
            )

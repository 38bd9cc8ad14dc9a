"""How many people stand behind counts of questionnaires?"""

import streamlit as st

from dashboard import services
from dashboard.access.visitor import current_actor
from dashboard.refused_requests import keep_refusal
from dashboard.upload_story.draft import Draft
from dashboard.visit import Visit
from etl.importing import Inspection

_MISSING = "TALLY-PEOPLE-MISSING"
_MOST_PEOPLE = 1_000_000


def ask_about_people(visit: Visit, draft: Draft, inspection: Inspection) -> None:
    """Ask how many questionnaires were counted, where a file of counts doesn't say and shares need it."""
    counts = any(sheet.kind == "counts" for sheet in inspection.sheets)
    asked = any(finding.code == _MISSING for finding in inspection.report)
    if not counts or not (asked or draft.values["people"]):
        return
    with st.container(border=True, key="upload-people"):
        st.header(visit.say("mapping.people.title"), anchor=False)
        st.markdown(visit.say("mapping.people.why"))
        st.number_input(
            visit.say("mapping.people.number"),
            min_value=1,
            max_value=_MOST_PEOPLE,
            step=1,
            placeholder=visit.say("mapping.people.placeholder"),
            key=draft.offer("people"),
            on_change=_take_people,
            args=(draft,),
        )


def _take_people(draft: Draft) -> None:
    """The number may change what a question is taken for, so the file is looked at once more."""
    draft.take("people")()
    keep_refusal(services.inspect_again(current_actor(), draft.upload, draft.read()))

"""A file that looks like one its measurement has already: does it take that one's place, or do both count?"""

from datetime import date

import streamlit as st

from dashboard.escaping import plain
from dashboard.upload_story.draft import BOTH, REPLACE, Draft
from dashboard.visit import Visit
from etl.jobs.queue import JobState
from surveys.findings import Finding
from surveys.language.numerals import format_date

# What a rehearsal says before the person has decided, and after.
_ASKING = frozenset({"SURVEY-ROWS-OVERLAP", "SURVEY-FILE-AGAIN"})
_DECIDED = frozenset({"SURVEY-FILE-REPLACES", "SURVEY-KEPT-BESIDE"})


def ask_about_earlier(visit: Visit, draft: Draft, preview: JobState | None) -> None:
    """Ask about the earlier import that a rehearsal named; nothing when it named none.

    Args:
        visit: whose page.
        draft: takes the answer.
        preview: the newest rehearsal of the file.
    """
    named = _find_named(preview)
    if named is None:
        return
    if draft.values["again"] != REPLACE:
        draft.values["earlier"] = named.facts["batch"]
    day = format_date(date.fromisoformat(str(named.facts["day"])), visit.language)
    st.radio(
        visit.say("upload.again.question", name=plain(str(named.facts["earlier_file"])), day=day),
        (REPLACE, BOTH),
        index=None,
        format_func=lambda choice: visit.say(f"upload.again.{choice}"),
        key=draft.offer("again"),
        on_change=draft.take("again"),
    )


def _find_named(preview: JobState | None) -> Finding | None:
    """What is still open comes before what was decided."""
    findings = [] if preview is None else list(preview.report)
    return next((finding for codes in (_ASKING, _DECIDED) for finding in findings if finding.code in codes), None)

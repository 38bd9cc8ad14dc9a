"""Official figures' steps: whose they are, what was understood, what would be loaded, load."""

import streamlit as st

from dashboard import services
from dashboard.access.visitor import current_actor
from dashboard.findings_list import show_findings
from dashboard.refused_requests import keep_refusal
from dashboard.upload_story.rights import LoadingRights
from dashboard.upload_story.standing import Standing, decisions_of, result_of
from dashboard.visit import Visit
from etl.importing import Decisions, Inspection
from etl.jobs.queue import JobState, Status
from surveys.language.numerals import format_number


def show_official_steps(
    visit: Visit, rights: LoadingRights, upload: str, file_name: str, inspection: Inspection, standing: Standing
) -> None:
    """Show the steps of official figures to somebody who may load them, else what the program understood."""
    del file_name  # official figures name their places themselves
    preview = standing.preview
    if rights.may_load_official and preview is None and not inspection.report.stops:
        report = services.preview(visit.actor, upload, Decisions(source=inspection.source))
        if not report.stops:
            st.rerun()
        show_findings(report, visit.language)
        return
    with st.container(border=True, key="upload-official"):
        st.header(visit.say("upload.official.title"), anchor=False)
        st.markdown(visit.say("upload.official.whose" if rights.may_load_official else "upload.official.no_right"))
        show_findings(inspection.report if preview is None else preview.report, visit.language)
    if preview is not None:
        _show_preview(visit, upload, preview)


def _show_preview(visit: Visit, upload: str, preview: JobState) -> None:
    result = result_of(preview)
    with st.container(border=True, key="upload-preview"):
        st.header(visit.say("upload.preview.title"), anchor=False)
        if result is not None:
            numbers = {"read": result.rows_read, "stored": result.rows_stored, "rejected": result.rows_rejected}
            said = {name: format_number(number, visit.language) for name, number in numbers.items()}
            st.markdown(visit.say("upload.official.preview", **said))
        elif preview.state is Status.CANCELLED:
            st.markdown(visit.say("upload.preview.cancelled"))
        else:
            st.markdown(visit.say("upload.load_stopped"))
        decisions = decisions_of(preview)
        st.button(
            visit.say("upload.load"),
            type="primary",
            disabled=result is None or result.already_loaded,
            key="upload-load",
            on_click=_load,
            args=(upload, decisions),
        )
        if result is None:
            st.button(
                visit.say("upload.preview.again"), key="upload-ask-preview", on_click=_preview, args=(upload, decisions)
            )


def _preview(upload: str, decisions: Decisions) -> None:
    keep_refusal(services.preview(current_actor(), upload, decisions))


def _load(upload: str, decisions: Decisions) -> None:
    keep_refusal(services.load(current_actor(), upload, decisions))

"""The person's own workbook back, with every fault at its cell: asked for, waited for, taken away.

A job makes it, so that a big workbook keeps nobody else waiting, and so that it is still there after a reload.
"""

from pathlib import PurePath

import streamlit as st

from dashboard import services
from dashboard.access.visitor import current_actor
from dashboard.data import current_store
from dashboard.findings_list import show_findings
from dashboard.refused_requests import keep_refusal
from dashboard.upload_story.waiting import show_waiting
from dashboard.visit import Visit
from etl.jobs import requests
from etl.jobs.queue import JobState, Status
from etl.store.scope import Actor
from surveys.language.texts import Language

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def can_annotate(file_name: str) -> bool:
    """Whether a marked copy can be made: of a workbook of the new kind only."""
    return PurePath(file_name).suffix.lower() in {".xlsx", ".xlsm"}


def show_marked_copy(visit: Visit, upload: str, file_name: str, found_by: JobState, marked: JobState | None) -> None:
    """Show the way to a marked copy: a button, a wait, or the file.

    Args:
        visit: whose page.
        upload: uid of the kept workbook.
        file_name: its name.
        found_by: the job whose findings are to be marked.
        marked: the newest job that marks this workbook, ``None`` when there was none.
    """
    # A copy with the faults of an earlier look, or in another language, is not the one that is asked for here.
    wanted = {"marks": found_by.uid, "language": visit.language}
    if marked is not None and not wanted.items() <= marked.payload.items():
        marked = None
    if marked is not None and not marked.ended:
        show_waiting(marked, visit.language)
        return
    if marked is not None and marked.report.stops:
        show_findings(marked.report, visit.language)
    if marked is not None and _is_ready(visit.actor, marked):
        _offer(visit, file_name, marked)
        return
    st.button(
        visit.say("upload.faults.prepare"),
        icon=":material/edit_note:",
        key="annotate",
        on_click=_ask,
        args=(upload, found_by.uid, visit.language),
    )


def take_marked_copy(actor: Actor, job: str) -> bytes:
    """Return the copy that an own job made.

    Raises:
        LookupError: there is none, or not any longer.
    """
    content = requests.read_job_file(current_store(), actor, job)
    if content is None:
        raise LookupError("the file was deleted while the page was open")
    return content


def _is_ready(actor: Actor, marked: JobState) -> bool:
    return marked.state is Status.DONE and requests.has_job_file(current_store(), actor, marked.uid)


def _offer(visit: Visit, file_name: str, marked: JobState) -> None:
    actor = visit.actor
    st.download_button(
        visit.say("upload.faults.annotated"),
        lambda: take_marked_copy(actor, marked.uid),
        file_name=f"{PurePath(file_name).stem}-{visit.say('upload.faults.suffix')}.xlsx",
        mime=_XLSX,
        icon=":material/download:",
        key="annotated-copy",
        on_click="ignore",
    )


def _ask(upload: str, marks: str, language: Language) -> None:
    keep_refusal(services.mark_copy(current_actor(), upload, marks, language))

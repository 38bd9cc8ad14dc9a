"""One file's way, from what it is to where its figures can be seen: which step to show now."""

import streamlit as st

from dashboard import services
from dashboard.access.visitor import current_actor
from dashboard.data import current_store
from dashboard.escaping import plain
from dashboard.findings_list import show_findings
from dashboard.refused_requests import keep_refusal
from dashboard.upload_story.address import leave_file
from dashboard.upload_story.official_steps import show_official_steps
from dashboard.upload_story.outcome import Loaded, show_last_attempt, show_loaded
from dashboard.upload_story.recognised import OFFICIAL, WORKBOOK, is_certain, show_recognised
from dashboard.upload_story.register_steps import show_register_steps
from dashboard.upload_story.rights import LoadingRights, find_rights
from dashboard.upload_story.standing import Standing, decisions_of, find_standing, result_of
from dashboard.upload_story.survey_columns import find_subjects
from dashboard.upload_story.survey_steps import show_survey_steps
from dashboard.upload_story.waiting import show_waiting
from dashboard.visit import Visit
from etl.jobs import requests
from etl.jobs.queue import JobKind, JobState, Status
from etl.store.batches import list_batches


def show_file(visit: Visit, upload: str) -> None:
    """Show the step that a file is at.

    Args:
        visit: whose page.
        upload: uid of the file; somebody else's looks like one that does not exist.
    """
    store = current_store()
    standing = find_standing(requests.list_jobs_of_upload(store, visit.actor, upload))
    kept = {file.uid: file.file_name for file in requests.list_uploads(store, visit.actor)}
    file_name = kept.get(upload)
    # Only now: an import that ended in between may have made the partnership.
    rights = find_rights(visit.actor)
    unreadable = _is_unreadable(standing.inspection)
    loading = standing.running is not None and standing.running.kind is JobKind.IMPORT
    _show_head(visit, upload, file_name, droppable=file_name is not None and not unreadable and not loading)
    if standing.loaded is not None:
        _show_success(visit, rights, standing, standing.loaded)
    elif standing.running is not None:
        _show_running(visit, standing.running)
    elif unreadable:
        _show_unreadable(visit, upload, standing, kept=file_name is not None)
    elif file_name is None:
        st.markdown(visit.say("upload.gone"))
        st.page_link("app_pages/imports.py", label=visit.say("nav.imports"), icon=":material/history:")
    else:
        _show_steps(visit, rights, upload, file_name, standing)


def _show_head(visit: Visit, upload: str, file_name: str | None, *, droppable: bool) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="upload-head"):
        if file_name is not None:
            st.markdown(visit.say("upload.file", name=plain(file_name)), width="content")
        st.button(
            visit.say("upload.other_file"),
            icon=":material/arrow_back:",
            type="tertiary",
            key="upload-other",
            on_click=leave_file,
        )
        if droppable:
            st.button(
                visit.say("upload.drop_file"),
                icon=":material/delete:",
                type="tertiary",
                key="upload-drop",
                on_click=_drop,
                args=(upload,),
            )


def _drop(upload: str) -> None:
    if not keep_refusal(services.drop_file(current_actor(), upload)):
        leave_file()


def _show_running(visit: Visit, job: JobState) -> None:
    if job.kind is JobKind.IMPORT:
        st.markdown(visit.say("upload.waiting.loading"))
    show_waiting(job, visit.language)


def _show_success(visit: Visit, rights: LoadingRights, standing: Standing, job: JobState) -> None:
    result = result_of(job)
    if result is None:
        raise RuntimeError("a loaded file has an outcome")
    with current_store().read() as connection:
        batch = next((found for found in list_batches(connection, visit.actor) if found.uid == result.batch), None)
    # A partnership workbook says itself whose it is.
    slug = decisions_of(job).partnership or (batch.partnership if batch is not None else None)
    inspection = None if standing.inspection is None else standing.inspection.inspection
    show_loaded(
        visit,
        result,
        Loaded(
            file_name="" if batch is None else batch.file_name,
            target=rights.find(slug),
            wave=None if batch is None else batch.wave_name,
            subjects=None if inspection is None else find_subjects(inspection, decisions_of(job)),
        ),
    )


def _is_unreadable(inspection: JobState | None) -> bool:
    return inspection is not None and inspection.state is Status.FAILED


def _show_unreadable(visit: Visit, upload: str, standing: Standing, *, kept: bool) -> None:
    """Say what is wrong with a file that cannot be read; nothing of it stays here."""
    if standing.inspection is None:
        raise RuntimeError("a file is unreadable because its inspection said so")
    if kept:
        keep_refusal(services.drop_file(visit.actor, upload))
    # Once the file is gone, only its findings know its name.
    name = next((finding.place.file for finding in standing.inspection.report if finding.place.file), None)
    with st.container(border=True, key="upload-unreadable"):
        if name is not None and not kept:
            st.markdown(visit.say("upload.file", name=plain(name)))
        st.header(f":material/error: {visit.say('upload.unreadable.title')}", anchor=False)
        show_findings(standing.inspection.report, visit.language)
        st.caption(visit.say("upload.unreadable.note"))
    st.button(visit.say("upload.unreadable.again"), type="primary", key="upload-again", on_click=leave_file)


def _show_steps(visit: Visit, rights: LoadingRights, upload: str, file_name: str, standing: Standing) -> None:
    job = standing.inspection
    inspection = None if job is None else job.inspection
    if inspection is None:
        _show_inspecting(visit, upload, cancelled=job is not None)
        return
    if standing.load is not None and (standing.preview is None or standing.preview.made_at <= standing.load.made_at):
        show_last_attempt(visit, standing.load)
    show_recognised(visit, inspection)
    show_steps = show_register_steps if inspection.source == WORKBOOK else show_survey_steps
    if inspection.source in OFFICIAL and is_certain(inspection):
        show_steps = show_official_steps
    show_steps(visit, rights, upload, file_name, inspection, standing)


def _show_inspecting(visit: Visit, upload: str, *, cancelled: bool) -> None:
    if cancelled:
        st.markdown(visit.say("upload.inspection_cancelled"))
        st.button(
            visit.say("upload.inspect_again"), type="primary", key="upload-inspect", on_click=_inspect, args=(upload,)
        )
        return
    report = services.inspect_again(visit.actor, upload)
    if not report.stops:
        st.rerun()
    show_findings(report, visit.language)


def _inspect(upload: str) -> None:
    keep_refusal(services.inspect_again(current_actor(), upload))

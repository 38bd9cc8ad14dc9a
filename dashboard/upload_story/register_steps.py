"""A partnership workbook's steps: what is wrong in it, the annotated copy, what would change, load."""

import io
from dataclasses import replace
from pathlib import PurePath

import streamlit as st

from dashboard import services
from dashboard.access.visitor import current_actor
from dashboard.data import current_store
from dashboard.findings_list import count_severities, show_findings
from dashboard.upload_story.rights import LoadingRights
from dashboard.upload_story.standing import Standing, decisions_of, result_of
from dashboard.visit import Visit
from etl.exports.partnership_workbook import annotate_workbook
from etl.importing import Decisions, ImportResult, Inspection
from etl.jobs import requests
from etl.jobs.queue import JobState, Status
from etl.store.scope import Actor
from surveys.findings import Report
from surveys.language.numerals import format_number
from surveys.language.texts import Language

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MOST_ANNOTATED_ROWS = 5_000
_SUGGESTED = frozenset({"WORD-SUGGESTED", "REFERENCE-SUGGESTED"})
# In the order a reader asks for them; the store names kinds of entities so.
_KINDS = ("partnership", "partner", "diagnosis", "problem", "project", "activity")


def show_register_steps(
    visit: Visit, rights: LoadingRights, upload: str, file_name: str, inspection: Inspection, standing: Standing
) -> None:
    """Show a workbook's steps to somebody who may load one, else what is wrong in it."""
    preview = standing.preview
    if not rights.any:
        _show_faults(visit, upload, file_name, inspection, inspection.report)
        return
    if preview is None:
        report = services.preview(visit.actor, upload, Decisions(source=inspection.source))
        if not report.stops:
            st.rerun()
        show_findings(report, visit.language)
        return
    _show_faults(visit, upload, file_name, inspection, preview.report)
    with st.container(border=True, key="upload-preview"):
        st.header(visit.say("upload.preview.title"), anchor=False)
        result = result_of(preview)
        if result is not None:
            st.markdown("\n".join(f"- {line}" for line in say_changes(visit, result)))
        _show_buttons(visit, upload, preview, loadable=result is not None)


def say_changes(visit: Visit, result: ImportResult) -> list[str]:
    """Return what a workbook adds, changes and leaves as it is, a line for each kind of entity."""
    kinds = sorted(result.changes, key=lambda kind: _KINDS.index(kind) if kind in _KINDS else len(_KINDS))
    return [
        visit.say(
            f"upload.changes.{kind}",
            added=format_number(added, visit.language),
            changed=format_number(changed, visit.language),
            unchanged=format_number(unchanged, visit.language),
        )
        for kind in kinds
        for added, changed, unchanged in [result.changes[kind]]
        if added or changed or unchanged
    ]


def _show_faults(visit: Visit, upload: str, file_name: str, inspection: Inspection, report: Report) -> None:
    with st.container(border=True, key="upload-faults"):
        st.header(visit.say("upload.faults.title"), anchor=False)
        st.markdown(count_severities(report, visit.language))
        if not len(report):
            return
        if can_annotate(file_name, inspection):
            _show_annotated(visit, upload, file_name, report)
        show_findings(report, visit.language)


def can_annotate(file_name: str, inspection: Inspection) -> bool:
    """Whether a marked copy can be made while somebody waits: of a workbook of the new kind, and not a huge one."""
    rows = sum(sheet.rows for sheet in inspection.sheets)
    return PurePath(file_name).suffix.lower() in {".xlsx", ".xlsm"} and rows <= _MOST_ANNOTATED_ROWS


def _show_annotated(visit: Visit, upload: str, file_name: str, report: Report) -> None:
    """Offer the person's own workbook back, with each fault marked in its cell."""
    actor, language = visit.actor, visit.language
    st.download_button(
        visit.say("upload.faults.annotated"),
        lambda: annotate(actor, upload, report, language),
        file_name=f"{PurePath(file_name).stem}-{visit.say('upload.faults.suffix')}.xlsx",
        mime=_XLSX,
        icon=":material/download:",
        key="annotated-copy",
        on_click="ignore",
    )


def annotate(actor: Actor, upload: str, report: Report, language: Language) -> bytes:
    """Return an own kept workbook with findings marked in it.

    Raises:
        LookupError: the actor has no such file any longer.
        ValueError: this kind of file cannot be marked.
    """
    incoming = requests.read_upload(current_store(), actor, upload)
    if incoming is None:
        raise LookupError("the file was deleted while the page was open")
    out = io.BytesIO()
    if annotate_workbook(incoming.content, report, out, language).stops:
        raise ValueError("this kind of file cannot be marked")
    return out.getvalue()


def _show_buttons(visit: Visit, upload: str, preview: JobState, *, loadable: bool) -> None:
    decisions = decisions_of(preview)
    suggested = sum(finding.code in _SUGGESTED for finding in preview.report)
    if decisions.accept_suggestions:
        st.markdown(visit.say("upload.suggestions.taken"))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            visit.say("upload.load"),
            type="primary",
            disabled=not loadable,
            key="upload-load",
            on_click=_load,
            args=(upload, decisions),
        )
        if suggested or decisions.accept_suggestions:
            other = replace(decisions, accept_suggestions=not decisions.accept_suggestions)
            st.button(
                visit.say("upload.suggestions.take", n=suggested)
                if suggested
                else visit.say("upload.suggestions.refuse"),
                key="upload-suggestions",
                on_click=_preview,
                args=(upload, other),
            )
        if not loadable:
            st.button(
                visit.say("upload.preview.again"), key="upload-ask-preview", on_click=_preview, args=(upload, decisions)
            )
    if preview.state is Status.CANCELLED:
        st.markdown(visit.say("upload.preview.cancelled"))
    elif not loadable:
        st.markdown(visit.say("upload.load_stopped"))


def _preview(upload: str, decisions: Decisions) -> None:
    services.preview(current_actor(), upload, decisions)


def _load(upload: str, decisions: Decisions) -> None:
    services.load(current_actor(), upload, decisions)

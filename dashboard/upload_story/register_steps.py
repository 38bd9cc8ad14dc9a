"""A partnership workbook's steps: what is wrong in it, the annotated copy, what would change, load."""

from dataclasses import replace

import streamlit as st

from dashboard import services
from dashboard.access.visitor import current_actor
from dashboard.findings_list import count_severities, show_findings
from dashboard.refused_requests import keep_refusal
from dashboard.upload_story.marked_copy import can_annotate, show_marked_copy
from dashboard.upload_story.rights import LoadingRights
from dashboard.upload_story.standing import Standing, decisions_of, result_of
from dashboard.visit import Visit
from etl.importing import Decisions, ImportResult, Inspection
from etl.jobs.queue import JobState, Status
from surveys.language.numerals import format_number

_SUGGESTED = frozenset({"WORD-SUGGESTED", "REFERENCE-SUGGESTED"})
# In the order a reader asks for them; the store names kinds of entities so.
_KINDS = ("partnership", "partner", "diagnosis", "problem", "tree_node", "project", "activity")


def show_register_steps(
    visit: Visit, rights: LoadingRights, upload: str, file_name: str, inspection: Inspection, standing: Standing
) -> None:
    """Show a workbook's steps to somebody who may load one, else what is wrong in it."""
    preview = standing.preview
    if not rights.any:
        _show_faults(visit, upload, file_name, standing, standing.inspection)
        return
    if preview is None:
        report = services.preview(visit.actor, upload, Decisions(source=inspection.source))
        if not report.stops:
            st.rerun()
        show_findings(report, visit.language)
        return
    _show_faults(visit, upload, file_name, standing, preview)
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


def _show_faults(visit: Visit, upload: str, file_name: str, standing: Standing, found_by: JobState | None) -> None:
    """Show what a job found in the workbook."""
    if found_by is None:
        raise RuntimeError("a workbook has been looked at before its faults are shown")
    report = found_by.report
    with st.container(border=True, key="upload-faults"):
        st.header(visit.say("upload.faults.title"), anchor=False)
        st.markdown(count_severities(report, visit.language))
        if not len(report):
            return
        if can_annotate(file_name):
            show_marked_copy(visit, upload, file_name, found_by, standing.marked)
        show_findings(report, visit.language)


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
    keep_refusal(services.preview(current_actor(), upload, decisions))


def _load(upload: str, decisions: Decisions) -> None:
    keep_refusal(services.load(current_actor(), upload, decisions))

"""The end of an import: what was loaded and where to see it, or why nothing was."""

from dataclasses import dataclass

import streamlit as st

from dashboard.escaping import plain
from dashboard.findings_list import show_findings
from dashboard.upload_story.recognised import OFFICIAL
from dashboard.upload_story.register_steps import say_changes
from dashboard.upload_story.rights import Target
from dashboard.visit import Visit
from etl.importing import ImportResult
from etl.jobs.queue import JobState, Status
from surveys.findings import Severity
from surveys.language.numerals import format_number

# Pages by the key of their link's text, in the order they are offered.
_PAGES = {
    "problems": "app_pages/problems.py",
    "target_groups": "app_pages/groups.py",
    "activities": "app_pages/activities.py",
    "partnerships": "app_pages/partnerships.py",
}
_REGISTER_PAGES = ("problems", "activities", "partnerships")


@dataclass(frozen=True, slots=True)
class Loaded:
    """Where a file went.

    Attributes:
        file_name: ``""`` when it is no longer known.
        target: the partnership, ``None`` when the person sees it no longer.
        wave: name of the measurement, ``None`` for a register.
        subjects: what its questions are about (``problems``, ``target_groups``), ``None`` when it is no survey or
            nobody knows any more.
    """

    file_name: str
    target: Target | None
    wave: str | None
    subjects: frozenset[str] | None


def show_loaded(visit: Visit, result: ImportResult, loaded: Loaded) -> None:
    """Show what was loaded and where it can be seen."""
    with st.container(border=True, key="upload-loaded"):
        name = f": {plain(loaded.file_name)}" if loaded.file_name else ""
        st.header(f":material/check_circle: {visit.say(_title_key(result))}{name}", anchor=False)
        _say_amounts(visit, result, loaded)
        show_findings(result.report, visit.language, severities=(Severity.WARNING, Severity.INFO))
        _show_links(visit, result, loaded)
        if result.batch is not None:
            st.markdown(visit.say("upload.loaded.undo"))
            st.page_link("app_pages/imports.py", label=visit.say("nav.imports"), icon=":material/history:")


def _say_amounts(visit: Visit, result: ImportResult, loaded: Loaded) -> None:
    name = plain(loaded.target.name) if loaded.target is not None else "–"
    if result.source in OFFICIAL:
        st.markdown(
            visit.say(
                "upload.loaded.official",
                read=_number(visit, result.rows_read),
                stored=_number(visit, result.rows_stored),
                rejected=_number(visit, result.rows_rejected),
            )
        )
    elif result.answers_stored or result.rows_known:
        st.markdown(
            visit.say(
                "upload.loaded.survey",
                name=name,
                wave=plain(loaded.wave or "–"),
                read=visit.say("counts.rows", n=result.rows_read, number=_number(visit, result.rows_read)),
                stored=_number(visit, result.rows_stored),
                known=_number(visit, result.rows_known),
                rejected=_number(visit, result.rows_rejected),
                answers=_number(visit, result.answers_stored),
            )
        )
    elif result.changes:
        changes = [f"- {line}" for line in say_changes(visit, result)]
        st.markdown("\n".join([visit.say("upload.loaded.register", name=name), "", *changes]))


def show_last_attempt(visit: Visit, job: JobState) -> None:
    """Show why the last import did not load: broken off, or stopped by faults."""
    with st.container(border=True, key="upload-last"):
        if job.state is Status.CANCELLED:
            st.header(f":material/cancel: {visit.say('upload.cancelled.title')}", anchor=False)
            st.markdown(visit.say("upload.cancelled.body"))
            return
        st.header(f":material/error: {visit.say('upload.failed.title')}", anchor=False)
        st.markdown(visit.say("upload.failed.body"))
        show_findings(job.report, visit.language)


def _title_key(result: ImportResult) -> str:
    if result.already_loaded:
        return "upload.loaded.already"
    return "upload.loaded.title" if result.batch is not None else "upload.loaded.nothing"


def _show_links(visit: Visit, result: ImportResult, loaded: Loaded) -> None:
    target = loaded.target
    if target is None:
        return
    if target.sample != visit.scope.sample:
        st.markdown(visit.say("upload.loaded.look_sample" if target.sample else "upload.loaded.look_real"))
        return
    if result.answers_stored or loaded.wave is not None:
        keys = tuple(key for key in _PAGES if key in (loaded.subjects or ()))
        if loaded.subjects is not None and not keys:
            st.markdown(visit.say("upload.loaded.no_subject"))
    else:
        keys = _REGISTER_PAGES
    for key in keys or ("partnerships",):
        st.page_link(
            _PAGES[key],
            label=visit.say(f"upload.loaded.see_{key}", name=plain(target.name)),
            icon=":material/arrow_forward:",
            query_params=visit.view.link_to(target.slug),
        )


def _number(visit: Visit, n: int) -> str:
    return format_number(n, visit.language)

"""The end of an import: what was loaded and where to see it, or why nothing was."""

import streamlit as st

from dashboard.escaping import plain
from dashboard.findings_list import show_findings
from dashboard.upload_story.register_steps import say_changes
from dashboard.visit import Visit
from etl.importing import ImportResult
from etl.jobs.queue import JobState, Status
from surveys.findings import Severity
from surveys.language.numerals import format_number

_SURVEY_PAGES = {"problems": "app_pages/problems.py", "partnerships": "app_pages/partnerships.py"}
_REGISTER_PAGES = {
    "problems": "app_pages/problems.py",
    "activities": "app_pages/activities.py",
    "partnerships": "app_pages/partnerships.py",
}


def show_loaded(visit: Visit, result: ImportResult, *, slug: str | None, name: str | None) -> None:
    """Show what was loaded.

    Args:
        visit: whose page.
        result: outcome of the import.
        slug: of the partnership it went to, ``None`` when nobody can say.
        name: of that partnership, ``None`` when the person sees it no longer.
    """
    with st.container(border=True, key="upload-loaded"):
        st.markdown(f"### :material/check_circle: {visit.say(_title_key(result))}")
        if result.answers_stored:
            st.markdown(
                visit.say(
                    "upload.loaded.survey",
                    name=plain(name or "–"),
                    read=visit.say("counts.rows", n=result.rows_read, number=_number(visit, result.rows_read)),
                    stored=_number(visit, result.rows_stored),
                    rejected=_number(visit, result.rows_rejected),
                    answers=_number(visit, result.answers_stored),
                )
            )
        elif result.changes:
            st.markdown(
                "\n".join([visit.say("upload.loaded.register", name=plain(name or "–")), "", *_changes(visit, result)])
            )
        show_findings(result.report, visit.language, severities=(Severity.WARNING, Severity.INFO))
        if slug is not None and name is not None:
            _show_links(visit, _SURVEY_PAGES if result.answers_stored else _REGISTER_PAGES, slug, name)
        if result.batch is not None:
            st.markdown(visit.say("upload.loaded.undo"))
            st.page_link("app_pages/imports.py", label=visit.say("nav.imports"), icon=":material/history:")
        if visit.scope.sample:
            st.caption(visit.say("upload.loaded.sample_seen"))


def show_last_attempt(visit: Visit, job: JobState) -> None:
    """Show why the last import did not load: broken off, or stopped by faults."""
    with st.container(border=True, key="upload-last"):
        if job.state is Status.CANCELLED:
            st.markdown(f"### :material/cancel: {visit.say('upload.cancelled.title')}")
            st.markdown(visit.say("upload.cancelled.body"))
            return
        st.markdown(f"### :material/error: {visit.say('upload.failed.title')}")
        st.markdown(visit.say("upload.failed.body"))
        show_findings(job.report, visit.language)


def _title_key(result: ImportResult) -> str:
    if result.already_loaded:
        return "upload.loaded.already"
    return "upload.loaded.title" if result.batch is not None else "upload.loaded.nothing"


def _changes(visit: Visit, result: ImportResult) -> list[str]:
    return [f"- {line}" for line in say_changes(visit, result)]


def _show_links(visit: Visit, pages: dict[str, str], slug: str, name: str) -> None:
    language = {"lang": "en"} if visit.language == "en" else {}
    for key, page in pages.items():
        st.page_link(
            page,
            label=visit.say(f"upload.loaded.see_{key}", name=plain(name)),
            icon=":material/arrow_forward:",
            query_params={"partnerstwo": slug, **language},
        )


def _number(visit: Visit, n: int) -> str:
    return format_number(n, visit.language)

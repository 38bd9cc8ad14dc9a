"""While a job waits or runs: its stage in words, how far it is, and a way to stop it."""

import streamlit as st

from dashboard import services
from dashboard.access.visitor import current_actor
from dashboard.data import current_store
from dashboard.refused_requests import keep_refusal
from dashboard.texts import say, texts
from etl.jobs import requests
from etl.jobs.queue import JobState, Status
from surveys.language.texts import Language

_LOOK_EVERY_SECONDS = 0.7


def show_waiting(job: JobState, language: Language) -> None:
    """Show a job that has not ended, and show the page anew as soon as it has."""
    with st.container(border=True, key=f"job-{job.kind.value}"):
        _watch(job.uid, language)


@st.fragment(run_every=_LOOK_EVERY_SECONDS)
def _watch(job: str, language: Language) -> None:
    # A fragment runs alone, later: who looks is asked anew, and the visit of the page's run is not there.
    state = requests.find_job(current_store(), current_actor(), job)
    if state is None or state.ended:
        st.rerun()
    st.progress(state.progress, text=say_stage(state, language))
    if state.cancel_requested:
        st.caption(say("upload.waiting.stopping", language))
        return
    st.caption(say("upload.waiting.closing", language))
    st.button(
        say("upload.waiting.cancel", language),
        icon=":material/cancel:",
        key=f"cancel-{job}",
        on_click=_cancel,
        args=(job,),
    )


def _cancel(job: str) -> None:
    keep_refusal(services.cancel(current_actor(), job))


def say_stage(job: JobState, language: Language) -> str:
    """Return what is being done, in words."""
    if job.state is Status.QUEUED:
        return say("upload.stage.queued", language)
    key = f"upload.stage.{job.stage}"
    return say(key if key in texts() else f"upload.stage.any_{job.kind.value}", language)

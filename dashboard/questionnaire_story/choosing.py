"""The list of questionnaires: ready ones, own ones, an uploaded one; and where a new one begins."""

import logging

import streamlit as st

from dashboard.escaping import plain
from dashboard.findings_list import show_findings
from dashboard.questionnaire_story import drafts
from dashboard.questionnaire_story.address import UPLOADED, Chosen, open_questionnaire
from dashboard.questionnaire_story.finding import keep_uploaded, list_own, list_writable
from dashboard.questionnaire_story.refused_steps import show_refused_step
from dashboard.questionnaire_story.showing import say_size, title_of
from dashboard.texts import texts
from dashboard.upload_story.uploader_words import show_refused_files
from dashboard.visit import Visit
from etl.faults import explain_fault
from etl.forms.checking import check_form_file
from etl.forms.reading import read_form_file
from etl.importing import Incoming
from etl.store.forms import FormState
from surveys.model import Form
from surveys.questionnaires import list_forms

_TURN = "questionnaire_upload_turn"
# What most partnerships begin with stands first.
_ORDER = ("residents", "residents-short", "youth", "partners", "cooperation", "activity")

_logger = logging.getLogger(__name__)


def show_list(visit: Visit) -> None:
    """Show all questionnaires that the visitor may look at."""
    st.markdown(visit.say("questionnaires.what"))
    show_refused_step(visit)
    st.header(visit.say("questionnaires.ready"), anchor=False)
    for form in newest_forms():
        with st.container(border=True, key=f"card-{form.form_id}"):
            _show_line(visit, form, Chosen(form.form_id, form.version))
            who = f"questionnaires.who.{form.form_id}"
            if who in texts():
                st.markdown(visit.say(who))
            st.caption(say_size(form, visit.language))
    _show_own(visit)
    _show_beginning(visit)
    _show_upload(visit)


def newest_forms() -> list[Form]:
    """Return the newest version of every shipped questionnaire, the most used first."""
    forms = {form.form_id: form for form in list_forms()}
    return sorted(
        forms.values(), key=lambda form: _ORDER.index(form.form_id) if form.form_id in _ORDER else len(_ORDER)
    )


def show_new(visit: Visit, source: Form | None, key: str) -> None:
    """Offer to begin an own questionnaire, from another one or empty."""
    writable = list_writable(visit)
    if not writable:
        st.markdown(visit.say("questionnaires.new.demo" if visit.actor.is_anonymous else "questionnaires.new.no_right"))
        return
    if len(writable) > 1:
        looked_at = visit.view.filters.partnership
        st.selectbox(
            visit.say("questionnaires.new.partnership"),
            list(writable),
            index=list(writable).index(looked_at) if looked_at in writable else 0,
            format_func=lambda slug: writable[slug],
            key=f"new-partnership-{key}",
        )
    st.text_input(visit.say("questionnaires.new.name"), key=f"new-title-{key}", max_chars=120)
    st.button(
        visit.say("questionnaires.new.button" if source is None else "questionnaires.new.button_from"),
        type="primary",
        key=f"new-{key}",
        on_click=_begin,
        args=(next(iter(writable)), source, key),
    )


def _begin(partnership: str, source: Form | None, key: str) -> None:
    partnership = st.session_state.get(f"new-partnership-{key}", partnership)
    drafts.begin(partnership, str(st.session_state.get(f"new-title-{key}", "")), source)


def _show_line(visit: Visit, form: Form, chosen: Chosen) -> None:
    st.button(
        f"**{plain(title_of(form, visit.language))}**",
        icon=":material/list_alt:",
        type="tertiary",
        key=f"show-{chosen.key}",
        on_click=open_questionnaire,
        args=(chosen,),
    )


def _show_own(visit: Visit) -> None:
    st.header(visit.say("questionnaires.own"), anchor=False)
    own = list_own(visit)
    if not own:
        st.markdown(visit.say("questionnaires.own_none"))
    for name, stored in own:
        form = stored.form
        chosen = Chosen(form.form_id, form.version, stored.partnership)
        with st.container(border=True, key=f"card-{stored.partnership}-{form.form_id}-{form.version}"):
            _show_line(visit, form, chosen)
            state = "draft" if stored.state is FormState.DRAFT else "published"
            said = visit.say(f"questionnaires.state.{state}", version=plain(form.version))
            st.caption(f"{plain(name)} · {said} · {say_size(form, visit.language)}")


def _show_beginning(visit: Visit) -> None:
    with st.container(border=True, key="card-new"):
        st.header(visit.say("questionnaires.new.title"), anchor=False)
        st.markdown(visit.say("questionnaires.new.what"))
        show_new(visit, None, "empty")


def _show_upload(visit: Visit) -> None:
    show_refused_files(visit.language)
    turn = st.session_state.setdefault(_TURN, 0)
    with st.container(border=True, key="upload-choose"):
        st.header(visit.say("questionnaires.upload.title"), anchor=False)
        st.markdown(visit.say("questionnaires.upload.what"))
        file = st.file_uploader(
            visit.say("questionnaires.upload.label"), key=f"form-file-{turn}", label_visibility="collapsed"
        )
        if file is None:
            return
        try:
            read = read_form_file(Incoming(file.name, file.getvalue()))
            keep_uploaded(read.form, check_form_file(read))
        except Exception as fault:  # noqa: BLE001 # whatever it was, the person gets a sentence and the log a number
            show_findings(explain_fault(fault, _logger), visit.language)
            return
    st.session_state[_TURN] = turn + 1
    open_questionnaire(UPLOADED)
    st.rerun()

"""The first step: choose a file, go on with one that waits, or take a workbook to fill in."""

import io

import streamlit as st

from dashboard import services
from dashboard.access.premises import current_premises
from dashboard.access.visitor import current_actor
from dashboard.data import current_store
from dashboard.escaping import plain
from dashboard.findings_list import show_findings
from dashboard.refused_requests import keep_refusal
from dashboard.upload_story.address import open_file
from dashboard.upload_story.rights import LoadingRights, Target
from dashboard.upload_story.uploader_words import show_refused_files
from dashboard.visit import Visit
from etl.exports.partnership_workbook import write_partnership_workbook
from etl.jobs import requests
from etl.store.moments import read_moment
from etl.store.owners import find_owner
from etl.store.register_reading import read_register
from etl.store.scope import Action, ForbiddenError
from surveys.language.texts import Language
from surveys.model import Register

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TURN = "upload_turn"


def show_choosing(visit: Visit, rights: LoadingRights) -> None:
    """Show everything that can be done before a file is chosen."""
    _say_who_may(visit, rights)
    st.markdown(visit.say("upload.steps"))
    _show_uploader(visit, rights)
    _show_waiting_files(visit)
    _show_downloads(visit, rights)


def _say_who_may(visit: Visit, rights: LoadingRights) -> None:
    if rights.any or rights.may_load_official:
        return
    key = "upload.no_right"
    if visit.actor.is_anonymous:
        key = "upload.demo"
    with st.container(border=True, key="upload-needs"):
        st.markdown(visit.say(key))
        st.markdown(visit.say("upload.try"))


def _show_uploader(visit: Visit, rights: LoadingRights) -> None:
    show_refused_files(visit.language)
    # A new turn is a new, empty uploader: the file that was taken is in the store.
    turn = st.session_state.setdefault(_TURN, 0)
    with st.container(border=True, key="upload-choose"):
        st.header(visit.say("upload.choose.title"), anchor=False)
        st.markdown(visit.say("upload.choose.kinds"))
        file = st.file_uploader(
            visit.say("upload.choose.label"), key=f"upload-file-{turn}", label_visibility="collapsed"
        )
    if file is None:
        return
    uid, report = services.take_file(visit.actor, file.name, file.getvalue(), partnership=first_offer(visit, rights))
    if uid is None:
        show_findings(report, visit.language)
        return
    st.session_state[_TURN] = turn + 1
    open_file(uid)
    st.rerun()


def _show_waiting_files(visit: Visit) -> None:
    kept = requests.list_uploads(current_store(), visit.actor)
    if not kept:
        return
    with st.container(border=True, key="upload-kept"):
        st.header(visit.say("upload.kept.title"), anchor=False)
        st.caption(visit.say("upload.kept.note"))
        for file in kept:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.button(
                    visit.say("upload.kept.open", name=plain(file.file_name)),
                    icon=":material/draft:",
                    type="tertiary",
                    key=f"open-{file.uid}",
                    on_click=open_file,
                    args=(file.uid,),
                )
                st.caption(f"{read_moment(file.made_at).astimezone():%H:%M}")
                st.button(
                    visit.say("upload.kept.drop"),
                    icon=":material/delete:",
                    type="tertiary",
                    help=visit.say("upload.kept.drop_help", name=plain(file.file_name)),
                    key=f"drop-{file.uid}",
                    on_click=_drop,
                    args=(file.uid,),
                )


def _drop(uid: str) -> None:
    keep_refusal(services.drop_file(current_actor(), uid))


def _show_downloads(visit: Visit, rights: LoadingRights) -> None:
    with st.container(border=True, key="upload-workbooks"):
        st.header(visit.say("upload.workbook.title"), anchor=False)
        st.markdown(visit.say("upload.workbook.what"))
        language = visit.language
        st.download_button(
            visit.say("upload.workbook.empty"),
            lambda: _write_workbook(None, language),
            file_name=f"{visit.say('upload.workbook.file')}.xlsx",
            mime=_XLSX,
            icon=":material/download:",
            key="workbook-empty",
            on_click="ignore",
        )
        if rights.targets:
            _show_filled_download(visit, rights)


def name_target(visit: Visit, target: Target) -> str:
    """Return a partnership's name for a list of choices, where an invented one says so."""
    return visit.say("upload.partnership.sample", name=target.name) if target.sample else target.name


def first_offer(visit: Visit, rights: LoadingRights) -> str | None:
    """Return the one partnership that can be loaded into, or the one that is being looked at."""
    slugs = [target.slug for target in rights.targets]
    if len(slugs) == 1:
        return slugs[0]
    return visit.view.filters.partnership if visit.view.filters.partnership in slugs else None


def _show_filled_download(visit: Visit, rights: LoadingRights) -> None:
    names = {target.slug: name_target(visit, target) for target in rights.targets}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        slug = st.selectbox(
            visit.say("upload.workbook.of"),
            list(names),
            index=0 if len(names) == 1 else None,
            format_func=lambda code: names[code],
            placeholder=visit.say("upload.partnership.placeholder"),
            key="workbook-of",
            width=320,
        )
        language, owner = visit.language, visit.actor.owner_key
        st.download_button(
            visit.say("upload.workbook.filled"),
            lambda: fill_workbook(owner, slug or "", language),
            file_name=f"{visit.say('upload.workbook.file')}-{slug or ''}.xlsx",
            mime=_XLSX,
            icon=":material/download:",
            key="workbook-filled",
            on_click="ignore",
            disabled=slug is None,
        )


def fill_workbook(owner: str, slug: str, language: Language) -> bytes:
    """Return the workbook of a partnership, for whoever may import into it now.

    Made when the button is pressed, perhaps long after the page was drawn: the right is asked for again.

    Args:
        owner: ``owner_key`` of the person.
        slug: of the partnership.
        language: of help and instructions.

    Raises:
        ForbiddenError: they may not, or not any longer.
    """
    premises = current_premises()
    actor = find_owner(premises.store, owner, premises.clock())
    if actor is None:
        raise ForbiddenError("the account is gone")
    actor.require(Action.IMPORT, slug)
    with premises.store.read() as connection:
        return _write_workbook(read_register(connection, slug), language)


def _write_workbook(register: Register | None, language: Language) -> bytes:
    out = io.BytesIO()
    write_partnership_workbook(register, out, language)
    return out.getvalue()

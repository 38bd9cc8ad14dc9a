"""Remembered decisions ("Zapamiętane decyzje"): what is applied to the next file by itself, and how to take it back."""

from collections.abc import Sequence

import streamlit as st

from dashboard import services
from dashboard.access.visitor import current_actor
from dashboard.data import current_store
from dashboard.escaping import plain
from dashboard.import_history import say_moment
from dashboard.refused_requests import keep_refusal
from dashboard.upload_story.rights import LoadingRights
from dashboard.visit import Visit
from etl.importing import Part, WordedDecision
from etl.mapping.mapping_file import write_mapping
from etl.store.mapping_decisions import KeptDecision, list_decisions
from surveys.vocabulary import load

_PAGE = 20
_ASKED = "forget_asked"


def show_remembered(visit: Visit, rights: LoadingRights) -> None:
    """Show what is remembered of the partnerships that a person may import into; nothing when there is none."""
    targets = [target for target in rights.targets if target.sample == visit.scope.sample]
    if not targets:
        return
    expander = st.expander(visit.say("mapping.kept.title"), key="remembered", on_change="rerun")
    if not expander.open:
        return
    with expander:
        st.markdown(visit.say("mapping.kept.what"))
        names = {target.slug: target.name for target in targets}
        slug = st.selectbox(
            visit.say("upload.form.partnership"), list(names), format_func=lambda one: names[one], key="remembered-of"
        )
        with current_store().read() as connection:
            kept = list_decisions(connection, visit.actor, slug)
        if kept:
            _show_list(visit, slug, kept)
        else:
            st.markdown(visit.say("mapping.kept.none"))
        _show_file(visit, slug, kept)


def say_decision(decision: WordedDecision, visit: Visit) -> str:
    """Return what was decided, in words, escaped."""
    target = decision.target
    if decision.part is Part.VALUE:
        label = next(
            (codes.label(target, visit.language) for codes in load().lists.values() if target and target in codes),
            target,
        )
        key = "mapping.kept.value" if target else "mapping.kept.value_own"
        return visit.say(key, value=plain(decision.value), label=plain(label))
    if decision.part is Part.QUESTION:
        return visit.say("mapping.kept.question" if target else "mapping.kept.question_new", name=plain(target))
    if decision.part is Part.IGNORE:
        return visit.say("upload.decision.ignore")
    return visit.say(f"upload.decision.{decision.part.value}_{target or 'none'}")


def _show_list(visit: Visit, slug: str, kept: Sequence[KeptDecision]) -> None:
    pages = -(-len(kept) // _PAGE)
    page = st.pagination(pages, key="remembered-page") if pages > 1 else 1
    for one in kept[(page - 1) * _PAGE : page * _PAGE]:
        left, right = st.columns([5, 1], vertical_alignment="center")
        who = visit.say("imports.machine") if one.made_by == "machine" else plain(one.made_by)
        said = visit.say(
            "mapping.kept.from", file=plain(one.file_name), who=who, when=say_moment(one.made_at, visit.language)
        )
        left.markdown(f"**{plain(one.decision.header)}** → {say_decision(one.decision, visit)}  \n:small[{said}]")
        right.button(
            visit.say("mapping.kept.forget"),
            icon=":material/delete:",
            type="tertiary",
            help=visit.say("mapping.kept.forget_help"),
            key=f"forget-{one.uid}",
            on_click=_forget,
            args=(slug, [one.uid]),
        )
    if st.session_state.get(_ASKED) != slug:
        st.button(visit.say("mapping.kept.forget_all"), key="forget-all", on_click=_ask, args=(slug,))
        return
    st.markdown(visit.say("mapping.kept.sure", n=len(kept)))
    with st.container(horizontal=True):
        st.button(visit.say("mapping.kept.yes"), type="primary", key="forget-yes", on_click=_forget, args=(slug, None))
        st.button(visit.say("mapping.kept.no"), key="forget-no", on_click=_ask, args=(None,))


def _show_file(visit: Visit, slug: str, kept: Sequence[KeptDecision]) -> None:
    if kept:
        st.download_button(
            visit.say("mapping.kept.download"),
            write_mapping(one.decision for one in kept),
            file_name=f"{visit.say('mapping.kept.file')}-{slug}.json",
            mime="application/json",
            icon=":material/download:",
            key="remembered-download",
            on_click="ignore",
        )
    turn = st.session_state.setdefault("remembered-turn", 0)
    file = st.file_uploader(visit.say("mapping.kept.upload"), type=["json"], key=f"remembered-file-{turn}")
    if file is None:
        return
    report = services.remember(visit.actor, slug, file.name, file.getvalue())
    # A new turn is a new, empty uploader.
    st.session_state["remembered-turn"] = turn + 1
    keep_refusal(report)
    st.rerun()


def _ask(slug: str | None) -> None:
    st.session_state[_ASKED] = slug


def _forget(slug: str, uids: Sequence[str] | None) -> None:
    st.session_state[_ASKED] = None
    keep_refusal(services.forget(current_actor(), slug, uids))

"""The organisation's own paragraphs, chapter by chapter: written once, in every later version again."""

import streamlit as st

from dashboard import services
from dashboard.data import current_store
from dashboard.document_story.choosing import Chosen
from dashboard.documents.kinds import PARTS, Part
from dashboard.findings_list import show_findings
from dashboard.texts import texts
from dashboard.visit import Visit
from etl.store.report_rows import LONGEST_TEXT, ReportPlace, read_own_texts
from etl.store.scope import Action

_HEIGHT = 160


def show_own_texts(visit: Visit, chosen: Chosen) -> None:
    """Show the paragraphs; whoever may import into the partnership writes them, one chapter at a time."""
    with current_store().read() as connection:
        own = read_own_texts(connection, visit.scope, chosen.slug, chosen.kind.value, visit.language)
    st.header(visit.say("documents.page.own"), anchor=False)
    parts = {part.key: part for part in PARTS[chosen.kind]}
    waiting = [key for key, part in parts.items() if part.asks and not own.get(key)]
    st.markdown(visit.say("documents.page.own_what"))
    if waiting:
        st.caption(visit.say("documents.page.own_waiting", n=len(waiting)))
    if not visit.actor.may(Action.IMPORT, chosen.slug):
        st.caption(visit.say("documents.page.own_forbidden"))
        return
    key = st.selectbox(
        visit.say("documents.page.own_chapter"),
        list(parts),
        index=list(parts).index(waiting[0]) if waiting else 0,
        format_func=lambda one: _name(visit, one, own),
        key=f"own-chapter-{chosen.slug}-{chosen.kind.value}",
    )
    _show_editor(visit, chosen, parts[key], own.get(key, ""))


def _show_editor(visit: Visit, chosen: Chosen, part: Part, stored: str) -> None:
    place = f"{chosen.slug}-{chosen.kind.value}-{part.key}-{visit.language}"
    where = ReportPlace(chosen.slug, chosen.kind.value, part.key, visit.language)
    kept = st.session_state
    # What this person saw when they began: somebody else may write meanwhile.
    seen = str(kept.setdefault(f"before-{place}", stored))
    written = str(kept.get(f"draft-{place}", seen))
    if written == seen != stored:  # nothing was typed here, so nothing is lost by showing what is there now
        seen = written = kept[f"before-{place}"] = stored
        kept.pop(f"text-{place}", None)
    if f"text-{place}" not in kept:
        kept[f"text-{place}"] = written
    hint = _hint(visit, chosen, part)
    if hint:
        st.caption(hint)
    text = st.text_area(
        visit.say(f"documents.chapter.{part.key}"),
        height=_HEIGHT,
        max_chars=LONGEST_TEXT,
        key=f"text-{place}",
        on_change=_keep_draft,
        args=(place,),
    )
    if st.button(visit.say("documents.page.own_save"), key=f"save-{place}"):
        _save(visit, where, place, text, seen=seen, stored=stored)
    elif kept.get(f"draft-{place}", seen) != seen:
        st.caption(visit.say("documents.page.own_unsaved"))
    _offer_return(visit, where, place)


def _keep_draft(place: str) -> None:
    """Keep what was typed: another chapter may be looked at before it is saved."""
    st.session_state[f"draft-{place}"] = st.session_state[f"text-{place}"]


def _save(visit: Visit, where: ReportPlace, place: str, text: str, *, seen: str, stored: str) -> None:
    report = services.write_report_text(visit.actor, visit.scope, where, text, before=seen)
    if report.stops:
        show_findings(report, visit.language)
        if stored != seen:
            # What somebody else wrote is read now; who saves once more replaces it knowingly.
            st.markdown(visit.say("documents.page.own_other"))
            with st.container(border=True):
                st.text(stored)
            st.session_state[f"before-{place}"] = stored
            st.session_state[f"draft-{place}"] = text
        return
    st.session_state[f"before-{place}"] = st.session_state[f"draft-{place}"] = text
    st.session_state[f"return-{place}"] = (text, stored)
    st.success(visit.say("documents.page.own_saved"), icon=":material/check:")


def _offer_return(visit: Visit, where: ReportPlace, place: str) -> None:
    """Offer the text that stood there before the last saving."""
    saved = st.session_state.get(f"return-{place}")
    if saved is None or saved[0].strip() == saved[1].strip():
        return

    def go_back() -> None:
        report = services.write_report_text(visit.actor, visit.scope, where, saved[1], before=saved[0])
        st.session_state.pop(f"return-{place}")
        if not report.stops:
            for kind in ("before", "draft", "text"):
                st.session_state[f"{kind}-{place}"] = saved[1]

    st.button(
        visit.say("documents.page.own_back"), icon=":material/undo:", key=f"back-{place}", type="tertiary",
        on_click=go_back,
    )  # fmt: skip


def _name(visit: Visit, key: str, own: dict[str, str]) -> str:
    title = visit.say(f"documents.chapter.{key}")
    return visit.say("documents.page.own_written", title=title) if own.get(key) else title


def _hint(visit: Visit, chosen: Chosen, part: Part) -> str:
    key = f"documents.hint.basis_{chosen.kind.value}" if part.key == "basis" else f"documents.hint.{part.key}"
    return visit.say(key) if key in texts() else ""

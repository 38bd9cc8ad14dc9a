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


def _show_editor(visit: Visit, chosen: Chosen, part: Part, before: str) -> None:
    place = f"{chosen.slug}-{chosen.kind.value}-{part.key}-{visit.language}"
    # What this person saw when they began: somebody else may write meanwhile.
    seen = st.session_state.setdefault(f"before-{place}", before)
    hint = _hint(visit, chosen, part)
    if hint:
        st.caption(hint)
    with st.form(f"own-{place}", border=False):
        text = st.text_area(
            visit.say(f"documents.chapter.{part.key}"),
            before,
            height=_HEIGHT,
            max_chars=LONGEST_TEXT,
            key=f"text-{place}",
        )
        if not st.form_submit_button(visit.say("documents.page.own_save"), key=f"save-{place}"):
            return
    where = ReportPlace(chosen.slug, chosen.kind.value, part.key, visit.language)
    report = services.write_report_text(visit.actor, visit.scope, where, text, before=seen)
    if report.stops:
        show_findings(report, visit.language)
        return
    st.session_state[f"before-{place}"] = text
    st.success(visit.say("documents.page.own_saved"), icon=":material/check:")


def _name(visit: Visit, key: str, own: dict[str, str]) -> str:
    title = visit.say(f"documents.chapter.{key}")
    return visit.say("documents.page.own_written", title=title) if own.get(key) else title


def _hint(visit: Visit, chosen: Chosen, part: Part) -> str:
    key = f"documents.hint.basis_{chosen.kind.value}" if part.key == "basis" else f"documents.hint.{part.key}"
    return visit.say(key) if key in texts() else ""

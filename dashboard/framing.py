"""The frame around every page: navigation, the banner of invented data, language, account."""

from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from dashboard.escaping import plain
from dashboard.page_addresses import PAGES, SECTIONS
from dashboard.texts import say
from etl.store.reading import Scope
from etl.store.scope import Actor
from surveys.language.texts import LANGUAGES, Language

_PAGES = Path(__file__).parent / "app_pages"

# Pages whose story has nothing to filter.
UNFILTERED = frozenset(
    {"start", "questionnaires", "upload", "imports", "collections", "meetings", "documents", "accounts"}
)
_ICONS = {
    "start": ":material/home:",
    "problems": ":material/report:",
    "activities": ":material/event:",
    "groups": ":material/groups:",
    "results": ":material/poll:",
    "collections": ":material/ballot:",
    "partnerships": ":material/handshake:",
    "questionnaires": ":material/list_alt:",
    "map": ":material/map:",
    "comparison": ":material/compare:",
    "solved": ":material/lightbulb:",
    "capital": ":material/hub:",
    "applicants": ":material/edit_document:",
    "thread": ":material/route:",
    "health": ":material/favorite:",
    "gaps": ":material/difference:",
    "mirrors": ":material/flip:",
    "meetings": ":material/groups_3:",
    "documents": ":material/description:",
    "upload": ":material/upload_file:",
    "imports": ":material/history:",
    "accounts": ":material/manage_accounts:",
}


def page_file(name: str) -> Path:
    """Return the script of a page."""
    return _PAGES / f"{name}.py"


def build_navigation(language: Language, actor: Actor) -> StreamlitPage:
    """Build the navigation and return the page that was asked for."""
    del actor  # every role sees the same pages; what they hold is decided by the scope
    sections = {
        say(f"nav.section.{section}", language) if section else "": [
            st.Page(page_file(name), title=say(f"nav.{name}", language), icon=_ICONS[name], default=not address,
                    url_path=address or None)
            for name, address in pages.items()
        ]
        for section, pages in SECTIONS.items()
    }  # fmt: skip
    return st.navigation(sections, position="top")


def is_filtered(page: StreamlitPage) -> bool:
    """Whether the shared filters say anything on this page."""
    return page.url_path not in {PAGES[name] for name in UNFILTERED}


def wants_sample(actor: Actor) -> bool:
    """Whether the invented data are looked at: always without an account, by choice with one."""
    return actor.is_anonymous or st.session_state.get("data_kind") == "sample"


def show_frame(language: Language, actor: Actor, scope: Scope) -> None:
    """Show the banner, the language switch and the account."""
    with st.container(horizontal=True, vertical_alignment="center", key="frame"):
        if scope.sample and scope.partnerships:
            st.markdown(f":material/science: **{say('app.sample_banner', language)}**")
        st.space("stretch")
        if not actor.is_anonymous:
            _show_account(language, actor)
        st.segmented_control(
            say("app.language", language),
            LANGUAGES,
            format_func=str.upper,
            key="language",
            required=True,
            label_visibility="collapsed",
        )
    if actor.is_anonymous and scope.sample:
        st.caption(say("app.demo_open", language))


def _show_account(language: Language, actor: Actor) -> None:
    with st.popover(say("app.account", language), icon=":material/person:"):
        st.markdown(say("app.signed_in", language, name=plain(actor.name)))
        st.session_state.setdefault("data_kind", "real")
        st.segmented_control(
            say("app.data", language),
            ("real", "sample"),
            format_func=lambda kind: say(f"app.data_{kind}", language),
            key="data_kind",
            required=True,
        )
        st.markdown(f"[{say('app.password', language)}](/haslo) · [{say('app.sign_out', language)}](/wyloguj)")

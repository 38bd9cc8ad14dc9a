"""Lists that wait to be filled in before a draft can be put to people: partners from the register, places by hand."""

import streamlit as st

from dashboard.data import current_store
from dashboard.questionnaire_story import drafts
from dashboard.questionnaire_story.address import Chosen
from dashboard.visit import Visit
from etl.store.register_reading import read_register
from etl.store.scope import Action
from surveys.model import Form
from surveys.questionnaires.filling_lists import PARTNERS, fill_list, lists_to_fill, partner_names


def show_lists_to_fill(visit: Visit, chosen: Chosen, form: Form) -> None:
    """Say which lists wait, and offer the register for partners."""
    waiting = lists_to_fill(form)
    if not waiting:
        return
    with st.container(border=True, key="card-lists"):
        st.header(visit.say("questionnaires.fill.title"), anchor=False)
        for kind in dict.fromkeys(waiting.values()):
            key = f"questionnaires.fill.{PARTNERS if kind == PARTNERS else 'places'}"
            st.markdown(visit.say(key))
        if PARTNERS not in waiting.values():
            return
        names = _list_partners(visit, chosen.partnership)
        if not names:
            st.markdown(visit.say("questionnaires.fill.no_partners"))
            return
        lists = tuple(name for name, kind in waiting.items() if kind == PARTNERS)
        st.button(
            visit.say("questionnaires.fill.button", n=len(names)),
            icon=":material/playlist_add:",
            key="fill-partners",
            on_click=_fill,
            args=(chosen, lists, tuple(names)),
        )


def _list_partners(visit: Visit, partnership: str) -> list[str]:
    """Return names of organisations that have not left, in alphabetical order."""
    visit.actor.require(Action.SEE_PARTNERSHIP, partnership)
    with current_store().read() as connection:
        register = read_register(connection, partnership)
    return [] if register is None else partner_names(register)


def _fill(chosen: Chosen, lists: tuple[str, ...], names: tuple[str, ...]) -> None:
    def step(form: Form) -> Form:
        for name in lists:
            form = fill_list(form, name, names)
        return form

    drafts.change(chosen, step)

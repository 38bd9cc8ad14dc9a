"""A first or a new password: made by the program, shown once to whoever has to hand it over, kept nowhere."""

import streamlit as st

from dashboard.escaping import plain
from dashboard.visit import Visit

_MADE = "made_password"


def keep_shown(place: str, name: str, password: str) -> None:
    """Keep a password for the next run, which shows it (in a callback).

    Args:
        place: of the page where it is shown: an account's name, or `NEW`.
        name: of the account.
        password: that was just made.
    """
    st.session_state[_MADE] = (place, name, password)


def show_made(visit: Visit, place: str) -> None:
    """Show the password that was just made, until somebody has written it down."""
    made: tuple[str, str, str] | None = st.session_state.get(_MADE)
    if made is None or made[0] != place:
        return
    with st.container(border=True, key="card-password"):
        st.markdown(f":material/key: {visit.say('accounts.password.made', name=plain(made[1]))}")
        st.code(made[2], language=None)
        st.caption(visit.say("accounts.password.once"))
        st.button(visit.say("accounts.password.hide"), key="password-hide", on_click=_forget)


def _forget() -> None:
    st.session_state.pop(_MADE, None)

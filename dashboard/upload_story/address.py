"""The file in the address: ``?wgranie=<uid>``, so that a reload, the back button or another tab find it again."""

import re

import streamlit as st

NAME = "wgranie"
_UID = re.compile(r"[0-9a-f]{32}")


def read_address() -> str | None:
    """Return the uid of the file that the address names; a text that is no uid names none."""
    uid = st.query_params.get(NAME, "")
    return uid if _UID.fullmatch(uid) else None


def open_file(uid: str) -> None:
    """Go to a file's steps."""
    st.query_params[NAME] = uid


def leave_file() -> None:
    """Go back to the choice of a file."""
    st.query_params.pop(NAME, None)

"""Parts of a page, one shown at a time: a row of buttons whose choice travels in the address."""

from collections.abc import Callable, Sequence

import streamlit as st

_ADDRESS = "widok"


def choose_part(say: Callable[..., str], texts: str, parts: Sequence[str], *, of: str = "") -> str:
    """Offer the parts of a page and return the chosen one; the first one stands without a word in the address.

    Args:
        say: says a text in the visitor's language.
        texts: prefix of the texts: ``.part.label`` and ``.part.<part>``; also tells the pages apart.
        parts: names as the address has them.
        of: what the page is about; when it changes and the address names no part, the first one is shown again.
    """
    key = f"{texts}_part"
    written, about = f"{key}_written", f"{key}_of"
    address, state = st.query_params.get(_ADDRESS), st.session_state
    if address in parts and (address != state.get(written) or key not in state):
        state[key] = address
    elif state.get(key) not in parts or (address is None and state.get(about, of) != of):
        state[key] = parts[0]
    state[about] = of
    chosen = st.segmented_control(
        say(f"{texts}.part.label"),
        parts,
        format_func=lambda part: say(f"{texts}.part.{part}"),
        key=key,
        required=True,
        label_visibility="collapsed",
    )
    part: str = chosen if chosen is not None and chosen in parts else parts[0]
    if part == parts[0]:
        st.query_params.pop(_ADDRESS, None)
    elif part != address:
        st.query_params[_ADDRESS] = part
    state[written] = part
    return part

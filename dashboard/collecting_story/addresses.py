"""Addresses of a link as people outside see them: on a poster, in a message, on a tablet."""

from dataclasses import dataclass

import streamlit as st

from dashboard.access.config import LOOPBACK_NAMES, host_name
from dashboard.access.premises import current_premises
from etl.store.collection_rows import Collection


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where a form is opened.

    Attributes:
        only_here: other machines cannot open them: the server listens to this one only.
    """

    form: str
    short: str
    kiosk: str | None
    preview: str
    only_here: bool


def find_addresses(found: Collection) -> Addresses:
    """Return the addresses of a link under the name by which this page was opened."""
    entrance = current_premises().entrance
    host = st.context.headers.get("Host") or "localhost"
    start = entrance.public_origin or f"http://{host}"
    return Addresses(
        form=f"{start}/a/{found.token}",
        short=f"{start}/a/{found.short_token}",
        kiosk=None if found.kiosk_token is None else f"{start}/k/{found.kiosk_token}",
        preview=f"/podglad-ankiety/{found.uid}",
        only_here=entrance.public_origin is None and (host_name(host) or "localhost") in LOOPBACK_NAMES,
    )

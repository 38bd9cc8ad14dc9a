"""The questionnaire in the address: ``?kwestionariusz=residents~2026-1``, an own one with its partnership in front."""

from dataclasses import dataclass

import streamlit as st

NAME = "kwestionariusz"
_UPLOADED = "wgrany"
_BETWEEN = "~"


@dataclass(frozen=True, slots=True)
class Chosen:
    """A version of a questionnaire.

    Attributes:
        form_id, version: of the form; both empty for the one that was uploaded in this tab.
        partnership: slug of the owner, empty for shipped ones.
    """

    form_id: str = ""
    version: str = ""
    partnership: str = ""

    @property
    def key(self) -> str:
        """As the address writes it."""
        if not self.form_id:
            return _UPLOADED
        return _BETWEEN.join(filter(None, (self.partnership, self.form_id, self.version)))


UPLOADED = Chosen()


def read_address() -> Chosen | None:
    """Return the questionnaire that the address names, ``None`` for none."""
    written = st.query_params.get(NAME, "")
    if written == _UPLOADED:
        return UPLOADED
    parts = written.split(_BETWEEN)
    if len(parts) not in {2, 3} or not all(parts):
        return None
    return Chosen(parts[-2], parts[-1], parts[0] if len(parts) == 3 else "")


def open_questionnaire(chosen: Chosen) -> None:
    """Go to a questionnaire (a callback)."""
    st.query_params[NAME] = chosen.key
    st.query_params.pop("widok", None)


def leave_questionnaire() -> None:
    """Go back to the list (a callback)."""
    st.query_params.pop(NAME, None)
    st.query_params.pop("widok", None)

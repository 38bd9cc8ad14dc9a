"""Boxes of what is open in a draft, and what is open: a question or a section, one at a time in a tab."""

from dataclasses import dataclass

import streamlit as st

from dashboard.questionnaire_story.address import Chosen
from surveys.model.form import Labels

_OPEN, _TURN = "questionnaire_open", "questionnaire_turn"


@dataclass(frozen=True, slots=True)
class Boxes:
    """Keys of the boxes of one opened question; another opening has other boxes."""

    key: str

    def of(self, name: str) -> str:
        """Return the key of a box."""
        return f"edit-{name}-{self.key}"

    def read(self, name: str) -> str:
        """Return what stands in a box of text, as it was typed."""
        return str(st.session_state.get(self.of(name), ""))

    def read_both(self, name: str) -> tuple[str, str] | None:
        """Return the lines of a box in Polish and in English, ``None`` when the question has none such."""
        if self.of(f"{name}_pl") not in st.session_state:
            return None
        return self.read(f"{name}_pl"), self.read(f"{name}_en")

    def read_labels(self, name: str) -> Labels:
        """Return the lines of text in both languages, without blanks around and in between; empty ones left out."""
        read = {language: " ".join(self.read(f"{name}_{language}").split()) for language in ("pl", "en")}
        return {language: text for language, text in read.items() if text}


def make_boxes(name: str) -> Boxes:
    """Return the boxes of what is open now."""
    return Boxes(f"{st.session_state.get(_TURN, 0)}-{name}")


def opened(chosen: Chosen) -> str | None:
    """Return the name of the question that is open in this tab, ``None`` for none."""
    state: tuple[str, str] | None = st.session_state.get(_OPEN)
    return state[1] if state is not None and state[0] == chosen.key else None


def open_question(chosen: Chosen, name: str) -> None:
    """Open a question (a callback)."""
    st.session_state[_OPEN] = (chosen.key, name)
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1


def close_question() -> None:
    """Close the open question (a callback)."""
    st.session_state.pop(_OPEN, None)

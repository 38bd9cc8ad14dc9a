"""What the uploader says of a file it refused: Streamlit says it in English only, so style puts ours beside it."""

import json

import streamlit as st

from dashboard.texts import say
from surveys.language.texts import Language

# Its button and its limit are words of Streamlit's like others: `dashboard.access.shell_words`.
_STYLE = """<style>
.st-key-upload-choose [data-testid="stFileUploader"]:has([data-testid="stFileChipIconError"])::after {
  content: %s; display: block; padding-top: 0.5rem; font-weight: 600;
}
</style>"""


def show_refused_files(language: Language) -> None:
    """Let the uploader say in the visitor's language that a file was too large or did not arrive."""
    st.html(_STYLE % json.dumps(say("upload.choose.refused", language), ensure_ascii=False))

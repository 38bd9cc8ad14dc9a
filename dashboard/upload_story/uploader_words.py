"""The uploader's own words: Streamlit writes them in English only, so style puts ours in their place."""

import json

import streamlit as st

from dashboard.texts import say
from surveys.language.texts import Language

_STYLE = """<style>
.st-key-upload-choose [data-testid="stFileUploaderDropzone"] button p { font-size: 0; }
.st-key-upload-choose [data-testid="stFileUploaderDropzone"] button p::after {
  content: %(button)s; font-size: 0.875rem;
}
.st-key-upload-choose [data-testid="stFileUploaderDropzoneInstructions"] span { font-size: 0; }
.st-key-upload-choose [data-testid="stFileUploaderDropzoneInstructions"] span::after {
  content: %(limit)s; font-size: 0.875rem;
}
.st-key-upload-choose [data-testid="stFileUploader"]:has([data-testid="stFileChipIconError"])::after {
  content: %(refused)s; display: block; padding-top: 0.5rem; font-weight: 600;
}
</style>"""


def relabel_uploader(language: Language) -> None:
    """Write the uploader's button, limit and refusal in the visitor's language."""
    words = {
        name: json.dumps(say(f"upload.choose.{name}", language), ensure_ascii=False)
        for name in ("button", "limit", "refused")
    }
    st.html(_STYLE % words)

"""Streamlit's own words on the screen: it knows them in English only, so the page's shell puts ours in their place.

Names for screen readers and hints are changed wherever they stand; text only inside Streamlit's own parts of the page
(``shell.js`` names them), so that nobody's words are ever touched.
"""

import json

from dashboard.texts import say
from surveys.language.texts import LANGUAGES

# What Streamlit says, and our text of it; "{…}" stands for whatever it puts there.
STREAMLIT_WORDS: dict[str, str] = {
    "Skip to main content": "skip",
    "App pages": "pages",
    "Expand sidebar": "expand_pages",
    "Collapse sidebar": "collapse_pages",
    "Sidebar": "sidebar",
    "Main menu": "menu",
    "{n} more": "more_pages",
    "View {n} more": "show_more",
    "View less": "show_less",
    "Open": "open",
    "Close": "close",
    "Clear value": "clear_value",
    "Clear all": "clear_all",
    "Selected values": "selected",
    "Selectbox options": "options",
    "No results": "no_results",
    "Select all": "select_all",
    "Select {n} matches": "select_matches",
    "{n} options available.": "options_available",
    "{n} option available.": "option_available",
    "{name}, selected": "one_selected",
    "Dismiss": "dismiss",
    "Remove {name}": "remove",
    "Cancel upload of {name}": "cancel_upload",
    "file upload": "file",
    "Upload": "upload",
    "{n}MB per file": "upload_limit",
    "Drag and drop a file here": "drop_file",
    "Pagination": "pagination",
    "Previous page": "previous",
    "Next page": "next",
    "Page {n}": "page",
    "Fullscreen": "fullscreen",
    "Close fullscreen": "leave_fullscreen",
    "Link to heading": "heading_link",
    "Running...": "running",
    "Stop": "stop",
    "Stopping...": "stopping",
    "Connecting": "connecting",
    "Connecting to Streamlit server": "connecting_why",
    "Error": "error",
    "Unable to connect to Streamlit server": "unreachable",
    "Connection error": "lost",
    "Connection timed out.": "lost_time",
    "Streamlit server is not responding. Are you connected to the internet?": "lost_why",
    "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:": "lost_here",
}


def list_words() -> str:
    """Return the words as JSON that may stand in a page: the languages, then each of Streamlit's words with ours."""
    words = [
        [theirs, *(say(f"streamlit.{key}", language, **{name: f"{{{name}}}" for name in ("n", "name")})
                   for language in LANGUAGES)]
        for theirs, key in STREAMLIT_WORDS.items()
    ]  # fmt: skip
    return json.dumps({"languages": LANGUAGES, "words": words}, ensure_ascii=False).replace("<", "\\u003c")

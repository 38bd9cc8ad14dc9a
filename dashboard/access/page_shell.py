"""Streamlit's own page, with the language and title of ours.

Streamlit ships a finished ``index.html`` that says ``lang="en"``, is titled "Streamlit" and offers itself to machines.
Screen readers and browsers' translators need the true language before the first script runs.
"""

import re
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from streamlit import file_util

from dashboard.access.language import choose_language
from dashboard.access.pages import remember_language
from dashboard.access.shell_words import list_words
from dashboard.texts import say
from surveys.language.texts import Language

_SCRIPT = '<script src="/powloka.js"></script>'


class ShellChangedError(RuntimeError):
    """Streamlit's page is not what it was: a new version, whose page has to be looked at."""


async def serve_shell(request: Request) -> Response:
    """Answer a page's address with Streamlit's page."""
    response = HTMLResponse(build_shell(choose_language(request.scope)))
    remember_language(response, request)
    return response


@cache
def list_static_paths() -> frozenset[str]:
    """Return the addresses of Streamlit's own files. It answers any other address under ``/static`` with its page."""
    root = Path(file_util.get_static_dir())
    return frozenset(f"/{file.relative_to(root).as_posix()}" for file in root.rglob("*") if file.is_file())


@cache
def build_shell(language: Language) -> str:
    """Return Streamlit's page in a language.

    Raises:
        ShellChangedError: a place that has to be changed is not there.
    """
    html = (Path(file_util.get_static_dir()) / "index.html").read_text(encoding="utf-8")
    title, without_script = (say(key, language) for key in ("shell.title", "shell.without_script"))
    for pattern, replacement in (
        (r'<html lang="en">', f'<html lang="{language}">'),
        (r"<title>Streamlit</title>", f"<title>{title}</title>"),
        (r"<noscript>.*?</noscript>", f"<noscript><p>{without_script}</p></noscript>"),
        (r'<link rel="service-desc"[^>]*>', ""),
        (r'<link rel="shortcut icon"[^>]*>', '<link rel="icon" type="image/svg+xml" href="/znak.svg" />'),
        # Without being told, the page at /problemy first looks for a server under /problemy/.
        (r"<script>\s*window\.prerenderReady = false\s*</script>", _SCRIPT),
        # Streamlit's addresses of its files are relative to the page's.
        (r'(href|src)="\./static/', r'\1="/static/'),
    ):
        html, count = re.subn(pattern, replacement, html, flags=re.DOTALL)
        if count == 0:
            raise ShellChangedError(f"Streamlit's index.html has no {pattern}")
    # The policy forbids scripts in the page; this is a block of data, which no browser runs.
    words = f'<script type="application/json" id="streamlit-words">{list_words()}</script>'
    return re.sub(r"<!--.*?-->\s*", "", html, flags=re.DOTALL).replace(_SCRIPT, words + _SCRIPT)

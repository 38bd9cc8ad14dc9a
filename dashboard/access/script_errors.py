"""Faults of our own program: a code and the kind of fault in the log, a plain sentence on the screen.

The text of an exception often holds what somebody answered (``KeyError: 'depresja'``), so no log of this process
shows it: tracebacks keep files, lines and functions, and lose the exception's words.
"""

import logging
import secrets
import traceback
from collections.abc import Callable
from types import TracebackType
from typing import Any

import streamlit as st

from dashboard.access.visitor import current_language
from dashboard.escaping import plain
from dashboard.texts import say
from etl.store.faults import explain_store_fault
from etl.store.scope import ForbiddenError
from surveys.findings import FaultError

_LOG = logging.getLogger("diagnoza.script")

_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def report_script_error(error: Exception) -> bool:
    """Show what a person can do about a fault, or a code, instead of Streamlit's box; log the kind of fault.

    Returns:
        ``True``: Streamlit shows nothing of its own.
    """
    language = current_language()
    if isinstance(error, ForbiddenError):
        st.warning(say("refusal.forbidden", language))
        return True
    trouble = explain_store_fault(error)
    findings = error.report.findings if isinstance(error, FaultError) else () if trouble is None else (trouble,)
    for finding in findings:
        st.error(plain(f"{finding.message(language)} {finding.remedy(language)}"))
    if findings:
        _LOG.error("%s", name_error(error))
        return True
    code = make_error_code()
    _LOG.error("%s: %s", code, name_error(error))
    st.error(say("refusal.fault", language, code=code))
    return True


def make_error_code() -> str:
    """Return a code that a person can read out over the telephone and that stands in the log."""
    return f"E-{secrets.token_hex(3).upper()}"


def name_error(error: BaseException) -> str:
    """Return the kind of a fault and where it happened, without its words."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" in {frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{where}"


def quieten_tracebacks() -> None:
    """Make every log record of this process lose the words of exceptions, also Streamlit's and the server's."""
    make_record: Callable[..., logging.LogRecord] = logging.getLogRecordFactory()
    if getattr(make_record, "quiet", False):
        return

    def make_quiet_record(*args: Any, **kwargs: Any) -> logging.LogRecord:  # logging's own signature
        record = make_record(*args, **kwargs)
        if record.exc_info and record.exc_info[0] is not None:
            record.exc_text = format_quietly(record.exc_info)
            record.exc_info = None
        return record

    make_quiet_record.quiet = True  # type: ignore[attr-defined] # so that a second call changes nothing
    logging.setLogRecordFactory(make_quiet_record)


def format_quietly(exc_info: _ExcInfo) -> str:
    """Return a traceback without the words of the exception or of those it came from."""
    lines: list[str] = []
    error = exc_info[1]
    while error is not None:
        frames = "".join(
            f'  File "{frame.filename}", line {frame.lineno}, in {frame.name}\n'
            for frame in traceback.extract_tb(error.__traceback__)
        )
        lines.append(f"{frames}{type(error).__qualname__}")
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\nwhich came from\n".join(lines)

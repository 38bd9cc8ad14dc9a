"""From any exception to findings: the last door before a person, for the command line, jobs and pages alike.

What is expected says where, what and what to do. What is not gets a number; the log has the number with the kinds of
the exceptions and the places in the program, never their texts, because those may quote what somebody answered.
"""

import logging
import secrets
import traceback
from pathlib import Path

from etl.store.faults import explain_store_fault
from etl.store.scope import ForbiddenError
from surveys.findings import FaultError, Finding, Report

_ROOT = Path(__file__).resolve().parent.parent


def explain_fault(error: BaseException, logger: logging.Logger) -> Report:
    """Return the findings that an exception means, and log it when nobody foresaw it."""
    if isinstance(error, FaultError):
        return error.report
    if isinstance(error, ForbiddenError):
        return Report((Finding("NOT-ALLOWED"),))
    known = explain_store_fault(error)
    if known is not None:
        logger.warning("%s: %s", known.code, describe_places(error))
        return Report((known,))
    fault = secrets.token_hex(4)
    logger.error("fault %s: %s", fault, describe_places(error))
    return Report((Finding("INTERNAL-FAULT", facts={"fault": fault}),))


def describe_places(error: BaseException) -> str:
    """Return the kinds of an exception and its causes with the places they came from, without their texts."""
    lines: list[str] = []
    current: BaseException | None = error
    while current is not None and len(lines) < 5:
        frames = traceback.extract_tb(current.__traceback__)
        places = [f"{_shorten(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
        lines.append(f"{type(current).__module__}.{type(current).__qualname__} at {' > '.join(places) or '?'}")
        current = current.__cause__ or current.__context__
    return "; because of ".join(lines)


def _shorten(file_name: str) -> str:
    """Paths tell who uses the machine; a place in the program is enough."""
    path = Path(file_name)
    return path.relative_to(_ROOT).as_posix() if path.is_relative_to(_ROOT) else path.name

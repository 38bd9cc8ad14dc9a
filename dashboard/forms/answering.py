"""A public page answered in a thread of its own; what goes wrong is a page in plain words and a number in the log."""

import logging
from collections.abc import Callable
from typing import TypeVarTuple

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import Response

from dashboard.access.script_errors import make_error_code, name_error
from dashboard.forms.pages import make_public_refusal

_LOG = logging.getLogger("diagnoza.gate")

Ts = TypeVarTuple("Ts")


async def answer_in_thread(
    request: Request, ask: Callable[[Request, *Ts], Response], *args: *Ts, limiter: CapacityLimiter, fault: str
) -> Response:
    """Return what ``ask`` answers.

    Args:
        request: the request, handed on.
        ask: asks the store, and therefore waits.
        *args: handed on too.
        limiter: how many may wait at once.
        fault: key of the text that is shown when the answer fails.
    """
    try:
        return await to_thread.run_sync(ask, request, *args, limiter=limiter)
    except Exception as error:  # noqa: BLE001 # a page in plain words for the person; for the log no word of theirs
        code = make_error_code()
        _LOG.error("%s: %s on a public page", code, name_error(error))  # no traceback on purpose
        return make_public_refusal(request.scope, 503, fault, code=code)

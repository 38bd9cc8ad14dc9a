"""When sessions were last used, written down in the background and at most once a minute each.

A request must not wait for the database's writer (an import may hold it for seconds) only to say "I was here".
"""

import asyncio
import logging
from datetime import datetime

from anyio import to_thread

from dashboard.access.premises import Premises
from etl.store.sessions import Visit, touch_sessions

_LOG = logging.getLogger("diagnoza.gate")


class Usage:
    """Collects uses and writes them, one writing at a time. Used from the server's event loop only."""

    def __init__(self) -> None:
        self._seen: dict[str, datetime] = {}
        self._writing: asyncio.Task[None] | None = None

    def note(self, visit: Visit, premises: Premises) -> None:
        """Note that a visit is in use, when its session was last seen a minute ago or more."""
        if not visit.stale:
            return
        self._seen[visit.token_hash] = premises.clock()
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write(premises))

    async def _write(self, premises: Premises) -> None:
        while self._seen:
            seen, self._seen = self._seen, {}
            if not await to_thread.run_sync(touch_sessions, premises.store, seen):
                # The sessions end a little earlier than they would; the next use tries again.
                _LOG.warning("sessions could not be noted as used: the database is busy")
                return

"""Uploads: into one's own session, five files and 100 MB held at most, counted while they arrive.

Streamlit keeps uploads in memory and counts one file at a time. Content-Length may be absent or a lie, so bytes are
counted as they come, for all of a person's sessions together.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from starlette.types import Message, Receive, Scope
from streamlit import runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

from dashboard.access.belongings import Belongings
from dashboard.access.config import MAX_UPLOAD_MB
from dashboard.access.identity import headers
from etl.store.sessions import Visit

MOST_FILES = 5
MOST_BYTES = 100 * 1024 * 1024
_MOST_BYTES_OF_ONE = MAX_UPLOAD_MB * 1024 * 1024
_FRAME = 64 * 1024  # what multipart adds around a file: boundaries, headers, a long name
_SMALL = 64 * 1024  # any other request
MOST_OF_A_FORM = 256 * 1024  # residents may write much, and each Polish letter travels as six signs
_PATH = re.compile(r"/_stcore/upload_file/([^/]+)/([^/]+)")


class TooMuchError(Exception):
    """A request body is larger than it may be. Raised out of ``receive``, so that nothing more of it is read."""


class Uploads:
    """Counts what each person holds and is sending. Used from the server's event loop only."""

    def __init__(self, belongings: Belongings) -> None:
        self._belongings = belongings
        self._coming: dict[object, list[int]] = {}

    def is_own(self, scope: Scope, visit: Visit) -> bool:
        """Return whether the path names a Streamlit session of this person."""
        match = _PATH.fullmatch(scope["path"])
        return match is not None and self._belongings.owns_session(match.group(1), visit)

    @contextmanager
    def admit(self, scope: Scope, receive: Receive, visit: Visit) -> Iterator[Receive]:
        """Make room for a file that begins to arrive, and give a ``receive`` that stops where its room ends.

        The room is the announced length, or the largest there is where none was announced.

        Raises:
            TooMuchError: the file is too large, or the person holds or is sending as much as one may.
        """
        room = _announced(scope, _MOST_BYTES_OF_ONE + _FRAME)
        person = visit.actor.user_id or visit.token_hash
        count, size = self._count_held(visit)
        coming = self._coming.get(person, [])
        if count + len(coming) >= MOST_FILES or size + sum(coming) + room > MOST_BYTES + _FRAME:
            raise TooMuchError
        self._coming.setdefault(person, []).append(room)
        try:
            yield _receive_up_to(room, receive)
        finally:
            self._coming[person].remove(room)
            if not self._coming[person]:
                del self._coming[person]

    def _count_held(self, visit: Visit) -> tuple[int, int]:
        manager = runtime.get_instance().uploaded_file_mgr
        if not isinstance(manager, MemoryUploadedFileManager):
            raise TypeError("uploads are counted where Streamlit keeps them, and it keeps them elsewhere now")
        sizes = [
            len(file.data)
            for number in self._belongings.sessions_of(visit)
            for file in list(manager.file_storage.get(number, {}).values())
        ]
        return len(sizes), sum(sizes)


def receive_small(scope: Scope, receive: Receive, most: int = _SMALL) -> Receive:
    """Return a ``receive`` for requests that carry a form or nothing.

    Args:
        scope: the http request.
        receive: the server's.
        most: bytes that a body may have.

    Raises:
        TooMuchError: more is announced; more than announced is refused as it arrives.
    """
    return _receive_up_to(_announced(scope, most), receive)


def _announced(scope: Scope, most: int) -> int:
    """Return the announced length of a body, ``most`` where none is; too large or no number is refused."""
    values = list(headers(scope, b"content-length"))
    if not values:
        return most
    if len(values) > 1 or not values[0].isdecimal() or int(values[0]) > most:
        raise TooMuchError
    return int(values[0])


def _receive_up_to(room: int, receive: Receive) -> Receive:
    seen = 0

    async def receive_part() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > room:
            raise TooMuchError
        return message

    return receive_part

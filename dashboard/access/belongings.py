"""What in this process belongs to whom: Streamlit's sessions, and files offered for download.

A Streamlit session and the files it offers live in one process's memory and die with it; so does this. Streamlit
itself hands a session to whoever names its number, and a file to whoever names its address.
"""

import threading
from collections import OrderedDict

from etl.store.sessions import Visit

_MOST_SESSIONS = 5_000
_MOST_FILES_EACH = 2_000
_MOST_VISITS = 2_000


class Belongings:
    """Who owns which Streamlit session, and who was told of which file. Safe to call from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._owners: OrderedDict[str, Visit] = OrderedDict()
        self._files: OrderedDict[str, OrderedDict[str, None]] = OrderedDict()

    def give_session(self, streamlit_id: str, visit: Visit) -> None:
        """Bind a Streamlit session to a visit; a resumed one moves to its owner's present visit."""
        with self._lock:
            self._owners[streamlit_id] = visit
            self._owners.move_to_end(streamlit_id)
            while len(self._owners) > _MOST_SESSIONS:
                self._owners.popitem(last=False)

    def knows_session(self, streamlit_id: str) -> bool:
        """Return whether anybody owns a Streamlit session of that number."""
        with self._lock:
            return streamlit_id in self._owners

    def owns_session(self, streamlit_id: str, visit: Visit) -> bool:
        """Return whether a Streamlit session is this visit's, or another visit's of the same account."""
        with self._lock:
            owner = self._owners.get(streamlit_id)
        return owner is not None and is_same_person(owner, visit)

    def sessions_of(self, visit: Visit) -> list[str]:
        """Return the numbers of the Streamlit sessions that are this person's."""
        with self._lock:
            return [number for number, owner in self._owners.items() if is_same_person(owner, visit)]

    def give_file(self, file_id: str, visit: Visit) -> None:
        """Note that a file's address was told to a visit."""
        with self._lock:
            files = self._files.setdefault(visit.token_hash, OrderedDict())
            self._files.move_to_end(visit.token_hash)
            files[file_id] = None
            files.move_to_end(file_id)
            while len(files) > _MOST_FILES_EACH:
                files.popitem(last=False)
            while len(self._files) > _MOST_VISITS:
                self._files.popitem(last=False)

    def may_fetch(self, file_id: str, visit: Visit) -> bool:
        """Return whether this visit was told the file's address."""
        with self._lock:
            return file_id in self._files.get(visit.token_hash, ())


def is_same_person(one: Visit, other: Visit) -> bool:
    """Return whether two visits are of one cookie, or of one account."""
    if one.token_hash == other.token_hash:
        return True
    return one.actor.user_id is not None and one.actor.user_id == other.actor.user_id

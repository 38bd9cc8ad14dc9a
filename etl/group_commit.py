"""What comes at once is committed together, and everybody is answered after the commit that holds theirs.

SQLite writes to the disk at every commit and has one writer; two hundred people pressing "send" would wait for two
hundred commits. Here the first one to come takes everybody's who waits behind, stores all in one transaction, and all
of them are told. No thread of its own: whoever waits does the work of those who came meanwhile.
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from sqlalchemy.exc import OperationalError

_MOST_AT_ONCE = 100

T = TypeVar("T")
R = TypeVar("R")


@dataclass(slots=True)
class _Waiting(Generic[T, R]):
    """One thing that waits for its commit."""

    what: T
    outcome: R | None = None
    error: BaseException | None = None
    done: bool = False


class GroupCommit(Generic[T, R]):
    """Takes things and commits them in groups.

    Args:
        commit: stores a group in one transaction and returns the outcome of each, in their order.
    """

    def __init__(self, commit: Callable[[Sequence[T]], Sequence[R]]) -> None:
        self._commit = commit
        self._queue: list[_Waiting[T, R]] = []
        self._queue_lock = threading.Lock()
        self._turn = threading.Lock()

    def take(self, what: T) -> R:
        """Store one thing and return what became of it once it is safe on the disk.

        Raises:
            DBAPIError: the store broke; nothing of this thing was stored.
        """
        waiting: _Waiting[T, R] = _Waiting(what)
        with self._queue_lock:
            self._queue.append(waiting)
        with self._turn:
            while not waiting.done:
                with self._queue_lock:
                    group, self._queue = self._queue[:_MOST_AT_ONCE], self._queue[_MOST_AT_ONCE:]
                self._serve(group)
        if waiting.error is not None:
            raise waiting.error
        if waiting.outcome is None:
            raise RuntimeError("something that waited for its commit was passed over")
        return waiting.outcome

    def _serve(self, group: Sequence[_Waiting[T, R]]) -> None:
        try:
            outcomes = self._commit([one.what for one in group])
            for one, outcome in zip(group, outcomes, strict=True):
                one.outcome = outcome
        except Exception as error:  # noqa: BLE001 # everybody in the group is told what became of theirs
            # A store that is locked, full or gone is so for all of them, and one after another would wait for hours.
            if len(group) == 1 or isinstance(error, OperationalError):
                for one in group:
                    one.error = error
            else:
                # One of them may be to blame: each alone, so that it fails nobody else's.
                for one in group:
                    self._serve([one])
        finally:
            for one in group:
                one.done = True

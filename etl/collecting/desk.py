"""The desk where sent forms and drafts arrive: what comes at once is committed together, answered after its commit.

SQLite writes to the disk at every commit and has one writer; two hundred people pressing "send" would wait for two
hundred commits. Here the first one to come takes everybody's who waits behind, stores all in one transaction, and all
of them are told. No thread of its own: whoever waits does the work of those who came meanwhile.
"""

import threading
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.exc import OperationalError

from etl.store.collection_drafts import Draft, delete_old_drafts, write_drafts
from etl.store.collection_writing import Outcome, Sending, write_sendings
from etl.store.engine import Store
from etl.store.moments import Clock, utc_now
from surveys.filling import FillableForm

_MOST_AT_ONCE = 100


@dataclass(slots=True)
class _Waiting:
    """One form or draft at the desk."""

    collection_id: int
    what: Sending | Draft
    form: FillableForm | None = None
    outcome: Outcome | None = None
    error: BaseException | None = None
    done: bool = field(default=False)


class Desk:
    """Takes what people send. One for each open store of a process.

    Args:
        store: the open store.
        clock: tells when.
    """

    def __init__(self, store: Store, clock: Clock = utc_now) -> None:
        self._store, self._clock = store, clock
        self._queue: list[_Waiting] = []
        self._queue_lock = threading.Lock()
        self._turn = threading.Lock()
        self._cleaned: date | None = None

    def send(self, collection_id: int, form: FillableForm, sending: Sending) -> Outcome:
        """Store a sent form and return what became of it once it is safe on the disk.

        Raises:
            DBAPIError: the store broke; nothing of this form was stored, or the same form sent again says so.
        """
        waiting = _Waiting(collection_id, sending, form)
        self._wait(waiting)
        if waiting.outcome is None:
            raise RuntimeError("a form was passed over")
        return waiting.outcome

    def keep(self, collection_id: int, draft: Draft) -> None:
        """Keep a draft.

        Raises:
            DBAPIError: the store broke; the earlier draft stands.
        """
        self._wait(_Waiting(collection_id, draft))

    def _wait(self, waiting: _Waiting) -> None:
        with self._queue_lock:
            self._queue.append(waiting)
        with self._turn:
            while not waiting.done:
                with self._queue_lock:
                    group, self._queue = self._queue[:_MOST_AT_ONCE], self._queue[_MOST_AT_ONCE:]
                self._serve(group)
        if waiting.error is not None:
            raise waiting.error

    def _serve(self, group: Sequence[_Waiting]) -> None:
        try:
            self._commit(group)
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

    def _commit(self, group: Sequence[_Waiting]) -> None:
        now = self._clock()
        today = now.astimezone().date()
        by_collection: defaultdict[int, list[_Waiting]] = defaultdict(list)
        for one in group:
            by_collection[one.collection_id].append(one)
        outcomes: list[tuple[_Waiting, Outcome]] = []
        # No figure depends on it: a measurement is shown when its link closes.
        with self._store.write(changes_data=False) as connection:
            if self._cleaned != today:
                delete_old_drafts(connection, today)
            # In one order everywhere, so that two processes never wait for each other.
            for collection_id in sorted(by_collection):
                here = by_collection[collection_id]
                drafts = [one.what for one in here if isinstance(one.what, Draft)]
                sent = [one for one in here if isinstance(one.what, Sending)]
                if drafts:
                    write_drafts(connection, collection_id, drafts)
                if sent:
                    form = sent[0].form
                    sendings = [one.what for one in sent if isinstance(one.what, Sending)]
                    if form is None:
                        raise RuntimeError("a sent form came without its form")
                    decided = write_sendings(connection, collection_id, form, sendings, now)
                    outcomes += zip(sent, decided, strict=True)
        self._cleaned = today
        for one, outcome in outcomes:
            one.outcome = outcome

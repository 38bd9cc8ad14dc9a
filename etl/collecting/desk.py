"""The desk where sent forms and drafts arrive: what comes at once is committed together, answered after its commit."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from etl.group_commit import GroupCommit
from etl.store.collection_drafts import Draft, delete_old_drafts, write_drafts
from etl.store.collection_writing import Outcome, Sending, write_sendings
from etl.store.engine import Store
from etl.store.moments import Clock, utc_now
from surveys.filling import FillableForm


@dataclass(frozen=True, slots=True)
class _Coming:
    """One form or draft at the desk."""

    collection_id: int
    what: Sending | Draft
    form: FillableForm | None = None


class Desk:
    """Takes what people send. One for each open store of a process.

    Args:
        store: the open store.
        clock: tells when.
    """

    def __init__(self, store: Store, clock: Clock = utc_now) -> None:
        self._store, self._clock = store, clock
        self._commits = GroupCommit[_Coming, Outcome](self._commit)
        self._cleaned: date | None = None

    def send(self, collection_id: int, form: FillableForm, sending: Sending) -> Outcome:
        """Store a sent form and return what became of it once it is safe on the disk.

        Raises:
            DBAPIError: the store broke; nothing of this form was stored, or the same form sent again says so.
        """
        return self._commits.take(_Coming(collection_id, sending, form))

    def keep(self, collection_id: int, draft: Draft) -> None:
        """Keep a draft.

        Raises:
            DBAPIError: the store broke; the earlier draft stands.
        """
        self._commits.take(_Coming(collection_id, draft))

    def _commit(self, group: Sequence[_Coming]) -> list[Outcome]:
        now = self._clock()
        today = now.astimezone().date()
        by_collection: defaultdict[int, list[int]] = defaultdict(list)
        for place, one in enumerate(group):
            by_collection[one.collection_id].append(place)
        outcomes = dict.fromkeys(range(len(group)), Outcome.STORED)
        # No figure depends on it: a measurement is shown when its link closes.
        with self._store.write(changes_data=False) as connection:
            if self._cleaned != today:
                delete_old_drafts(connection, today)
            # In one order everywhere, so that two processes never wait for each other.
            for collection_id in sorted(by_collection):
                here = [(place, group[place]) for place in by_collection[collection_id]]
                drafts = [one.what for _, one in here if isinstance(one.what, Draft)]
                if drafts:
                    write_drafts(connection, collection_id, drafts)
                sent = [(place, one.form, one.what) for place, one in here if isinstance(one.what, Sending)]
                if sent:
                    form = sent[0][1]
                    if form is None:
                        raise RuntimeError("a sent form came without its form")
                    decided = write_sendings(connection, collection_id, form, [what for _, _, what in sent], now)
                    outcomes |= zip((place for place, _, _ in sent), decided, strict=True)
        self._cleaned = today
        return list(outcomes.values())

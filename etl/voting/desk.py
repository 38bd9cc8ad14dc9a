"""The desk where votes arrive: what comes at once is committed together, answered after its commit."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from etl.group_commit import GroupCommit
from etl.store.engine import Store
from etl.store.vote_writing import Vote, VoteOutcome, write_votes


@dataclass(frozen=True, slots=True)
class _Cast:
    """A vote and the row of the meeting it was cast at."""

    meeting_id: int
    vote: Vote


class VoteDesk:
    """Takes votes. One for each open store of a process.

    Args:
        store: the open store.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._commits = GroupCommit[_Cast, VoteOutcome](self._commit)

    def cast(self, meeting_id: int, vote: Vote) -> VoteOutcome:
        """Store a vote and return what became of it once it is safe on the disk.

        Raises:
            DBAPIError: the store broke; the vote was not stored, or the same one cast again says so.
        """
        return self._commits.take(_Cast(meeting_id, vote))

    def _commit(self, group: Sequence[_Cast]) -> list[VoteOutcome]:
        places: defaultdict[int, list[int]] = defaultdict(list)
        for place, one in enumerate(group):
            places[one.meeting_id].append(place)
        outcomes: dict[int, VoteOutcome] = {}
        # No figure of the pages depends on it.
        with self._store.write(changes_data=False) as connection:
            # In one order everywhere, so that two processes never wait for each other.
            for meeting_id in sorted(places):
                decided = write_votes(connection, meeting_id, [group[place].vote for place in places[meeting_id]])
                outcomes |= zip(places[meeting_id], decided, strict=True)
        return [outcomes[place] for place in range(len(group))]

"""The desk where votes arrive: what comes at once is committed together, answered after its commit."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from etl.group_commit import GroupCommit
from etl.store.engine import Store
from etl.store.scope import Actor
from etl.store.vote_writing import Vote, VoteOutcome, make_ballot_key, take_back_vote, write_votes


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
        self._typed: dict[tuple[str, str], str] = {}
        self._commits = GroupCommit[_Cast, VoteOutcome](self._commit)

    def cast(self, meeting_id: int, vote: Vote) -> VoteOutcome:
        """Store a vote and return what became of it once it is safe on the disk.

        Raises:
            DBAPIError: the store broke; the vote was not stored, or the same one cast again says so.
        """
        return self._commits.take(_Cast(meeting_id, vote))

    def cast_paper(self, meeting_id: int, vote: Vote) -> VoteOutcome:
        """Store a vote that somebody typed in from paper, which can be taken back while its round is open.

        Which ballot it was is known to this process only, never to the store, and forgotten with it: what was typed
        before a restart stays as it is.

        Raises:
            DBAPIError: see `cast`.
        """
        kept = replace(vote, ballot_key=make_ballot_key())
        outcome = self.cast(meeting_id, kept)
        if outcome is VoteOutcome.STORED:
            self._typed[kept.round_uid, kept.use_hash] = kept.ballot_key
        return outcome

    def take_back_paper(self, actor: Actor, uid: str, vote: Vote, now: datetime) -> bool:
        """Take a vote back that was typed in from paper, and return whether it could be.

        Args:
            actor: runs the meeting.
            uid: of the meeting.
            vote: made of what was typed to vote with; its ballot says nothing.
            now: this moment.

        Raises:
            ForbiddenError: the actor may not, or there is no such meeting.
            FaultError: ``MEETING-STATE``, the meeting does not run.
        """
        key = self._typed.get((vote.round_uid, vote.use_hash))
        if key is None:
            return False
        with self._store.write(changes_data=False) as connection:
            taken = take_back_vote(connection, actor, uid, replace(vote, ballot_key=key), now)
        self._typed.pop((vote.round_uid, vote.use_hash), None)
        return taken

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

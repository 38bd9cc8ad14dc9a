"""From the store to results of votes that may be shown: the one path for the projector, pages and minutes."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from etl.store.meeting_rows import StoredMeeting, list_rounds
from etl.store.vote_rounds import count_votes_cast, read_ballots
from surveys.analysis.meeting_stability import MeetingStability, try_rounds
from surveys.analysis.vote_results import count_votes
from surveys.language.texts import LANGUAGES, load_catalogue
from surveys.model.meeting import VoteMethod, VoteRound
from surveys.privacy.published import Source
from surveys.privacy.rules import VOTE_RULES
from surveys.privacy.vote_gate import PublishedVote, publish_votes


@dataclass(frozen=True, slots=True)
class MeetingVotes:
    """All votes of a meeting as they may be shown.

    Attributes:
        rounds: in the order held.
        cast: how many have voted in each, by uid.
        results: of the closed ones, by uid.
        stability: how the first three stand, ``None`` when no round says.
    """

    rounds: tuple[VoteRound, ...]
    cast: Mapping[str, int]
    results: Mapping[str, PublishedVote]
    stability: MeetingStability | None

    @property
    def open_round(self) -> VoteRound | None:
        """The round that people vote in now."""
        return next((one for one in self.rounds if not one.closed), None)


def read_votes(connection: Connection, found: StoredMeeting) -> MeetingVotes:
    """Return the votes of a meeting. Whoever shows them may see the meeting."""
    rounds = list_rounds(connection, found.id)
    shares = {item.key: item.share for item in found.meeting.items}
    titles = {item.key: item.title for item in found.meeting.items}
    results: dict[str, PublishedVote] = {}
    counted = []
    for one in rounds:
        if not one.closed:
            continue
        ballots = read_ballots(connection, found.id, one)
        counted.append((one, ballots))
        results[one.uid] = publish_votes(
            count_votes(one, ballots, shares),
            titles,
            unit="share" if one.method is VoteMethod.CONSENSUS else "points",
            source=_source(found),
        )
    return MeetingVotes(
        rounds,
        count_votes_cast(connection, [one.uid for one in rounds]),
        results,
        try_rounds(counted, shares, least=VOTE_RULES.min_base),
    )


def _source(found: StoredMeeting) -> Source:
    catalogue = load_catalogue("surveys.language.catalogues")
    return Source(
        {language: catalogue.say("votes.what", language) for language in LANGUAGES},
        waves=(found.meeting.name,),
        as_of=found.meeting.held_on.isoformat(),
    )

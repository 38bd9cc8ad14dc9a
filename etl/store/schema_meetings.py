"""What the store keeps of meetings: agenda, problems, notes, tasks, votes, decisions.

Shares the metadata of `schema`. Nothing here leads from a person to their vote: of codes only hashes are kept, that a
code was used stands in another table than the ballots, and both lie in the order of random or hashed keys.
"""

from sqlalchemy import Boolean, Column, Date, Float, ForeignKey, Integer, SmallInteger, Table, Text

from etl.store.schema import METADATA


def _meeting(*, key: bool = False) -> Column[int]:
    return Column(
        "meeting_id", ForeignKey("meeting.id", ondelete="CASCADE"), primary_key=key, nullable=False, index=not key
    )


meeting = Table(
    "meeting",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("uid", Text, nullable=False, unique=True),
    Column("partnership_id", ForeignKey("partnership.id", ondelete="CASCADE"), nullable=False, index=True),
    # What stands in the address of the vote, and in the short one that is typed from paper.
    Column("token", Text, nullable=False, unique=True),
    Column("short_token", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("held_on", Date, nullable=False),
    Column("starts_at", Text, nullable=False, server_default=""),  # 17:00
    Column("place", Text, nullable=False, server_default=""),
    Column("diagnosis", Text),  # uid in the register, NULL: all of them
    Column("method", Text, nullable=False),
    Column("access", Text, nullable=False),  # codes | seats
    Column("seats", Integer, nullable=False, server_default="0"),
    Column("by_sector", Boolean, nullable=False),
    Column("state", Text, nullable=False),  # prepared | running | closed
    Column("screen", SmallInteger, nullable=False, server_default="0"),  # what the projector showed last
    Column("made_by", Text, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("opened_at", Text),
    Column("closed_at", Text),
)

meeting_item = Table(
    "meeting_item",
    METADATA,
    _meeting(key=True),
    Column("item_key", Text, primary_key=True),
    Column("position", SmallInteger, nullable=False),
    Column("title", Text, nullable=False),
    Column("problem_uid", Text),  # of the register; a problem that goes leaves its uid here
    Column("problem_code", Text),
    # As they were shown in the room.
    Column("evidence_pl", Text, nullable=False, server_default=""),
    Column("evidence_en", Text, nullable=False, server_default=""),
    Column("done_pl", Text, nullable=False, server_default=""),
    Column("done_en", Text, nullable=False, server_default=""),
    Column("share", Float),
)

meeting_point = Table(
    "meeting_point",
    METADATA,
    _meeting(key=True),
    Column("position", SmallInteger, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("minutes", SmallInteger, nullable=False),
)

# Those who signed the list on paper; nothing joins them with codes or ballots.
meeting_attendance = Table(
    "meeting_attendance",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    _meeting(),
    Column("name", Text, nullable=False),
    Column("organisation", Text, nullable=False, server_default=""),
    Column("sector_code", Text, nullable=False, server_default=""),
)

# Every revision stays: whoever typed from an older one is merged with what came meanwhile.
meeting_note = Table(
    "meeting_note",
    METADATA,
    _meeting(key=True),
    Column("subject", Text, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("text", Text, nullable=False),
    Column("written_at", Text, nullable=False),
    Column("merged", Boolean, nullable=False),
)

meeting_task = Table(
    "meeting_task",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    _meeting(),
    Column("uid", Text, nullable=False, unique=True),
    Column("item_key", Text),
    Column("what", Text, nullable=False),
    Column("who", Text, nullable=False, server_default=""),
    Column("due_on", Date),
    Column("state", Text, nullable=False),
    Column("outcome", Text, nullable=False, server_default=""),
)

meeting_decision = Table(
    "meeting_decision",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    _meeting(),
    Column("uid", Text, nullable=False, unique=True),
    Column("item_key", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("description", Text, nullable=False, server_default=""),
    Column("lead_uid", Text),
    Column("partners", Text, nullable=False),  # JSON: uids
    Column("target_groups", Text, nullable=False),  # JSON: codes
    Column("indicator", Text, nullable=False, server_default=""),
    Column("measured_on", Date),
    Column("project_uid", Text),
    Column("batch_uid", Text),
    Column("state", Text, nullable=False),
    Column("outcome", Text, nullable=False, server_default=""),
    Column("finance_lead_uid", Text),
)

vote_code = Table(
    "vote_code",
    METADATA,
    _meeting(key=True),
    Column("code_hash", Text, primary_key=True),
    sqlite_with_rowid=False,
)

vote_round = Table(
    "vote_round",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    _meeting(),
    Column("uid", Text, nullable=False, unique=True),
    Column("number", SmallInteger, nullable=False),
    Column("method", Text, nullable=False),
    Column("items", Text, nullable=False),  # JSON: keys, in the order shown
    Column("most", SmallInteger, nullable=False),
    Column("by_sector", Boolean, nullable=False),
    Column("closed", Boolean, nullable=False),
    Column("hands", Text, nullable=False),  # JSON
    Column("people", SmallInteger, nullable=False, server_default="0"),
    Column("opened_at", Text, nullable=False),
    Column("closed_at", Text),
)

# That a code or a seat voted in a round, without how; the key is hashed with the round, so that rounds don't join.
vote_use = Table(
    "vote_use",
    METADATA,
    Column("round_id", ForeignKey("vote_round.id", ondelete="CASCADE"), primary_key=True),
    Column("key_hash", Text, primary_key=True),
    sqlite_with_rowid=False,
)

# How somebody voted, without who: the key is random, the order of rows is the order of keys.
vote_ballot = Table(
    "vote_ballot",
    METADATA,
    Column("round_id", ForeignKey("vote_round.id", ondelete="CASCADE"), primary_key=True),
    Column("ballot_key", Text, primary_key=True),
    Column("marks", Text, nullable=False),  # JSON
    Column("sector_code", Text, nullable=False, server_default=""),
    sqlite_with_rowid=False,
)

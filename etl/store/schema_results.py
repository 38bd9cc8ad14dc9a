"""What the store keeps of making results: weights, open answers that a person has read, what was shown, indexes.

Shares the metadata of `schema`. Moments are UTC text in ISO 8601 with seconds; recipes and keys are JSON.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from etl.store.schema import METADATA, choice_count, response


def _wave(*, key: bool = True) -> Column[int]:
    return Column("wave_id", ForeignKey("wave.id", ondelete="CASCADE"), primary_key=key, nullable=False)


# How a wave's answers are weighted: one recipe at a time, replaced by the next.
weighting = Table(
    "weighting",
    METADATA,
    _wave(),
    # Margins as data: question, shares by option, where they come from and of when; the trimming.
    Column("recipe", Text, nullable=False),
    # Of the answers that it was made of (`etl.store.reading.wave_basis`): of others the weights hold no more.
    Column("basis", BigInteger, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("made_at", Text, nullable=False),
)

response_weight = Table(
    "response_weight",
    METADATA,
    _wave(),
    Column("response_no", Integer, primary_key=True, autoincrement=False),
    # Relative to a mean of 1; above 0.
    Column("weight", Float, nullable=False),
    sqlite_with_rowid=False,
)

# A person has read an open answer, and said whether it may be quoted. It holds for these very words only.
reviewed_text = Table(
    "reviewed_text",
    METADATA,
    _wave(),
    Column("question_id", Integer, primary_key=True, autoincrement=False),
    Column("response_no", Integer, primary_key=True, autoincrement=False),
    Column("text_hash", BigInteger, nullable=False),
    Column("may_be_quoted", Boolean(create_constraint=True, name="may_be_quoted_is_boolean"), nullable=False),
    Column("reviewed_by", Text, nullable=False),
    Column("reviewed_at", Text, nullable=False),
)

# Which groups of people were already shown, question by question, so that a later figure completes no difference.
shown_group = Table(
    "shown_group",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    _wave(key=False),
    Column("question", Text, nullable=False),
    # Whom the figure is about: codes by profile question, canonical JSON; "{}" is everybody.
    Column("conditions", Text, nullable=False),
    Column("base", Integer, nullable=False),
    # Of the measurement's answers at that time (`etl.store.reading.wave_basis`).
    Column("basis", BigInteger, nullable=False),
    Column("first_shown_at", Text, nullable=False),
    UniqueConstraint("wave_id", "question", "conditions", "base", "basis"),
)

# Numbers and places of rankings of a measurement whose single answers were deleted on their day: who gave them is gone,
# how many did stays. choice_id 0: a number; else the option that was put at the place.
number_count = Table(
    "number_count",
    METADATA,
    _wave(),
    Column("question_id", Integer, primary_key=True, autoincrement=False),
    Column("choice_id", Integer, primary_key=True, autoincrement=False),
    Column("number", Float, primary_key=True),
    Column("people_count", Integer, nullable=False),
)

# ---------------------------------------------------------------- how answers and counts are found

# A response that the source numbers stands in a wave once.
Index(
    "uq_response_source_key",
    response.c.wave_id,
    response.c.source_key,
    unique=True,
    sqlite_where=text("source_key IS NOT NULL"),
    postgresql_where=text("source_key IS NOT NULL"),
)
# What pages across partnerships read, in one piece: nine of ten counts are of parts of the profile.
Index(
    "ix_choice_count_everybody",
    choice_count.c.wave_id,
    choice_count.c.question_id,
    choice_count.c.choice_id,
    choice_count.c.people_count,
    sqlite_where=text("profile_choice_id = 0"),
    postgresql_where=text("profile_choice_id = 0"),
)

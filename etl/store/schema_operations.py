"""What the store keeps about its own running: imports and their findings, jobs, accounts, sessions, audit.

Shares the metadata of `schema`. Moments are UTC text in ISO 8601 with seconds.
"""

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from etl.store.schema import METADATA

# ---------------------------------------------------------------- imports

import_batch = Table(
    "import_batch",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("uid", Text, nullable=False, unique=True),
    # NULL when the partnership is gone (undoing the import that made it): the history stays, under its slug.
    Column("partnership_id", ForeignKey("partnership.id", ondelete="SET NULL"), index=True),
    Column("partnership_slug", Text, nullable=False, server_default=""),
    Column("wave_id", ForeignKey("wave.id", ondelete="SET NULL"), index=True),
    Column("kind", Text, nullable=False),  # register | survey | indicators | boundaries
    Column("source", Text, nullable=False),  # google_forms, partnership_workbook …
    Column("file_name", Text, nullable=False),
    Column("content_hash", Text, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("rows_read", Integer, nullable=False),
    Column("rows_stored", Integer, nullable=False),
    Column("rows_rejected", Integer, nullable=False),
    Column("rows_known", Integer, nullable=False, server_default="0"),
    # Responses of it that figures are made of now, kept with them so that no page counts respondents
    # (`etl.store.counting`); counts of paper have none.
    Column("rows_standing", Integer, nullable=False, server_default="0"),
    Column("answers_stored", Integer, nullable=False),
    Column("sheet", Text),  # of the answers
    Column("state", Text, nullable=False),  # loaded | replaced (by a later one that stands) | undone
    Column("undone_at", Text),
    Column("undone_by", Text),
)

# The same content is one import: a second try finds the first even when two people press at once.
Index(
    "uq_import_batch_loaded_content",
    import_batch.c.partnership_id,
    import_batch.c.content_hash,
    unique=True,
    sqlite_where=text("state = 'loaded'"),
    postgresql_where=text("state = 'loaded'"),
)

# What an import builds on: rows of an earlier one that it left where they were, or took the place of.
import_basis = Table(
    "import_basis",
    METADATA,
    Column("batch_id", ForeignKey("import_batch.id", ondelete="CASCADE"), primary_key=True),
    Column("base_id", ForeignKey("import_batch.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("relation", Text, primary_key=True),  # known | changed | replaced
    Column("rows_count", Integer, nullable=False),
)

import_finding = Table(
    "import_finding",
    METADATA,
    Column("batch_id", ForeignKey("import_batch.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("code", Text, nullable=False),
    Column("sheet", Text),
    Column("row", Integer),
    Column("column", Text),
    Column("facts", Text, nullable=False),  # JSON
)

# What a batch changed in the register, entity by entity, so that undo restores exactly what was there.
import_change = Table(
    "import_change",
    METADATA,
    Column("batch_id", ForeignKey("import_batch.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("entity", Text, nullable=False),
    Column("uid", Text, nullable=False),
    Column("before", Text),  # JSON of the entity, NULL when the batch made it
    Column("after", Text),  # JSON of the entity, NULL when the batch removed it
)

# What people decided on headers and written values, by partnership and questionnaire, for the next file. No batch is
# named: undoing an import forgets nothing. Values are those that several people wrote or a form offers.
mapping_decision = Table(
    "mapping_decision",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("uid", Text, nullable=False, unique=True),
    Column("partnership_id", ForeignKey("partnership.id", ondelete="CASCADE"), nullable=False),
    Column("questionnaire", Text, nullable=False),  # slug
    Column("part", Text, nullable=False),  # question | ignore | type | vocabulary | profile | value
    Column("header", Text, nullable=False),
    Column("header_key", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("value_key", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("made_at", Text, nullable=False),
    UniqueConstraint(
        "partnership_id", "questionnaire", "part", "header_key", "value_key", name="uq_mapping_decision_subject"
    ),
)

# ---------------------------------------------------------------- jobs

job = Table(
    "job",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("uid", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("owner", Text, nullable=False),  # who asked: account name or anonymous visitor key; only they see it
    Column("subject", Text),  # uid of the upload or batch that it is about
    Column("payload", Text, nullable=False),  # JSON: references, never answers
    Column("state", Text, nullable=False),  # queued | running | done | failed | cancelled
    Column("progress", Float, nullable=False),  # 0–1
    Column("stage", Text, nullable=False),
    Column("result", Text),  # JSON
    Column("cancel_requested", Boolean, nullable=False),
    Column("attempts", SmallInteger, nullable=False),
    Column("worker", Text),
    Column("lease_until", Text),
    Column("made_at", Text, nullable=False),
    Column("ended_at", Text),
    Index("ix_job_state", "state"),
    Index("ix_job_subject", "owner", "subject"),
)

# What a job made for its owner to take away; of each upload the newest file of its kind only.
job_file = Table(
    "job_file",
    METADATA,
    Column("job", Text, primary_key=True),
    Column("owner", Text, nullable=False),
    Column("upload", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("made_at", Text, nullable=False),
    Index("ix_job_file_upload", "owner", "upload"),
)

# ---------------------------------------------------------------- accounts and sessions

user_account = Table(
    "user_account",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("name", Text, nullable=False, unique=True),
    Column("display_name", Text, nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("state", Text, nullable=False),  # active | disabled
    Column("made_at", Text, nullable=False),
)

# Failed attempts by account and by address; the keys are hashes, since people type passwords into the name field.
sign_in_delay = Table(
    "sign_in_delay",
    METADATA,
    Column("key", Text, primary_key=True),
    Column("failed_count", Integer, nullable=False),
    Column("failed_at", Text, nullable=False),
    Column("locked_until", Text, nullable=False),
)

role_grant = Table(
    "role_grant",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("user_id", ForeignKey("user_account.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("role", Text, nullable=False),  # participant | coordinator | boris | administrator
    Column("partnership_id", ForeignKey("partnership.id", ondelete="CASCADE")),
    Column("granted_by", Text, nullable=False),
    Column("from_at", Text, nullable=False),
    Column("to_at", Text),
    UniqueConstraint("user_id", "role", "partnership_id", "from_at"),
)

session = Table(
    "session",
    METADATA,
    Column("token_hash", Text, primary_key=True),
    Column("user_id", ForeignKey("user_account.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("made_at", Text, nullable=False),
    Column("last_seen_at", Text, nullable=False),
    Column("expires_at", Text, nullable=False),
    Column("revoked_at", Text),
)

setup_code = Table(
    "setup_code",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("code_hash", Text, nullable=False),
    Column("expires_at", Text, nullable=False),
    Column("used_at", Text),
)

audit = Table(
    "audit",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("object", Text, nullable=False),
    Column("facts", Text, nullable=False),  # JSON without content
)

# One row: goes up with every committed change of data, so that cached figures know they are old.
revision = Table(
    "revision",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, nullable=False),
)

upload = Table(
    "upload",
    METADATA,
    Column("uid", Text, primary_key=True),
    Column("owner", Text, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("content_hash", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("made_at", Text, nullable=False),
)

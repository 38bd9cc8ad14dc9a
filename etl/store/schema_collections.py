"""What the store keeps of collecting answers by our own web form: links, one-time codes, drafts, what was sent.

Earlier states of questionnaires that are still drafts stand here too.

Shares the metadata of `schema`; the answers themselves stand where imported ones do. Nothing here leads from a person
to their answers: of codes, drafts and sent forms only hashes are kept, and days instead of moments, because moments
in their order would match the order of the responses.
"""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, LargeBinary, Table, Text, text

from etl.store.schema import METADATA

collection = Table(
    "collection",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("uid", Text, nullable=False, unique=True),
    Column("partnership_id", ForeignKey("partnership.id", ondelete="CASCADE"), nullable=False, index=True),
    # What stands in the public address, in the short one that is typed from paper, and on a tablet in a library.
    Column("token", Text, nullable=False, unique=True),
    Column("short_token", Text, nullable=False, unique=True),
    Column("kiosk_token", Text, unique=True),  # NULL: no tablet
    # The measurement and the running import that answers go to; NULL before the first answer and after undoing.
    Column("wave_id", ForeignKey("wave.id", ondelete="SET NULL"), index=True),
    Column("batch_id", ForeignKey("import_batch.id", ondelete="SET NULL"), index=True),
    Column("batch_number", Integer, nullable=False, server_default="0"),  # imports it has begun so far
    Column("name", Text, nullable=False),  # of the measurement
    Column("wave_slug", Text, nullable=False),
    # The form as it was when people began to answer: JSON, never changed afterwards.
    Column("form", Text, nullable=False),
    Column("own_form", Boolean, nullable=False),  # of the partnership; else one that comes with the program
    Column("access", Text, nullable=False),  # open | codes
    Column("layout", Text, nullable=False),  # groups | single
    Column("opens_on", Date, nullable=False),
    Column("closes_on", Date, nullable=False),  # the last day
    Column("quota", Integer),
    Column("controller", Text, nullable=False),
    Column("contact", Text, nullable=False),
    Column("legal_basis", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("data_until", Date),
    Column("special_categories", Boolean, nullable=False),
    Column("notice_pl", Text, nullable=False, server_default=""),
    Column("notice_en", Text, nullable=False, server_default=""),
    # Whom the measurement will ask (`surveys.model.Fieldwork`); population_words NULL: nobody was asked about it.
    Column("population", Text),
    Column("population_words", Text),
    Column("sampling", Text),
    Column("population_count", Integer),
    Column("invited_count", Integer),
    Column("state", Text, nullable=False),  # draft | open | closed
    Column("answers_count", Integer, nullable=False, server_default="0"),
    Column("made_by", Text, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("opened_at", Text),
    Column("closed_at", Text),
    # Single answers of its measurement were deleted, as promised; counts stay. NULL: they are there.
    Column("answers_deleted_on", Date),
    # Opened again: number of the last response that was shown before; NULL while nothing was.
    Column("shown_through", Integer),
)

# A measurement is collected by one link at a time.
Index(
    "uq_collection_wave",
    collection.c.partnership_id,
    collection.c.wave_slug,
    unique=True,
    sqlite_where=text("state <> 'closed'"),
    postgresql_where=text("state <> 'closed'"),
)

# Neither when a code was used nor for which response: in a small place the list of codes is a list of people.
collection_code = Table(
    "collection_code",
    METADATA,
    Column("collection_id", ForeignKey("collection.id", ondelete="CASCADE"), primary_key=True),
    Column("code_hash", Text, primary_key=True),
    Column("used", Boolean, nullable=False),
    sqlite_with_rowid=False,
)

# Answers of a form that was begun, sealed with a key that only the person's browser holds.
collection_draft = Table(
    "collection_draft",
    METADATA,
    Column("key_hash", Text, primary_key=True),
    Column("collection_id", ForeignKey("collection.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("content", LargeBinary, nullable=False),
    Column("saved_on", Date, nullable=False),
    sqlite_with_rowid=False,
)

# Forms that were sent, so that a second sending of the same form stores nothing.
collection_sending = Table(
    "collection_sending",
    METADATA,
    Column("collection_id", ForeignKey("collection.id", ondelete="CASCADE"), primary_key=True),
    Column("key_hash", Text, primary_key=True),
    Column("sent_on", Date, nullable=False),
    sqlite_with_rowid=False,
)

# What a draft of a questionnaire can go back to ("earlier") and, after going back, forward to ("later"); the newest
# of a side is the next step. Of a published one nothing is kept.
form_step = Table(
    "form_step",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("questionnaire_id", ForeignKey("questionnaire.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("side", Text, nullable=False),  # earlier | later
    Column("form", Text, nullable=False),  # JSON (`surveys.model.form_codec`)
    Column("changed_by", Text, nullable=False),  # who made the change that this step takes back, or makes again
    Column("changed_at", Text, nullable=False),
)

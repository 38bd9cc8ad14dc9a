"""What the store keeps of official figures and of the outlines of areas: they belong to nobody's partnership.

Shares the metadata of `schema`. Every row names the import it came with. Where several imports have a figure of one
area and year, the newest that stands is the figure; undoing it brings the one before back, without any log.
"""

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, SmallInteger, Table, Text, UniqueConstraint, text

from etl.store.schema import METADATA
from etl.store.schema_operations import import_batch

indicator = Table(
    "indicator",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("source", Text, nullable=False),  # bdl | ozps
    Column("key", Text, nullable=False),  # what makes it the same variable in another file
    Column("bdl_id", Integer),  # NULL: the file did not say
    Column("subject_code", Text, nullable=False, server_default=""),
    Column("subject", Text, nullable=False, server_default=""),
    Column("name", Text, nullable=False),
    Column("unit", Text, nullable=False, server_default=""),
    Column("sex", Text),  # woman | man | all; NULL: the variable has no such dimension
    Column("age_first", SmallInteger),  # NULL: no ages
    Column("age_last", SmallInteger),  # NULL: and more
    UniqueConstraint("source", "key"),
)

# One row a figure, clustered so that a variable's year is one contiguous read. The value is text: decimal digits as the
# source wrote them, with a point, equal on both databases to the last digit.
indicator_value = Table(
    "indicator_value",
    METADATA,
    Column("indicator_id", ForeignKey("indicator.id", ondelete="CASCADE"), primary_key=True),
    Column("year", SmallInteger, primary_key=True, autoincrement=False),
    Column("teryt", Text, primary_key=True),  # 2, 4 or 7 digits; 00: the country
    Column("batch_id", ForeignKey("import_batch.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("value", Text),  # NULL: there is no number, the state says why
    Column("state", Text, nullable=False),  # surveys.indicators.FigureState
    Column("attribute", Text, nullable=False, server_default=""),
    sqlite_with_rowid=False,
)

indicator_note = Table(
    "indicator_note",
    METADATA,
    Column("batch_id", ForeignKey("import_batch.id", ondelete="CASCADE"), primary_key=True),
    Column("position", SmallInteger, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),  # footnote | break
    Column("text", Text, nullable=False),
)

# Where an import's figures come from, as their file says; the day is that of the export or of the pull.
indicator_origin = Table(
    "indicator_origin",
    METADATA,
    Column("batch_id", ForeignKey("import_batch.id", ondelete="CASCADE"), primary_key=True),
    Column("fetched_on", Date, nullable=False),
    Column("description", Text, nullable=False, server_default=""),
)

area_boundary = Table(
    "area_boundary",
    METADATA,
    Column("teryt", Text, primary_key=True),
    Column("batch_id", ForeignKey("import_batch.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("level", Text, nullable=False),  # voivodeship | powiat | gmina | district
    Column("outline", Text, nullable=False),  # JSON: polygons of rings of [longitude, latitude], simplified for drawing
)

# The same content is one import here too, where there is no partnership whose row could be locked.
Index(
    "uq_import_batch_loaded_official",
    import_batch.c.content_hash,
    unique=True,
    sqlite_where=text("state = 'loaded' AND kind IN ('indicators', 'boundaries')"),
    postgresql_where=text("state = 'loaded' AND kind IN ('indicators', 'boundaries')"),
)

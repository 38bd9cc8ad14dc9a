"""What the store keeps of open packages that were restored: results of measurements whose answers it does not hold.

Shares the metadata of `schema`. Nothing but the next open package is made of them: a page shows figures only of answers
that it can ask.
"""

from sqlalchemy import Column, ForeignKey, Integer, Table, Text

from etl.store.schema import METADATA

published_extract = Table(
    "published_extract",
    METADATA,
    Column("wave_id", ForeignKey("wave.id", ondelete="CASCADE"), primary_key=True),
    Column("part", Text, primary_key=True),  # published_share | published_quote
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("cells", Text, nullable=False),  # JSON: a row of the file, without its measurement
)

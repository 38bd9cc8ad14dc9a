"""What the store keeps of documents: the organisation's own paragraphs, and what each made version rested on.

Shares the metadata of `schema`. A version keeps no file, only its figures as they were shown, so that the next one can
say what is different and why.
"""

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text

from etl.store.schema import METADATA


def _partnership(*, key: bool = False) -> Column[int]:
    foreign = ForeignKey("partnership.id", ondelete="CASCADE")
    return Column("partnership_id", foreign, primary_key=key, nullable=False)


report_text = Table(
    "report_text",
    METADATA,
    _partnership(key=True),
    Column("kind", Text, primary_key=True),
    Column("section", Text, primary_key=True),
    Column("language", Text, primary_key=True),
    Column("text", Text, nullable=False),
    Column("changed_by", Text, nullable=False),
    Column("changed_at", Text, nullable=False),
)

report_version = Table(
    "report_version",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("uid", Text, nullable=False, unique=True),
    _partnership(),
    Column("kind", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("facts", Text, nullable=False),  # JSON: `dashboard.documents.versions`
    Column("made_by", Text, nullable=False),
    Column("made_at", Text, nullable=False),
)
Index("ix_report_version_partnership_id_kind", report_version.c.partnership_id, report_version.c.kind)

"""How long people took over a questionnaire, rounded, where it is known.

Revision ID: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op


revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_TABLES = ("response", "superseded_response")


def upgrade() -> None:
    for table in _TABLES:
        op.add_column(table, sa.Column("duration_seconds", sa.Integer()))


def downgrade() -> None:
    for table in _TABLES:
        op.drop_column(table, "duration_seconds")

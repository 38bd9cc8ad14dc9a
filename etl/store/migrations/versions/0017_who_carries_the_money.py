"""Who would carry the finances of a project that a meeting decided on.

Revision ID: 0017
Revises: 0016
"""

import sqlalchemy as sa
from alembic import op


revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("meeting_decision", sa.Column("finance_lead_uid", sa.Text()))


def downgrade() -> None:
    op.drop_column("meeting_decision", "finance_lead_uid")

"""What was shown of a measurement whose link was opened again.

Revision ID: 0018
Revises: 0017
"""

import sqlalchemy as sa
from alembic import op


revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("collection", sa.Column("shown_through", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("collection", "shown_through")

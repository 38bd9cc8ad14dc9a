"""Whom a measurement asked, and how people came into it.

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op


revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_COLUMNS = ("population", "population_words", "sampling", "population_count", "invited_count")


def upgrade() -> None:
    op.add_column("wave", sa.Column("population", sa.Text()))
    op.add_column("wave", sa.Column("population_words", sa.Text(), server_default="", nullable=False))
    op.add_column("wave", sa.Column("sampling", sa.Text()))
    op.add_column("wave", sa.Column("population_count", sa.Integer()))
    op.add_column("wave", sa.Column("invited_count", sa.Integer()))


def downgrade() -> None:
    for name in reversed(_COLUMNS):
        op.drop_column("wave", name)

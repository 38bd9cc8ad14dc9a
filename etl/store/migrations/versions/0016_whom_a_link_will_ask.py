"""Whom a link to the web form will ask.

Revision ID: 0016
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op


revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_COLUMNS = {
    "population": sa.Text,
    "population_words": sa.Text,
    "sampling": sa.Text,
    "population_count": sa.Integer,
    "invited_count": sa.Integer,
}


def upgrade() -> None:
    for name, kind in _COLUMNS.items():
        op.add_column("collection", sa.Column(name, kind()))


def downgrade() -> None:
    for name in reversed(_COLUMNS):
        op.drop_column("collection", name)

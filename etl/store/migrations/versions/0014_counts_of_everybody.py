"""Counts of everybody in one piece, apart from those of parts of the profile.

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op


revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_choice_count_everybody",
        "choice_count",
        ["wave_id", "question_id", "choice_id", "people_count"],
        sqlite_where=sa.text("profile_choice_id = 0"),
        postgresql_where=sa.text("profile_choice_id = 0"),
    )


def downgrade() -> None:
    op.drop_index("ix_choice_count_everybody", "choice_count")

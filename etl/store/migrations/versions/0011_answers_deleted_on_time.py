"""The day single answers of a measurement were deleted, and what is kept of numbers and rankings after that.

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op


revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("collection", sa.Column("answers_deleted_on", sa.Date(), nullable=True))
    op.create_table(
        "number_count",
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("choice_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Float(), nullable=False),
        sa.Column("people_count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["wave_id"], ["wave.id"], name=op.f("fk_number_count_wave_id_wave"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("wave_id", "question_id", "choice_id", "number", name=op.f("pk_number_count")),
    )


def downgrade() -> None:
    op.drop_table("number_count")
    op.drop_column("collection", "answers_deleted_on")

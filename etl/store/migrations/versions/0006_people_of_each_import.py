"""How many people each import gives to the figures, kept beside their answers.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op


revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("import_batch", sa.Column("rows_standing", sa.Integer(), server_default="0", nullable=False))
    op.execute(
        "UPDATE import_batch SET rows_standing = "
        "(SELECT count(*) FROM response WHERE response.batch_id = import_batch.id) WHERE wave_id IS NOT NULL"
    )


def downgrade() -> None:
    op.drop_column("import_batch", "rows_standing")

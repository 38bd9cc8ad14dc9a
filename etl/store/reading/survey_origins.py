"""Where answers come from: the files behind every wave, and for each response its file, sheet and row."""

import pandas as pd
from sqlalchemy import Connection, select

from etl.store import schema as s
from etl.store.reading.frames import frame_of
from etl.store.reading.scope import Scope
from etl.store.schema_operations import import_batch


def read_survey_origins(connection: Connection, scope: Scope) -> pd.DataFrame:
    """Return the imports that the figures of each wave in scope are made of, the earliest first.

    Columns: partnership, wave (slugs), batch (uid), source, file_name, sheet, loaded_at, rows (responses that count).
    Rows that a later import took the place of, and imports that were replaced or undone, are not among them.
    """
    rows = connection.execute(
        select(
            s.partnership.c.slug.label("partnership"),
            s.wave.c.slug.label("wave"),
            import_batch.c.uid.label("batch"),
            import_batch.c.source,
            import_batch.c.file_name,
            import_batch.c.sheet,
            import_batch.c.made_at.label("loaded_at"),
            import_batch.c.rows_standing.label("rows"),
        )
        .join_from(import_batch, s.wave, s.wave.c.id == import_batch.c.wave_id)
        .join(s.partnership, s.partnership.c.id == s.wave.c.partnership_id)
        .where(s.partnership.c.id.in_(scope.ids), import_batch.c.rows_standing > 0)
        .order_by(s.partnership.c.slug, s.wave.c.id, import_batch.c.id)
    )
    return frame_of(rows)


def read_response_origins(connection: Connection, scope: Scope, partnership: str, wave: str) -> pd.DataFrame:
    """Return for each response of a wave where it stood: response_no, batch (uid), file_name, sheet, row (1-based)."""
    rows = connection.execute(
        select(
            s.response.c.response_no,
            import_batch.c.uid.label("batch"),
            import_batch.c.file_name,
            import_batch.c.sheet,
            s.response.c.source_row.label("row"),
        )
        .join_from(s.response, s.wave)
        .join(s.partnership, s.partnership.c.id == s.wave.c.partnership_id)
        .join(import_batch, import_batch.c.id == s.response.c.batch_id)
        .where(s.partnership.c.id.in_(scope.ids), s.partnership.c.slug == partnership, s.wave.c.slug == wave)
        .order_by(s.response.c.response_no)
    )
    return frame_of(rows)

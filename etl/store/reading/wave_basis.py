"""A mark of the answers that a measurement has: whoever made something of them can tell if they are still these."""

import zlib

from sqlalchemy import Connection, func, select

from etl.store import schema as s


def read_wave_basis(connection: Connection, wave_id: int) -> int:
    """Return a number that changes with the imports behind a measurement and how many responses each gives."""
    counted = s.response.c
    rows = connection.execute(
        select(counted.batch_id, func.count(), func.max(counted.response_no))
        .where(counted.wave_id == wave_id)
        .group_by(counted.batch_id)
        .order_by(counted.batch_id)
    )
    return zlib.crc32(";".join(f"{batch}:{rows}:{last}" for batch, rows, last in rows).encode())

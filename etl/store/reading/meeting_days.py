"""Days of meetings, held and planned, of every partnership in scope; nothing else of a meeting is read."""

import pandas as pd
from sqlalchemy import Connection, select

from etl.store.reading.scope import Scope
from etl.store.schema import partnership
from etl.store.schema_meetings import meeting


def read_meeting_days(connection: Connection, scope: Scope) -> pd.DataFrame:
    """Return the days of meetings: partnership (slug), on."""
    rows = connection.execute(
        select(partnership.c.slug.label("partnership"), meeting.c.held_on.label("on"))
        .join_from(meeting, partnership)
        .where(partnership.c.id.in_(scope.ids))
        .order_by(partnership.c.slug, meeting.c.held_on)
    )
    frame = pd.DataFrame.from_records(rows.all(), columns=["partnership", "on"])
    frame["on"] = pd.to_datetime(frame["on"])
    return frame

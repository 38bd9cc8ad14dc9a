"""Moments as the store keeps them: UTC text in ISO 8601 with whole seconds, so that text order is time order.

Whoever needs the time is handed a `Clock`; tests hand one that they move themselves.
"""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]

_FORM = "%Y-%m-%dT%H:%M:%SZ"


def utc_now() -> datetime:
    """Return this moment, with its time zone."""
    return datetime.now(tz=UTC)


def write_moment(moment: datetime) -> str:
    """Return a moment as the store keeps it, for example ``2026-11-22T19:00:00Z``.

    Raises:
        ValueError: the moment has no time zone, so nobody can say when it is.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone cannot be stored")
    return moment.astimezone(UTC).strftime(_FORM)


def read_moment(text: str) -> datetime:
    """Return the moment that the store's text means."""
    return datetime.strptime(text, _FORM).replace(tzinfo=UTC)

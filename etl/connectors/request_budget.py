"""How often a server may be asked, over several commands: its own published limits, kept in a file of the data folder.

Statistics Poland allows 5 requests a second, 100 in fifteen minutes and 1,000 in twelve hours without a key; 10, 500
and 5,000 with one. A second is waited for; where a longer window is used up, the pull breaks off and says until when,
because pages that came are kept and the next pull goes on from them.
"""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from etl.settings import data_dir
from surveys.findings import FaultError, Finding, Report

ANONYMOUS = ((timedelta(seconds=1), 5), (timedelta(minutes=15), 100), (timedelta(hours=12), 1_000))
WITH_KEY = ((timedelta(seconds=1), 10), (timedelta(minutes=15), 500), (timedelta(hours=12), 5_000))
_FILE = "bdl-requests.json"


class RequestBudget:
    """The requests of this installation to one server.

    Args:
        limits: how many in each span of time.
        clock: this moment, with a time zone.
        wait: sleeps.
    """

    def __init__(
        self,
        limits: tuple[tuple[timedelta, int], ...],
        clock: Callable[[], datetime],
        wait: Callable[[float], None],
    ) -> None:
        self._limits, self._clock, self._wait = limits, clock, wait

    def take(self) -> None:
        """Note one request, once there is room for it.

        Raises:
            FaultError: a longer span is used up (``BDL-LIMIT-REACHED``).
        """
        now = self._clock()
        made = [moment for moment in self._read() if timedelta(0) <= now - moment < self._limits[-1][0]]
        for span, most in self._limits:
            within = [moment for moment in made if now - moment < span]
            if len(within) < most:
                continue
            free_at = within[-most] + span
            if span > timedelta(seconds=1):
                facts: dict[str, str | int] = {"limit": most, "at": f"{free_at.astimezone():%H:%M}"}
                raise FaultError(Report((Finding("BDL-LIMIT-REACHED", facts=facts),)))
            self._wait((free_at - now).total_seconds())
            now = max(self._clock(), free_at)
        self._write([*made, now])

    def _path(self) -> Path:
        return data_dir() / _FILE

    def _read(self) -> list[datetime]:
        try:
            return sorted(datetime.fromisoformat(moment) for moment in json.loads(self._path().read_bytes()))
        except (OSError, ValueError, TypeError):  # absent, or not ours
            return []

    def _write(self, moments: list[datetime]) -> None:
        half = self._path().with_suffix(".half")
        half.write_text(json.dumps([moment.isoformat() for moment in moments]), encoding="utf-8")
        half.replace(self._path())

"""Pages of a broken pull, so that the next one goes on from them.

A page is a file of its own, written whole or not at all; the row of files is the state, there is no other that could
disagree with it. Pages hold answers, so only the owner of the data folder can read them, they go as soon as the pull
is whole, and after a day in any case.
"""

import json
import os
import shutil
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from etl.connectors.base import Connection, Page
from etl.settings import data_dir

KEPT_FOR = timedelta(days=1)
_FOLDER = "pulls"


class KeptPages:
    """The pages of one connection.

    Args:
        connection: whose pages; those of another form, or asked for in another way, don't count.
        now: this moment, with a time zone.
    """

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._folder = data_dir() / _FOLDER / connection.name
        self._fingerprint = connection.fingerprint()
        self._now = now

    def read(self) -> list[Page]:
        """Return the kept pages from the first on, without a gap; none when they are of another form, or too old."""
        pages: list[Page] = []
        while True:
            found = self._read_one(len(pages))
            if found is None:
                return pages
            pages.append(found)

    def keep(self, position: int, page: Page) -> None:
        """Keep a page; what stands behind it belonged to an older pull and goes.

        Args:
            position: 0 for the first page.
            page: the page.

        Raises:
            OSError: it can't be written.
        """
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._path(position + 1).unlink(missing_ok=True)
        half = self._folder / "half"
        half.unlink(missing_ok=True)
        plain = {
            "fingerprint": self._fingerprint,
            "kept_at": self._now.isoformat(),
            "following": page.following,
            "total": page.total,
            "columns": page.columns,
            "records": page.records,
        }
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            json.dump(plain, file, ensure_ascii=True)
            file.flush()
            os.fsync(file.fileno())
        half.replace(self._path(position))

    def discard(self) -> None:
        """Forget all pages."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def _path(self, position: int) -> Path:
        return self._folder / f"{position:06}.json"

    def _read_one(self, position: int) -> Page | None:
        try:
            plain = json.loads(self._path(position).read_bytes())
            if plain["fingerprint"] != self._fingerprint or not _is_fresh(plain, self._now):
                return None
            records, columns = tuple(plain["records"]), tuple(plain["columns"])
            return Page(records, plain["following"], plain["total"], columns)
        except (OSError, ValueError, KeyError, TypeError):  # absent, or not a page of ours
            return None


def purge_kept_pages(now: datetime) -> None:
    """Delete pages that are older than a day, whatever connection they belong to.

    Args:
        now: this moment, with a time zone.
    """
    folders = data_dir() / _FOLDER
    for folder in sorted(folders.iterdir()) if folders.is_dir() else ():
        if not _has_fresh(sorted(folder.glob("*.json")), now):
            shutil.rmtree(folder, ignore_errors=True)


def _has_fresh(files: Sequence[Path], now: datetime) -> bool:
    for file in files[:1]:
        try:
            return _is_fresh(json.loads(file.read_bytes()), now)
        except (OSError, ValueError, KeyError, TypeError):
            return False
    return False


def _is_fresh(plain: dict[str, Any], now: datetime) -> bool:
    return timedelta(0) <= now - datetime.fromisoformat(plain["kept_at"]) < KEPT_FOR

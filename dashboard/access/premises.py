"""The one open store of this process, with the clock and the secrets that go with it.

The server opens it at start; the Streamlit script, its pages and `AppTest` runs find the same one.
"""

import threading
from dataclasses import dataclass
from pathlib import Path

from dashboard.access.config import Entrance, load_cookie_secret, read_entrance
from etl.settings import data_dir, database_url
from etl.store.engine import Store, open_store
from etl.store.moments import Clock, utc_now


@dataclass(frozen=True, slots=True)
class Premises:
    """What everything behind the gate stands on.

    Attributes:
        store: the open store.
        folder: the installation's data folder.
        entrance: names and addresses under which the server is reached.
        secret: this installation's secret, from which forms are signed.
        clock: tells the time.
    """

    store: Store
    folder: Path
    entrance: Entrance
    secret: str
    clock: Clock = utc_now


_LOCK = threading.Lock()
_opened: list[Premises] = []


def current_premises() -> Premises:
    """Return this process's premises, opened at the first call as the environment says."""
    with _LOCK:
        if not _opened:
            folder = data_dir()
            store = open_store(database_url())
            _opened.append(Premises(store, folder, read_entrance(), load_cookie_secret(folder)))
        return _opened[0]


def close_premises() -> None:
    """Close the store; the next `current_premises` opens anew, perhaps another one."""
    with _LOCK:
        while _opened:
            _opened.pop().store.close()

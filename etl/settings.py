"""Where this installation keeps its data and what it may ask: three environment variables and their defaults.

``DIAGNOZA_DATA_DIR``: folder for the embedded database and secrets; by default ``data/`` in a checkout, else
``.diagnoza-lokalna`` in the home folder. ``DIAGNOZA_DATABASE_URL``: SQLAlchemy URL; by default SQLite in that folder.
``DIAGNOZA_CONNECTORS``: file of connections to survey servers (`etl.connectors`); without it nothing is fetched.
"""

import os
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent


def data_dir() -> Path:
    """Return the folder of this installation's data, made when absent, readable by its owner only."""
    named = os.environ.get("DIAGNOZA_DATA_DIR")
    if named:
        folder = Path(named)
    elif (_ROOT / "pyproject.toml").exists():
        folder = _ROOT / "data"
    else:
        folder = Path.home() / ".diagnoza-lokalna"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def database_url() -> str:
    """Return the URL of the configured database."""
    return os.environ.get("DIAGNOZA_DATABASE_URL") or f"sqlite:///{data_dir() / 'diagnoza.sqlite3'}"


def connectors_file() -> Path | None:
    """Return the file of connections to servers, ``None`` where none is named: then nothing is ever fetched."""
    named = os.environ.get("DIAGNOZA_CONNECTORS")
    return Path(named) if named else None

"""The file of connections: one TOML table per form on a server. Without the file nothing is ever fetched.

    [ankieta-liw]
    kind = "kobo"
    url = "https://eu.kobotoolbox.org"
    form = "aBcDeFgH"
    token_variable = "KOBO_TOKEN"
    partnership = "liw"
    wave = "Ankieta 2026"

Secrets don't belong in it: a token or password written there is refused, so that it doesn't stay.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, fields
from typing import Any

from etl.connectors.base import Connection
from etl.settings import connectors_file
from surveys.findings import FaultError, Finding, Place, Report

BDL = "bdl"
KINDS = ("kobo", "odk", "limesurvey", BDL)
REACHES = ("public", "private", "loopback")
ANSWERS = ("codes", "labels")
MOST_AT_A_TIME = 30_000
# The Local Data Bank is one place; its figures belong to no partnership, and a key is nobody's duty.
_OF_BDL = {"url": "https://bdl.stat.gov.pl", "form": "", "token_variable": ""}
_FOREIGN_TO_BDL = frozenset({"form", "project", "user", "partnership", "wave", "answers", "page_size"})
_FIELDS = {each.name: each for each in fields(Connection) if each.name != "name"}
_NUMBERS = ("project", "page_size")
_CHOICES = {"kind": KINDS, "reach": REACHES, "answers": ANSWERS}
_SECRET = re.compile(r"token|password|passwd|secret|api_?key|haslo|hasło", re.IGNORECASE)
# A name becomes the name of a folder and of a file.
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def read_connections() -> dict[str, Connection]:
    """Return the connections of this installation by name, in the order of the file.

    Raises:
        FaultError: no file is named, or it can't be understood; all its faults at once.
    """
    path = connectors_file()
    if path is None:
        raise FaultError(Report((Finding("CONNECTORS-OFF"),)))
    place = Place(file=path.name)
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError:
        raise FaultError(Report((Finding("CONNECTORS-NOT-READABLE", place),))) from None
    except ValueError:  # not TOML, or not UTF-8
        raise FaultError(Report((Finding("CONNECTORS-BAD", place),))) from None
    faults = [finding for name, table in tables.items() for finding in _check(name, table, place)]
    if faults:
        raise FaultError(Report(tuple(faults)))
    return {name: _make(name, table) for name, table in tables.items()}


def require_connection(name: str, known: Mapping[str, Connection]) -> Connection:
    """Return a connection by its name.

    Raises:
        FaultError: there is none.
    """
    if name not in known:
        facts: dict[str, str | int] = {"name": name, "known": ", ".join(known) or "–"}
        raise FaultError(Report((Finding("CONNECTION-UNKNOWN", facts=facts),)))
    return known[name]


def _make(name: str, table: Mapping[str, Any]) -> Connection:
    return Connection(name=name, **({**_OF_BDL, **table} if table["kind"] == BDL else table))


def _check(name: str, table: Any, place: Place) -> list[Finding]:
    """Faults name keys, never what was written beside them: it may be a token in the wrong place."""

    def fault(code: str, **facts: str | int) -> Finding:
        return Finding(code, place, {"name": name, **facts})

    if not isinstance(table, dict) or not _NAME.fullmatch(name):
        return [fault("CONNECTION-NAME-BAD")]
    found: list[Finding] = []
    is_bdl = table.get("kind") == BDL
    foreign = {"answers"} if table.get("kind") != "limesurvey" else set()
    foreign |= _FOREIGN_TO_BDL if is_bdl else set()
    for key in table:
        if key not in _FIELDS or key in foreign:
            code = "CONNECTION-SECRET-IN-FILE" if _SECRET.search(key) else "CONNECTION-KEY-UNKNOWN"
            found.append(fault(code, key=key, known=", ".join(_FIELDS)))
    needed = [key for key, each in _FIELDS.items() if each.default is MISSING]
    needed += {"odk": ["project"], "limesurvey": ["user"]}.get(str(table.get("kind")), [])
    needed = [key for key in needed if not (is_bdl and key in _OF_BDL)]
    found.extend(fault("CONNECTION-KEY-MISSING", key=key) for key in needed if table.get(key, "") == "")
    found.extend(
        fault("CONNECTION-VALUE-BAD", key=key, wanted=wanted)
        for key, wanted in ((key, _refuse(key, value, str(table.get("kind")))) for key, value in table.items())
        if wanted is not None
    )
    return found


def _refuse(key: str, value: Any, kind: str) -> str | None:
    """Return what should have been written, ``None`` when a value will do."""
    if key in _NUMBERS:
        fine = isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= MOST_AT_A_TIME
        return None if fine else f"1–{MOST_AT_A_TIME}"
    if key not in _FIELDS:
        return None
    if not isinstance(value, str):
        return '"…"'
    if key == "token_variable":
        return None if _VARIABLE.fullmatch(value) else "KOBO_TOKEN"
    if key == "form" and kind == "limesurvey":
        return None if value.isascii() and value.isdigit() else '"123456"'
    choices = _CHOICES.get(key)
    return None if choices is None or value in choices else ", ".join(choices)

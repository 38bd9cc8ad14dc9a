"""The log of what was done: one line per change, written in the change's own transaction.

Lines say who, when, what and to which thing, never what somebody answered. The columns leave room for what a later
version adds here: a hash chain over the lines (each line's hash covers its predecessor's) and triggers that forbid
update and delete; and lines for every read of raw answers.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from etl.store.moments import write_moment
from etl.store.schema_operations import audit

# Names under which the log notes what no account did; no account may bear one.
PROGRAM_NAMES = frozenset({"machine", "sample", "setup-code", "web-form"})


@dataclass(frozen=True, slots=True)
class Author:
    """Who does something, and when: an account's name, or one of `PROGRAM_NAMES`.

    These are ``"machine"`` for the command line, ``"sample"`` for the loading of the sample data, ``"setup-code"``
    for the making of the first account, and ``"web-form"`` for answers that people send themselves.
    """

    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One line of the log; ``facts`` holds counts, roles and slugs."""

    at: str
    actor: str
    action: str
    thing: str
    facts: Mapping[str, str | int | None]


def record_action(
    connection: Connection,
    by: Author,
    action: str,
    thing: str,
    facts: Mapping[str, str | int | None] | None = None,
) -> None:
    """Write one line of the log.

    Args:
        connection: the writing connection of the change itself, so that both are kept or neither.
        by: who does it, and when.
        action: verb with underscores, for example ``"sign_in"``.
        thing: what it was done to, for example ``"account:anna"``.
        facts: counts, roles, slugs; never answers and never passwords.
    """
    connection.execute(
        insert(audit).values(
            at=write_moment(by.at),
            actor=by.name,
            action=action,
            object=thing,
            facts=json.dumps(dict(facts or {}), ensure_ascii=False, sort_keys=True),
        )
    )


def list_actions(connection: Connection, *, limit: int = 200) -> list[AuditLine]:
    """Return the newest lines of the log, newest first. Whoever shows them has asked for the right to."""
    rows = connection.execute(select(audit).order_by(audit.c.id.desc()).limit(limit))
    return [AuditLine(row.at, row.actor, row.action, row.object, json.loads(row.facts)) for row in rows]

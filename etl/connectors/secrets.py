"""Tokens and passwords: read from the environment when they are needed, never written anywhere by us.

What isn't stored can't be stored in clear. The file of connections names the variable; the value lives for the length
of one command, and an object that shows it to nobody carries it.
"""

import os
from dataclasses import dataclass, field

from etl.connectors.base import Connection
from surveys.findings import FaultError, Finding, Report

_LONGEST = 4_096


@dataclass(frozen=True, slots=True)
class Secret:
    """A token or password; neither ``repr`` nor ``str`` shows it."""

    _value: str = field(repr=False)

    def reveal(self) -> str:
        """Return the secret, to be put into a request and nowhere else."""
        return self._value


def read_secret(connection: Connection) -> Secret:
    """Return the secret of a connection.

    Raises:
        FaultError: its variable is absent or empty, or holds what can't be a token (``CONNECTION-SECRET-BAD``): a
            library would quote such a value in its complaint.
    """
    value = os.environ.get(connection.token_variable, "").strip()
    facts: dict[str, str | int] = {"name": connection.name, "variable": connection.token_variable}
    if not value:
        raise FaultError(Report((Finding("CONNECTION-SECRET-MISSING", facts=facts),)))
    # A password may hold any letter, because it travels in the body of a request; a token travels in a header.
    fits = value.isprintable() and (bool(connection.user) or (value.isascii() and " " not in value))
    if not fits or len(value) > _LONGEST:
        raise FaultError(Report((Finding("CONNECTION-SECRET-BAD", facts=facts),)))
    return Secret(value)

"""LimeSurvey, RemoteControl 2 by citric: responses in windows of their numbers.

The interface has no pages, but it exports a range of response numbers. Numbers have gaps where responses were deleted,
so a window without any is followed by one twice as wide. Headings are ``code. text``, as in LimeSurvey's own export
with codes and texts: the codes tell questions apart, the texts tell people what they are.
"""

import csv
import io
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, TypeVar

from citric import Client
from citric.exceptions import (
    InvalidJSONResponseError,
    LimeSurveyError,
    LimeSurveyStatusError,
    ResponseMismatchError,
    RPCInterfaceNotEnabledError,
)

from etl.connectors.base import ChangedMeanwhileError, Connection, Export, Page
from etl.connectors.outgoing import OutgoingSession
from etl.connectors.secrets import Secret
from etl.connectors.table_writing import write_table
from surveys.findings import FaultError

_ENTRANCE = "/index.php/admin/remotecontrol"
_LARGEST_NUMBER = 2**31 - 1
# What LimeSurvey says, in order of trial, and the finding it means. It says it in English whatever its language.
_COMPLAINTS = (
    ("login attempts", "CONNECTION-BUSY"),
    ("user name or password", "CONNECTION-TOKEN-REFUSED"),
    ("session key", "CONNECTION-TOKEN-REFUSED"),
    ("permission", "CONNECTION-TOKEN-REFUSED"),
    ("survey table does not exist", "CONNECTION-NOT-FOUND"),
    ("no available data", "CONNECTION-NOT-FOUND"),
    ("invalid survey", "CONNECTION-NOT-FOUND"),
)

Result = TypeVar("Result")


class LimeSurveyForm:
    """An activated survey on a LimeSurvey server."""

    def __init__(self, connection: Connection, secret: Secret, session: OutgoingSession) -> None:
        self._connection, self._secret, self._session = connection, secret, session
        self._survey = int(connection.form)
        self._client: Client | None = None
        self._total = 0

    def begin(self) -> None:
        """Sign in, count the responses, and read the headings as codes and as texts."""
        base = self._session.target.base
        url = base if base.endswith("/remotecontrol") else base.removesuffix("/index.php") + _ENTRANCE
        secret = self._secret.reveal()
        client = self._ask(lambda: Client(url, self._connection.user, secret, requests_session=self._session))
        self._client = client
        summary: Any = self._ask(lambda: client.get_summary(self._survey))
        count = summary.get("full_responses") if isinstance(summary, dict) else None
        if not str(count).isdigit():
            raise self._session.fault("CONNECTION-ANSWER-UNREADABLE")
        self._total = int(str(count))

    def fetch(self, cursor: str) -> Page:
        """Return the responses of a window.

        ``cursor`` is the window's first number and width, how many responses came before, and how many there were.
        """
        size = self._connection.page_size
        first, width, before, known = (int(part) for part in cursor.split()) if cursor else (1, size, 0, 0)
        if self._total < known:
            raise ChangedMeanwhileError
        if not self._total:
            return Page((), None, 0)
        columns, rows = self._export(first, min(first + width - 1, _LARGEST_NUMBER), headings="code")
        came = before + len(rows)
        next_first = first + width
        # Nothing between here and there: look further. Answers: go on as before.
        next_width = size if rows else width * 2
        over = came >= self._total or next_first > _LARGEST_NUMBER
        following = None if over else f"{next_first} {next_width} {came} {self._total}"
        return Page(tuple(rows), following, self._total, tuple(columns))

    def identify(self, record: Any) -> str:
        """Return the response's number, which stands first."""
        return str(record[0])

    def write(self, records: Sequence[Any], columns: tuple[str, ...]) -> Export:
        """Return the responses as LimeSurvey's own CSV has them."""
        texts, _ = self._export(1, 1, headings="full")
        headings = list(columns)
        if len(texts) == len(columns):
            headings = [f"{code}. {text}" if text else code for code, text in zip(columns, texts, strict=True)]
        rows = sorted(records, key=lambda record: int(record[0]))
        return Export(write_table(headings, rows, delimiter=";", quote_all=True, byte_order_mark=True))

    def close(self) -> None:
        """Give the session key back; one that can't be given back now runs out by itself."""
        client, self._client = self._client, None
        if client is not None:
            with suppress(FaultError):
                self._ask(client.close)

    def _export(self, first: int, last: int, *, headings: str) -> tuple[list[str], list[list[str]]]:
        """Return headings and responses; LimeSurvey writes an empty line where there are none."""
        client = self._client
        if client is None:
            raise RuntimeError("begin comes first")
        content = self._ask(
            lambda: client.export_responses(
                self._survey,
                file_format="csv",
                heading_type=headings,
                response_type="long" if self._connection.answers == "labels" else "short",
                from_response_id=first,
                to_response_id=last,
            )
        )
        try:
            table = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";", strict=True))
        except (ValueError, csv.Error):
            raise self._session.fault("CONNECTION-ANSWER-UNREADABLE") from None
        columns, rows = (table[0] if table else []), [row for row in table[1:] if row and row[0].strip()]
        whole = all(len(row) == len(columns) and row[0].isascii() and row[0].isdigit() for row in rows)
        if not columns or not whole:
            raise self._session.fault("CONNECTION-ANSWER-UNREADABLE")
        return columns, rows

    def _ask(self, question: Callable[[], Result]) -> Result:
        """What citric raises may hold what was sent or what came: only its kind goes on."""
        try:
            return question()
        except LimeSurveyStatusError as error:
            said = str(error).lower()
            code = next((code for words, code in _COMPLAINTS if words in said), "CONNECTION-SERVER-SAYS-NO")
            raise self._session.fault(code) from None
        except (RPCInterfaceNotEnabledError, InvalidJSONResponseError):
            raise self._session.fault("CONNECTION-RPC-OFF") from None
        except (LimeSurveyError, ResponseMismatchError, LookupError, TypeError, ValueError):
            raise self._session.fault("CONNECTION-ANSWER-UNREADABLE") from None

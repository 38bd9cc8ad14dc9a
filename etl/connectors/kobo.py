"""KoboToolbox, API v2: the asset says what the form asks, ``data`` gives the submissions in pages.

The file is that of an export with XML values, with the form beside it that says what they mean. Repeat groups are
other tables, and a CSV export leaves them out too; that is said.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from etl.connectors.base import ChangedMeanwhileError, Connection, Export, Page
from etl.connectors.kobo_form import Column, KoboQuestions, read_questions, write_form
from etl.connectors.outgoing import OutgoingSession
from etl.connectors.secrets import Secret
from etl.connectors.table_writing import write_table
from surveys.findings import Finding, Report

# The columns that end every current export.
_ENDING = (
    "_id", "_uuid", "_submission_time", "_validation_status", "_notes", "_status", "_submitted_by", "__version__",
    "_tags", "meta/rootUuid",
)  # fmt: skip
# Keys of a submission that no export shows.
_HIDDEN = frozenset({"_attachments", "_geolocation", "_xform_id_string", "_bamboo_dataset_id", "_supplementalDetails"})
_GEOPOINT = ("latitude", "longitude", "altitude", "precision")


class KoboForm:
    """A deployed form on a KoboToolbox server."""

    def __init__(self, connection: Connection, secret: Secret, session: OutgoingSession) -> None:
        self._connection, self._session = connection, session
        session.headers["Authorization"] = f"Token {secret.reveal()}"
        self._path = f"/api/v2/assets/{quote(connection.form, safe='')}/"
        self._content: Mapping[str, Any] = {}
        self._questions = KoboQuestions()

    def begin(self) -> None:
        """Learn what the form asks."""
        asset = self._session.ask_json(self._path, params={"format": "json"})
        content = asset.get("content") if isinstance(asset, dict) else None
        if not isinstance(content, dict):
            raise self._session.fault("CONNECTION-ANSWER-UNREADABLE")
        self._content, self._questions = content, read_questions(content)

    def fetch(self, cursor: str) -> Page:
        """Return submissions from a position on, the oldest first, so that new ones come at the end."""
        start, last = (int(part) for part in cursor.split()) if cursor else (0, None)
        # Each page begins with the last submission of the page before: when that has moved, an earlier one was deleted,
        # and counting on would pass over one.
        overlap = 0 if last is None else 1
        asked = {
            "format": "json",
            "start": start - overlap,
            "limit": self._connection.page_size + overlap,
            "sort": json.dumps({"_id": 1}),
        }
        answer = self._session.ask_json(f"{self._path}data/", params=asked)
        records = answer.get("results") if isinstance(answer, dict) else None
        total = answer.get("count") if isinstance(answer, dict) else None
        if not isinstance(records, list) or not isinstance(total, int):
            raise self._session.fault("CONNECTION-ANSWER-UNREADABLE")
        if not all(isinstance(record, dict) and isinstance(record.get("_id"), int) for record in records):
            raise self._session.fault("CONNECTION-ANSWER-UNREADABLE")
        if overlap and (not records or records.pop(0)["_id"] != last):
            raise ChangedMeanwhileError
        # The address of the next page is the server's word; how far we are we know ourselves, and a server that gives
        # fewer than were asked for is followed too.
        more = answer.get("next") is not None and records
        shown = tuple({key: value for key, value in record.items() if key not in _HIDDEN} for record in records)
        return Page(shown, f"{start + len(records)} {records[-1]['_id']}" if more else None, total)

    def identify(self, record: Any) -> str:
        """Return the number that Kobo gave to the submission."""
        return str(record["_id"])

    def write(self, records: Sequence[Any], columns: tuple[str, ...]) -> Export:
        """Return the submissions as an export has them."""
        questions = self._questions.joined_by(_find_keys(records))
        headings: list[str] = []
        for column in questions.columns:
            headings.extend(_write_headings(column, questions))
        rows = []
        for number, record in enumerate(sorted(records, key=lambda record: int(record["_id"])), start=1):
            cells: list[str] = []
            for column in questions.columns:
                cells.extend(_write_cells(column, record.get(column.path)))
            rows.append([*cells, *(_write_ending(name, record) for name in _ENDING), str(number)])
        report = Report()
        if questions.repeats:
            report += (Finding("CONNECTION-REPEATS-LEFT-OUT", facts={"groups": ", ".join(questions.repeats)}),)
        content = write_table([*headings, *_ENDING, "_index"], rows, delimiter=";", quote_all=True)
        return Export(content, ("form.csv", write_form(self._content)), report)

    def close(self) -> None:
        """Nothing was opened: the token signs every request."""


def _find_keys(records: Sequence[Mapping[str, Any]]) -> list[str]:
    """Questions that are in submissions, whether or not today's form still asks them; lists are repeat groups."""
    keys: dict[str, None] = {}
    for record in records:
        for key, value in record.items():
            name = key.rpartition("/")[2]
            hidden = key.startswith(("_", "meta/", "formhub/")) or name.startswith("__")
            if not hidden and not isinstance(value, list | dict):
                keys[key] = None
    return list(keys)


def _write_headings(column: Column, questions: KoboQuestions) -> list[str]:
    heading = questions.shorten(column.path)
    if column.type == "select_multiple":
        return [heading, *(f"{heading}/{option}" for option in column.choices)]
    if column.type == "geopoint":
        return [heading, *(f"_{heading}_{part}" for part in _GEOPOINT)]
    return [heading]


def _write_cells(column: Column, value: Any) -> list[str]:
    text = "" if value is None or isinstance(value, list | dict) else _write(value)
    if column.type == "select_multiple":
        chosen = text.split()
        return [text, *(("1" if name in chosen else "0") if chosen else "" for name in column.choices)]
    if column.type == "geopoint":
        parts = text.split()
        return [text, *(parts[position] if position < len(parts) else "" for position in range(len(_GEOPOINT)))]
    return [text]


def _write_ending(name: str, record: Mapping[str, Any]) -> str:
    value = record.get(name)
    if name == "_validation_status":
        return str(value.get("uid") or "") if isinstance(value, dict) else ""
    if isinstance(value, list):
        return ", ".join(each for each in value if isinstance(each, str))
    return "" if value is None or isinstance(value, dict) else _write(value)


def _write(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)

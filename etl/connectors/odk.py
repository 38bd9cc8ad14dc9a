"""ODK Central: submissions by OData, page by page along the links the server gives.

The file is Central's own root table, with ticked options split into columns. Central gives codes only, and the XLSForm
it was given, where it was given one, says what they mean. Repeats are other tables and are left out, which is said.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qs, quote, urlencode, urlsplit

from etl.connectors.base import Connection, Export, Page
from etl.connectors.outgoing import OutgoingSession
from etl.connectors.secrets import Secret
from etl.connectors.table_writing import write_table
from surveys.findings import FaultError, Finding, Report

# Heading of Central's file → where OData has it.
_ENDING = {
    "SubmitterID": "submitterId",
    "SubmitterName": "submitterName",
    "AttachmentsPresent": "attachmentsPresent",
    "AttachmentsExpected": "attachmentsExpected",
    "Status": "status",
    "ReviewState": "reviewState",
    "DeviceID": "deviceId",
    "Edits": "edits",
    "FormVersion": "formVersion",
}
_STATUSES = {"notDecrypted": "not decrypted", "missingEncryptedFormData": "missing encrypted form data"}
# Newer servers lead on by a token, older ones by a number of rows.
_LEADS = ("$skiptoken", "$skip")
_ZIP = b"PK\x03\x04"
_GEOPOINT = ("Latitude", "Longitude", "Altitude", "Accuracy")


class CentralForm:
    """A published form on an ODK Central server."""

    def __init__(self, connection: Connection, secret: Secret, session: OutgoingSession) -> None:
        self._connection, self._secret, self._session = connection, secret, session
        self._path = f"/v1/projects/{connection.project}/forms/{quote(connection.form, safe='')}"
        self._fields: list[Mapping[str, Any]] = []
        self._signed_in = False

    def begin(self) -> None:
        """Sign in when there is an account, and learn what the form asks."""
        token = self._secret.reveal()
        if self._connection.user:
            self._session.headers.pop("Authorization", None)
            body = {"email": self._connection.user, "password": token}
            answer = self._session.ask_json("/v1/sessions", method="POST", json=body)
            given = answer.get("token") if isinstance(answer, dict) else None
            # A line end in it would make a header of its own.
            if not isinstance(given, str) or not (given.isascii() and given.isprintable()):
                raise self._session.fault("CONNECTION-ANSWER-UNREADABLE")
            token, self._signed_in = given, True
        self._session.headers["Authorization"] = f"Bearer {token}"
        fields = self._session.ask_json(f"{self._path}/fields", params={"odata": "true"})
        if not isinstance(fields, list) or not all(_is_field(each) for each in fields):
            raise self._session.fault("CONNECTION-ANSWER-UNREADABLE")
        self._fields = fields

    def fetch(self, cursor: str) -> Page:
        """Return a page of submissions; of the server's link only the place to go on from is taken."""
        asked = {"$top": str(self._connection.page_size)}
        if cursor:
            asked |= {key: values[0] for key, values in parse_qs(cursor).items()}
        else:
            asked["$count"] = "true"
        answer = self._session.ask_json(f"{self._path}.svc/Submissions", params=asked)
        records = answer.get("value") if isinstance(answer, dict) else None
        if not isinstance(records, list) or not all(isinstance(each, dict) and "__id" in each for each in records):
            raise self._session.fault("CONNECTION-ANSWER-UNREADABLE")
        total = answer.get("@odata.count")
        return Page(tuple(records), self._read_lead(answer), total if isinstance(total, int) and not cursor else None)

    def identify(self, record: Any) -> str:
        """Return the submission's instance id."""
        return str(record["__id"])

    def write(self, records: Sequence[Any], columns: tuple[str, ...]) -> Export:
        """Return the submissions as Central's own file has them, the oldest first."""
        repeats = [each["path"] for each in self._fields if each.get("type") == "repeat"]
        asked = [each for each in self._fields if _has_answer(each, repeats)]
        options = {each["path"]: _list_options(each, records) for each in asked}
        headings = ["SubmissionDate"]
        for each in asked:
            headings.extend(_write_headings(each, options[each["path"]]))
        rows = []
        for record in sorted(records, key=_order):
            system = _part(record, "__system")
            row = [_write(system.get("submissionDate"))]
            for each in asked:
                row.extend(_write_cells(each, _find_value(record, each["path"]), options[each["path"]]))
            row.append(str(record["__id"]))
            row.extend(_STATUSES.get(text := _write(system.get(name)), text) for name in _ENDING.values())
            rows.append(row)
        report = Report()
        if repeats:
            names = ", ".join(path.rpartition("/")[2] for path in repeats)
            report += (Finding("CONNECTION-REPEATS-LEFT-OUT", facts={"groups": names}),)
        content = write_table([*headings, "KEY", *_ENDING], rows, delimiter=",", quote_all=False)
        return Export(content, self._read_form(), report)

    def close(self) -> None:
        """Sign out; a session that can't be ended now ends by itself within a day."""
        if self._signed_in:
            self._signed_in = False
            with suppress(FaultError):
                self._session.request("DELETE", f"{self._session.target.base}/v1/sessions/current")

    def _read_form(self) -> tuple[str, bytes] | None:
        """A form that was made without a spreadsheet, or in an old one, comes without: codes are answers too."""
        try:
            content = self._session.request("GET", f"{self._session.target.base}{self._path}.xlsx").content
        except FaultError as fault:
            if any(finding.code == "CONNECTION-NOT-FOUND" for finding in fault.report):
                return None
            raise
        return ("form.xlsx", content) if content.startswith(_ZIP) else None

    def _read_lead(self, answer: Mapping[str, Any]) -> str | None:
        link = answer.get("@odata.nextLink")
        if link is None:
            return None
        try:
            asked = parse_qs(urlsplit(str(link)).query)
        except ValueError:
            asked = {}
        lead = {key: asked[key][0] for key in _LEADS if key in asked}
        if not lead:
            raise self._session.fault("CONNECTION-ANSWER-UNREADABLE")
        return urlencode(lead)


def _is_field(value: Any) -> bool:
    return isinstance(value, dict) and isinstance(value.get("path"), str) and isinstance(value.get("type"), str)


def _has_answer(each: Mapping[str, Any], repeats: Sequence[str]) -> bool:
    path = each["path"]
    inside = any(path == repeat or path.startswith(f"{repeat}/") for repeat in repeats)
    return each.get("type") not in {"structure", "repeat"} and not inside


def _find_value(record: Mapping[str, Any], path: str) -> Any:
    value: Any = record
    for name in path.strip("/").split("/"):
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _list_options(each: Mapping[str, Any], records: Sequence[Mapping[str, Any]]) -> list[str]:
    """The options that somebody ticked; Central's own file splits by those too."""
    if not each.get("selectMultiple"):
        return []
    found = {option for record in records for option in _write(_find_value(record, each["path"])).split()}
    return sorted(found)


def _write_headings(each: Mapping[str, Any], options: Sequence[str]) -> list[str]:
    heading = "-".join(each["path"].strip("/").split("/"))
    if each.get("type") == "geopoint":
        return [f"{heading}-{part}" for part in _GEOPOINT]
    return [heading, *(f"{heading}/{option}" for option in options)]


def _write_cells(each: Mapping[str, Any], value: Any, options: Sequence[str]) -> list[str]:
    if each.get("type") == "geopoint":
        return _write_point(value)
    text = _write(value)
    ticked = text.split()
    return [text, *(("1" if option in ticked else "0") if ticked else "" for option in options)]


def _write_point(value: Any) -> list[str]:
    """GeoJSON puts the longitude first, people and Central's file the latitude."""
    point = value if isinstance(value, dict) else {}
    numbers = point.get("coordinates")
    longitude, latitude, altitude, *_ = [*(numbers if isinstance(numbers, list) else []), None, None, None]
    return [_write(each) for each in (latitude, longitude, altitude, _part(point, "properties").get("accuracy"))]


def _part(record: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = record.get(name)
    return part if isinstance(part, dict) else {}


def _order(record: Mapping[str, Any]) -> tuple[str, str]:
    return (_write(_part(record, "__system").get("submissionDate")), str(record["__id"]))


def _write(value: Any) -> str:
    """Lines and areas are no answers to count, and objects are none either."""
    if value is None or isinstance(value, list | dict):
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)

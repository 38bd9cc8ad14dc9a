"""Survey servers as far as `etl.connectors` needs them: the same paths, words and quirks, on 127.0.0.1.

Kobo API v2, ODK Central's OData and LimeSurvey's RemoteControl 2 (JSON-RPC), each over one made form. What the real
servers do at the edges is done here too: Kobo caps the size of a page, Central leads on by a token in a link,
LimeSurvey writes an empty line where a window of numbers holds no response, and says what is wrong with status 200.
"""

import base64
import csv
import io
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from tests.made.survey_forms import KOBO_CONTENT, LIMESURVEY_HEADINGS, LIMESURVEY_WORDS, ODK_FIELDS

TOKEN = "t0ken-of-anna-9f8e7d"
PASSWORD = "hasło żółwia 7"
USER = "anna@example.org"
KOBO_UID = "aLiwSurvey2026"
SURVEY = 123456

# An answer, or what to do instead of one.
Fault = Callable[["Asked"], "Answer | None"]


@dataclass
class Asked:
    """A request as it came."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes

    @property
    def is_page(self) -> bool:
        """Whether answers of people were asked for."""
        return self.path.endswith(("/data/", ".svc/Submissions")) or b'"export_responses"' in self.body


@dataclass
class Answer:
    """What goes back; ``cut`` ends the connection in the middle of the content."""

    status: int
    content: bytes
    headers: dict[str, str] = field(default_factory=dict)
    cut: bool = False


def say(value: Any, status: int = 200) -> Answer:
    """Answer with a JSON value."""
    return Answer(status, json.dumps(value).encode(), {"Content-Type": "application/json"})


@dataclass
class SurveyServer:
    """All three kinds of server at one address.

    Attributes:
        asked: every request, in order.
        kobo, odk, limesurvey: submissions in the shape of their server.
        odk_form: the XLSForm that Central was given, if it was.
        fault: may take a request from the server's hands.
        kobo_cap: most submissions in a page, whatever was asked for.
        leads_by_token: Central of 2023 and later; older ones lead on by ``$skip``.
    """

    asked: list[Asked] = field(default_factory=list)
    kobo: list[dict[str, Any]] = field(default_factory=list)
    odk: list[dict[str, Any]] = field(default_factory=list)
    limesurvey: dict[int, list[str]] = field(default_factory=dict)
    odk_form: bytes | None = None
    fault: Fault | None = None
    kobo_cap: int = 1_000
    leads_by_token: bool = True
    url: str = ""
    open_sessions: set[str] = field(default_factory=set)
    sessions_made: int = 0

    @property
    def pages(self) -> list[Asked]:
        """Requests for answers of people."""
        return [asked for asked in self.asked if asked.is_page]

    def break_page(self, number: int, answer: Answer | None = None, *, times: int = 1) -> None:
        """Answer the request for the page of a number (from 1, counted from now) in another way, a few times."""
        before = len(self.pages)
        instead = answer or Answer(400, b"{}")

        def fault(_asked: Asked) -> Answer | None:
            came = len(self.pages) - before
            return instead if number <= came < number + times else None

        self.fault = fault

    def answer(self, asked: Asked) -> Answer:
        """Answer a request as the server of its path would."""
        self.asked.append(asked)
        if self.fault is not None and asked.is_page:
            instead = self.fault(asked)
            if instead is not None:
                return instead
        if asked.path.startswith("/api/v2/"):
            return self._answer_kobo(asked)
        if asked.path.startswith("/v1/"):
            return self._answer_odk(asked)
        if asked.path == "/index.php/admin/remotecontrol" and asked.method == "POST":
            return self._answer_limesurvey(json.loads(asked.body))
        return Answer(404, b"<html>Not Found</html>", {"Content-Type": "text/html"})

    def _answer_kobo(self, asked: Asked) -> Answer:
        if asked.headers.get("authorization") != f"Token {TOKEN}":
            return say({"detail": "Invalid token."}, 401)
        asset = f"/api/v2/assets/{KOBO_UID}/"
        if asked.path == asset:
            return say({"uid": KOBO_UID, "name": "Diagnoza", "asset_type": "survey", "content": KOBO_CONTENT})
        if asked.path != f"{asset}data/":
            return say({"detail": "Not found."}, 404)
        start = int(asked.query.get("start", 0))
        limit = min(int(asked.query.get("limit", 100)), self.kobo_cap)
        upwards = json.loads(asked.query.get("sort", '{"_id": -1}'))["_id"] == 1
        ordered = sorted(self.kobo, key=lambda each: each["_id"], reverse=not upwards)
        over = start + limit >= len(ordered)
        link = f"{self.url}{asset}data/?" + urlencode({**asked.query, "limit": limit, "start": start + limit})
        back = f"{self.url}{asset}data/?" + urlencode({**asked.query, "start": max(start - limit, 0)})
        return say(
            {
                "count": len(ordered),
                "next": None if over else link,
                "previous": back if start else None,
                "results": ordered[start : start + limit],
            }
        )

    def _answer_odk(self, asked: Asked) -> Answer:
        if (asked.method, asked.path) == ("POST", "/v1/sessions"):
            if json.loads(asked.body) != {"email": USER, "password": PASSWORD}:
                return say({"code": 401.2, "message": "Could not authenticate with the provided credentials."}, 401)
            self.sessions_made += 1
            key = f"central-session-{self.sessions_made}"
            self.open_sessions.add(key)
            return say({"token": key, "expiresAt": "2026-11-23T19:00:00.000Z"})
        bearer = asked.headers.get("authorization", "").removeprefix("Bearer ")
        if bearer not in self.open_sessions | {TOKEN}:
            return say({"code": 401.2, "message": "Could not authenticate with the provided credentials."}, 401)
        if (asked.method, asked.path) == ("DELETE", "/v1/sessions/current"):
            self.open_sessions.discard(bearer)
            return say({"success": True})
        form = "/v1/projects/7/forms/rozmowy%20w%20Liwie"
        if asked.path == f"{form}/fields":
            return say(ODK_FIELDS)
        if asked.path == f"{form}.xlsx" and self.odk_form is not None:
            return Answer(200, self.odk_form, {"Content-Type": "application/vnd.openxmlformats"})
        if asked.path != f"{form}.svc/Submissions":
            return say({"code": 404.1, "message": "Could not find the resource you were looking for."}, 404)
        return self._give_submissions(asked, form)

    def _give_submissions(self, asked: Asked, form: str) -> Answer:
        newest_first = sorted(self.odk, key=lambda each: each["__system"]["submissionDate"], reverse=True)
        top, start = int(asked.query.get("$top", len(newest_first))), int(asked.query.get("$skip", 0))
        if "$skiptoken" in asked.query:
            last = json.loads(base64.b64decode(asked.query["$skiptoken"].removeprefix("01")))["instanceId"]
            start = [each["__id"] for each in newest_first].index(last) + 1
        page = newest_first[start : start + top]
        answer: dict[str, Any] = {"value": page, "@odata.context": f"{self.url}{form}.svc/$metadata#Submissions"}
        if asked.query.get("$count") == "true":
            answer["@odata.count"] = len(newest_first)
        if start + top < len(newest_first):
            lead = {"$skip": str(start + top)}
            if self.leads_by_token:
                token = base64.b64encode(json.dumps({"instanceId": page[-1]["__id"]}).encode()).decode()
                lead = {"$skiptoken": f"01{token}"}
            answer["@odata.nextLink"] = f"{self.url}{form}.svc/Submissions?" + urlencode({"$top": top, **lead})
        return say(answer)

    def _answer_limesurvey(self, asked: dict[str, Any]) -> Answer:
        result = self._call_limesurvey(asked["method"], asked["params"])
        return say({"id": asked["id"], "result": result, "error": None})

    def _call_limesurvey(self, method: str, parameters: list[Any]) -> Any:
        if method == "get_session_key":
            if parameters[:2] != [USER, PASSWORD]:
                return {"status": "Invalid user name or password"}
            self.sessions_made += 1
            key = f"limesurvey-session-{self.sessions_made}"
            self.open_sessions.add(key)
            return key
        if parameters[0] not in self.open_sessions:
            return {"status": "Invalid session key"}
        if method == "release_session_key":
            self.open_sessions.discard(parameters[0])
            return "OK"
        if parameters[1] != SURVEY:
            return {"status": "Error: Invalid survey ID"}
        if method == "get_summary":
            done = sum(1 for row in self.limesurvey.values() if row[1])
            counts = (done, len(self.limesurvey) - done, len(self.limesurvey))
            names = ("completed_responses", "incomplete_responses", "full_responses")
            return {name: str(count) for name, count in zip(names, counts, strict=True)}
        return self._export_limesurvey(*parameters[2:9])

    def _export_limesurvey(  # in the order of the interface
        self, document: str, _language: str | None, _status: str, heading: str, response: str, first: int, last: int
    ) -> Any:
        if not self.limesurvey:
            return {"status": "No Data, could not get max id."}
        assert document == "csv"
        text = io.StringIO()
        writer = csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        writer.writerow(LIMESURVEY_HEADINGS[heading])
        rows = [row for number, row in sorted(self.limesurvey.items()) if first <= number <= last]
        for row in rows or [[""] * len(LIMESURVEY_HEADINGS["code"])]:
            writer.writerow([LIMESURVEY_WORDS.get(cell, cell) if response == "long" else cell for cell in row])
        return base64.b64encode((text.getvalue() + "\r\n").encode("utf-8-sig")).decode()


class _Listener(ThreadingHTTPServer):
    """Says nothing when a client leaves in the middle: that is what some tests are about."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


def start_server(server: SurveyServer) -> ThreadingHTTPServer:
    """Return a listening HTTP server that answers as a `SurveyServer` says; whoever starts it ends it."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # or every answer waits 40 ms for an acknowledgement

        def _serve(self) -> None:
            parts = urlsplit(self.path)
            query = {key: values[0] for key, values in parse_qs(parts.query).items()}
            headers = {key.lower(): value for key, value in self.headers.items()}
            body = self.rfile.read(int(headers.get("content-length", 0)))
            answer = server.answer(Asked(self.command, parts.path, query, headers, body))
            self.send_response(answer.status)
            for key, value in {"Content-Length": str(len(answer.content)), **answer.headers}.items():
                self.send_header(key, value)
            self.end_headers()
            self.wfile.write(answer.content[: len(answer.content) // 2] if answer.cut else answer.content)
            self.close_connection = answer.cut

        do_GET = do_POST = do_DELETE = _serve  # noqa: N815 # the names http.server looks for

        def log_message(self, *_: object) -> None:
            """Keep quiet."""

    http_server = _Listener(("127.0.0.1", 0), Handler)
    server.url = f"http://127.0.0.1:{http_server.server_port}"
    return http_server

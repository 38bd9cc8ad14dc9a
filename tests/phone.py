"""A resident's phone without JavaScript: opens the web form through the gate, fills it in by what stands beside fields.

Everything happens in this process: the gate, the form's routes and the store are the real ones, only the socket is
missing. ``phones`` gives as many as a test needs, over one store and one clock.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from anyio.from_thread import BlockingPortal, start_blocking_portal
from starlette.applications import Starlette

from dashboard.access import premises as premises_module
from dashboard.access.config import Entrance
from dashboard.access.gate import Gate
from dashboard.access.premises import Premises, close_premises
from dashboard.forms.routes import FORM_ROUTES
from dashboard.meetings.run_routes import RUN_ROUTES
from dashboard.meetings.vote_routes import VOTE_ROUTES
from etl.store.engine import Store

HOST = "ankieta.example"
START = datetime(2026, 11, 27, 12, tzinfo=UTC)


@dataclass
class Field:
    """An input of a page: what it is called, and what stands beside it."""

    name: str
    kind: str
    value: str
    chosen: bool = False
    legend: str = ""
    label: str = ""
    described_by: str = ""


@dataclass
class Page:
    """A page that came back."""

    status: int
    headers: list[tuple[str, str]]
    html: str
    fields: list[Field] = field(default_factory=list)
    words: str = ""
    tags: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key == name), "")

    def link(self, name: str) -> str:
        """Address of the link with an id."""
        return next(said["href"] for tag, said in self.tags if tag == "a" and said.get("id") == name)

    def labels(self, legend: str) -> list[str]:
        """Labels of the options of a question."""
        return [one.label for one in self.fields if one.legend.startswith(legend)]

    @property
    def legends(self) -> list[str]:
        """Questions of the page, in order, each once."""
        return list(dict.fromkeys(one.legend or one.label for one in self.fields if one.name.startswith("q")))


class _Reader(HTMLParser):
    """Collects fields, words and tags of a page."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._open: list[tuple[str, list[str]]] = []
        self._legends: list[str] = []
        self._waiting: list[Field] = []
        self._labels: dict[str, str] = {}
        self._ids: dict[str, Field] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        self._page.tags.append((tag, said))
        if tag in {"legend", "label", "option"}:
            self._open.append((said.get("for", ""), []))
        if tag == "fieldset":
            self._legends.append("")
        if tag == "option" and self._page.fields:
            select = self._page.fields[-1]
            if "selected" in said:
                select.value = said.get("value", "")
        if tag in {"input", "textarea", "select"} and "name" in said:
            one = Field(
                said["name"],
                said.get("type", tag),
                said.get("value", ""),
                "checked" in said,
                self._legends[-1] if self._legends else "",
                described_by=said.get("aria-describedby", ""),
            )
            self._page.fields.append(one)
            self._ids[said.get("id", "")] = one
            if self._open:
                self._waiting.append(one)

    def handle_endtag(self, tag: str) -> None:
        if tag == "fieldset":
            self._legends.pop()
        if tag not in {"legend", "label", "option"} or not self._open:
            return
        target, words = self._open.pop()
        text = " ".join("".join(words).split())
        if tag == "legend":
            self._legends[-1] = text
        elif tag == "label":
            for one in self._waiting:
                one.label = text
            self._waiting = []
            if target:
                self._labels[target] = text

    def handle_data(self, data: str) -> None:
        if self._page.tags and self._page.tags[-1][0] == "textarea" and self._page.fields:
            self._page.fields[-1].value += data.lstrip("\n")
        self._page.words += data
        for _, words in self._open:
            words.append(data)

    def close(self) -> None:
        super().close()
        for name, text in self._labels.items():
            if name in self._ids:
                self._ids[name].label = self._ids[name].label or text
        self._page.words = " ".join(self._page.words.split())


@dataclass
class Phone:
    """One browser: its cookies, the page it shows."""

    house: "House"
    cookies: dict[str, str] = field(default_factory=dict)
    takes_cookies: bool = True
    address: str = ""
    page: Page = field(default_factory=lambda: Page(0, [], ""))
    filled: dict[str, list[str]] = field(default_factory=dict)

    def open(self, address: str, **headers: str) -> Page:
        """Open an address and follow where it leads."""
        return self._go("GET", address, b"", headers)

    def answer(self, question: str, *answers: str) -> None:
        """Choose options of a question by their labels, or type into its field."""
        mine = [one for one in self.page.fields if (one.legend or one.label).startswith(question)]
        assert mine, f"no question {question!r} among {self.page.legends}"
        if mine[0].kind in {"radio", "checkbox"}:
            by_label = {one.label: one for one in mine}
            self.filled[mine[0].name] = [by_label[label].value for label in answers]
        elif mine[0].kind == "select" and len(answers) == len([one for one in mine if one.kind == "select"]) > 1:
            for one, place in zip(mine, answers, strict=True):
                self.filled[one.name] = [place]
        else:
            self.filled[mine[0].name] = list(answers)

    def write_other(self, question: str, words: str) -> None:
        """Write beside the "other" of a question."""
        other = next(one for one in self.page.fields if one.legend.startswith(question) and one.name.endswith("o"))
        self.filled[other.name] = [words]

    def press(self, action: str, **changed: str) -> Page:
        """Send the page as a browser would: what it holds, what was filled in, the button."""
        sent: dict[str, list[str]] = {}
        for one in self.page.fields:
            if one.kind not in {"radio", "checkbox"} or one.chosen:
                sent.setdefault(one.name, []).append(one.value)
        sent |= self.filled
        sent |= {name: [value] for name, value in changed.items()}
        return self.send(self.address, {**sent, "akcja": [action]})

    def send(self, address: str, fields: Mapping[str, list[str]], **headers: str) -> Page:
        """Send fields to an address."""
        body = urlencode(fields, doseq=True).encode()
        kind = {"content-type": "application/x-www-form-urlencoded", "content-length": str(len(body))}
        return self._go("POST", address, body, {**kind, "origin": f"https://{HOST}", **headers})

    def _go(self, method: str, address: str, body: bytes, headers: Mapping[str, str]) -> Page:
        self.page = self.house.ask(method, address, body, {**self._cookie_header(address), **headers})
        self.address, self.filled = address, {}
        for name, line in self.page.headers:
            if name == "set-cookie" and self.takes_cookies:
                key, _, value = line.partition(";")[0].partition("=")
                self.cookies[key] = value
        if self.page.status in {302, 303}:
            return self._go("GET", self.page.header("location"), b"", {})
        return self.page

    def _cookie_header(self, _address: str) -> dict[str, str]:
        return {"cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())} if self.cookies else {}


@dataclass
class House:
    """The gate and the web form over a store.

    Attributes:
        now: what the clock says; tests move it.
    """

    store: Store
    portal: BlockingPortal
    folder: Path
    now: datetime = START

    def __post_init__(self) -> None:
        close_premises()
        entrance = Entrance(frozenset({HOST}), on_loopback=False, public_origin=f"https://{HOST}")
        made = Premises(self.store, self.folder, entrance, "secret-of-the-tests", lambda: self.now)
        premises_module._opened.append(made)
        self._app = Gate(Starlette(routes=[*FORM_ROUTES, *RUN_ROUTES, *VOTE_ROUTES]))

    def wait(self, **time: float) -> None:
        """Let time go by."""
        self.now += timedelta(**time)

    def phone(self, **wanted: Any) -> Phone:
        """Return a phone of another person."""
        return Phone(self, **wanted)

    def ask(self, method: str, address: str, body: bytes = b"", headers: Mapping[str, str] | None = None) -> Page:
        """Send one request through the gate and read the page that comes back."""
        page = self.serve(method, address, body, headers)
        reader = _Reader(page)
        reader.feed(page.html)
        reader.close()
        return page

    def serve(self, method: str, address: str, body: bytes = b"", headers: Mapping[str, str] | None = None) -> Page:
        """Send one request through the gate; the page is not read."""
        status, found, content = self._carry(method, address, body, headers)
        return Page(status, found, content.decode())

    def serve_bytes(self, method: str, address: str, cookies: Mapping[str, str]) -> bytes:
        """Fetch a file through the gate."""
        said = {"cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
        return self._carry(method, address, b"", said)[2]

    def _carry(
        self, method: str, address: str, body: bytes, headers: Mapping[str, str] | None
    ) -> tuple[int, list[tuple[str, str]], bytes]:
        path, _, query = address.partition("?")
        said = {"host": HOST, "accept": "text/html", **(headers or {})}
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "https",
            "path": path,
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "headers": [(name.encode(), value.encode("latin-1")) for name, value in said.items()],
            "client": ("203.0.113.7", 40_000),
            "server": (HOST, 443),
            "state": {},
        }
        sent: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Any) -> None:
            sent.append(message)

        self.portal.call(self._app, scope, receive, send)
        start = next(message for message in sent if message["type"] == "http.response.start")
        content = b"".join(message.get("body", b"") for message in sent)
        found = [(name.decode().lower(), value.decode("latin-1")) for name, value in start["headers"]]
        return start["status"], found, content


@pytest.fixture(scope="session")
def portal() -> Iterator[BlockingPortal]:
    """One event loop for every request of the run."""
    with start_blocking_portal() as opened:
        yield opened


@pytest.fixture
def phones(sqlite_store: Store, portal: BlockingPortal, tmp_path: Path) -> Iterator[House]:
    """The web form over an empty store on SQLite."""
    yield House(sqlite_store, portal, tmp_path)
    premises_module._opened.clear()

"""A browser without a page: exact bytes over http and websocket, its own cookies, nothing done behind one's back."""

import http.client
import re
import socket
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urlencode
from uuid import uuid4

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from tests.live_server import LiveServer

PATIENCE_SECONDS = 30
_SEAL = re.compile(r'name="seal" value="([0-9a-f]+)"')


@dataclass(frozen=True)
class Reply:
    """An http response; header names in small letters."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str | None:
        return next((value for key, value in self.headers if key == name), None)

    def cookies(self) -> list[str]:
        return [value for key, value in self.headers if key == "set-cookie"]

    @property
    def text(self) -> str:
        return unescape(self.body.decode("utf-8", errors="replace"))


@dataclass
class Browser:
    """One person's browser.

    Attributes:
        server: the server it talks to.
        cookies: its cookies, as a browser would keep them.
        extra: headers sent with every request.
        uploaded: addresses of the files it uploaded.
    """

    server: LiveServer
    cookies: dict[str, str] = field(default_factory=dict)
    extra: Mapping[str, str] = field(default_factory=dict)
    uploaded: list[str] = field(default_factory=list)

    def request(
        self,
        method: str,
        path: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | Iterable[bytes] | None = None,
    ) -> Reply:
        """Send one request. A body of several parts goes chunked, without a length."""
        sent = {**self._cookie_header(), **self.extra, **(headers or {})}
        connection = http.client.HTTPConnection(self.server.host, self.server.port, timeout=PATIENCE_SECONDS)
        try:
            connection.putrequest(method, path, skip_host="Host" in sent)
            chunked = body is not None and not isinstance(body, bytes)
            if isinstance(body, bytes) and "Content-Length" not in sent:
                sent["Content-Length"] = str(len(body))
            if chunked:
                sent["Transfer-Encoding"] = "chunked"
            for name, value in sent.items():
                connection.putheader(name, value)
            # Refused in the middle of the body, the answer is there to be read all the same.
            with suppress(BrokenPipeError, ConnectionResetError):
                connection.endheaders(body, encode_chunked=chunked)
            response = connection.getresponse()
            found = [(name.lower(), value) for name, value in response.getheaders()]
            reply = Reply(response.status, found, response.read())
        finally:
            connection.close()
        self._keep_cookies(reply)
        return reply

    def get(self, path: str, **headers: str) -> Reply:
        return self.request("GET", path, headers=headers)

    def submit(self, path: str, fields: Mapping[str, str], *, seal: str | None = None, **headers: str) -> Reply:
        """Open a form, fill it in and send it; with a seal, send it without opening."""
        if seal is None:
            seal = read_seal(self.get(path))
        body = urlencode({"seal": seal, **fields}).encode()
        form = {"Content-Type": "application/x-www-form-urlencoded", "Origin": self.server.url, **headers}
        return self.request("POST", path, headers=form, body=body)

    def sign_in(self, name: str, password: str, **fields: str) -> Reply:
        return self.submit("/zaloguj", {"nazwa": name, "haslo": password, **fields})

    @contextmanager
    def stream(
        self,
        *,
        origin: str | None = "",
        resume: str | None = None,
        path: str = "/_stcore/stream",
        host: str | None = None,
    ) -> Iterator["Stream"]:
        """Open Streamlit's websocket as its page does.

        Args:
            origin: ``""`` for the server's own page, ``None`` for none.
            resume: number of a Streamlit session to go on with.
            path: another path than Streamlit's.
            host: another name and port to call the server by.
        """
        protocols = ["streamlit", "PLACEHOLDER_AUTH_TOKEN", *([resume] if resume else [])]
        with connect(
            f"ws://{host or self.server.url.removeprefix('http://')}{path}",
            sock=socket.create_connection((self.server.host, self.server.port), timeout=PATIENCE_SECONDS),
            origin=self.server.url if origin == "" else origin,
            subprotocols=protocols,
            additional_headers={**self._cookie_header(), **self.extra},
            open_timeout=PATIENCE_SECONDS,
            proxy=None,
            max_size=None,
        ) as connection:
            yield Stream(connection)

    def xsrf_headers(self) -> dict[str, str]:
        """What Streamlit's page sends with an upload."""
        if "_streamlit_xsrf" not in self.cookies:
            self.get("/_stcore/health")
        return {"X-Xsrftoken": self.cookies["_streamlit_xsrf"], "Origin": self.server.url}

    def upload(self, session: str, content: bytes, *, chunk: int | None = None, **headers: str) -> Reply:
        """Upload a file into a Streamlit session; with a chunk size, chunked and without a length."""
        boundary = "boundary-of-parts"
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="f"; filename="a.csv"\r\n\r\n'.encode()
        whole = head + content + f"\r\n--{boundary}--\r\n".encode()
        body = whole if chunk is None else (whole[at : at + chunk] for at in range(0, len(whole), chunk))
        content_type = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
        address = f"/_stcore/upload_file/{session}/{uuid4()}"
        reply = self.request("PUT", address, headers={**content_type, **self.xsrf_headers(), **headers}, body=body)
        if reply.status == 204:
            self.uploaded.append(address)
        return reply

    def _cookie_header(self) -> dict[str, str]:
        return {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())} if self.cookies else {}

    def _keep_cookies(self, reply: Reply) -> None:
        for line in reply.cookies():
            name, _, value = line.partition(";")[0].partition("=")
            if "max-age=0" in line.lower():
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = value


@dataclass
class Stream:
    """An open websocket to Streamlit."""

    connection: ClientConnection
    seen: bytes = b""
    session: str = ""

    def run(self, **state: object) -> bytes:
        """Let the script run once and return every byte it sent."""
        message = BackMsg()
        message.rerun_script.query_string = ""
        for name, value in state.items():
            setattr(message.rerun_script, name, value)
        return self.send(message)

    def send(self, message: BackMsg) -> bytes:
        """Send a message and return every byte up to the end of the run that it started."""
        self.connection.send(message.SerializeToString())
        start = len(self.seen)
        for received in self.messages():
            if received.WhichOneof("type") == "script_finished":
                break
        return self.seen[start:]

    def messages(self) -> Iterator[ForwardMsg]:
        """Every message that comes, until the other side closes or falls silent for too long."""
        while True:
            try:
                data = self.connection.recv(timeout=PATIENCE_SECONDS, decode=False)
            except ConnectionClosed:
                return
            self.seen += data
            message = ForwardMsg.FromString(data)
            self.session = message.new_session.initialize.session_id or self.session
            yield message


def read_seal(reply: Reply) -> str:
    """Return the hidden field of a form."""
    found = _SEAL.search(reply.text)
    assert found is not None, reply.text
    return found.group(1)

"""The websocket between Streamlit's page and its script, watched message by message.

* Only a page of this very origin may open one; Streamlit would accept any program that sends no Origin.
* The number of a Streamlit session is a bearer token to Streamlit. Here it belongs to whom it was told: naming
  another's is refused, an unknown one is taken off.
* Rights end while the websocket is open: each message asks whose session it is. When it has ended, Streamlit's page is
  told to go to the sign-in page.
* Messages that act on everybody's server (clear caches, install things) do not pass.
"""

import re
from collections.abc import Awaitable, Callable

from google.protobuf.message import DecodeError  # type: ignore[import-untyped] # protobuf ships no type information
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from dashboard.access.belongings import Belongings, is_same_person
from dashboard.access.identity import header, outer_origin
from dashboard.access.premises import Premises
from etl.store.sessions import Visit

_LONGEST_MESSAGE = 8 * 1024 * 1024
_PASSING = frozenset({"rerun_script", "stop_script", "file_urls_request", "app_heartbeat", "backend_operation_request"})
_PASSING_OPERATIONS = frozenset({"deferred_file", "dataframe_chunk"})
_FILE_ADDRESS = re.compile(rb"/media/([0-9A-Za-z]{16,128})")
_PROTOCOLS = b"sec-websocket-protocol"

POLICY_VIOLATION = 1008


def is_own_page(scope: Scope, premises: Premises) -> bool:
    """Return whether a request says that it comes from a page of this server; without an Origin it says nothing."""
    origin = header(scope, b"origin")
    return origin is not None and origin.lower() == outer_origin(scope, premises.entrance)


def named_session(scope: Scope) -> str | None:
    """Return the number of the Streamlit session that a websocket wants to resume."""
    entries = _protocols(scope)
    return entries[2] if len(entries) > 2 and entries[2] else None


def without_named_session(scope: Scope) -> Scope:
    """Return the scope of a websocket that resumes nothing."""
    protocols = ", ".join(_protocols(scope)[:2]).encode("latin-1")
    others = [(name, value) for name, value in scope["headers"] if name.lower() != _PROTOCOLS]
    return {**scope, "headers": [*others, (_PROTOCOLS, protocols)]}


class Exchange:
    """One open websocket.

    Args:
        visit: whose it is.
        belongings: where its Streamlit session and the files it is told of are noted.
        look_again: asks whose the cookie is now, and notes the use when told that a person did something.
        goodbye: where the page is sent when the session has ended.
    """

    def __init__(
        self, visit: Visit, belongings: Belongings, look_again: Callable[[bool], Awaitable[Visit | None]], goodbye: str
    ) -> None:
        self._visit = visit
        self._belongings = belongings
        self._look_again = look_again
        self._goodbye = goodbye
        self._bound = False
        self._closed = False

    async def run(self, app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        """Let Streamlit serve the websocket, with every message watched."""

        async def receive_watched() -> Message:
            while True:
                message = await receive()
                if message["type"] != "websocket.receive":
                    return message
                kind = read_kind(message.get("bytes"))
                if kind is None:
                    continue
                now = await self._look_again(kind == "person")
                if now is None or not is_same_person(now, self._visit):
                    await self._part(send)
                    return {"type": "websocket.disconnect", "code": POLICY_VIOLATION}
                return message

        async def send_watched(message: Message) -> None:
            if self._closed:
                return
            if message["type"] == "websocket.send" and message.get("bytes"):
                self._note(message["bytes"])
            await send(message)

        await app(scope, receive_watched, send_watched)

    def _note(self, data: bytes) -> None:
        for found in _FILE_ADDRESS.findall(data):
            self._belongings.give_file(found.decode("ascii"), self._visit)
        if not self._bound:
            number = ForwardMsg.FromString(data).new_session.initialize.session_id
            if number:
                self._belongings.give_session(number, self._visit)
                self._bound = True

    async def _part(self, send: Send) -> None:
        farewell = ForwardMsg()
        farewell.auth_redirect.url = self._goodbye
        self._closed = True
        await send({"type": "websocket.send", "bytes": farewell.SerializeToString()})
        await send({"type": "websocket.close", "code": POLICY_VIOLATION})


def read_kind(data: bytes | None) -> str | None:
    """Return who sent a page's message: ``"person"``, ``"machine"`` (a timer), or ``None`` when it may not pass."""
    if not data or len(data) > _LONGEST_MESSAGE:
        return None
    try:
        message = BackMsg.FromString(data)
    except DecodeError:
        return None
    kind = message.WhichOneof("type")
    if kind not in _PASSING:
        return None
    if kind == "backend_operation_request":
        operation = message.backend_operation_request.WhichOneof("payload")
        return "person" if operation in _PASSING_OPERATIONS else None
    if kind == "app_heartbeat" or (kind == "rerun_script" and message.rerun_script.is_auto_rerun):
        return "machine"
    return "person"


def _protocols(scope: Scope) -> list[str]:
    return [entry.strip() for entry in (header(scope, _PROTOCOLS) or "").split(",")]

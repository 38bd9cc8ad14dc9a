"""What a page did behind its visitor's back: requests to other machines, errors in its console."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Error, Page, Request, WebSocket

DESKTOP = (1280, 800)
PHONE = (390, 844)

OWN_HOST = "127.0.0.1"
INNER_SCHEMES = {"data", "blob", "about", "chrome-error"}

# Words of console errors that are not ours to mend, each with its reason beside it.
FORGIVEN_ERRORS: tuple[str, ...] = ()


@dataclass
class PageWatch:
    """Collects what may not happen on a page.

    Attributes:
        expected_errors: words of console errors that the test provokes on purpose.
        foreign_requests: addresses outside this machine that the page asked for.
        console_errors: errors and uncaught exceptions of the page's scripts.
    """

    expected_errors: tuple[str, ...] = ()
    foreign_requests: list[str] = field(default_factory=list)
    console_errors: list[str] = field(default_factory=list)

    def follow(self, page: Page) -> None:
        """Begin to collect; before the page goes anywhere."""
        page.on("request", self._on_request)
        page.on("websocket", self._on_websocket)
        page.on("console", self._on_console)
        page.on("pageerror", self._on_exception)

    def list_faults(self) -> list[str]:
        """Return a sentence for each thing that happened and should not have."""
        return [f"asked another machine: {address}" for address in self.foreign_requests] + [
            f"console error: {words}" for words in self.console_errors
        ]

    def _on_request(self, request: Request) -> None:
        self._judge_address(request.url)

    def _on_websocket(self, websocket: WebSocket) -> None:
        self._judge_address(websocket.url)

    def _judge_address(self, address: str) -> None:
        parts = urlsplit(address)
        if parts.scheme not in INNER_SCHEMES and parts.hostname != OWN_HOST:
            self.foreign_requests.append(address)

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._judge_error(message.text)

    def _on_exception(self, error: Error) -> None:
        self._judge_error(str(error))

    def _judge_error(self, words: str) -> None:
        if not any(known in words for known in (*self.expected_errors, *FORGIVEN_ERRORS)):
            self.console_errors.append(words)

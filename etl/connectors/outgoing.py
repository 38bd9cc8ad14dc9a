"""Requests to one judged server, with limits: no redirects, no proxies, no other machine, so much and so long.

A `requests.Session`, because citric speaks through one. What passes is retried; everything else is a finding that
names the connection and the host, never the address of a request, a header or an answer.
"""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any, NoReturn
from urllib.parse import urlsplit

import requests
import urllib3
from requests.adapters import HTTPAdapter

from etl.connectors.addresses import Target
from surveys.findings import FaultError, Finding, Report

_MEGABYTE = 1024 * 1024
_PASSING = frozenset({408, 429, 500, 502, 503, 504})
_REFUSED = frozenset({401, 403})
_LONGEST_WAIT_SECONDS = 60


@dataclass(frozen=True, slots=True)
class OutgoingLimits:
    """How much of a server's time and words is taken.

    Attributes:
        connect_seconds, silence_seconds: until a connection stands; between two pieces of an answer.
        answer_seconds, pull_seconds: for one answer; for all of them.
        answer_bytes, pull_bytes: unpacked, of one answer and of all.
        attempts: at one request.
        first_wait_seconds: before the second attempt; doubled before each further one.
    """

    connect_seconds: float = 10
    silence_seconds: float = 60
    answer_seconds: float = 180
    pull_seconds: float = 1_800
    answer_bytes: int = 64 * _MEGABYTE
    pull_bytes: int = 300 * _MEGABYTE
    attempts: int = 4
    first_wait_seconds: float = 1


class _TooLargeError(Exception):
    """An answer is larger than is taken."""


class _TooSlowError(Exception):
    """An answer takes longer than is waited for."""


class OutgoingSession(requests.Session):
    """Speaks to one server.

    Args:
        target: the server.
        name: of the connection, for findings.
        limits: how much and how long.
        wait: sleeps between attempts.
        clock: seconds that only go up.
    """

    def __init__(
        self,
        target: Target,
        *,
        name: str,
        limits: OutgoingLimits | None = None,
        wait: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self.target = target
        self._name = name
        self._limits = limits or OutgoingLimits()
        self._wait, self._clock = wait, clock
        self._ends = clock() + self._limits.pull_seconds
        self._bytes_left = self._limits.pull_bytes
        # Neither proxies nor .netrc nor certificates of the environment: the address was judged, not theirs.
        self.trust_env = False
        self.adapters.clear()
        self.mount(f"{target.origin}/", _PinnedAdapter(target))
        self.headers.update({"Host": target.host_header, "Accept": "application/json"})

    def request(self, method: str, url: str | bytes, *_: Any, **settings: Any) -> requests.Response:
        """Ask the server, again where that may help, and return an answer that was read whole.

        Raises:
            FaultError: another machine was meant, or there is no answer that could be used.
        """
        if not str(url).startswith(f"{self.target.origin}/"):
            raise self.fault("CONNECTION-REDIRECTED", other=_name_host(str(url)))
        pause = self._limits.first_wait_seconds
        for attempt in range(1, self._limits.attempts + 1):
            last = attempt == self._limits.attempts
            wanted = pause
            try:
                answer = self._ask(method, url, settings)
            except _TooLargeError:
                raise self.fault("CONNECTION-TOO-MUCH") from None
            except (requests.exceptions.RequestException, urllib3.exceptions.HTTPError, _TooSlowError) as error:
                if last or _is_final(error) or self._clock() > self._ends:
                    raise self.fault(_name_fault(error)) from None
            else:
                if last or answer.status_code not in _PASSING:
                    return self._judge(answer)
                wanted = max(pause, _read_wish(answer.headers))
            self._wait(min(wanted, _LONGEST_WAIT_SECONDS))
            pause *= 2
        raise AssertionError("the last attempt returns or raises")

    def get_redirect_target(self, resp: requests.Response) -> str | None:
        """Follow nothing; requests would read the whole of a redirecting answer to prepare the next request."""
        return None

    def ask_json(self, path: str, *, method: str = "GET", **settings: Any) -> Any:
        """Return the JSON value at a path under the server's address.

        Raises:
            FaultError: there is no answer, or it isn't JSON.
        """
        return self.read_json(self.request(method, self.target.base + path, **settings))

    def read_json(self, answer: requests.Response) -> Any:
        """Return an answer's JSON value.

        Raises:
            FaultError: it isn't one.
        """
        try:
            return json.loads(answer.content, parse_constant=_refuse_constant)
        except (ValueError, RecursionError):
            raise self.fault("CONNECTION-ANSWER-UNREADABLE") from None

    def fault(self, code: str, **facts: str | int) -> FaultError:
        """Return a finding about this connection, to be raised."""
        told: dict[str, str | int] = {"name": self._name, "host": self.target.host, **facts}
        return FaultError(Report((Finding(code, facts=told),)))

    def _ask(self, method: str, url: str | bytes, settings: dict[str, Any]) -> requests.Response:
        timeout = (self._limits.connect_seconds, self._limits.silence_seconds)
        settings = {**settings, "allow_redirects": False, "stream": True, "timeout": timeout}
        ends = min(self._clock() + self._limits.answer_seconds, self._ends)
        with super().request(method, url, **settings) as answer:
            content = bytearray()
            for piece in answer.raw.stream(_MEGABYTE // 4, decode_content=True):
                content += piece
                if len(content) > min(self._limits.answer_bytes, self._bytes_left):
                    raise _TooLargeError
                if self._clock() > ends:
                    raise _TooSlowError
        self._bytes_left -= len(content)
        # Read once more by whoever asks for the content, this time from memory.
        answer.raw = BytesIO(bytes(content))
        return answer

    def _judge(self, answer: requests.Response) -> requests.Response:
        status = answer.status_code
        if 200 <= status < 300:
            return answer
        if 300 <= status < 400:
            raise self.fault("CONNECTION-REDIRECTED", other=_name_host(answer.headers.get("Location", "")))
        if status in _REFUSED:
            raise self.fault("CONNECTION-TOKEN-REFUSED")
        if status == 404:
            raise self.fault("CONNECTION-NOT-FOUND")
        if status == 429:
            raise self.fault("CONNECTION-BUSY")
        if status >= 500:
            raise self.fault("CONNECTION-SERVER-FAULT", status=status)
        raise self.fault("CONNECTION-REQUEST-REFUSED", status=status)


class _PinnedAdapter(HTTPAdapter):
    """Connects to the judged address; the certificate has to be that of the name."""

    def __init__(self, target: Target) -> None:
        self._target = target
        super().__init__(max_retries=0)

    def build_connection_pool_key_attributes(
        self, request: requests.PreparedRequest, verify: Any, cert: Any = None
    ) -> Any:
        host_parameters, pool_settings = super().build_connection_pool_key_attributes(request, verify, cert)
        host_parameters["host"] = self._target.address
        if self._target.scheme == "https":
            pool_settings["server_hostname"] = self._target.host
            pool_settings["assert_hostname"] = self._target.host
        return host_parameters, pool_settings


def _name_fault(error: Exception) -> str:
    if isinstance(error, requests.exceptions.SSLError | urllib3.exceptions.SSLError):
        return "CONNECTION-TLS-FAULT"
    if isinstance(error, requests.exceptions.Timeout | urllib3.exceptions.TimeoutError | _TooSlowError):
        return "CONNECTION-TIMEOUT"
    return "CONNECTION-UNREACHABLE"


def _is_final(error: Exception) -> bool:
    """A certificate doesn't get better by asking again."""
    return isinstance(error, requests.exceptions.SSLError | urllib3.exceptions.SSLError)


def _read_wish(headers: Mapping[str, str]) -> float:
    """How long the server wants to be left alone; 0 when it doesn't say so in seconds."""
    wish = headers.get("Retry-After", "")
    return float(wish) if wish.isascii() and wish.isdigit() and len(wish) <= 6 else 0.0


def _name_host(location: str) -> str:
    try:
        return urlsplit(location).hostname or "?"
    except ValueError:
        return "?"


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)

"""Many people who answer the web form at once: exact bytes over loopback, each with cookies, pauses and a mind."""

import asyncio
import random
import re
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from urllib.parse import urlencode

_HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
_OPTION = re.compile(r'<input type="(radio|checkbox)" name="(q\d+)" value="(\d+)"')
_AREA = re.compile(r'<textarea id="\w+" name="(q\d+)"')
_LAST = re.compile(r'<button name="akcja" value="wyslij"')


@dataclass
class Times:
    """How long the server took for every request, in seconds, and who came through to the end."""

    taken: list[float] = field(default_factory=list)
    thanked: int = 0
    broken: bool = False

    def share(self, part: float) -> float:
        """Return the time within which a part of all requests was answered."""
        return sorted(self.taken)[min(len(self.taken) - 1, int(part * len(self.taken)))]


def let_people_answer(  # who answers what, where and how fast
    host: str, port: int, address: str, people: int, pause: tuple[float, float], times: Times | None = None
) -> Times:
    """Let people fill a form in, all of them at once, each reading a page for a while before sending it.

    Args:
        host: of the server.
        port: of the server.
        address: of the form.
        people: how many.
        pause: shortest and longest time before a page is sent, in seconds.
        times: what is noted there can be looked at meanwhile.
    """
    noted = Times() if times is None else times

    async def everybody() -> None:
        await asyncio.gather(*(_Person(host, port, number, noted, pause).answer(address) for number in range(people)))

    # In a thread of its own: where a browser was driven before, this one has a running loop already.
    with ThreadPoolExecutor(max_workers=1) as alone:
        alone.submit(asyncio.run, everybody()).result()
    return noted


class _Person:
    """One person with a browser that keeps its connection."""

    def __init__(self, host: str, port: int, number: int, times: Times, pause: tuple[float, float]) -> None:
        self._host, self._port, self._times, self._pause = host, port, times, pause
        self._mind = random.Random(number)  # noqa: S311 # opinions, not secrets
        self._cookie = ""

    async def answer(self, address: str) -> None:
        """Fill the form in from the first page to the last."""
        await asyncio.sleep(self._mind.uniform(0, self._pause[1]))
        await self._connect()
        try:
            await self._ask("GET", address)
            await self._read_page()
            html = await self._ask("POST", address, {"akcja": ["zacznij"]})
            for _ in range(60):
                await self._read_page()
                html = await self._ask("POST", address, self._fill_in(html))
                if "Dziękujemy!" in html:
                    self._times.thanked += 1
                    break
        finally:
            self._writer.close()

    async def _connect(self) -> None:
        self._reader, self._writer = await asyncio.open_connection(self._host, self._port)

    async def _read_page(self) -> None:
        await asyncio.sleep(self._mind.uniform(*self._pause))

    def _fill_in(self, html: str) -> dict[str, list[str]]:
        fields = {name: [value] for name, value in _HIDDEN.findall(html)}
        options: dict[tuple[str, str], list[str]] = {}
        for kind, name, value in _OPTION.findall(html):
            options.setdefault((kind, name), []).append(value)
        for (kind, name), values in options.items():
            fields[name] = self._mind.sample(values, 1 if kind == "radio" else min(3, len(values)))
        fields |= {name: ["Biblioteka i koło gospodyń działają dobrze."] for name in _AREA.findall(html)}
        return {**fields, "akcja": ["wyslij" if _LAST.search(html) else "dalej"]}

    async def _ask(self, method: str, address: str, fields: dict[str, list[str]] | None = None) -> str:
        started = time.perf_counter()
        try:
            status, headers, html = await self._send(method, address, fields)
        except (asyncio.IncompleteReadError, ConnectionError):
            # The server let a connection go that was silent for long; a browser opens another.
            self._writer.close()
            await self._connect()
            status, headers, html = await self._send(method, address, fields)
        self._times.taken.append(time.perf_counter() - started)
        if status == 303:
            return await self._ask("GET", headers["location"])
        return html

    async def _send(
        self, method: str, address: str, fields: dict[str, list[str]] | None
    ) -> tuple[int, dict[str, str], str]:
        body = urlencode(fields or {}, doseq=True).encode()
        lines = [
            f"{method} {address} HTTP/1.1",
            f"Host: {self._host}:{self._port}",
            *([f"Cookie: {self._cookie}"] if self._cookie else []),
            *(
                [
                    "Content-Type: application/x-www-form-urlencoded",
                    f"Content-Length: {len(body)}",
                    f"Origin: http://{self._host}:{self._port}",
                ]
                if method == "POST"
                else []
            ),
        ]
        self._writer.write("\r\n".join([*lines, "", ""]).encode() + (body if method == "POST" else b""))
        await self._writer.drain()
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:] if line)}
        if "set-cookie" in headers:
            self._cookie = headers["set-cookie"].partition(";")[0]
        content = await self._reader.readexactly(int(headers.get("content-length", "0")))
        return int(head[0].split()[1]), headers, content.decode()

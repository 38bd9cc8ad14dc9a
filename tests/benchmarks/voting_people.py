"""Many phones that vote at once: each opens the ballot, thinks for a while, and casts a vote, each by itself."""

import asyncio
import random
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from urllib.parse import urlencode


@dataclass
class VoteTimes:
    """How long the server took for every request, in seconds, and how many were thanked."""

    taken: list[float] = field(default_factory=list)
    thanked: int = 0

    def share(self, part: float) -> float:
        """Return the time within which a part of all requests was answered."""
        return sorted(self.taken)[min(len(self.taken) - 1, int(part * len(self.taken)))]


@dataclass(frozen=True)
class Booth:
    """Where people vote: the server, the address, the round, its problems."""

    host: str
    port: int
    address: str
    round_uid: str
    items: tuple[str, ...]


def let_people_vote(booth: Booth, codes: tuple[str, ...], seconds: float) -> VoteTimes:
    """Let everybody open the ballot and vote within some seconds."""
    times = VoteTimes()

    async def everybody() -> None:
        await asyncio.gather(*(_vote(booth, code, number, seconds, times) for number, code in enumerate(codes)))

    # In a thread of its own: where a browser was driven before, this one has a running loop already.
    with ThreadPoolExecutor(max_workers=1) as alone:
        alone.submit(asyncio.run, everybody()).result()
    return times


async def _vote(booth: Booth, code: str, number: int, seconds: float, times: VoteTimes) -> None:
    mind = random.Random(number)  # noqa: S311 # opinions, not secrets
    begins, votes = sorted(mind.uniform(0, seconds) for _ in range(2))
    await asyncio.sleep(begins)
    await _ask(booth, "GET", f"{booth.address}?kod={code}", None, times)
    await asyncio.sleep(votes - begins)
    chosen = {f"m{place}": key for place, key in enumerate(mind.sample(booth.items, 5), 1)}
    fields = {"tura": booth.round_uid, "kod": code, **chosen}
    status, location = await _ask(booth, "POST", booth.address, fields, times)
    if status == 303 and location.endswith("/oddany"):
        await _ask(booth, "GET", location, None, times)
        times.thanked += 1


async def _ask(
    booth: Booth, method: str, address: str, fields: dict[str, str] | None, times: VoteTimes
) -> tuple[int, str]:
    started = time.perf_counter()
    reader, writer = await asyncio.open_connection(booth.host, booth.port)
    body = urlencode(fields or {}).encode()
    host = f"{booth.host}:{booth.port}"
    lines = [f"{method} {address} HTTP/1.1", f"Host: {host}", "Connection: close"]
    if fields is not None:
        lines += [
            "Content-Type: application/x-www-form-urlencoded",
            f"Content-Length: {len(body)}",
            f"Origin: http://{host}",
        ]
    writer.write("\r\n".join([*lines, "", ""]).encode() + body)
    await writer.drain()
    answer = await reader.read()
    writer.close()
    times.taken.append(time.perf_counter() - started)
    head = answer.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:])}
    return int(head[0].split()[1]), headers.get("location", "")

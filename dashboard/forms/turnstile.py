"""A turnstile before what a flood would fill the store with: forms that are begun, and forms that are sent.

It knows nobody. An address becomes a mark with a salt that is made anew every minute and is nowhere but in this
process's memory; with the salt the marks go too, so that after a minute nothing can be told of who came. The limits are
far above what a full library behind one address does: two hundred people who begin and send at once pass three times
over. Whoever is sent away loses nothing, and is told to try again in a minute.
"""

import secrets
import threading
from collections import Counter
from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import blake2b
from ipaddress import IPv6Address, ip_address

from etl.store.engine import Store
from etl.store.moments import Clock, utc_now

WINDOW = timedelta(minutes=1)
# In a minute, of one link: forms begun or sent from one address, and from all together.
MOST_OF_AN_ADDRESS, MOST_OF_A_LINK = 1_200, 6_000


class Turnstile:
    """Counts what comes within a minute. One for each open store of a process.

    Args:
        clock: tells when.
        of_an_address: most from one address to one link.
        of_a_link: most to one link.
    """

    def __init__(
        self, clock: Clock = utc_now, of_an_address: int = MOST_OF_AN_ADDRESS, of_a_link: int = MOST_OF_A_LINK
    ) -> None:
        self._clock, self._of_an_address, self._of_a_link = clock, of_an_address, of_a_link
        self._lock = threading.Lock()
        self._until: datetime | None = None
        self._salt = b""
        self._counts: Counter[bytes] = Counter()
        self._links: Counter[int] = Counter()

    def admits(self, collection_id: int, address: str) -> bool:
        """Let one more form through, or refuse it; what is refused is not counted.

        Args:
            collection_id: of the link.
            address: that the request came from; of version 6 only its network counts.
        """
        with self._lock:
            now = self._clock()
            if self._until is None or now >= self._until:
                self._until, self._salt = now + WINDOW, secrets.token_bytes(32)
                self._counts.clear()
                self._links.clear()
            mark = self._mark(collection_id, address)
            if self._counts[mark] >= self._of_an_address or self._links[collection_id] >= self._of_a_link:
                return False
            self._counts[mark] += 1
            self._links[collection_id] += 1
            return True

    def _mark(self, collection_id: int, address: str) -> bytes:
        said = f"{collection_id} {_network_of(address)}"
        return blake2b(said.encode("utf-8", "replace"), key=self._salt, digest_size=8).digest()


@lru_cache(maxsize=4)
def turnstile_of(store: Store, clock: Clock) -> Turnstile:
    """Return the one turnstile of an open store."""
    del store  # part of the key
    return Turnstile(clock)


def _network_of(address: str) -> str:
    """A household or a library has one address of version 4, and a network of version 6."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return ""
    if isinstance(found, IPv6Address):
        return str(int(found) >> 64)
    return str(found)

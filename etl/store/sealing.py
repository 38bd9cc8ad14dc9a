"""Sealing what only somebody else's key may open: the store alone, or a copy of it, reads nothing of a draft.

The key never reaches the store: a person's browser holds it, and the store knows its hash. From the key and a fresh
random number a stream is made (SHAKE-256, whose output under a secret cannot be told from chance), the text is mixed
with it, and a keyed hash (BLAKE2b) over number and mixture shows any change. Standard library only, so that no
program of this house depends on a library for it.
"""

import hashlib
import hmac
import secrets
import zlib

_NUMBER_BYTES = 16
_MARK_BYTES = 16


class BrokenSealError(ValueError):
    """The content was changed, or belongs to another key."""


def hash_key(key: str) -> str:
    """Return the hash by which the store knows a key."""
    return hashlib.sha256(b"known by\n" + key.encode()).hexdigest()


def seal(text: str, key: str) -> bytes:
    """Return a text that only the holder of the key can read again.

    Args:
        text: any text.
        key: 128 random bits or more, as text.
    """
    number = secrets.token_bytes(_NUMBER_BYTES)
    content = zlib.compress(text.encode())
    mixed = _mix(content, _stream(key, number, len(content)))
    return number + _mark(key, number + mixed) + mixed


def unseal(sealed: bytes, key: str) -> str:
    """Return the text again.

    Raises:
        BrokenSealError: the content was changed, or belongs to another key.
    """
    number, mark = sealed[:_NUMBER_BYTES], sealed[_NUMBER_BYTES : _NUMBER_BYTES + _MARK_BYTES]
    mixed = sealed[_NUMBER_BYTES + _MARK_BYTES :]
    if not hmac.compare_digest(mark, _mark(key, number + mixed)):
        raise BrokenSealError("the seal is broken")
    return zlib.decompress(_mix(mixed, _stream(key, number, len(mixed)))).decode()


def _stream(key: str, number: bytes, length: int) -> bytes:
    return hashlib.shake_256(hashlib.sha256(b"stream\n" + key.encode()).digest() + number).digest(length)


def _mark(key: str, content: bytes) -> bytes:
    secret = hashlib.sha256(b"mark\n" + key.encode()).digest()
    return hashlib.blake2b(content, digest_size=_MARK_BYTES, key=secret).digest()


def _mix(content: bytes, stream: bytes) -> bytes:
    size = len(content)
    return (int.from_bytes(content, "big") ^ int.from_bytes(stream, "big")).to_bytes(size, "big")

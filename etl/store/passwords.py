"""Passwords: argon2id, at most two at a time, and the same work for a name that nobody has.

One hash takes about 0.1 s and 64 MiB, so two slots bound what a flood of sign-ins can take from the machine.
"""

import secrets
import threading
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from surveys.findings import Finding

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 256
# Nothing that looks like something else: no l and 1, no o and 0.
_PLAIN_SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"

_HASHER = PasswordHasher()  # argon2-cffi's defaults: RFC 9106, low memory (64 MiB, 3 passes)
_SLOTS = threading.BoundedSemaphore(2)

# Hash of a random text that was thrown away, made with the parameters above: an unknown name costs what a known does.
DECOY_HASH = "$argon2id$v=19$m=65536,t=3,p=4$ABq82ke1nhDwmXLc0x4oOg$4i32CIc88wUdoO9JeEm3HBIBCtrGW2FdagKjZTMD9m4"


def check_password_choice(password: str, repeated: str, *, account_name: str) -> list[Finding]:
    """Return what is wrong with a password somebody chose; an empty list when it will do.

    Args:
        password: the chosen password.
        repeated: the same, typed a second time.
        account_name: a password may not be, or hold little more than, the name.
    """
    findings = []
    if len(_normalise(password)) < SHORTEST_PASSWORD:
        findings.append(Finding("PASSWORD-SHORT", facts={"shortest": SHORTEST_PASSWORD}))
    elif len(password) > LONGEST_PASSWORD:
        findings.append(Finding("PASSWORD-LONG", facts={"longest": LONGEST_PASSWORD}))
    elif _is_easy(password, account_name):
        findings.append(Finding("PASSWORD-EASY"))
    if password != repeated:
        findings.append(Finding("PASSWORDS-DIFFER"))
    return findings


def make_password() -> str:
    """Return a password for somebody else's account, easy to copy by hand: four groups of four signs, 78 bits."""
    return "-".join("".join(secrets.choice(_PLAIN_SIGNS) for _ in range(4)) for _ in range(4))


def hash_password(password: str) -> str:
    """Return the argon2id hash of a password, parameters and salt included."""
    with _SLOTS:
        return _HASHER.hash(_normalise(password))


def verify_password(stored_hash: str | None, password: str) -> bool:
    """Return whether a password fits a stored hash.

    Args:
        stored_hash: the account's hash; ``None`` for a name nobody has, which takes the same time and is ``False``.
        password: what was typed; longer than any password is refused before it costs anything.
    """
    if len(password) > LONGEST_PASSWORD:
        password = ""  # still hashed, so that length says nothing about the name
    try:
        with _SLOTS:
            _HASHER.verify(stored_hash or DECOY_HASH, _normalise(password))
    except (VerificationError, InvalidHashError):
        return False
    return stored_hash is not None


def needs_rehash(stored_hash: str) -> bool:
    """Return whether a hash was made with weaker parameters than today's."""
    return _HASHER.check_needs_rehash(stored_hash)


def _normalise(password: str) -> str:
    """Keyboards and systems compose "ł" and "ó" differently; the person means the same password."""
    return unicodedata.normalize("NFC", password)


def _is_easy(password: str, account_name: str) -> bool:
    """One repeated piece, a run of the keyboard or the alphabet, or the account's own name with little around it."""
    folded = _normalise(password).casefold()
    if len(set(folded)) < 5:
        return True
    runs = ("0123456789" * 2, "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm")
    if any(folded in run or folded in run[::-1] for run in runs):
        return True
    rest = folded.replace(account_name.casefold(), "") if account_name else folded
    return len(rest) < SHORTEST_PASSWORD // 2

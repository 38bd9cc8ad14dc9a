"""Drafts are sealed: without the key nobody reads them, and any change shows."""

import secrets

import pytest

from etl.store.sealing import BrokenSealError, hash_key, seal, unseal

TEXT = '{"remarks": "Zażółć gęślą jaźń"}'


def test_only_the_key_opens_it() -> None:
    key = secrets.token_urlsafe(32)
    sealed = seal(TEXT, key)
    assert unseal(sealed, key) == TEXT
    assert b"remarks" not in sealed
    assert key.encode() not in sealed
    with pytest.raises(BrokenSealError):
        unseal(sealed, secrets.token_urlsafe(32))
    with pytest.raises(BrokenSealError):
        unseal(sealed, hash_key(key))


def test_any_changed_byte_shows() -> None:
    sealed = seal(TEXT, "k")
    for place in range(len(sealed)):
        with pytest.raises(BrokenSealError):
            unseal(sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :], "k")


@pytest.mark.parametrize("broken", [b"", b"x", b"x" * 31, b"x" * 32, b"x" * 100])
def test_what_is_no_seal_is_refused(broken: bytes) -> None:
    with pytest.raises(BrokenSealError):
        unseal(broken, "k")


def test_the_same_text_never_looks_the_same() -> None:
    assert seal(TEXT, "k") != seal(TEXT, "k")
    assert unseal(seal("", "k"), "k") == ""

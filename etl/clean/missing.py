"""Kinds of missing: "trudno powiedzieć", "nie dotyczy", "odmowa" are different things, and none is a value."""

import re
from collections.abc import Mapping
from functools import cache

from etl.clean.labels import option_key
from surveys.vocabulary import load

# "Nie dotyczy (brak takich dochodów)", "Trudno powiedzieć / zależy": the phrase, and then an aside.
_ASIDE = re.compile(r"\s?[(/]|, ")


def missing_kind(key: str) -> str | None:
    """Return the kind of missing that an answer's key (`option_key`) means, ``None`` for a real answer.

    ``blank`` is the kind of cells that only say that there is no answer.
    """
    kinds = _kinds_by_key()
    if key in kinds:
        return kinds[key]
    aside = _ASIDE.search(key)
    return kinds.get(key[: aside.start()]) if aside else None


def plain_missing_kind(key: str) -> str | None:
    """Return the kind of missing when the key is nothing else but one of its phrases (for open texts)."""
    return _kinds_by_key().get(key)


@cache
def _kinds_by_key() -> Mapping[str, str]:
    kinds: dict[str, str] = {}
    for entry in load().missing_kinds.values():
        for phrase in (entry.label_pl, entry.label_en, *entry.synonyms_pl, *entry.synonyms_en):
            kinds.setdefault(option_key(phrase), entry.code)
    # Codes (``nie_wiem_trudno_powiedziec``) hold no commas.
    return {key.replace(",", ""): kind for key, kind in kinds.items()} | kinds

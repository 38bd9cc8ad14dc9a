"""The starter's sentences, Polish first and then English, from ``texts.toml``.

``surveys.language.texts`` does this for the program itself, but needs a package (babel) that is not installed yet when
these sentences are wanted. Here both languages are always said, so there is no choice of language and no plural.
"""

import sys
import tomllib
from functools import cache
from pathlib import Path

LANGUAGES = ("pl", "en")


class StarterError(Exception):
    """Something stops the start and a person can do something about it.

    Args:
        key: which failure of the catalogue.
        **facts: values for its ``{names}``.
    """

    def __init__(self, key: str, **facts: object) -> None:
        super().__init__(key)
        self.key = key
        self.facts = facts

    def explain(self) -> str:
        """Return cause and remedy, a line in Polish and a line in English."""
        return "\n".join(
            " ".join(read_catalogue()["failures"][self.key][language][part] for part in ("cause", "remedy")).format(
                **self.facts
            )
            for language in LANGUAGES
        )


@cache
def read_catalogue() -> dict[str, dict[str, dict[str, dict[str, str]]]]:
    """Return the catalogue: ``failures`` by key, language, cause or remedy; ``news`` by key, language, ``text``."""
    return tomllib.loads(Path(__file__).with_name("texts.toml").read_text(encoding="utf-8"))


def phrase(key: str, **facts: object) -> str:
    """Return a sentence of progress, a line in Polish and a line in English."""
    sentence = read_catalogue()["news"][key]
    return "\n".join(sentence[language]["text"].format(**facts) for language in LANGUAGES)


def say(key: str, **facts: object) -> None:
    """Print a sentence of progress at once, before the slow thing it announces."""
    print(phrase(key, **facts), flush=True)


def speak_any_letter() -> None:
    """Keep a console that has no Polish letters from stopping the start: it shows a mark instead."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")

"""All prose of the dashboard, by key, Polish and English side by side; reused by the browser tests."""

from typing import Protocol

from surveys.language.texts import Catalogue, Language, load_catalogue


class Speaker(Protocol):
    """Whoever says texts of the dashboard in one language: a view of a page, a document."""

    @property
    def language(self) -> Language:
        """Of the texts."""

    def say(self, key: str, /, **facts: object) -> str:
        """Return a text with its facts put in."""


def texts() -> Catalogue:
    """Return the dashboard's catalogue."""
    return load_catalogue("dashboard.texts")


def say(key: str, language: Language, /, **facts: object) -> str:
    """Return a text of the dashboard's catalogue with its facts put in."""
    return texts().say(key, language, **facts)

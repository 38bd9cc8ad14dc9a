"""All prose of the dashboard, by key, Polish and English side by side; reused by the browser tests."""

from surveys.language.texts import Catalogue, Language, load_catalogue


def texts() -> Catalogue:
    """Return the dashboard's catalogue."""
    return load_catalogue("dashboard.texts")


def say(key: str, language: Language, /, **facts: object) -> str:
    """Return a text of the dashboard's catalogue with its facts put in."""
    return texts().say(key, language, **facts)

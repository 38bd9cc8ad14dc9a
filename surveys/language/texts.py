"""Prose by keys: every sentence a person reads lives in a TOML catalogue, Polish and English side by side.

A catalogue file looks like this; the key of a text is the path of its table::

    [problems.title]
    pl = "Problemy"
    en = "Problems"

    [activities.count]
    pl = { one = "{n} działanie", few = "{n} działania", many = "{n} działań", other = "{n} działania" }
    en = { one = "{n} activity", other = "{n} activities" }

A text with plural forms picks the form by the fact ``n`` (CLDR rules, through babel), and shows that number as the
reader writes it. Other facts are put in with ``str.format`` as they are.
"""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import cast

from babel.core import Locale
from babel.plural import PluralRule

from surveys.language.languages import LANGUAGES, Language
from surveys.language.numerals import format_number

__all__ = ["LANGUAGES", "Catalogue", "CatalogueError", "Language", "MissingTextError", "load_catalogue"]

PluralForms = Mapping[str, str]
Text = str | PluralForms

_PLURAL_CATEGORIES = frozenset({"zero", "one", "two", "few", "many", "other"})


class MissingTextError(LookupError):
    """A key is not in the catalogue. A programming error: tests enumerate every key that is used."""


class CatalogueError(ValueError):
    """A catalogue file is malformed: a language is missing or a key stands in two files."""


class Catalogue:
    """Texts by key in both languages.

    Args:
        entries: key to a mapping of language to text; a text is a string or CLDR plural forms.
    """

    def __init__(self, entries: Mapping[str, Mapping[Language, Text]]) -> None:
        self._entries = dict(entries)

    def __contains__(self, key: object) -> bool:
        return key in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def say(self, key: str, language: Language, /, **facts: object) -> str:
        """Return the text of a key with its facts put in.

        Args:
            key: dotted key, for example ``"problems.title"``.
            language: ``"pl"`` or ``"en"``.
            **facts: values for the text's ``{names}``; ``n`` chooses the plural form.

        Raises:
            MissingTextError: when the key is unknown.
            KeyError: when the text needs a fact that was not given.
        """
        text = self.raw(key, language)
        if not isinstance(text, str):
            amount = facts["n"]
            if not isinstance(amount, int | float):
                raise TypeError(f"the fact 'n' of {key} has to be a number")
            category = _plural_rule(language)(abs(amount))
            text = text.get(category, text["other"])
            facts = {**facts, "n": format_number(amount, language)}
        return text.format(**facts)

    def raw(self, key: str, language: Language) -> Text:
        """Return a text as written, without facts (for tests and for choosing between texts)."""
        try:
            return self._entries[key][language]
        except KeyError:
            raise MissingTextError(f"no text for {key!r} in {language!r}") from None


@cache
def load_catalogue(package: str) -> Catalogue:
    """Read every ``*.toml`` file of a package into one catalogue.

    Args:
        package: dotted name of a package whose data files are catalogues.

    Raises:
        CatalogueError: a text lacks a language, or one key stands in two files.
    """
    entries: dict[str, dict[Language, Text]] = {}
    for file in sorted(resources.files(package).iterdir(), key=lambda item: item.name):
        if not file.name.endswith(".toml"):
            continue
        for key, texts in _walk(tomllib.loads(file.read_text(encoding="utf-8")), prefix=""):
            if key in entries:
                raise CatalogueError(f"{file.name}: the key {key!r} stands in two places")
            missing = [language for language in LANGUAGES if language not in texts]
            if missing:
                raise CatalogueError(f"{file.name}: {key!r} lacks {', '.join(missing)}")
            entries[key] = texts
    return Catalogue(entries)


def _walk(table: Mapping[str, object], prefix: str) -> Iterator[tuple[str, dict[Language, Text]]]:
    if any(language in table for language in LANGUAGES):
        texts: dict[Language, Text] = {}
        for language in LANGUAGES:
            if language in table:
                texts[language] = _as_text(table[language], key=prefix)
        yield prefix, texts
        return
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from _walk(cast("Mapping[str, object]", value), f"{prefix}.{name}" if prefix else name)


def _as_text(value: object, key: str) -> Text:
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping) and "other" in value and set(value) <= _PLURAL_CATEGORIES:
        return {str(category): str(form) for category, form in value.items()}
    raise CatalogueError(f"{key!r} is neither a text nor plural forms with 'other'")


@cache
def _plural_rule(language: Language) -> PluralRule:
    return Locale.parse(language).plural_form

"""Headers of XLSForm's sheets in all their spellings, and the languages they name.

Spellings are those that pyxform takes (its ``aliases.py``). Columns of ours begin with ``diagnoza::`` or ``diagnoza_``.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

OWN = "diagnoza::"
# pyxform makes an XML element of every further column of choices, and breaks on one with colons.
_OWN_PLAIN = "diagnoza_"
LANGUAGE_HEADERS: Mapping[str, str] = {"pl": "Polski (pl)", "en": "English (en)"}

_POLISH = re.compile(r"\(pl\)|^pl$|^polsk|^polish", re.IGNORECASE)
_ENGLISH = re.compile(r"\(en\)|^en$|^english|^angielsk", re.IGNORECASE)
_TRANSLATED = frozenset({"label", "hint", "required_message", "constraint_message", "diagnoza::title"})
_PREFIX = re.compile(r"^(?:bind|control|body)\s*:{1,2}\s*", re.IGNORECASE)
_SURVEY: Mapping[str, str] = {
    "command": "type", "tag": "name", "caption": "label", "relevance": "relevant", "calculate": "calculation",
    "constraining_message": "constraint_message", "jr:constraintmsg": "constraint_message",
    "jr:requiredmsg": "required_message", "requiredmsg": "required_message",
    "count": "repeat_count", "jr:count": "repeat_count",
}  # fmt: skip
_CHOICES: Mapping[str, str] = {"listname": "list_name", "list": "list_name", "caption": "label"}
_SETTINGS: Mapping[str, str] = {
    "set_form_title": "form_title", "title": "form_title", "set_form_id": "form_id", "id_string": "form_id",
}  # fmt: skip
_ALIASES: Mapping[str, Mapping[str, str]] = {
    "survey": _SURVEY, "choices": _CHOICES, "external_choices": _CHOICES, "settings": _SETTINGS,
}  # fmt: skip
_KNOWN: Mapping[str, frozenset[str]] = {
    "survey": frozenset(
        {"type", "name", "label", "hint", "required", "required_message", "relevant", "constraint",
         "constraint_message", "appearance", "calculation", "default", "choice_filter", "parameters", "repeat_count",
         "diagnoza::type", "diagnoza::vocabulary", "diagnoza::profile", "diagnoza::max_choices"}
    ),
    "choices": frozenset({"list_name", "name", "label", "diagnoza::missing", "diagnoza::other"}),
    "settings": frozenset({"form_title", "form_id", "version", "default_language", "diagnoza::title"}),
}  # fmt: skip


class Column(NamedTuple):
    """What a header means.

    Attributes:
        name: XLSForm's canonical word, or the header itself when we have no use for the column.
        language: the words of the header that name a language; ``""`` where it names none.
        known: whether the column has a place of its own in a `surveys.model.Form`.
    """

    name: str
    language: str
    known: bool


def read_header(header: str, section: str) -> Column:
    """Return what a header of a sheet means.

    Args:
        header: as written.
        section: ``survey``, ``choices``, ``settings`` …
    """
    text = " ".join(header.split())
    bare = _PREFIX.sub("", text)
    if text.lower().startswith((OWN, _OWN_PLAIN)):
        name, _, language = text[len(OWN) if text[len(_OWN_PLAIN) - 1] == ":" else len(_OWN_PLAIN) :].partition("::")
        canonical = OWN + name.strip().lower()
    else:
        head, _, language = _split_language(bare)
        canonical = head.strip().lower().replace(" ", "_")
    canonical = _ALIASES.get(section, {}).get(canonical, canonical)
    language = language.strip()
    if canonical not in _KNOWN.get(section, ()) or (language and canonical not in _TRANSLATED):
        return Column(text, "", known=False)
    return Column(canonical, language, known=True)


def read_headers(headers: Sequence[str], section: str) -> dict[str, Column]:
    """Return what every header of a sheet means, the first of two that mean the same.

    ``value`` is a name only where no column is called so.
    """
    columns = {header: read_header(header, section) for header in headers if header.strip()}
    names = {column.name for column in columns.values()}
    if section in {"survey", "choices"} and "name" not in names:
        for header in columns:
            if " ".join(header.split()).lower() == "value":
                columns[header] = Column("name", "", known=True)
    taken: set[tuple[str, str]] = set()
    for header, column in columns.items():
        if column.known and (column.name, column.language) in taken:
            columns[header] = Column(" ".join(header.split()), "", known=False)
        taken.add((column.name, column.language))
    return columns


def name_languages(columns: Iterable[Mapping[str, Column]], default_language: str) -> dict[str, str]:
    """Return the key of every language that a form names: ``pl``, ``en``, else its own words.

    Columns without a language are in the form's default language (as pyxform has it), unless a column names that one
    beside them: then their key is ``""``.

    Args:
        columns: what the headers mean, sheet by sheet.
        default_language: as the form's settings write it.
    """
    sheets = [[(column.name, column.language) for column in sheet.values() if column.known] for sheet in columns]
    spoken = dict.fromkeys(language for sheet in sheets for name, language in sheet if name in _TRANSLATED and language)
    keys: dict[str, str] = {}
    for language in spoken:
        key = language_key(language)
        rivals = {other for other, taken in keys.items() if taken == key}
        beside = any(
            (name, rival) in sheet for sheet in sheets for name, own in sheet if own == language for rival in rivals
        )
        keys[language] = language if beside else key
    unnamed = any(name in _TRANSLATED and not language for sheet in sheets for name, language in sheet)
    if unnamed:
        own = language_key(default_language)
        keys[""] = own if own and own not in keys.values() else ""
    return keys


def language_key(written: str) -> str:
    """Return ``pl`` or ``en`` for the words that mean them, else the words."""
    text = " ".join(written.split())
    if _POLISH.search(text):
        return "pl"
    return "en" if _ENGLISH.search(text) else text


def language_header(key: str) -> str:
    """Return the words that name a language in a header, ``Polski (pl)`` for ``pl``."""
    return LANGUAGE_HEADERS.get(key, key)


def _split_language(text: str) -> tuple[str, str, str]:
    """A header's column and language; an old form has one colon between them, ``jr:`` is no column."""
    if "::" in text or text.lower().startswith("jr:"):
        head, found, language = text.partition("::")
    else:
        head, found, language = text.partition(":")
    return head, found, language

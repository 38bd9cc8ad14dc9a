"""Texts that respondents read: missing ones, and those that lack a translation."""

import re
from collections.abc import Iterator, Mapping, Sequence

from surveys.findings import Finding
from surveys.questionnaires.checking.lines import TRANSLATED, Facts, Line, Lines
from surveys.questionnaires.columns import language_header
from surveys.vocabulary import load

_SHOWN = frozenset({"note", "geopoint", "geotrace", "geoshape", "image", "audio", "video", "file", "barcode"})

_MOST_APART, _MOST_LISTED = 5, 20
# As BCP 47: what KoboToolbox and ODK show a device's own language by.
_CODED = re.compile(r"\([a-z]{2,3}(?:-[A-Za-z0-9]+)*\)\s*$")


def check_labels(lines: Lines) -> Iterator[Finding]:
    """Yield questions and options that say nothing."""
    for line in lines.survey:
        shown = line.kind is not None and (line.kind.answers is not None or line.kind.name in _SHOWN)
        if shown and not line.texts.get("label") and not line.texts.get("hint") and not line.has_media:
            yield lines.find("FORM-LABEL-MISSING", "survey", line, "label", name=line["name"] or "?")
    known = _labelled_lists(lines)
    for line in lines.choices:
        name, list_name = line["name"], line["list_name"]
        if not name or not list_name or line.texts.get("label") or line.has_media:
            continue
        if name not in known.get(list_name, ()):
            yield lines.find("FORM-CHOICE-NO-LABEL", "choices", line, "label", name=name, list=list_name)


def check_translations(lines: Lines) -> Iterator[Finding]:
    """Yield texts that are there in one language of the form and not in another, and languages a sheet lacks."""
    spoken = {section: _languages_of(lines, section) for section in ("survey", "choices")}
    if lines.choices and spoken["choices"]:
        for here, there in (("survey", "choices"), ("choices", "survey")):
            header_row = lines.sheets[there].header_row
            for language in sorted(spoken[here] - spoken[there] - {""}):
                yield lines.find("FORM-LANGUAGE-MISSING", there, header_row, language_name=language_header(language))
    for section, rows in (("survey", lines.survey), ("choices", lines.choices)):
        for column in TRANSLATED:
            languages = {language for line in rows for language in line.texts.get(column, {})}
            for language in sorted(languages):
                gaps = [line for line in rows if line.texts.get(column) and language not in line.texts[column]]
                yield from _say_gaps(lines, section, gaps, column, language)
    uncoded = [language for language in lines.languages if language and not _CODED.search(language)]
    if uncoded:
        yield lines.find("FORM-LANGUAGE-CODE", "survey", languages=", ".join(uncoded))
    default, named = lines.settings["default_language"], lines.languages
    # Columns without a language are in the default one, whatever it is called.
    if default and named and default not in named and "" not in named:
        facts = {"language_name": default, "languages": ", ".join(sorted(named))}
        yield lines.find("FORM-DEFAULT-LANGUAGE", "settings", lines.settings, "default_language", facts=facts)


def check_settings(lines: Lines) -> Iterator[Finding]:
    """Yield what a form needs to be told apart from others and from its earlier versions."""
    for column, code in (("form_id", "FORM-ID-MISSING"), ("version", "FORM-VERSION-MISSING")):
        if not lines.settings[column]:
            yield lines.find(code, "settings", lines.settings, column)


def _say_gaps(lines: Lines, section: str, gaps: Sequence[Line], column: str, language: str) -> Iterator[Finding]:
    """A few gaps are said one by one; many are one sentence, or they would hide the faults between them."""
    name = language_header(language) or "–"
    if len(gaps) > _MOST_APART:
        rows = ", ".join(str(line.number) for line in gaps[:_MOST_LISTED]) + (" …" if len(gaps) > _MOST_LISTED else "")
        facts: Facts = {"language_name": name, "count": len(gaps), "rows": rows}
        yield lines.find("FORM-TRANSLATIONS-MISSING", section, gaps[0], column, language=language, facts=facts)
        return
    for line in gaps:
        text = next(iter(line.texts[column].values()))[:60]
        facts = {"language_name": name, "text": text}
        yield lines.find("FORM-TRANSLATION-MISSING", section, line, column, language=language, facts=facts)


def _languages_of(lines: Lines, section: str) -> set[str]:
    rows = lines.survey if section == "survey" else lines.choices
    return {language for line in rows for language in line.texts.get("label", {})}


def _labelled_lists(lines: Lines) -> Mapping[str, frozenset[str]]:
    """Codes of lists that are bound to a code list, which has their labels."""
    return {
        line.kind.list_name: frozenset(load().lists[line["diagnoza::vocabulary"]].codes)
        for line in lines.survey
        if line.kind is not None and line["diagnoza::vocabulary"] in load().lists
    }

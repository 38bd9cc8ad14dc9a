"""Prose: both languages everywhere, plural forms grammatical, every code with cause and remedy."""

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

import dashboard
from dashboard.access.shell_words import STREAMLIT_WORDS
from dashboard.texts import say
from surveys.findings import finding_severities
from surveys.language.texts import LANGUAGES, Catalogue, CatalogueError, Language, load_catalogue

CATALOGUES = ("dashboard.texts", "surveys.language.catalogues")


def texts_of(catalogue: Catalogue, key: str, language: Language) -> list[str]:
    raw = catalogue.raw(key, language)
    return [raw] if isinstance(raw, str) else list(raw.values())


def every_text() -> Iterator[tuple[str, str]]:
    for package in CATALOGUES:
        for key in load_catalogue(package):
            yield package, key


def test_every_text_that_a_page_names_is_there() -> None:
    catalogue = load_catalogue("dashboard.texts")
    named = [
        (file.name, said.args[0].value)
        for file in Path(dashboard.__file__).parent.rglob("*.py")
        for said in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(said, ast.Call) and said.args and isinstance(said.args[0], ast.Constant)
        if ast.unparse(said.func) in {"say", "view.say", "visit.say", "measurement.view.say"}
    ]
    assert len(named) > 500
    assert [(file, key) for file, key in named if key not in set(catalogue)] == []


@pytest.mark.parametrize("package", CATALOGUES)
def test_no_text_is_blank_by_mistake(package: str) -> None:
    catalogue = load_catalogue(package)
    blank = [
        key
        for key in catalogue
        if any((not text.strip()) != (not other.strip())
               for text, other in zip(texts_of(catalogue, key, "pl"), texts_of(catalogue, key, "en"), strict=False))
    ]  # fmt: skip
    assert blank == []


@pytest.mark.parametrize("package", CATALOGUES)
def test_both_languages_ask_for_the_same_facts(package: str) -> None:
    catalogue = load_catalogue(package)
    formatter = string.Formatter()

    def facts(key: str, language: Language) -> set[str]:
        return {name for text in texts_of(catalogue, key, language) for _, name, _, _ in formatter.parse(text) if name}

    different = [key for key in catalogue if facts(key, "pl") != facts(key, "en")]
    assert different == []


@pytest.mark.parametrize("package", CATALOGUES)
def test_polish_plurals_have_every_form(package: str) -> None:
    catalogue = load_catalogue(package)
    lacking = [
        key
        for key in catalogue
        if not isinstance(raw := catalogue.raw(key, "pl"), str) and set(raw) != {"one", "few", "many", "other"}
    ]
    assert lacking == []


def test_every_finding_has_a_cause_and_a_remedy() -> None:
    catalogue = load_catalogue("surveys.language.catalogues")
    codes = finding_severities()
    assert codes
    lacking = [f"{code}.{part}" for code in codes for part in ("cause", "remedy") if f"{code}.{part}" not in catalogue]
    assert lacking == []


def test_plurals_follow_polish_grammar() -> None:
    say = load_catalogue("dashboard.texts").say
    said = [say("counts.people", "pl", n=n) for n in (1, 2, 5, 12, 22, 25, 112)]
    assert said == ["1 osoba", "2 osoby", "5 osób", "12 osób", "22 osoby", "25 osób", "112 osób"]


def test_languages_are_polish_first() -> None:
    assert LANGUAGES == ("pl", "en")


def test_a_key_in_two_places_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "twice"
    package.mkdir()
    (package / "__init__.py").write_text("")
    for name in ("a", "b"):
        (package / f"{name}.toml").write_text('[x]\ny = { pl = "t", en = "t" }\n', encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(CatalogueError, match="two places"):
        load_catalogue("twice")


def test_streamlits_words_and_ours_are_told_apart() -> None:
    # The page's shell finds a word again by any of its forms; two words of one form would become each other.
    forms: dict[str, set[str]] = {}
    for theirs, key in STREAMLIT_WORDS.items():
        for form in {theirs, *(say(f"streamlit.{key}", language, n="{n}", name="{name}") for language in LANGUAGES)}:
            forms.setdefault(form, set()).add(key)
    assert {form: keys for form, keys in forms.items() if len(keys) > 1} == {}
    texts = {
        key.removeprefix("streamlit.") for key in load_catalogue("dashboard.texts") if key.startswith("streamlit.")
    }
    assert texts == set(STREAMLIT_WORDS.values())

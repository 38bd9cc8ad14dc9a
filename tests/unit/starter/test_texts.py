"""Every sentence of start.py: there in both languages, with its cause, its remedy and the same facts."""

import ast
import string
from pathlib import Path

import pytest

from starter.texts import LANGUAGES, StarterError, phrase, read_catalogue

STARTER = Path(__file__).resolve().parents[3] / "starter"
CATALOGUE = read_catalogue()

# Keys that the code chooses from a table rather than names in a call.
CHOSEN_FROM_TABLES = {"disk_full", "hash_mismatch", "path_too_long", "certificate", "proxy", "no_network", "no_wheel"}


def find_keys(callables: set[str]) -> set[str]:
    keys = set()
    for file in STARTER.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in callables:
                keys |= {part.value for part in ast.walk(node.args[0]) if isinstance(part, ast.Constant)}
    return keys


def facts_of(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_failure_that_is_raised_has_its_words_and_none_is_left_over():
    assert find_keys({"StarterError"}) | CHOSEN_FROM_TABLES == set(CATALOGUE["failures"])


def test_every_sentence_that_is_said_is_there_and_none_is_left_over():
    assert find_keys({"say", "phrase"}) == set(CATALOGUE["news"])


@pytest.mark.parametrize("key", sorted(CATALOGUE["failures"]))
def test_a_failure_has_cause_and_remedy_in_both_languages(key):
    failure = CATALOGUE["failures"][key]
    assert set(failure) == set(LANGUAGES)
    for language in LANGUAGES:
        assert set(failure[language]) == {"cause", "remedy"}
        assert failure[language]["cause"].strip()
        assert failure[language]["remedy"].strip()
    said = [" ".join(failure[language].values()) for language in LANGUAGES]
    assert facts_of(said[1]) <= facts_of(said[0])  # pip's own words are shown once


@pytest.mark.parametrize("key", sorted(CATALOGUE["news"]))
def test_news_are_there_in_both_languages_with_the_same_facts(key):
    news = CATALOGUE["news"][key]
    assert set(news) == set(LANGUAGES)
    assert facts_of(news["pl"]["text"]) == facts_of(news["en"]["text"])


def test_polish_comes_first():
    polish, english = StarterError("no_network").explain().splitlines()
    assert polish.startswith("Nie udało się")
    assert english.startswith("The packages")
    assert phrase("installing").splitlines() == ["Instaluję pakiety…", "Installing packages…"]

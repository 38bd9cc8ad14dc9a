"""Kinds of missing at the gate."""

from surveys.analysis.frequencies import count_bases
from surveys.language.texts import LANGUAGES
from surveys.privacy.missing_gate import publish_missing
from surveys.privacy.published import Reason, Source, State
from surveys.privacy.wording import tabulate

SOURCE = Source({"pl": "co", "en": "what"})


def test_kinds_of_missing_are_told_apart_in_words() -> None:
    table = publish_missing(count_bases(100, 60, {"refused": 10, "dont_know": 20}), source=SOURCE)
    assert [(row.labels["pl"][0], row.value) for row in table.rows] == [
        ("Brak odpowiedzi", 10),
        ("Trudno powiedzieć", 20),
        ("Odmowa odpowiedzi", 10),
    ]
    for language in LANGUAGES:
        headers, rows = tabulate(table, language)
        assert len(headers) == 2
        assert len(rows) == 3


def test_one_person_who_refused_is_not_pointed_at() -> None:
    table = publish_missing(count_bases(100, 79, {"refused": 1, "dont_know": 20}), source=SOURCE)
    assert [row.state for row in table.rows] == [State.SUPPRESSED, State.SUPPRESSED]
    assert {row.reason for row in table.rows} == {Reason.FEW_CHOSE}


def test_nothing_is_told_of_a_few_people() -> None:
    table = publish_missing(count_bases(9, 3, {"refused": 6}), source=SOURCE)
    assert table.too_few_asked

"""A code that people took off a list while the store still holds it: shown and counted, never a crash, never lost."""

import pandas as pd
import pytest

from surveys.analysis.gaps import count_entities_by_group, order_groups
from surveys.analysis.register_tables import code_labels, count_by, hush_few, sum_funding, sum_participants
from surveys.language.texts import LANGUAGES, Language
from surveys.privacy.published import PublishedTable, State
from surveys.vocabulary import load

GONE = "X999"
MARKED = {"pl": "X999 (kod spoza listy)", "en": "X999 (code not on the list)"}
WHAT: dict[Language, str] = {"pl": "co", "en": "what"}
ACTIVITIES = pd.DataFrame({"partnership": ["a"] * 3, "uid": ["x", "y", "z"], "participants": [40.0, 5.0, None]})
GROUPS = pd.DataFrame({"partnership": ["a"] * 3, "uid": ["x", "y", "z"], "group": ["G05", GONE, GONE]})


def numbers(table: PublishedTable, language: Language = "pl") -> dict[str, float | None]:
    return {row.labels[language][-1]: row.value for row in table.rows}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_list_shows_a_code_it_no_longer_holds(language: Language) -> None:
    for codes in load().lists.values():
        assert codes.label(GONE, language) == MARKED[language]
        assert GONE not in codes


@pytest.mark.parametrize("order", ["value", "list"])
def test_things_of_such_a_code_are_counted(order: str) -> None:
    frame = pd.DataFrame({"theme": ["T04", GONE, GONE]})
    table = count_by(frame, "theme", labels=code_labels(load().themes), what=WHAT, order=order)
    assert numbers(table)[MARKED["pl"]] == 2
    assert numbers(table, "en")[MARKED["en"]] == 2
    assert sum(row.value or 0 for row in table.rows) == len(frame)


def test_money_of_such_a_source_is_summed() -> None:
    frame = pd.DataFrame({"source": ["FS01", GONE], "amount_pln": [1.0, 2.0], "year": [2024, 2024]})
    table = sum_funding(frame, "source", labels=code_labels(load().funding_sources), what=WHAT)
    assert numbers(table)[MARKED["pl"]] == 2.0


def test_few_people_of_such_a_group_are_not_counted_aloud() -> None:
    labels = code_labels(load().target_groups)
    table = sum_participants(ACTIVITIES, GROUPS, labels=labels, what=WHAT)
    assert {row.labels["pl"][0]: row.state for row in table.rows}[MARKED["pl"]] is State.SUPPRESSED
    assert hush_few(ACTIVITIES, GROUPS)["participants"].dropna().tolist() == [40.0]


def test_such_a_group_has_its_row_beside_the_others() -> None:
    order = order_groups(GROUPS, GROUPS)
    assert order == (GONE, "G05")
    table = count_entities_by_group(GROUPS, rolled_up=False, order=order, what=WHAT)
    assert numbers(table)[MARKED["pl"]] == 2

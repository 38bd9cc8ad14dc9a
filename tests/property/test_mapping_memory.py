"""Remembered decisions: taken twice they are taken once; exported, forgotten and imported they are what they were."""

from datetime import UTC, datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.clean.labels import option_key, question_key
from etl.importing import Part, WordedDecision
from etl.mapping.mapping_file import read_mapping, write_mapping
from etl.mapping.memory import Memory, key_of
from etl.store.engine import Store
from etl.store.mapping_decisions import forget_decisions, keep_decisions, list_decisions
from etl.store.register_changes import find_partnership
from surveys.model import QuestionType
from surveys.privacy.identifiers import scrub_text
from tests.importing_surveys import MACHINE, add_partnership

_NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
_WORDS = st.text(alphabet="aąbcćdeęłńóśźż ABC?-/:,„”[]", min_size=1, max_size=30)
_HEADERS = _WORDS.filter(lambda words: bool(question_key(words)))
_VALUES = _WORDS.filter(lambda words: bool(option_key(words)) and not scrub_text(words)[1])
_SLUGS = st.sampled_from(("ankieta", "diagnoza-2025"))
_DECISIONS = st.one_of(
    st.builds(WordedDecision, _SLUGS, st.just(Part.VALUE), _HEADERS, st.sampled_from(("P101", "tak", "")), _VALUES),
    st.builds(WordedDecision, _SLUGS, st.just(Part.QUESTION), _HEADERS, st.sampled_from(("wiek", ""))),
    st.builds(WordedDecision, _SLUGS, st.just(Part.IGNORE), _HEADERS),
    st.builds(WordedDecision, _SLUGS, st.just(Part.TYPE), _HEADERS, st.sampled_from(list(QuestionType)).map(str)),
    st.builds(WordedDecision, _SLUGS, st.just(Part.VOCABULARY), _HEADERS, st.sampled_from(("", "problems"))),
    st.builds(WordedDecision, _SLUGS, st.just(Part.PROFILE), _HEADERS, st.sampled_from(("age", "gender"))),
)


def _list(store: Store) -> list[WordedDecision]:
    with store.read() as connection:
        return [kept.decision for kept in list_decisions(connection, MACHINE, "liw")]


def _keep(store: Store, decisions: tuple[WordedDecision, ...]) -> int:
    with store.write(changes_data=False) as connection:
        return keep_decisions(connection, MACHINE, "liw", decisions, file_name="plik.json", now=_NOW)


def _forget(store: Store) -> None:
    with store.write(changes_data=False) as connection:
        forget_decisions(connection, MACHINE, "liw", now=_NOW)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(decisions=st.lists(_DECISIONS, max_size=12, unique_by=key_of).map(tuple))
def test_export_forget_import_gives_what_was_there(sqlite_store: Store, decisions: tuple[WordedDecision, ...]) -> None:
    if not _list_partnership(sqlite_store):
        add_partnership(sqlite_store)
    _forget(sqlite_store)
    assert _keep(sqlite_store, decisions) == len(decisions)
    assert _keep(sqlite_store, decisions) == 0
    before = sorted(_list(sqlite_store), key=key_of)
    content = write_mapping(before)
    _forget(sqlite_store)
    assert _list(sqlite_store) == []
    _keep(sqlite_store, read_mapping(content, "plik.json"))
    assert sorted(_list(sqlite_store), key=key_of) == before
    assert write_mapping(_list(sqlite_store)) == content


def _list_partnership(store: Store) -> bool:
    with store.read() as connection:
        return find_partnership(connection, "liw") is not None


@given(decisions=st.lists(_DECISIONS, max_size=12))
def test_what_is_remembered_twice_is_remembered_once(decisions: list[WordedDecision]) -> None:
    once, twice = Memory(decisions), Memory([*decisions, *decisions])
    for slug in ("ankieta", "diagnoza-2025"):
        assert once.aliases(slug) == twice.aliases(slug)
        assert once.ignored(slug) == twice.ignored(slug)
        for decision in decisions:
            header = question_key(decision.header)
            assert once.column_decision(slug, header) == twice.column_decision(slug, header)
            assert once.values(slug, frozenset({header})) == twice.values(slug, frozenset({header}))

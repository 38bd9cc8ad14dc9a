"""Decisions that are remembered: taken once, applied by themselves, shown, forgotten, carried as a file."""

import json
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from etl.importing import ColumnDecision, Decisions, Part, WordedDecision
from etl.mapping.mapping_file import read_mapping, write_mapping
from etl.store import schema as s
from etl.store.batches import undo_batch
from etl.store.engine import Store
from etl.store.mapping_decisions import KeptDecision, forget_decisions, keep_decisions, list_decisions
from etl.store.moments import utc_now
from etl.store.schema_operations import mapping_decision
from etl.store.scope import Actor, ForbiddenError, Grant, Role
from etl.survey_import import read_memory
from surveys.findings import FaultError
from surveys.model import QuestionType
from tests.importing_surveys import LIW, MACHINE, add_partnership, codes, load, read_answers
from tests.upload_house import write_table

PROBLEMS = "Które problemy są najbardziej dotkliwe?"
OPEN = "Jaki jest największy problem naszej gminy? Proszę opisać"
FIRST = write_table(
    ["Sygnatura czasowa", "Płeć", "Jak ocenia Pan/Pani życie w gminie?", "Zgoda na udział", OPEN],
    *[
        [
            f"2025-03-{day:02} 10:00:0{n}",
            "kobieta" if n else "mężczyzna",
            ("dobrze", "źle", "średnio")[day % 3],
            "tak",
            ("bezrobocie", "dziury w drogach", f"sprawa nr {day} i {n} pana Zenka")[day % 3],
        ]
        for day in range(1, 29)
        for n in (0, 1)
    ],
)
SECOND = FIRST.replace(b"2025-03", b"2026-04").replace(
    "Jak ocenia Pan/Pani życie w gminie?".encode(), "Jak żyje się Państwu w naszej gminie?".encode()
)
FIRST_WAVE = Decisions(
    partnership="liw",
    wave="Diagnoza 2025",
    columns={3: ColumnDecision(ignore=True), 4: ColumnDecision(vocabulary="problems")},
    values={4: {"dziury w drogach": "P801"}},
)
SECOND_WAVE = Decisions(partnership="liw", wave="Diagnoza 2026")


def _kept(store: Store, slug: str = "liw") -> tuple[KeptDecision, ...]:
    with store.read() as connection:
        return list_decisions(connection, MACHINE, slug)


def _questions(store: Store) -> list[str]:
    with store.read() as connection:
        return list(connection.execute(select(s.question.c.text_pl)).scalars())


def test_decisions_of_a_loaded_file_are_applied_to_the_next(store: Store) -> None:
    add_partnership(store)
    result = load(store, FIRST, FIRST_WAVE, name="Ankieta.csv")
    assert result.batch is not None
    said = {
        (kept.decision.part, kept.decision.header, kept.decision.value): kept.decision.target for kept in _kept(store)
    }
    assert said == {
        (Part.IGNORE, "Zgoda na udział", ""): "",
        (Part.VOCABULARY, OPEN, ""): "problems",
        (Part.VALUE, OPEN, "dziury w drogach"): "P801",
    }
    again = FIRST.replace(b"2025-03", b"2026-04")
    result = load(store, again, SECOND_WAVE, name="Ankieta.csv")
    assert result.batch is not None
    answers = read_answers(store, "diagnoza-2026")
    assert "Zgoda na udział" not in answers
    with store.read() as connection:
        labels = connection.execute(
            select(s.choice.c.code, func.count())
            .join_from(s.answer, s.choice, s.choice.c.id == s.answer.c.choice_id)
            .join(s.question, s.question.c.id == s.choice.c.question_id)
            .join(s.wave, s.wave.c.id == s.answer.c.wave_id)
            .where(s.wave.c.slug == "diagnoza-2026", s.question.c.vocabulary == "problems")
            .group_by(s.choice.c.code)
        ).all()
        texts = connection.execute(select(func.count()).select_from(s.open_answer)).scalar()
    assert {row[0] for row in labels} >= {"P801"}
    assert texts == 2 * 56
    # What is certain is coded once a person has said what the question is about, also what one person wrote.
    assert len(labels) == 2


def test_what_one_person_wrote_is_never_kept(store: Store) -> None:
    add_partnership(store)
    lone = FIRST.replace(b"sprawa nr 2 i 0 pana Zenka", b"tylko ja tak mam", 1)
    decisions = replace(FIRST_WAVE, values={4: {"tylko ja tak mam": "P801", "dziury w drogach": "P801"}})
    load(store, lone, decisions, name="Ankieta.csv")
    assert {kept.decision.value for kept in _kept(store)} == {"", "dziury w drogach"}


def test_undoing_an_import_forgets_nothing_and_forgetting_changes_no_data(store: Store) -> None:
    add_partnership(store)
    result = load(store, FIRST, FIRST_WAVE, name="Ankieta.csv")
    before = read_answers(store, "diagnoza-2025")
    kept = _kept(store)
    with store.write() as connection:
        assert forget_decisions(connection, MACHINE, "liw", uids=[kept[0].uid], now=utc_now()) == 1
    assert len(_kept(store)) == len(kept) - 1
    assert read_answers(store, "diagnoza-2025") == before
    with store.write() as connection:
        assert not undo_batch(connection, MACHINE, result.batch or "", utc_now()).stops
    assert len(_kept(store)) == len(kept) - 1
    # Nothing is known of the questionnaire any more, yet the same headers are decided on.
    result = load(store, FIRST, SECOND_WAVE, name="Ankieta.csv")
    assert result.batch is not None
    with store.write() as connection:
        assert forget_decisions(connection, MACHINE, "liw", now=utc_now()) == len(kept) - 1
    assert _kept(store) == ()


def test_a_decision_taken_anew_replaces_the_remembered_one(store: Store) -> None:
    add_partnership(store)
    load(store, FIRST, FIRST_WAVE, name="Ankieta.csv")
    changed = replace(SECOND_WAVE, columns={3: ColumnDecision(), 4: ColumnDecision(type=QuestionType.TEXT)})
    load(store, SECOND, changed, name="Ankieta.csv")
    assert "Zgoda na udział" in _questions(store)
    assert {(kept.decision.part, kept.decision.target) for kept in _kept(store)} == {
        (Part.TYPE, "text"),
        (Part.VALUE, "P801"),
    }


def test_a_reworded_question_keeps_its_identity_by_a_decision(store: Store) -> None:
    add_partnership(store)
    load(store, FIRST, replace(FIRST_WAVE, columns={}, values={}), name="Ankieta.csv")
    names = _questions(store)
    with store.read() as connection:
        name = connection.execute(
            select(s.question.c.name).where(s.question.c.text_pl == "Jak ocenia Pan/Pani życie w gminie?")
        ).scalar_one()
    load(store, SECOND, replace(SECOND_WAVE, questions={2: name}), name="Ankieta.csv")
    assert _questions(store) == names
    third = SECOND.replace(b"2026-04", b"2027-05")
    result = load(store, third, replace(SECOND_WAVE, wave="Diagnoza 2027"), name="Ankieta 2027.csv")
    assert _questions(store) == names
    assert "SURVEY-QUESTION-LIKE" not in codes(result)


def test_a_question_in_another_form_of_its_words_is_the_same_one(store: Store) -> None:
    add_partnership(store)
    load(store, FIRST, replace(FIRST_WAVE, columns={}, values={}), name="Ankieta.csv")
    names = _questions(store)
    inflected = FIRST.replace(b"2025-03", b"2026-04").replace("życie w gminie".encode(), "życia w gminach".encode())
    result = load(store, inflected, SECOND_WAVE, name="Ankieta.csv")
    assert "SURVEY-QUESTION-REWORDED" in codes(result)
    assert _questions(store) == names


def test_a_written_value_in_another_form_is_the_known_option(store: Store) -> None:
    add_partnership(store)
    load(store, FIRST, FIRST_WAVE, name="Ankieta.csv")
    told = FIRST.replace(b"2025-03", b"2026-04").replace(b"kobieta", b"Kobiety")
    load(store, told, SECOND_WAVE, name="Ankieta.csv")
    assert {label for cell in read_answers(store, "diagnoza-2026")["Płeć"] for label in cell or ()} == {
        "kobieta",
        "mężczyzna",
    }


def test_a_person_says_what_a_written_value_means(store: Store) -> None:
    add_partnership(store)
    load(store, FIRST, FIRST_WAVE, name="Ankieta.csv")
    told = FIRST.replace(b"2025-03", b"2026-04").replace(b";dobrze;", ";nieźle;".encode())
    load(store, told, replace(SECOND_WAVE, values={2: {"niezle": "dobrze"}}), name="Ankieta.csv")
    third = told.replace(b"2026-04", b"2027-05")
    load(store, third, replace(SECOND_WAVE, wave="Diagnoza 2027"), name="Ankieta.csv")
    for wave in ("diagnoza-2026", "diagnoza-2027"):
        said = {
            label for cell in read_answers(store, wave)["Jak ocenia Pan/Pani życie w gminie?"] for label in cell or ()
        }
        assert said == {"dobrze", "źle", "średnio"}


def test_a_file_of_decisions_is_applied_and_carried(store: Store) -> None:
    add_partnership(store)
    add_partnership(store, "rozan")
    load(store, FIRST, FIRST_WAVE, name="Ankieta.csv")
    content = write_mapping(kept.decision for kept in _kept(store))
    worded = read_mapping(content, "decyzje.json")
    with store.write() as connection:
        assert keep_decisions(connection, MACHINE, "rozan", worded, file_name="decyzje.json", now=utc_now()) == 3
        assert keep_decisions(connection, MACHINE, "rozan", worded, file_name="decyzje.json", now=utc_now()) == 0
    assert write_mapping(kept.decision for kept in _kept(store, "rozan")) == content
    add_partnership(store, "sokolow")
    load(store, FIRST, replace(SECOND_WAVE, partnership="sokolow", worded=worded), name="Ankieta.csv")
    assert len(_kept(store, "sokolow")) == 3


def test_only_those_who_may_import_see_and_change_what_is_remembered(store: Store) -> None:
    add_partnership(store)
    load(store, FIRST, FIRST_WAVE, name="Ankieta.csv")
    for actor in (
        Actor.anonymous("x"),
        Actor("ewa", 1, frozenset({Grant(Role.COORDINATOR, "rozan")})),
        Actor("jan", 2, frozenset({Grant(Role.PARTICIPANT, "liw"), Grant(Role.BORIS)})),
    ):
        assert read_memory(store, actor, "liw") == ((), ())
        with store.read() as connection, pytest.raises(ForbiddenError):
            list_decisions(connection, actor, "liw")
        with store.write() as connection, pytest.raises(ForbiddenError):
            forget_decisions(connection, actor, "liw", now=utc_now())
        with store.write() as connection, pytest.raises(ForbiddenError):
            keep_decisions(connection, actor, "liw", (), file_name="", now=utc_now())
    with store.read() as connection:
        assert connection.execute(select(func.count()).select_from(mapping_decision)).scalar() == 3


def _file(*decisions: object, version: int = 1) -> bytes:
    return json.dumps({"format": "diagnoza-mapping", "version": version, "decisions": decisions}).encode()


_SUBJECT = {"questionnaire": "a", "header": "b"}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"{}",
        _file(version=2),
        _file(1),
        _file({**_SUBJECT, "decided": "x"}),
        _file({**_SUBJECT, "decided": "type", "target": "x"}),
        _file({**_SUBJECT, "decided": "value", "value": "anna@example.pl", "target": "P101"}),
        b"[" * 100_000,
    ],
)
def test_a_bad_file_of_decisions_is_refused(content: bytes) -> None:
    with pytest.raises(FaultError) as caught:
        read_mapping(content, "zle.json")
    assert [finding.code for finding in caught.value.report] == ["MAPPING-FILE-BAD"]
    assert "anna" not in str([finding.message("pl") for finding in caught.value.report])


def test_a_questionnaire_that_comes_near_is_asked_about(store: Store) -> None:
    add_partnership(store)
    load(store, FIRST, FIRST_WAVE, name="Ankieta.csv")
    other = SECOND.replace("Zgoda na udział".encode(), "Czy zna Pan sołtysa?".encode()).replace(
        OPEN.encode(), "Co by Pan zmienił w szkole?".encode()
    )
    result = load(store, other, replace(SECOND_WAVE, wave="Inna"), name="Inna.csv", dry_run=True)
    assert "SURVEY-QUESTIONNAIRE-JOINED" not in codes(result)
    assert LIW.questions == {}


def test_worded_decisions_speak_of_one_thing_each() -> None:
    one = WordedDecision("ankieta", Part.PROFILE, "Płeć", "gender")
    assert read_mapping(write_mapping([one]), "plik.json") == (one,)


def test_a_question_read_otherwise_by_decision_is_one_question_from_then_on(store: Store) -> None:
    add_partnership(store)
    load(store, FIRST, replace(FIRST_WAVE, columns={}, values={}), name="Ankieta.csv")
    count = len(_questions(store))
    second = FIRST.replace(b"2025-03", b"2026-04")
    load(store, second, replace(SECOND_WAVE, columns={2: ColumnDecision(type=QuestionType.TEXT)}), name="Ankieta.csv")
    assert len(_questions(store)) == count + 1
    for year in (b"2027-05", b"2028-06"):
        wave = replace(SECOND_WAVE, wave=f"Diagnoza {year.decode()[:4]}")
        assert load(store, FIRST.replace(b"2025-03", year), wave, name="Ankieta.csv").batch is not None
    assert len(_questions(store)) == count + 1
    assert {cell for cell in read_answers(store, "diagnoza-2028")["Jak ocenia Pan/Pani życie w gminie?"] if cell}


def test_a_header_that_stands_twice_is_neither_remembered_nor_decided_on(store: Store) -> None:
    add_partnership(store)
    twice = FIRST.replace("Zgoda na udział".encode(), "Płeć".encode())
    load(store, twice, replace(FIRST_WAVE, columns={3: ColumnDecision(ignore=True)}, values={}), name="Ankieta.csv")
    assert _kept(store) == ()


def test_what_is_remembered_reaches_no_other_partnership(store: Store) -> None:
    add_partnership(store)
    add_partnership(store, "rozan")
    load(store, FIRST, FIRST_WAVE, name="Ankieta.csv")
    load(store, FIRST, replace(SECOND_WAVE, partnership="rozan"), name="Ankieta.csv")
    assert _kept(store, "rozan") == ()
    assert _questions(store).count("Zgoda na udział") == 1

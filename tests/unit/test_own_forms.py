"""Own questionnaires: drafts change, what was published does not, and only coordinators write."""

from dataclasses import replace

import pytest

from etl.store.engine import Store
from etl.store.forms import FormState, delete_draft, list_forms, publish_form, read_form, save_draft
from etl.store.questionnaires import read_questionnaires
from etl.store.register_changes import find_partnership
from etl.store.scope import Actor, ForbiddenError
from surveys.findings import FaultError
from surveys.model import Choice, Question, Questionnaire, QuestionType
from surveys.model.form import Form, FormChoice, FormRow
from tests.unit.account_making import (
    BORIS,
    COORDINATOR_A,
    COORDINATOR_B,
    NOW,
    PARTICIPANT_A,
    add_partnerships,
)

FORM = Form(
    form_id="swietlica",
    version="1",
    titles={"pl": "Świetlica"},
    items=(FormRow("bywa", "select_one", "tak_nie", labels={"pl": "Czy bywa Pan/Pani?"}),),
    lists={"tak_nie": (FormChoice("tak", {"pl": "Tak"}), FormChoice("nie", {"pl": "Nie"}))},
)
YES_NO = (Choice("tak", "Tak"), Choice("nie", "Nie"))
MEANING = Questionnaire(
    slug="swietlica",
    version="1",
    title_pl="Świetlica",
    questions=(Question("bywa", QuestionType.SINGLE, "Czy bywa Pan/Pani?", choices=YES_NO),),
    partnership="a",
)
COORDINATOR = Actor("anna", 1, frozenset({COORDINATOR_A}))
PARTICIPANT = Actor("piotr", 2, frozenset({PARTICIPANT_A}))


@pytest.fixture
def partnerships(store: Store) -> Store:
    add_partnerships(store, "a", "b")
    return store


def save(store: Store, form: Form = FORM, actor: Actor = COORDINATOR) -> None:
    with store.write() as connection:
        save_draft(connection, actor, "a", form, NOW)


def publish(store: Store, form: Form = FORM) -> None:
    with store.write() as connection:
        publish_form(connection, COORDINATOR, "a", form, MEANING, NOW)


def own_questionnaires(store: Store) -> list[Questionnaire]:
    with store.read() as connection:
        return list(read_questionnaires(connection, find_partnership(connection, "a") or 0))


def test_a_draft_is_read_back_and_may_change(partnerships: Store) -> None:
    save(partnerships)
    changed = replace(FORM, titles={"pl": "Nasza świetlica"})
    save(partnerships, changed)
    with partnerships.read() as connection:
        (found,) = list_forms(connection, PARTICIPANT, "a")
        assert read_form(connection, PARTICIPANT, "a", "swietlica", "1") == found
    assert (found.form, found.state) == (changed, FormState.DRAFT)


def test_files_cannot_join_a_draft(partnerships: Store) -> None:
    save(partnerships)
    assert own_questionnaires(partnerships) == []
    publish(partnerships)
    assert own_questionnaires(partnerships) == [MEANING]


def test_a_published_version_stays_as_it_is(partnerships: Store) -> None:
    save(partnerships)
    publish(partnerships)
    with pytest.raises(FaultError, match="FORM-PUBLISHED"):
        save(partnerships, replace(FORM, titles={"pl": "Inna"}))
    with pytest.raises(FaultError, match="FORM-PUBLISHED"):
        publish(partnerships)
    with partnerships.write() as connection, pytest.raises(FaultError, match="FORM-PUBLISHED"):
        delete_draft(connection, COORDINATOR, "a", "swietlica", "1", NOW)
    save(partnerships, replace(FORM, version="2"))
    with partnerships.read() as connection:
        assert [(one.form.version, one.state.value) for one in list_forms(connection, COORDINATOR, "a")] == [
            ("2", "draft"),
            ("1", "published"),
        ]


def test_what_is_published_is_what_was_looked_at(partnerships: Store) -> None:
    save(partnerships, replace(FORM, titles={"pl": "Tymczasem inna"}))
    with pytest.raises(FaultError, match="FORM-CHANGED"):
        publish(partnerships)


def test_a_deleted_draft_is_gone(partnerships: Store) -> None:
    save(partnerships)
    with partnerships.write() as connection:
        delete_draft(connection, COORDINATOR, "a", "swietlica", "1", NOW)
        assert list_forms(connection, COORDINATOR, "a") == ()


@pytest.mark.parametrize(
    "actor",
    [PARTICIPANT, Actor("beata", 3, frozenset({COORDINATOR_B})), Actor("boris", 4, frozenset({BORIS})), Actor()],
    ids=["participant", "coordinator of b", "boris", "stranger"],
)
def test_only_a_coordinator_of_the_partnership_writes(partnerships: Store, actor: Actor) -> None:
    with pytest.raises(ForbiddenError):
        save(partnerships, actor=actor)
    save(partnerships)
    with partnerships.write() as connection:
        with pytest.raises(ForbiddenError):
            publish_form(connection, actor, "a", FORM, MEANING, NOW)
        with pytest.raises(ForbiddenError):
            delete_draft(connection, actor, "a", "swietlica", "1", NOW)


@pytest.mark.parametrize("actor", [Actor("beata", 3, frozenset({COORDINATOR_B})), Actor()], ids=["b", "stranger"])
def test_another_partnerships_forms_do_not_exist(partnerships: Store, actor: Actor) -> None:
    save(partnerships)
    with partnerships.read() as connection:
        with pytest.raises(ForbiddenError):
            list_forms(connection, actor, "a")
        with pytest.raises(ForbiddenError):
            read_form(connection, actor, "a", "swietlica", "1")

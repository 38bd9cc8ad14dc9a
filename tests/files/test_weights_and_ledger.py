"""Weights of a measurement, and the ledger of what was shown of it: held by whoever may, void with other answers."""

from datetime import UTC, datetime

import numpy as np
import pytest
from sqlalchemy import func, select

from etl.store import schema_results as r
from etl.store.audit import list_actions
from etl.store.reading import (
    Recipe,
    read_crosstab_sums,
    read_frequency_sums,
    read_weighting,
    resolve_scope,
)
from etl.store.scope import Actor, ForbiddenError, Grant, Role
from etl.store.shown_groups import admit_groups
from etl.store.weight_rows import delete_weighting, write_weighting
from surveys.analysis.weighting import rake
from surveys.findings import FaultError
from surveys.model import Partnership, Register
from surveys.privacy.ledger import Ruling
from tests.made.two_questions import AGE, TRUST, invent_two_questions, load_answers
from tests.page_visits import load_registers

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
COORDINATOR = Actor("ola", 1, frozenset({Grant(Role.COORDINATOR, "liw")}))
PARTICIPANT = Actor("ala", 2, frozenset({Grant(Role.PARTICIPANT, "liw")}))
SHARES = {choice.code: share for choice, share in zip(AGE.choices, (0.3, 0.2, 0.2, 0.1, 0.1, 0.1), strict=True)}
RECIPE = Recipe({"age": SHARES}, "GUS, BDL", "2025")


@pytest.fixture
def liw(store):
    load_registers(Register(Partnership("liw", "Liw")), Register(Partnership("gora", "Góra")))(store)
    load_answers(store, invent_two_questions(400, questions=(TRUST, AGE)))
    return store


def scope_of(connection, actor=COORDINATOR):
    return resolve_scope(connection, actor, sample=False)


def weigh(store, recipe=RECIPE, actor=COORDINATOR):
    with store.write() as connection:
        write_weighting(connection, actor, scope_of(connection, actor), "liw", "duzy", recipe, weigh=rake, now=NOW)


def see(store, question="age", *, weighted=True):
    with store.read() as connection:
        return read_frequency_sums(connection, scope_of(connection), "liw", "duzy", question, weighted=weighted)


def test_weighted_sums_meet_the_margins(liw) -> None:
    plain = see(liw)
    weigh(liw)
    sums = see(liw)
    shares = sums.chosen.weight / sums.base.weight
    assert np.allclose(shares, [SHARES[code] for code in sums.options], atol=1e-6)
    assert (
        sums.chosen.people.tolist() == plain.chosen.people.tolist() == see(liw, weighted=False).chosen.people.tolist()
    )
    assert see(liw, weighted=False).chosen.weight.tolist() == plain.chosen.people.tolist()
    with liw.read() as connection:
        scope = scope_of(connection)
        crossed = read_crosstab_sums(connection, scope, "liw", "duzy", "trust", "age", weighted=True)
        stored = read_weighting(connection, scope, "liw", "duzy")
    assert np.isclose(crossed.cells.weight.sum(), crossed.base.weight[0])
    assert not np.isclose(crossed.base.weight[0], crossed.base.people[0])
    assert stored.holds
    assert stored.recipe == RECIPE
    assert (stored.made_by, stored.people) == ("ola", 400)
    assert stored.effective < 400 < stored.effective * stored.design_effect + 1e-6
    assert stored.lowest < 1 < stored.highest


def test_weights_of_other_answers_hold_no_more(liw) -> None:
    weigh(liw)
    load_answers(liw, invent_two_questions(30, seed=2, again=True))
    with liw.read() as connection:
        assert not read_weighting(connection, scope_of(connection), "liw", "duzy").holds
    sums = see(liw)
    assert sums.chosen.weight.tolist() == sums.chosen.people.tolist()


def test_whoever_may_not_import_may_not_weigh(liw) -> None:
    with pytest.raises(ForbiddenError):
        weigh(liw, actor=PARTICIPANT)
    weigh(liw)
    with liw.write() as connection, pytest.raises(ForbiddenError):
        delete_weighting(connection, PARTICIPANT, scope_of(connection), "liw", "duzy", now=NOW)
    with liw.write() as connection:
        delete_weighting(connection, COORDINATOR, scope_of(connection), "liw", "duzy", now=NOW)
    with liw.read() as connection:
        assert read_weighting(connection, scope_of(connection), "liw", "duzy") is None
        assert [line.action for line in list_actions(connection)[:2]] == ["unweigh_wave", "weigh_wave"]
        assert connection.execute(select(func.count()).select_from(r.response_weight)).scalar() == 0


def test_margins_that_cannot_be_met_leave_the_earlier_weights(liw) -> None:
    weigh(liw)
    with pytest.raises(FaultError):
        weigh(liw, Recipe({"age": {"a1": 1.0, "nobody": 1.0}}, "", ""))
    with liw.read() as connection:
        assert read_weighting(connection, scope_of(connection), "liw", "duzy").recipe == RECIPE


def look(store, *groups, scope=None):
    with store.read() as connection:
        scope = scope or scope_of(connection)
    return admit_groups(store, scope, "liw", "duzy", "trust", groups, now=NOW)


def test_the_ledger_refuses_what_completes_a_difference(liw) -> None:
    ab, abc = {"age": frozenset({"a1", "a2"})}, {"age": frozenset({"a1", "a2", "a3"})}
    assert look(liw, (ab, 100)) is Ruling.ALLOWED
    assert look(liw, (ab, 100)) is Ruling.ALLOWED
    assert look(liw, (abc, 104)) is Ruling.REFUSED_DIFFERENCE
    assert look(liw, (abc, 130)) is Ruling.ALLOWED
    with liw.read() as connection:
        assert connection.execute(select(func.count()).select_from(r.shown_group)).scalar() == 2


def test_the_ledger_refuses_the_same_look_after_a_few_new_answers(liw) -> None:
    group = {"age": frozenset({"a1"})}
    assert look(liw, (group, 60)) is Ruling.ALLOWED
    load_answers(liw, invent_two_questions(30, seed=3, again=True))
    assert look(liw, (group, 62)) is Ruling.REFUSED_CHANGE
    assert look(liw, (group, 75)) is Ruling.ALLOWED


def test_the_ledger_refuses_two_questions_the_other_way_round(liw) -> None:
    with liw.read() as connection:
        scope = scope_of(connection)
    by_age = [({"age": frozenset({"18–24"})}, 60), ({"age": frozenset({"25–34"})}, 80)]
    by_trust = [({"trust": frozenset({"1"})}, 70), ({"trust": frozenset({"2"})}, 90)]
    assert admit_groups(liw, scope, "liw", "duzy", "trust", by_age, now=NOW) is Ruling.ALLOWED
    assert admit_groups(liw, scope, "liw", "duzy", "age", by_trust, now=NOW) is Ruling.REFUSED_MIRRORED
    # The same again, and a breakdown with nothing hidden in it, tell nothing new.
    assert admit_groups(liw, scope, "liw", "duzy", "trust", by_age, now=NOW) is Ruling.ALLOWED
    assert admit_groups(liw, scope, "liw", "duzy", "age", by_trust, now=NOW, complete=True) is Ruling.ALLOWED

"""Shared results are the only thing seen past one's own partnerships: by consent, without persons, and nothing else."""

from dataclasses import astuple, replace
from datetime import date
from decimal import Decimal

import pytest

from etl.store.engine import Store
from etl.store.reading.shared_results import SharedResults, read_shared_results
from etl.store.register_writing import write_register
from etl.store.scope import Actor, Grant, Role
from surveys.model import (
    Activity,
    Funding,
    Membership,
    Partner,
    Partnership,
    Problem,
    Project,
    Register,
    Territory,
)

SECRET = "Kanarek"
ACTIVE = Membership("active")
SHARED = Project(
    "p", "Klub sąsiedzki", "completed", description=f"{SECRET} opis", starts_on=date(2023, 1, 1),
    ends_on=date(2024, 1, 1), finance_lead="f", partners=("anna", "f"), problems=("x",),
    funding=(Funding("FS08", Decimal(9000), 2023),), result="Pani Anna Kowalska mówi: tel. 601 234 567, warto.",
    result_indicator="Osoby na spotkaniach", result_unit="osób", result_before=10, result_after=40,
    result_measured_on=date(2024, 2, 1), result_shared=True,
)  # fmt: skip
NOT_SHARED = {
    "no": replace(SHARED, result_shared=False),
    "not asked": replace(SHARED, result_shared=None),
    "not measured": replace(SHARED, result_after=None),
    "without an indicator": replace(SHARED, result_indicator=""),
    "under way": replace(SHARED, status="in_progress"),
}


def a_register(project: Project = SHARED, *, slug: str = "obce", sample: bool = False) -> Register:
    """A partnership in which everything that is not shared holds the secret word."""
    return Register(
        Partnership(slug, "Partnerstwo Obce", (Territory("1433042"),), aims=f"{SECRET} cele", sample=sample),
        (
            Partner("anna", f"{SECRET} Anna Nowak", "K401", "other", ACTIVE),
            Partner("f", "Fundacja im. Jana Kowalskiego", "K202", "civic", ACTIVE),
            Partner("s", f"{SECRET} szkoła", "K106", "public", ACTIVE),
        ),
        problems=(
            Problem("x", f"{SECRET} problem", "P501", "T04", "confirmed", f"{SECRET} opis", ("G05",)),
            Problem("y", f"{SECRET} inny", "P301", "T05", "confirmed", target_groups=("G20",)),
        ),
        projects=(project, replace(SHARED, uid="q", name=f"{SECRET} projekt", result_shared=None)),
        activities=(
            Activity("a", f"{SECRET} działanie", "T04", "F14", date(2023, 3, 1), target_groups=("G06",), project="p"),
        ),
    )


def an_actor(role: Role, partnership: str | None) -> Actor:
    return Actor(name="osoba", user_id=7, grants=frozenset({Grant(role, partnership)}))


def read(store: Store, actor: Actor, *, sample: bool = False) -> SharedResults:
    with store.read() as connection:
        return read_shared_results(connection, actor, sample=sample)


def load(store: Store, *registers: Register) -> None:
    with store.write() as connection:
        for register in registers:
            write_register(connection, register, None)


@pytest.mark.parametrize("role", [Role.PARTICIPANT, Role.COORDINATOR, Role.BORIS])
def test_a_member_of_any_partnership_sees_what_is_shared_and_nothing_else(store: Store, role: Role) -> None:
    load(store, a_register())
    shared = read(store, an_actor(role, None if role is Role.BORIS else "nasze"))
    (result,) = shared.results.to_dict("records")
    assert (result["name"], result["contact"], result["amount_pln"]) == (
        "Klub sąsiedzki",
        "Fundacja im. Jana Kowalskiego",
        9000,
    )
    assert (result["result_before"], result["result_after"]) == (10, 40)
    assert shared.problems["code"].to_list() == ["P501"], "another problem of theirs is not told"
    assert shared.groups["group"].to_list() == ["G06"]
    everything = "".join(str(frame.to_dict("records")) for frame in astuple(shared))
    for word in (SECRET, "Kowalska", "601", "Nowak"):
        assert word not in everything


@pytest.mark.parametrize("actor", [Actor.anonymous("x"), Actor("nikt", 5), an_actor(Role.ADMINISTRATOR, None)])
def test_who_has_no_role_in_a_partnership_sees_nothing(sqlite_store: Store, actor: Actor) -> None:
    load(sqlite_store, a_register())
    assert all(frame.empty for frame in astuple(read(sqlite_store, actor)))


def test_without_a_yes_a_measured_end_and_a_number_nothing_is_shared(sqlite_store: Store) -> None:
    load(
        sqlite_store,
        *(a_register(project, slug=f"obce-{number}") for number, project in enumerate(NOT_SHARED.values())),
    )
    assert all(frame.empty for frame in astuple(read(sqlite_store, an_actor(Role.BORIS, None))))


def test_invented_and_real_results_never_mix(sqlite_store: Store) -> None:
    load(sqlite_store, a_register(), a_register(slug="zmyslone", sample=True))
    assert set(read(sqlite_store, Actor.anonymous("x"), sample=True).results["partnership"]) == {"zmyslone"}
    assert set(read(sqlite_store, Actor.at_machine()).results["partnership"]) == {"obce"}


def test_a_resident_is_no_contact_and_neither_is_somebody_who_left(sqlite_store: Store) -> None:
    alone = replace(a_register(replace(SHARED, finance_lead="anna", partners=("anna",))), activities=())
    left = tuple(replace(one, membership=Membership("withdrawn")) for one in alone.partners)
    coordinator = replace(alone.partners[2], name="Szkoła", membership=Membership("active", roles=("coordinator",)))
    load(
        sqlite_store,
        replace(alone, partners=(alone.partners[0], alone.partners[1], coordinator)),
        replace(a_register(slug="odeszli"), partners=left),
    )
    shared = read(sqlite_store, Actor.at_machine()).results
    assert dict(zip(shared["partnership"], shared["contact"], strict=True)) == {"obce": "Szkoła", "odeszli": ""}

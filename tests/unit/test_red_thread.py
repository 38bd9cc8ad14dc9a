"""The thread from problem to result: what hangs on a problem, and every planted break found and none invented."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from etl.store.reading import read_register_frames, resolve_scope
from etl.store.register_writing import write_register
from etl.store.scope import Actor
from surveys.analysis.red_thread import Stage, count_stages
from surveys.analysis.thread_breaks import find_breaks
from surveys.analysis.thread_tracing import fold_thread, trace_problem
from surveys.model import Activity, Funding, Register
from tests.made.registers import make_register
from tests.made.thread_worlds import TODAY, plant_world


@pytest.fixture
def frames_of(sqlite_store):
    """Return registers as the frames that analysis gets."""

    def read(*registers: Register):
        with sqlite_store.write() as connection:
            for register in registers:
                write_register(connection, register, None)
        with sqlite_store.read() as connection:
            return read_register_frames(connection, resolve_scope(connection, Actor("all", machine=True), sample=False))

    return read


@pytest.mark.parametrize("seed", range(4))
def test_every_planted_break_is_found_and_none_is_invented(frames_of, seed):
    registers, truth = plant_world(seed)
    found = find_breaks(frames_of(*registers), TODAY)
    told = {tuple(row) for row in found[["kind", "partnership", "uid"]].itertuples(index=False)}
    assert (truth - told, told - truth) == (set(), set())
    assert len(found) == len(truth)  # each once
    money = found[found["kind"] == "money_outside_priorities"]["amount_pln"]
    assert (money == 500).all()


def test_an_empty_register_has_no_breaks(frames_of):
    assert find_breaks(frames_of(), TODAY).empty


def test_what_hangs_on_a_problem_is_counted_layer_by_layer(frames_of):
    frames = frames_of(make_register())
    (row,) = count_stages(frames, frames.problems).to_dict("records")
    # One cause is tied to the problem, the other leads to that one.
    assert row == {
        "partnership": "liw",
        "uid": "samotnosc",
        "cause": 1,
        "project": 1,
        "activity": 1,
        "money": 1,
        "group": 2,
        "result": 0,
        "next": 1,
    }


def test_the_thread_of_a_problem_is_traced_from_the_cause_to_the_next_measurement(frames_of):
    frames = frames_of(make_register())
    thread = trace_problem(frames, "liw", "samotnosc")
    assert [(bead.stage.value, bead.key) for bead in thread.beads] == [
        ("problem", "samotnosc"),
        ("cause", "autobus"),
        ("project", "dom"),
        ("activity", "F01"),
        ("money", "FS01"),
        ("money", "FS24"),
        ("group", "G06"),
        ("group", "G30"),
        ("next", "dom"),
    ]
    assert [bead.amount_pln for bead in thread.at(Stage.MONEY)] == [1234.5, None]
    tied = {(before[1], after[1]) for before, after in thread.ties}
    assert tied == {
        ("samotnosc", "autobus"),
        ("autobus", "dom"),
        ("dom", "FS01"),
        ("dom", "FS24"),
        ("dom", "G06"),
        ("dom", "dom"),  # the project and the day of its next measurement
        ("dom", "F01"),
        ("F01", "G30"),
    }


def test_a_layer_of_many_things_is_folded_and_says_how_many(frames_of):
    register = make_register()
    forms = [f"F{number:02}" for number in range(1, 13)]
    activities = [
        replace(register.activities[0], uid=form, name=form, form=form, project=None, target_groups=())
        for form in forms
    ]
    thread = fold_thread(
        trace_problem(frames_of(replace(register, activities=tuple(activities))), "liw", "samotnosc"), 5
    )
    beads = thread.at(Stage.ACTIVITY)
    assert len(beads) == 5
    assert (beads[-1].key, beads[-1].count) == ("", 8)
    ends = {(bead.stage, bead.key) for bead in thread.beads}
    assert all(end in ends for tie in thread.ties for end in tie)


def test_activities_of_one_form_are_one_bead_and_money_of_one_source_one_sum(frames_of):
    register = make_register()
    project = replace(register.projects[0], funding=(Funding("FS01", Decimal(10)), Funding("FS01", Decimal("2.5"))))
    second = Activity("drugi", "Drugi", "T03", "F01", date(2025, 7, 1), project="dom")
    changed = replace(register, projects=(project,), activities=(*register.activities, second))
    thread = trace_problem(frames_of(changed), "liw", "samotnosc")
    assert [bead.count for bead in thread.at(Stage.ACTIVITY)] == [2]
    assert [bead.amount_pln for bead in thread.at(Stage.MONEY)] == [12.5]


def test_a_strand_is_that_of_one_project_alone(frames_of):
    register = make_register()
    outside = Activity("sam", "Sam", "T03", "F15", date(2025, 7, 1), target_groups=("G05",), problems=("samotnosc",))
    other = replace(register.projects[0], uid="inny", name="Inny", causes=(), funding=(Funding("FS10"),))
    changed = replace(register, projects=(*register.projects, other), activities=(*register.activities, outside))
    frames = frames_of(changed)
    dom, alone = (trace_problem(frames, "liw", "samotnosc", only=only) for only in ("dom", ""))
    assert [bead.key for bead in dom.at(Stage.MONEY)] == ["FS01", "FS24"]
    assert [bead.key for bead in dom.at(Stage.ACTIVITY)] == ["F01"]
    assert [(bead.stage.value, bead.key) for bead in alone.beads[1:]] == [("activity", "F15"), ("group", "G05")]

"""What a partnership could do next: every fault that was planted is found, none is invented, and days are counted."""

from dataclasses import replace
from datetime import date, timedelta

from dashboard.texts import texts
from etl.store.engine import Store
from etl.store.reading import RegisterFrames, read_register_frames, resolve_scope
from etl.store.register_writing import write_register
from etl.store.scope import Actor
from surveys.analysis.health import NextStep, Step, find_next_steps, needs_call
from surveys.model import (
    Activity,
    Diagnosis,
    Membership,
    Partner,
    Partnership,
    Problem,
    Project,
    Register,
    Rules,
    Territory,
)

TODAY = date(2026, 6, 1)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def a_member(uid: str, sector: str, *roles: str) -> Partner:
    return Partner(uid, f"Partner {uid}", "K201", sector, Membership("active", ago(200), roles=roles))


HEALTHY = Register(
    Partnership("liw", "Liw", (Territory("1433042"),), ago(900), rules=Rules("1", ago(400))),
    (
        a_member("urzad", "public", "coordination", "coordinator"),
        a_member("klub", "civic", "coordination"),
        a_member("sklep", "business"),
    ),
    (Diagnosis("d", "Diagnoza", ago(300), ago(200)),),
    (Problem("p", "Problem", "P501", "T04", "confirmed", identified_on=ago(200)),),
    (Project("x", "Projekt", "completed", ends_on=ago(10), finance_lead="urzad", result="Udało się."),),
    (
        Activity("s", "Spotkanie", "T11", "F27", ago(30), partners=("urzad", "klub")),
        Activity("f", "Festyn", "T03", "F01", ago(60), partners=("urzad", "sklep"), problems=("p",)),
    ),
)


def frames_of(store: Store, register: Register, entered_on: date) -> RegisterFrames:
    load(store, register, "liw")
    return read_frames(store, entered_on)


def load(store: Store, register: Register, slug: str) -> None:
    with store.write() as connection:
        write_register(connection, replace(register, partnership=replace(register.partnership, slug=slug)), None)


def read_frames(store: Store, entered_on: date) -> RegisterFrames:
    with store.read() as connection:
        frames = read_register_frames(connection, resolve_scope(connection, Actor.at_machine(), sample=False))
    partnerships = frames.partnerships.assign(changed_at=f"{entered_on.isoformat()}T12:00:00Z")
    return replace(frames, partnerships=partnerships)


def test_nothing_is_said_of_a_partnership_that_is_well(sqlite_store: Store) -> None:
    assert find_next_steps(frames_of(sqlite_store, HEALTHY, ago(5)), TODAY) == {"liw": ()}


def change(**parts: object) -> Register:
    return replace(HEALTHY, **parts)


PARTNERS = HEALTHY.partners
MEETING, FESTIVAL = HEALTHY.activities
(PROJECT,) = HEALTHY.projects
(PROBLEM,) = HEALTHY.problems
UNDATED = replace(PARTNERS[2], membership=Membership("active"))
OLD = replace(PARTNERS[2], membership=Membership("active", ago(5 * 366)))
LEFT = replace(PARTNERS[2], membership=Membership("withdrawn"))
WAITING = replace(PARTNERS[2], membership=Membership("candidate"))
ONE_TEAM = (PARTNERS[0], replace(PARTNERS[1], membership=Membership("active", ago(9))), PARTNERS[2])
OLD_PROBLEM = replace(PROBLEM, identified_on=ago(800))
LONG_AGO = replace(FESTIVAL, starts_on=ago(790))

PLANTED: dict[Step, tuple[Register, tuple[str, ...]]] = {
    Step.NO_PARTNERS: (Register(HEALTHY.partnership, activities=(replace(MEETING, partners=()),)), ()),
    Step.NO_MEETING: (change(activities=(replace(MEETING, starts_on=ago(184)), FESTIVAL)), ()),
    Step.NO_COORDINATION: (change(partners=(replace(PARTNERS[0], membership=Membership("active", ago(9))),)), ()),
    Step.PROJECT_PAST_END: (change(projects=(replace(PROJECT, status="in_progress"),)), ("x",)),
    Step.PROJECT_WITHOUT_LEAD: (change(projects=(replace(PROJECT, finance_lead=None),)), ("x",)),
    Step.PROJECT_WITHOUT_RESULT: (change(projects=(replace(PROJECT, result=" "),)), ("x",)),
    Step.ONE_SECTOR_COORDINATION: (change(partners=ONE_TEAM), ()),
    Step.DECLARATION_UNDATED: (change(partners=(*PARTNERS[:2], UNDATED)), ("sklep",)),
    Step.CANDIDATE_WAITING: (change(partners=(*PARTNERS[:2], WAITING)), ("sklep",)),
    Step.RULES_MISSING: (change(partnership=replace(HEALTHY.partnership, rules=None)), ()),
    Step.RULES_UNDATED: (change(partnership=replace(HEALTHY.partnership, rules=Rules("1"))), ()),
    Step.RULES_OLD: (change(partnership=replace(HEALTHY.partnership, rules=Rules("1", ago(5 * 366)))), ()),
    Step.ACTIVITY_WITHOUT_PARTNERS: (change(activities=(MEETING, replace(FESTIVAL, partners=()))), ("f",)),
    Step.PROBLEM_WITHOUT_REVIEW: (change(problems=(OLD_PROBLEM,), activities=(MEETING, LONG_AGO)), ("p",)),
    Step.PROBLEM_UNDATED: (change(problems=(replace(PROBLEM, identified_on=None),)), ("p",)),
    Step.DIAGNOSIS_OLD: (change(diagnoses=(Diagnosis("d", "Diagnoza", ago(1600), ago(1500)),)), ()),
    Step.PARTNER_WITHOUT_SECTOR: (change(partners=(*PARTNERS[:2], replace(PARTNERS[2], sector=""))), ("sklep",)),
    Step.NO_TERRITORY: (change(partnership=replace(HEALTHY.partnership, territory=())), ()),
    Step.DECLARATION_OLD: (change(partners=(*PARTNERS[:2], OLD)), ("sklep",)),
}


def test_every_step_is_planted() -> None:
    assert set(PLANTED) | {Step.DATA_OLD} == set(Step)


def test_what_was_planted_is_found_and_nothing_else(sqlite_store: Store) -> None:
    for step, (register, _) in PLANTED.items():
        load(sqlite_store, keep_partners(register), step.value.replace("_", "-"))
    found = find_next_steps(read_frames(sqlite_store, ago(5)), TODAY)
    for step, (_, uids) in PLANTED.items():
        steps = {one.step: one for one in found[step.value.replace("_", "-")]}
        further = {Step.ACTIVITY_WITHOUT_PARTNERS, Step.DIAGNOSIS_OLD} if step is Step.NO_PARTNERS else set()
        assert steps.keys() == {step} | further
        assert steps[step].uids == uids


def keep_partners(register: Register) -> Register:
    known = {one.uid for one in register.partners}
    kept = tuple(replace(one, partners=tuple(p for p in one.partners if p in known)) for one in register.activities)
    return replace(register, activities=kept)


def test_data_nobody_touched_for_a_year(sqlite_store: Store) -> None:
    found = find_next_steps(frames_of(sqlite_store, HEALTHY, ago(366)), TODAY)["liw"]
    assert found == (NextStep(Step.DATA_OLD, since=ago(366)),)
    assert needs_call(found)


def test_a_day_decides_and_a_planned_meeting_counts(sqlite_store: Store) -> None:
    frames = frames_of(sqlite_store, change(activities=(replace(MEETING, starts_on=ago(183)), FESTIVAL)), ago(5))
    assert find_next_steps(frames, TODAY)["liw"] == ()
    late = find_next_steps(frames, TODAY + timedelta(days=1))["liw"]
    assert late == (NextStep(Step.NO_MEETING, since=ago(183)),)
    planned = frames.activities[["partnership"]].assign(on=frames.activities["starts_on"].max() + timedelta(days=400))
    assert find_next_steps(frames, TODAY + timedelta(days=1), meetings=planned)["liw"] == ()


def test_a_survey_is_a_diagnosis_and_partners_who_left_are_left_alone(sqlite_store: Store) -> None:
    register = replace(PLANTED[Step.DIAGNOSIS_OLD][0], partners=(*PARTNERS[:2], LEFT))
    frames = frames_of(sqlite_store, register, ago(5))
    surveys = frames.diagnoses[["partnership"]].assign(opened_on=frames.activities["starts_on"].max())
    assert find_next_steps(frames, TODAY, surveys=surveys)["liw"] == ()


def test_every_step_says_why_and_what_to_do() -> None:
    for step in Step:
        for part in ("title", "short", "why", "what"):
            assert f"health.step.{step.value}.{part}" in texts()

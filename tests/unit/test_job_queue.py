"""The queue of jobs: one owner, one worker at a time, and nothing lost when a worker dies."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from etl.importing import ColumnInspection, ImportResult, Inspection, SheetInspection
from etl.jobs import queue
from etl.jobs.queue import JobKind, Status
from surveys.findings import Finding, Place, Report
from surveys.model import QuestionType

NOW = datetime(2026, 11, 22, 19, 0, tzinfo=UTC)
LATER = NOW + queue.LEASE + timedelta(seconds=1)

REPORT = Report((Finding("JOB-GIVEN-UP", Place("ankieta.csv", "Arkusz1", 7, "B"), {"attempts": 3}),))
INSPECTION = Inspection(
    source="google_forms",
    score=1,
    reasons=("because",),
    sheets=(
        SheetInspection(
            name="Odpowiedzi",
            kind="answers",
            header_row=1,
            rows=2,
            columns=(
                ColumnInspection(
                    (1, 2), "Płeć", "question", QuestionType.SINGLE, ("K", "M"), facts={"share": 3, "of": "x"}
                ),
                ColumnInspection((0,), "Sygnatura czasowa", "metadata"),
            ),
        ),
    ),
    report=REPORT,
)
RESULT = ImportResult("b1", "partnership_workbook", 5, 4, 1, 0, REPORT, changes={"partner": (1, 2, 3)})


def ask(store, *, owner="account:anna", kind=JobKind.INSPECT, **payload):
    return queue.enqueue(store, owner, kind, payload or {"upload": "u1"}, now=NOW)


def state(store, uid, owner="account:anna"):
    return queue.state_of(store, owner, uid)


def test_a_job_waits_runs_and_ends(store):
    uid = ask(store)
    assert state(store, uid).state is Status.QUEUED

    claimed = queue.claim(store, "worker-1", NOW)
    assert (claimed.uid, claimed.kind, claimed.owner, claimed.payload) == (
        uid,
        "inspect",
        "account:anna",
        {"upload": "u1"},
    )
    assert queue.renew(store, claimed, "read", 0.25, now=NOW) == queue.Renewal(held=True, cancel_requested=False)
    running = state(store, uid)
    assert (running.state, running.stage, running.progress) == (Status.RUNNING, "read", 0.25)

    assert queue.finish(store, claimed, INSPECTION, now=NOW)
    done = state(store, uid)
    assert (done.state, done.progress, done.ended) == (Status.DONE, 1.0, True)
    assert queue.claim(store, "worker-1", LATER) is None


@pytest.mark.parametrize("outcome", [INSPECTION, RESULT, REPORT], ids=["inspection", "import", "report"])
def test_an_outcome_comes_back_as_it_was(sqlite_store, outcome):
    uid = ask(sqlite_store)
    queue.finish(sqlite_store, queue.claim(sqlite_store, "w", NOW), outcome, now=NOW)
    done = state(sqlite_store, uid)
    assert outcome in (done.inspection, done.import_result, done.report)
    assert done.report == REPORT
    assert done.report.findings[0].facts == {"attempts": 3}


def test_jobs_run_in_the_order_they_were_asked_for(store):
    first, second = ask(store, upload="a"), ask(store, upload="b")
    assert [queue.claim(store, "w", NOW).uid for _ in range(2)] == [first, second]


def test_only_the_owner_sees_and_cancels_a_job(store):
    uid = ask(store, owner="account:anna")
    for other in ("account:jan", "visitor:", "account:ann", ""):
        assert state(store, uid, other) is None
        assert not queue.request_cancel(store, other, uid)
        assert queue.list_states(store, other) == []
    assert state(store, uid).state is Status.QUEUED
    assert [job.uid for job in queue.list_states(store, "account:anna")] == [uid]


def test_jobs_are_found_by_what_they_are_about_however_many_came_after(store):
    looked, tried = ask(store, upload="u1"), ask(store, kind=JobKind.PREVIEW, upload="u1", decisions={})
    undone = ask(store, kind=JobKind.UNDO, batch="b1")
    for number in range(30):
        ask(store, upload=f"other-{number}")
        ask(store, owner="account:jan", upload="u1")
    assert [job.uid for job in queue.list_states(store, "account:anna", subject="u1")] == [tried, looked]
    assert [job.uid for job in queue.list_states(store, "account:anna", kind=JobKind.UNDO)] == [undone]


def test_a_second_click_is_the_same_job_until_it_ended(store):
    uid = ask(store, upload="a")
    assert ask(store, upload="a") == uid
    assert ask(store, upload="b") != uid
    assert ask(store, owner="account:jan", upload="a") != uid
    queue.fail(store, queue.claim(store, "w", NOW), REPORT, now=NOW)
    assert ask(store, upload="a") != uid


def test_many_workers_never_take_one_job_twice(store):
    uids = {ask(store, upload=str(number)) for number in range(20)}

    def take_all(name):
        taken = []
        while (claimed := queue.claim(store, name, NOW)) is not None:
            taken.append(claimed.uid)
        return taken

    with ThreadPoolExecutor(4) as pool:
        taken = [uid for part in pool.map(take_all, ["w1", "w2", "w3", "w4"]) for uid in part]
    assert len(taken) == 20
    assert set(taken) == uids


def test_a_lease_that_ran_out_gives_the_job_to_another_worker(store):
    ask(store)
    lost = queue.claim(store, "w1", NOW)
    assert queue.claim(store, "w2", NOW) is None
    found = queue.claim(store, "w2", LATER)
    assert found.uid == lost.uid
    # The first worker wakes up again: it changes nothing.
    assert not queue.renew(store, lost, "load", 0.9, now=LATER).held
    assert not queue.finish(store, lost, RESULT, now=LATER)
    assert not queue.fail(store, lost, REPORT, now=LATER)
    assert not queue.give_back(store, lost)
    assert queue.finish(store, found, RESULT, now=LATER)


def test_a_renewed_lease_does_not_run_out(store):
    ask(store)
    claimed = queue.claim(store, "w1", NOW)
    queue.renew(store, claimed, "load", 0.5, now=LATER)
    assert queue.claim(store, "w2", LATER) is None


def test_a_clock_put_back_a_day_does_not_hold_a_dead_workers_job(store):
    uid = ask(store)
    queue.claim(store, "w1", NOW)
    assert queue.claim(store, "w2", NOW - timedelta(days=1)).uid == uid


def test_a_job_that_kills_its_worker_three_times_is_given_up(store):
    uid = ask(store)
    moment = NOW
    for attempt in range(queue.MOST_ATTEMPTS):
        assert queue.claim(store, f"w{attempt}", moment).uid == uid
        moment += queue.LEASE + timedelta(seconds=1)
    assert queue.claim(store, "w9", moment) is None
    given_up = state(store, uid)
    assert given_up.state is Status.FAILED
    assert [finding.code for finding in given_up.report] == ["JOB-GIVEN-UP"]
    assert "3" in given_up.report.findings[0].message("pl")


def test_a_job_given_back_waits_again_and_the_attempt_does_not_count(store):
    uid = ask(store)
    for attempt in range(queue.MOST_ATTEMPTS + 2):
        claimed = queue.claim(store, f"w{attempt}", NOW)
        assert claimed.uid == uid
        assert queue.give_back(store, claimed)
    assert state(store, uid).state is Status.QUEUED


def test_cancelling_a_waiting_job_ends_it(store):
    uid = ask(store)
    assert queue.request_cancel(store, "account:anna", uid, now=NOW)
    assert state(store, uid).state is Status.CANCELLED
    assert queue.claim(store, "w", NOW) is None
    assert not queue.request_cancel(store, "account:anna", uid, now=NOW)


def test_cancelling_a_running_job_asks_its_worker(store):
    uid = ask(store)
    claimed = queue.claim(store, "w", NOW)
    assert queue.request_cancel(store, "account:anna", uid, now=NOW)
    assert state(store, uid).state is Status.RUNNING
    assert state(store, uid).cancel_requested
    assert queue.renew(store, claimed, "map", 0.4, now=NOW).cancel_requested
    assert ask(store) != uid  # asking again means a new job, not the one that is being stopped
    assert queue.confirm_cancel(store, claimed, now=NOW)
    assert state(store, uid).state is Status.CANCELLED


def test_a_cancelled_job_whose_worker_died_does_not_run_again(store):
    uid = ask(store)
    queue.claim(store, "w", NOW)
    queue.request_cancel(store, "account:anna", uid, now=NOW)
    assert queue.claim(store, "w2", LATER) is None
    assert state(store, uid).state is Status.CANCELLED


def test_jobs_that_ended_a_day_ago_are_forgotten(store):
    old, waiting = ask(store, upload="a"), ask(store, upload="b")
    queue.finish(store, queue.claim(store, "w", NOW), RESULT, now=NOW)
    assert queue.purge_ended_jobs(store, now=NOW + queue.KEPT_AFTER_END) == 0
    assert queue.purge_ended_jobs(store, now=NOW + queue.KEPT_AFTER_END + timedelta(seconds=1)) == 1
    assert state(store, old) is None
    assert state(store, waiting) is not None


def test_looking_for_work_changes_no_figure(store):
    before = store.data_revision()
    ask(store)
    queue.finish(store, queue.claim(store, "w", NOW), replace(RESULT, batch=None), now=NOW)
    assert store.data_revision() == before

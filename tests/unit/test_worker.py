"""One worker in this process: every way in which a job can end."""

import logging
import threading
from datetime import UTC, datetime

import pytest
from sqlalchemy.exc import OperationalError

from etl.importing import ImportResult, Incoming
from etl.jobs import holding, queue, requests
from etl.jobs.queue import JobKind, Status
from etl.jobs.worker import Worker
from etl.store import uploads
from etl.store.scope import Actor, ForbiddenError
from surveys.findings import FaultError, Finding, Report

NOW = datetime(2026, 11, 22, 19, 0, tzinfo=UTC)
ANNA = Actor(name="anna", user_id=1)
SECRET = "odpowiedź której nikt nie może zobaczyć"


def loaded(batch="b1"):
    return ImportResult(batch, "google_forms", 2, 2, 0, 4, Report())


def run_one(store, run, kind=JobKind.IMPORT):
    uid = queue.enqueue(store, ANNA.owner_key, kind, {"upload": "u1"})
    assert Worker(store, run=run).run_next()
    return requests.find_job(store, ANNA, uid)


def test_a_job_that_succeeds_is_done(store):
    def run(_store, claimed, report, _clock):
        report("load", 0.5)
        return loaded(batch=claimed.payload["upload"])

    done = run_one(store, run)
    assert done.state is Status.DONE
    assert done.import_result.batch == "u1"


def test_nothing_to_do_is_not_an_error(store):
    assert not Worker(store, run=lambda *_: loaded()).run_next()


def test_findings_end_the_job_as_failed(sqlite_store):
    def run(*_):
        raise FaultError(Report((Finding("UPLOAD-GONE"),)))

    failed = run_one(sqlite_store, run)
    assert failed.state is Status.FAILED
    assert [finding.code for finding in failed.report] == ["UPLOAD-GONE"]


def test_what_is_forbidden_is_said_without_details(sqlite_store):
    def run(*_):
        raise ForbiddenError("import is not allowed here")

    assert [finding.code for finding in run_one(sqlite_store, run).report] == ["NOT-ALLOWED"]


def test_an_unforeseen_fault_gets_a_number_and_leaks_nothing(sqlite_store, caplog):
    def run(*_):
        try:
            int(SECRET)
        except ValueError as error:
            raise KeyError(SECRET) from error

    with caplog.at_level(logging.DEBUG):
        failed = run_one(sqlite_store, run)
    assert failed.state is Status.FAILED
    [finding] = failed.report
    assert finding.code == "INTERNAL-FAULT"
    assert finding.facts["fault"] in caplog.text
    assert "builtins.KeyError at" in caplog.text
    assert "because of builtins.ValueError" in caplog.text
    assert SECRET not in caplog.text
    assert SECRET not in str(failed)


def test_a_full_disk_is_a_sentence_of_its_own(sqlite_store):
    with sqlite_store.write() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()

    def run(store, *_):
        with store.write() as connection:
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
            try:
                connection.exec_driver_sql("CREATE TABLE big AS SELECT randomblob(10000000) AS x")
            finally:
                connection.exec_driver_sql("PRAGMA max_page_count = 4294967294")

    assert [finding.code for finding in run_one(sqlite_store, run).report] == ["STORE-FULL"]


def test_a_lock_that_may_pass_gives_the_job_another_try(sqlite_url, sqlite_store):
    def run(store, *_):
        with store.write() as first:
            first.exec_driver_sql("PRAGMA busy_timeout = 0")
            with store.write() as second:
                pytest.fail(f"two writers at once: {second}")

    from sqlalchemy import event

    # The writer's patience is 30 s; a test has none.
    event.listen(sqlite_store._writer, "checkout", lambda raw, *_: raw.execute("PRAGMA busy_timeout = 0"))
    uid = queue.enqueue(sqlite_store, ANNA.owner_key, JobKind.IMPORT, {"upload": "u1"})
    with pytest.raises(OperationalError):
        Worker(sqlite_store, run=run).run_next()
    assert requests.find_job(sqlite_store, ANNA, uid).state is Status.QUEUED
    assert Worker(sqlite_store, run=lambda *_: loaded()).run_next()
    assert requests.find_job(sqlite_store, ANNA, uid).state is Status.DONE


def test_a_job_is_cancelled_between_two_steps(store):
    reached = []

    def run(_store, claimed, report, _clock):
        report("read", 0.1)
        requests.cancel_job(store, ANNA, claimed.uid)
        while True:  # the keeper's thread notices; nothing sleeps here
            report("map", 0.2)
            reached.append("map")

    cancelled = run_one(store, run)
    assert cancelled.state is Status.CANCELLED
    assert cancelled.result is None
    assert reached


def test_a_worker_told_to_stop_puts_its_job_back(store):
    workers = []

    def run(_store, _claimed, report, _clock):
        report("read", 0.1)
        workers[0].stop()
        report("map", 0.2)
        return loaded()

    uid = queue.enqueue(store, ANNA.owner_key, JobKind.IMPORT, {"upload": "u1"})
    workers.append(Worker(store, run=run))
    workers[0].work()
    assert requests.find_job(store, ANNA, uid).state is Status.QUEUED
    assert Worker(store, run=lambda *_: loaded()).run_next()
    assert requests.find_job(store, ANNA, uid).state is Status.DONE


def test_a_worker_whose_lease_was_taken_leaves_the_job_to_the_other(store):
    later = NOW + 2 * queue.LEASE

    def run(_store, claimed, report, _clock):
        assert queue.claim(store, "another", later).uid == claimed.uid
        while True:
            report("load", 0.5)

    uid = queue.enqueue(store, ANNA.owner_key, JobKind.IMPORT, {"upload": "u1"}, now=NOW)
    assert Worker(store, run=run, clock=lambda: NOW).run_next()
    assert requests.find_job(store, ANNA, uid).state is Status.RUNNING


def test_progress_is_written_while_the_job_holds_the_writers_lock(sqlite_store):
    """On SQLite nobody can write while the job loads: the job must not wait for its own progress."""

    def run(store, _claimed, report, _clock):
        with store.write() as connection:
            connection.exec_driver_sql("UPDATE revision SET number = number")
            for step in range(1000):
                report("load", step / 1000)
        return loaded()

    assert run_one(sqlite_store, run).state is Status.DONE


def test_a_job_that_never_ends_ends_its_worker(sqlite_store, monkeypatch):
    monkeypatch.setattr(holding, "LONGEST_RUN_SECONDS", 0)
    queue.enqueue(sqlite_store, ANNA.owner_key, JobKind.IMPORT, {"upload": "u1"})
    claimed = queue.claim(sqlite_store, "w", NOW)
    gone = threading.Event()
    with holding.Holding(sqlite_store, claimed, lambda: NOW, threading.Event(), give_up=gone.set):
        assert gone.wait(10)


def test_a_loaded_file_is_not_kept_and_a_previewed_one_is(sqlite_store):
    for kind, outcome, kept in (
        (JobKind.PREVIEW, loaded(batch=None), True),
        (JobKind.IMPORT, loaded(batch=None), True),  # faults stopped it: the person may decide otherwise
        (JobKind.IMPORT, loaded(), False),
    ):
        uid = requests.keep_upload(sqlite_store, ANNA, Incoming("a.csv", b"a"))
        queue.enqueue(sqlite_store, ANNA.owner_key, kind, {"upload": uid})
        assert Worker(sqlite_store, run=lambda *_, outcome=outcome: outcome).run_next()
        assert (uploads.read_upload(sqlite_store, ANNA.owner_key, uid) is not None) is kept


def test_a_worker_that_follows_a_dead_one_takes_over_its_job_at_once(store):
    uid = queue.enqueue(store, ANNA.owner_key, JobKind.IMPORT, {"upload": "u1"})
    queue.claim(store, "beside-the-server", NOW)

    def run(*_):
        worker.stop()
        return loaded()

    worker = Worker(store, run=run, clock=lambda: NOW, name="beside-the-server")
    worker.work()
    assert requests.find_job(store, ANNA, uid).state is Status.DONE


def test_a_database_that_does_not_answer_is_asked_again(sqlite_store, monkeypatch):
    answers = iter([OperationalError("select", {}, Exception(SECRET)), None])
    worker = Worker(sqlite_store, run=lambda *_: loaded())

    def claim(*_):
        answer = next(answers)
        if answer is not None:
            raise answer
        worker.stop()

    monkeypatch.setattr(queue, "claim", claim)
    worker.work()
    assert next(answers, "both were asked") == "both were asked"

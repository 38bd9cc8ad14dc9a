"""Workers as processes: killed, told to stop, orphaned, restarted; a job is lost by none of it and runs once."""

import os
import signal
import subprocess
import sys
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from etl.importing import ImportResult
from etl.jobs import queue
from etl.jobs.queue import JobKind, Status
from etl.jobs.supervisor import WorkerSupervisor, worker_environment
from etl.jobs.worker import Worker
from etl.store.engine import open_store
from etl.store.moments import utc_now
from etl.store.schema_operations import audit
from surveys.findings import Report
from tests.stepping import SteppingWorker
from tests.waiting import wait_until

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")

OWNER = "account:anna"


@pytest.fixture
def start_worker(store_url):
    started = []

    def start():
        started.append(SteppingWorker(store_url))
        return started[-1]

    yield start
    for worker in started:
        worker.close()


def ask(store):
    return queue.enqueue(store, OWNER, JobKind.IMPORT, {"upload": "u1"})


def count_loads(store):
    with store.read() as connection:
        return connection.execute(select(func.count()).select_from(audit)).scalar()


def finish_by_another(store):
    """Another worker, a while later, when the first one's lease has run out."""
    finished = []

    def run(store, claimed, _report, _clock):
        finished.append(claimed.uid)
        return ImportResult("b1", "google_forms", 1, 1, 0, 1, Report())

    Worker(store, run=run, clock=lambda: utc_now() + queue.LEASE + timedelta(seconds=5)).run_next()
    return finished


@pytest.mark.parametrize("killed_at", ["read", "load"])
def test_a_killed_worker_leaves_nothing_behind_and_the_job_runs_again(store, start_worker, killed_at):
    uid = ask(store)
    worker = start_worker()
    worker.wait_for("read")
    if killed_at == "load":
        worker.go()
        worker.wait_for("load")  # in the middle of its transaction
    worker.process.send_signal(signal.SIGKILL)
    worker.process.wait()

    assert count_loads(store) == 0
    assert queue.state_of(store, OWNER, uid).state is Status.RUNNING
    assert queue.claim(store, "another", utc_now()) is None  # the lease still holds
    assert finish_by_another(store) == [uid]
    assert queue.state_of(store, OWNER, uid).state is Status.DONE


@pytest.mark.parametrize("stopped_at", ["read", "load"])
def test_sigterm_puts_the_job_back_and_ends_the_worker(store, start_worker, stopped_at):
    uid = ask(store)
    worker = start_worker()
    worker.wait_for("read")
    if stopped_at == "load":
        worker.go()
        worker.wait_for("load")
    worker.process.send_signal(signal.SIGTERM)
    worker.go()
    worker.wait_for("ended")
    assert worker.process.wait() == 0
    assert count_loads(store) == 0
    assert queue.state_of(store, OWNER, uid).state is Status.QUEUED


@pytest.mark.parametrize("cancelled_at", ["read", "load"])
def test_a_cancelled_import_leaves_nothing(store, start_worker, cancelled_at):
    uid = ask(store)
    worker = start_worker()
    worker.wait_for("read")
    if cancelled_at == "load" and not store.is_sqlite:  # while SQLite loads, nobody can write a wish
        worker.go()
        worker.wait_for("load")
    assert queue.request_cancel(store, OWNER, uid)
    worker.wait_for("is to be cancelled")
    worker.go()
    worker.wait_for("is cancelled")
    assert count_loads(store) == 0
    assert queue.state_of(store, OWNER, uid).state is Status.CANCELLED


def test_two_worker_processes_never_run_one_job_twice(store, start_worker):
    uids = {queue.enqueue(store, OWNER, JobKind.IMPORT, {"upload": str(number)}) for number in range(6)}
    workers = [start_worker(), start_worker()]
    for worker in workers:
        for _ in range(3 * len(uids)):  # more than enough steps: nobody waits any longer
            worker.go()
    wait_until(lambda: all(queue.state_of(store, OWNER, uid).ended for uid in uids))
    assert {queue.state_of(store, OWNER, uid).state for uid in uids} == {Status.DONE}
    assert count_loads(store) == len(uids)


def test_the_real_worker_fails_a_job_whose_owner_has_no_account(sqlite_url, sqlite_store):
    uid = queue.enqueue(sqlite_store, "account:nobody", JobKind.INSPECT, {"upload": "u1"})
    supervisor = WorkerSupervisor(environment={**os.environ, "DIAGNOZA_DATABASE_URL": sqlite_url})
    supervisor.start()
    wait_until(lambda: queue.state_of(sqlite_store, "account:nobody", uid).ended)
    supervisor.stop()
    assert [finding.code for finding in queue.state_of(sqlite_store, "account:nobody", uid).report] == ["NOT-ALLOWED"]
    assert supervisor.pid is None


def test_a_dead_worker_is_started_again_and_stopped_with_the_server(tmp_path):
    log = tmp_path / "log"
    os.mkfifo(log)
    # Each start writes one line and waits for the end of its standard input, as the worker does.
    script = f"open({str(log)!r}, 'w').write('started'); import sys; sys.stdin.read()"
    supervisor = WorkerSupervisor([sys.executable, "-c", script], first_delay=0.01)
    supervisor.start()
    supervisor.start()  # no second one
    assert log.read_text() == "started"
    first = supervisor.pid
    os.kill(first, signal.SIGKILL)
    assert log.read_text() == "started"
    assert supervisor.pid not in {None, first}
    supervisor.stop()
    assert supervisor.pid is None
    supervisor.stop()  # nothing left to stop


def test_a_worker_ends_when_its_server_was_killed(sqlite_url):
    # A parent that starts the supervised worker, says its number and is killed.
    script = (
        "import sys; from etl.jobs.supervisor import WorkerSupervisor;"
        "s = WorkerSupervisor(); s.start(); print(s.pid, flush=True); sys.stdin.read()"
    )
    environment = worker_environment({**os.environ, "DIAGNOZA_DATABASE_URL": sqlite_url})
    with subprocess.Popen(
        [sys.executable, "-c", script],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
    ) as parent:
        worker = int(parent.stdout.readline())
        os.kill(worker, 0)  # it is there
        parent.kill()
        # The worker holds the other end of the parent's standard error, which ends only when both are gone.
        assert parent.stderr.read() == b""


def test_a_worker_started_by_hand_ends_on_sigterm(sqlite_url):
    with subprocess.Popen(
        [sys.executable, "-m", "etl.jobs.worker"],
        stdin=subprocess.DEVNULL,
        env=worker_environment({**os.environ, "DIAGNOZA_DATABASE_URL": sqlite_url}),
    ) as process:
        store = open_store(sqlite_url)
        uid = queue.enqueue(store, "account:nobody", JobKind.INSPECT, {"upload": "u1"})
        wait_until(lambda: queue.state_of(store, "account:nobody", uid).ended)
        store.close()
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0

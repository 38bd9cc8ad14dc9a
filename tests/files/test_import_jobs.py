"""Real files through real jobs: rights, kinds, and a worker that is killed at any step of an import."""

import random
import signal
import sys
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from etl.importing import Decisions, Incoming
from etl.jobs import queue, requests
from etl.jobs.kinds import run_kind
from etl.jobs.queue import Status
from etl.jobs.worker import Worker
from etl.store import uploads
from etl.store.accounts import NewAccount, create_account, set_account_state
from etl.store.batches import list_batches
from etl.store.grants import grant_role
from etl.store.moments import utc_now
from etl.store.owners import find_owner
from etl.store.register_writing import write_register
from etl.store.schema import METADATA
from etl.store.scope import Actor, Grant, Role
from surveys.model import Partnership, Register
from tests.stepping import SteppingWorker

MACHINE = Actor.at_machine()
DECISIONS = Decisions(partnership="liw", wave="Diagnoza 2026")
# Tables that have nothing to do with what an import loads.
BESIDE = {"job", "upload", "audit", "user_account", "role_grant", "revision", "alembic_version"}


def make_answers(people=60, seed="liw"):
    """A Google Forms export as people download it."""
    chance = random.Random(seed)  # noqa: S311 # invented answers need no secret chance
    lines = ["Sygnatura czasowa,Płeć,Wiek,Czego brakuje?,Jak oceniasz okolicę?"]
    for number in range(people):
        sex = chance.choice(["Kobieta", "Mężczyzna"])
        age = chance.choice(["18–24", "25–34", "65+"])
        lack = ", ".join(chance.sample(["Świetlica", "Chodniki", "Autobus"], k=chance.randint(1, 3)))
        lines.append(f'2026/05/{number % 28 + 1:02} 1:02:03 PM CET,{sex},{age},"{lack}",{chance.randint(1, 5)}')
    return Incoming("Diagnoza Liw.csv", ("\n".join(lines) + "\n").encode())


@pytest.fixture
def anna(store):
    """The coordinator of Liw, a real partnership."""
    with store.write() as connection:
        write_register(connection, Register(Partnership("liw", "Partnerstwo Liw")), None)
        write_register(connection, Register(Partnership("rozan", "Partnerstwo Różan")), None)
    return make_account(store, "anna", Grant(Role.COORDINATOR, "liw"))


def make_account(store, name, *grants):
    password = "długie hasło 2026"
    create_account(store, MACHINE, NewAccount(name, name, password, password), now=utc_now())
    for grant in grants:
        grant_role(store, MACHINE, name=name, grant=grant, now=utc_now())
    return find_owner(store, f"account:{name}", utc_now())


def run_jobs(store, *, later=False):
    clock = (lambda: utc_now() + queue.LEASE + timedelta(seconds=5)) if later else utc_now
    worker = Worker(store, run=run_kind, clock=clock)
    while worker.run_next():
        pass


def ask_import(store, actor, decisions=DECISIONS):
    return requests.request_import(store, actor, requests.keep_upload(store, actor, make_answers()), decisions)


def codes(job):
    return [finding.code for finding in job.report]


def count_rows(store):
    with store.read() as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar()
            for table in METADATA.sorted_tables
            if table.name not in BESIDE
        }


def list_loaded(store):
    with store.read() as connection:
        return [batch for batch in list_batches(connection, MACHINE) if batch.undone_at is None]


def test_a_file_is_inspected_previewed_loaded_and_undone(store, anna):
    before = count_rows(store)
    upload = requests.keep_upload(store, anna, make_answers())

    inspected = requests.request_inspection(store, anna, upload)
    previewed = requests.request_preview(store, anna, upload, DECISIONS)
    run_jobs(store)
    assert requests.find_job(store, anna, inspected).inspection.source == "google_forms"
    preview = requests.find_job(store, anna, previewed).import_result
    assert (preview.batch, preview.rows_stored) == (None, 60)
    assert count_rows(store) == before

    imported = requests.request_import(store, anna, upload, DECISIONS)
    run_jobs(store)
    result = requests.find_job(store, anna, imported).import_result
    assert (result.rows_read, result.rows_stored, result.already_loaded) == (60, 60, False)
    assert [batch.uid for batch in list_loaded(store)] == [result.batch]
    assert uploads.read_upload(store, anna.owner_key, upload) is None

    undone = requests.request_undo(store, anna, result.batch)
    run_jobs(store)
    assert codes(requests.find_job(store, anna, undone)) == ["UNDO-DONE"]
    assert list_loaded(store) == []


def test_the_same_file_twice_is_one_import(store, anna):
    first = ask_import(store, anna)
    run_jobs(store)
    again = ask_import(store, anna)
    assert again != first
    run_jobs(store)
    one, other = (requests.find_job(store, anna, uid).import_result for uid in (first, again))
    assert (one.batch, one.already_loaded) == (other.batch, False)
    assert other.already_loaded
    assert len(list_loaded(store)) == 1


def test_nobody_imports_where_they_have_no_right(store, anna):
    jan = make_account(store, "jan", Grant(Role.COORDINATOR, "rozan"))
    for actor in (jan, make_account(store, "ewa"), Actor.anonymous("gość")):
        job = ask_import(store, actor)
        run_jobs(store)
        assert codes(requests.find_job(store, actor, job)) == ["NOT-ALLOWED"]
    assert list_loaded(store) == []


def test_a_partnership_that_is_not_there_looks_like_one_that_is_forbidden(store, anna):
    job = ask_import(store, anna, replace(DECISIONS, partnership="nie-ma-takiego"))
    run_jobs(store)
    assert codes(requests.find_job(store, anna, job)) == ["NOT-ALLOWED"]


def test_rights_are_those_of_the_moment_a_job_runs(store, anna):
    job = ask_import(store, anna)
    set_account_state(store, MACHINE, name="anna", active=False, now=utc_now())
    run_jobs(store)
    assert codes(requests.find_job(store, anna, job)) == ["NOT-ALLOWED"]
    assert list_loaded(store) == []


def test_nobody_uses_somebody_elses_file_or_batch(store, anna):
    jan = make_account(store, "jan", Grant(Role.COORDINATOR, "rozan"))
    upload = requests.keep_upload(store, anna, make_answers())
    ask_import(store, anna)
    stolen = requests.request_inspection(store, jan, upload)
    run_jobs(store)
    assert codes(requests.find_job(store, jan, stolen)) == ["UPLOAD-GONE"]
    [batch] = list_loaded(store)
    undo = requests.request_undo(store, jan, batch.uid)
    run_jobs(store)
    assert codes(requests.find_job(store, jan, undo)) == ["NOT-ALLOWED"]
    assert [each.uid for each in list_loaded(store)] == [batch.uid]


def test_a_file_that_is_no_table_gets_its_sentence(store, anna):
    upload = requests.keep_upload(store, anna, Incoming("umowa.pdf", b"%PDF-1.7 ..."))
    job = requests.request_inspection(store, anna, upload)
    run_jobs(store)
    failed = requests.find_job(store, anna, job)
    assert failed.state is Status.FAILED
    assert codes(failed) == ["FILE-IS-PDF"]


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_two_people_who_import_one_file_at_once_make_one_import(store, store_url, anna):
    ola = make_account(store, "ola", Grant(Role.COORDINATOR, "liw"))
    jobs = {actor: ask_import(store, actor) for actor in (anna, ola)}
    workers = [SteppingWorker(store_url, real=True) for _ in jobs]
    try:
        for worker in workers:  # both have read, looked whether it is there already, and are about to store
            while "storing" not in worker.wait_for("step "):
                worker.go()
        for worker in workers:
            for _ in range(20):  # more steps than there are: nobody waits any longer
                worker.go()
        for worker in workers:
            worker.wait_for("is done")
    finally:
        for worker in workers:
            worker.close()
    [batch] = list_loaded(store)
    results = [requests.find_job(store, actor, job).import_result for actor, job in jobs.items()]
    assert [result.batch for result in results] == [batch.uid, batch.uid]
    assert sorted(result.already_loaded for result in results) == [False, True]


def break_off_at(store_url, step, break_off):
    """Start a worker, let it come to a step of its import and break it off there; ``None`` when it has fewer steps."""
    worker = SteppingWorker(store_url, real=True)
    try:
        for number in range(1, step + 1):
            line = worker.wait_for(f"step {number} ", "is done")
            if "is done" in line:
                return None
            if number < step:
                worker.go()
        break_off(worker)
        return line.split()[-1]
    finally:
        worker.close()


def kill(worker):
    worker.process.send_signal(signal.SIGKILL)
    worker.process.wait()


def stop(worker):
    worker.process.send_signal(signal.SIGTERM)
    worker.go()
    worker.wait_for("ended")


def walk_through(store_url, prepare, break_off):
    """Yield after an import was broken off at its first step, at its second, and so on, until it gets through."""
    step = 1
    while True:
        prepare()
        stage = break_off_at(store_url, step, break_off)
        if stage is None:
            return
        yield stage
        step += 1


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_a_worker_killed_at_any_step_loads_the_file_once(store, store_url, anna):
    empty = count_rows(store)
    asked = []

    def prepare():
        asked.append(ask_import(store, anna))

    stages = []
    for stage in walk_through(store_url, prepare, kill):
        stages.append(stage)
        loaded = list_loaded(store)
        assert len(loaded) == (1 if stage == "done" else 0)
        if not loaded:
            assert count_rows(store) == empty
        run_jobs(store, later=True)
        job = requests.find_job(store, anna, asked[-1])
        assert job.state is Status.DONE
        [batch] = list_loaded(store)
        assert job.import_result.batch == batch.uid
        assert batch.rows_stored == 60
        requests.request_undo(store, anna, batch.uid)
        run_jobs(store)
        empty = count_rows(store)
    assert {"reading", "mapping", "storing", "done"} <= set(stages)
    assert stages.count("storing") >= 2  # before its transaction, and inside


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)  # what a worker does then is the same on both
def test_a_worker_told_to_stop_at_any_step_leaves_nothing_or_everything(store, store_url, anna):
    empty = count_rows(store)
    stages = []
    for stage in walk_through(store_url, lambda: ask_import(store, anna), stop):
        stages.append(stage)
        assert bool(list_loaded(store)) is (stage == "done")
        if stage != "done":
            assert count_rows(store) == empty
        waiting = [job for job in queue.list_states(store, anna.owner_key) if job.state is Status.QUEUED]
        assert len(waiting) == 1  # also asked again: the same job
    run_jobs(store)
    assert {"mapping", "storing", "done"} <= set(stages)
    assert len(list_loaded(store)) == 1

"""How far a file is, read out of its owner's jobs."""

from dashboard.upload_story.standing import decisions_of, find_standing, result_of
from etl.importing import Decisions, ImportResult, Inspection
from etl.jobs.encoding import to_plain
from etl.jobs.queue import JobKind, JobState, Status
from surveys.findings import Finding, Report

FILE = "a" * 32
LOADED = ImportResult("batch", "google_forms", 10, 10, 0, 50, Report())
STOPPED = ImportResult(None, "google_forms", 10, 0, 0, 0, Report((Finding("SURVEY-NO-ROWS"),)))
SEEN = Inspection("google_forms", 1.0, (), (), Report())


def job(
    kind: JobKind,
    state: Status = Status.DONE,
    result: object = None,
    *,
    at: int = 0,
    decisions: Decisions | None = None,
) -> JobState:
    payload = {"upload": FILE, "decisions": to_plain(decisions or Decisions())}
    name = {Inspection: "inspection", ImportResult: "import", Report: "report"}.get(type(result))
    plain = None if name is None else {name: to_plain(result)}
    made_at = f"2026-11-22T19:00:{at:02}Z"
    return JobState(f"{kind}{at}", kind, state, "", 0.0, payload, plain, cancel_requested=False, made_at=made_at)


def test_a_file_without_jobs_stands_nowhere():
    standing = find_standing([])
    assert (standing.running, standing.inspection, standing.decisions, standing.is_loaded) == (None, None, None, False)


def test_the_newest_of_each_kind_counts():
    newer, older = job(JobKind.PREVIEW, result=STOPPED, at=5), job(JobKind.PREVIEW, result=LOADED, at=1)
    standing = find_standing([newer, older, job(JobKind.INSPECT, result=SEEN)])
    assert standing.preview is newer
    assert result_of(standing.preview) is None
    assert standing.inspection is not None
    assert standing.inspection.inspection == SEEN


def test_what_runs_is_apart_from_what_has_ended():
    running = job(JobKind.IMPORT, Status.RUNNING, at=9)
    standing = find_standing([running, job(JobKind.PREVIEW, result=LOADED)])
    assert standing.running is running
    assert standing.load is None


def test_a_loaded_file_stays_loaded_whatever_is_tried_afterwards():
    late = job(JobKind.IMPORT, Status.FAILED, Report((Finding("UPLOAD-GONE"),)), at=9)
    standing = find_standing([late, job(JobKind.IMPORT, result=LOADED, at=1)])
    assert standing.is_loaded
    assert standing.load is late


def test_an_import_that_faults_stopped_has_not_loaded():
    for ended in (
        job(JobKind.IMPORT, result=STOPPED),
        job(JobKind.IMPORT, Status.CANCELLED),
        job(JobKind.IMPORT, Status.FAILED, Report((Finding("STORE-FULL"),))),
        job(JobKind.PREVIEW, result=LOADED),
    ):
        assert not find_standing([ended]).is_loaded


def test_decisions_are_those_sent_last():
    first, second = Decisions(wave="pierwsza"), Decisions(wave="druga")
    jobs = [job(JobKind.IMPORT, Status.CANCELLED, at=2, decisions=first), job(JobKind.PREVIEW, at=7, decisions=second)]
    assert find_standing(jobs).decisions == second
    assert decisions_of(jobs[0]) == first


def test_a_marked_copy_keeps_no_step_waiting():
    marking = job(JobKind.ANNOTATE, Status.RUNNING, at=9)
    standing = find_standing([marking, job(JobKind.PREVIEW, result=LOADED)])
    assert (standing.running, standing.marked) == (None, marking)

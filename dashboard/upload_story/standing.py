"""How far a file is on its way: out of its owner's jobs, and of nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass

from etl.importing import Decisions, ImportResult
from etl.jobs.encoding import from_plain
from etl.jobs.queue import JobKind, JobState, Status


@dataclass(frozen=True, slots=True)
class Standing:
    """The jobs of one kept file that matter now.

    Attributes:
        running: waits or runs, and keeps the next step waiting; there is one at most that a page would start.
        inspection, preview, load: the newest ended one of each kind.
        marked: the newest that makes a marked copy, ended or not; nothing waits for it.
        loaded: the import that loaded the file, whatever was tried after it.
    """

    running: JobState | None = None
    inspection: JobState | None = None
    preview: JobState | None = None
    load: JobState | None = None
    marked: JobState | None = None
    loaded: JobState | None = None

    @property
    def decisions(self) -> Decisions | None:
        """What was decided when loading or the preview was last asked for, ``None`` when neither was."""
        asked = [job for job in (self.preview, self.load) if job is not None]
        return decisions_of(max(asked, key=lambda job: job.made_at)) if asked else None

    @property
    def is_loaded(self) -> bool:
        """Whether the file is in the database."""
        return self.loaded is not None


def find_standing(jobs: Sequence[JobState]) -> Standing:
    """Return how far a file is, from its owner's jobs on it, newest first."""
    ended = [job for job in jobs if job.ended]
    return Standing(
        running=next((job for job in jobs if not job.ended and job.kind is not JobKind.ANNOTATE), None),
        inspection=_newest(ended, JobKind.INSPECT),
        preview=_newest(ended, JobKind.PREVIEW),
        load=_newest(ended, JobKind.IMPORT),
        marked=_newest(jobs, JobKind.ANNOTATE),
        loaded=next((job for job in ended if _has_loaded(job)), None),
    )


def decisions_of(job: JobState) -> Decisions:
    """Return the decisions that a preview or an import was asked for with."""
    return from_plain(Decisions, job.payload["decisions"])


def result_of(job: JobState | None) -> ImportResult | None:
    """Return the outcome of a preview or an import that went through without a stop."""
    if job is None or job.state is not Status.DONE or job.report.stops:
        return None
    return job.import_result


def _newest(jobs: Sequence[JobState], kind: JobKind) -> JobState | None:
    return next((job for job in jobs if job.kind is kind), None)


def _has_loaded(job: JobState) -> bool:
    return job.kind is JobKind.IMPORT and result_of(job) is not None

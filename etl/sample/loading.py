"""The sample data into an empty store, whole or not at all, and out of it again."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

from sqlalchemy import Connection

from etl.sample.answers import SampleWave
from etl.sample.generating import SEED, generate_sample
from etl.sample.links import open_sample_links
from etl.sample.meetings import hold_sample_meetings
from etl.sample.official import FILE_NAME, invent_official_figures
from etl.sample.projects import REFERENCE_DAY
from etl.sample.templates import load_templates
from etl.store.audit import Author
from etl.store.engine import Store
from etl.store.indicator_writing import write_indicator_batch
from etl.store.moments import Clock, utc_now
from etl.store.register_reading import has_partnerships
from etl.store.register_writing import write_register
from etl.store.sample_removal import remove_sample_partnerships
from etl.store.scope import Actor
from etl.store.survey_writing import write_survey_batch
from surveys.findings import Report
from surveys.indicators import SAMPLE

Progress = Callable[[float], None]

_AUTHOR = Actor(name="sample", machine=True)
_NOON = time(12, tzinfo=UTC)


class SampleRefusedError(RuntimeError):
    """The store is not empty: invented data never come among real ones."""


def load_sample(store: Store, progress: Progress | None = None, *, seed: str = SEED, clock: Clock = utc_now) -> None:
    """Load the sample partnerships in one transaction.

    Args:
        store: with an up-to-date schema.
        progress: told the share that is done, 0–1.
        seed: of the invented data.
        clock: tells when; the demonstration's web form is open from now on.

    Raises:
        SampleRefusedError: there is a partnership in the store already.
    """
    count = len(load_templates().partnerships)
    with store.write() as connection:
        if has_partnerships(connection):
            raise SampleRefusedError("the store is not empty")
        _write_official(connection, seed)
        for number, sample in enumerate(generate_sample(seed), 1):
            write_register(connection, sample.register, None, clock=_reference_moment)
            for wave in sample.surveys:
                _write_wave(connection, wave)
            hold_sample_meetings(connection, sample, _AUTHOR, clock(), seed)
            if number == 1:
                open_sample_links(connection, sample, _AUTHOR, clock())
            if progress is not None:
                progress(number / count)


def remove_sample(store: Store, actor: Actor, *, clock: Clock = utc_now) -> int:
    """Remove the sample data and return how many partnerships they were; real data stay.

    Raises:
        ForbiddenError: the actor neither keeps the accounts here nor is this machine's command line.
    """
    with store.write() as connection:
        return remove_sample_partnerships(connection, actor, Author(actor.name, clock()))


def _write_wave(connection: Connection, sample: SampleWave) -> None:
    """Import a survey, as if its file had come two days after it closed."""
    wave = sample.wave
    loaded_at = datetime.combine((wave.closed_on or REFERENCE_DAY) + timedelta(days=2), _NOON)
    write_survey_batch(
        connection,
        actor=_AUTHOR,
        wave=wave,
        survey=sample.survey(),
        source="google_forms",
        file_name=f"{wave.partnership}-{wave.slug}.csv",
        content_hash=hashlib.sha256(f"{wave.partnership}/{wave.slug}".encode()).hexdigest(),
        report=Report(),
        rows_read=wave.responses,
        rows_rejected=0,
        clock=lambda: loaded_at,
    )


def _write_official(connection: Connection, seed: str) -> None:
    """Import invented official figures, as if their file had come on the reference day."""
    write_indicator_batch(
        connection,
        actor=_AUTHOR,
        figures=invent_official_figures(seed),
        source=SAMPLE,
        file_name=FILE_NAME,
        content_hash=hashlib.sha256(FILE_NAME.encode()).hexdigest(),
        report=Report(),
        figures_rejected=0,
        clock=_reference_moment,
    )


def _reference_moment() -> datetime:
    return datetime.combine(REFERENCE_DAY, _NOON)

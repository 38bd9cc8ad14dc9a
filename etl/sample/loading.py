"""The sample data into an empty store, whole or not at all."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

from sqlalchemy import Connection

from etl.sample.answers import SampleWave
from etl.sample.generating import SEED, generate_sample
from etl.sample.projects import REFERENCE_DAY
from etl.sample.templates import load_templates
from etl.store.audit import Author
from etl.store.batch_rows import NewBatch, insert_batch
from etl.store.engine import Store
from etl.store.register_changes import find_partnership
from etl.store.register_reading import has_partnerships
from etl.store.register_writing import write_register
from etl.store.survey_rows import ensure_questionnaire, insert_answers, insert_responses, insert_wave, recount_wave
from surveys.findings import Report

Progress = Callable[[float], None]

_AUTHOR = "sample"
_NOON = time(12, tzinfo=UTC)


class SampleRefusedError(RuntimeError):
    """The store is not empty: invented data never come among real ones."""


def load_sample(store: Store, progress: Progress | None = None, *, seed: str = SEED) -> None:
    """Load the sample partnerships in one transaction.

    Args:
        store: with an up-to-date schema.
        progress: told the share that is done, 0–1.
        seed: of the invented data.

    Raises:
        SampleRefusedError: there is a partnership in the store already.
    """
    count = len(load_templates().partnerships)
    with store.write() as connection:
        if has_partnerships(connection):
            raise SampleRefusedError("the store is not empty")
        for number, sample in enumerate(generate_sample(seed), 1):
            write_register(connection, sample.register, None, clock=_reference_moment)
            for wave in sample.waves:
                _write_wave(connection, wave)
            if progress is not None:
                progress(number / count)


def _write_wave(connection: Connection, sample: SampleWave) -> None:
    """Write a survey as if its file had been imported two days after it closed."""
    wave = sample.wave
    partnership_id = find_partnership(connection, wave.partnership)
    if partnership_id is None or wave.closed_on is None:
        raise LookupError("a sample survey without its partnership or its last day")
    ids = ensure_questionnaire(connection, sample.questionnaire, None)
    wave_id = insert_wave(connection, partnership_id, wave, ids.id)
    batch = NewBatch(
        kind="survey",
        source="google_forms",
        file_name=f"{wave.partnership}-{wave.slug}.csv",
        content_hash=hashlib.sha256(f"{wave.partnership}/{wave.slug}".encode()).hexdigest(),
        rows_read=wave.responses,
        rows_stored=wave.responses,
        rows_rejected=0,
        answers_stored=sample.answers_count,
        wave_id=wave_id,
    )
    loaded_at = datetime.combine(wave.closed_on + timedelta(days=2), _NOON)
    by = Author(_AUTHOR, loaded_at)
    batch_id, _ = insert_batch(connection, partnership_id, batch, report=Report(), by=by)
    insert_responses(connection, wave_id, batch_id, sample.submitted_on)
    insert_answers(connection, wave_id, ids, sample.answers, sample.texts)
    recount_wave(connection, wave_id)


def _reference_moment() -> datetime:
    return datetime.combine(REFERENCE_DAY, _NOON)

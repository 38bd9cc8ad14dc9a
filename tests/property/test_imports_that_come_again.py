"""Whatever is imported, replaced and undone, in whatever order: figures are those of the imports that stand."""

import itertools
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from etl.store import schema as s
from etl.store.batches import undo_batch
from etl.store.counting import recount_wave
from etl.store.scope import Actor
from surveys.findings import FaultError
from tests.importing_surveys import add_partnership
from tests.made.coming_again import OPTIONS, WAVE, Row, write_rows

# What may keep a step from being taken; then nothing changes.
REFUSALS = {
    "IMPORT-ALREADY-LOADED",
    "SURVEY-REPLACED-BUILT-ON",
    "SURVEY-REPLACED-UNKNOWN",
    "UNDO-LATER-IMPORT",
    "UNDO-REPLACED",
    "UNDO-TWICE",
}
# Few numbers and few answers, so that files meet; a quarter of the rows have no number.
ROWS = st.lists(st.tuples(st.sampled_from(["", "1", "2", "3", "4", "5"]), st.integers(0, 3)), min_size=1, max_size=6)
STEPS = st.lists(
    # Mostly about the latest import: it is the one that may be replaced or undone.
    st.tuples(st.sampled_from(["undo", "replace", "import"]), st.sampled_from([-1, -1, -1, -2, 0]), ROWS),
    min_size=3,
    max_size=9,
)
# When answers count is another matter (`tests/property/test_growing_measurements.py`).
pytestmark = pytest.mark.usefixtures("no_answers_wait")
_SLUGS = (f"p{number}" for number in itertools.count())


@dataclass
class Imported:
    """An import as the test remembers it: the whole file, and whether it stands."""

    uid: str
    rows: list[Row]
    state: str = "loaded"
    replaces: "Imported | None" = None


def figures_of(batches: list[Imported]) -> Counter[int]:
    """Count the answers of the imports that stand; of a numbered response the latest."""
    latest: dict[str, int] = {}
    counted: Counter[int] = Counter()
    for batch in batches:
        for number, option in batch.rows if batch.state == "loaded" else ():
            if number:
                latest[number] = option
            else:
                counted[option] += 1
    return counted + Counter(latest.values())


def take_step(connection, slug, batches, step):
    """Take one step in the store and, unless it is refused, in what the test remembers."""
    kind, which, rows = step
    target = batches[max(which, -len(batches))] if batches else None
    if kind == "undo" and target is not None:
        report = undo_batch(connection, Actor.at_machine(), target.uid, datetime(2026, 3, 2, tzinfo=UTC))
        if not report.stops:
            target.state = "undone"
            if target.replaces is not None:
                target.replaces.state = "loaded"
        return report
    replaced = target if kind == "replace" else None
    try:
        result = write_rows(
            connection, slug, rows, replaces=replaced and replaced.uid, keep_both=True, step=len(batches)
        )
    except FaultError as fault:
        return fault.report
    if not result.already_loaded:
        assert result.rows_read == result.rows_stored + result.rows_known + result.rows_rejected
        if replaced is not None:
            replaced.state = "replaced"
        batches.append(Imported(result.batch, rows, replaces=replaced))
    return result.report


def read_figures(connection, slug):
    """Return the kept counts of the wave by option, and whether counting anew gives the same."""
    wave_id = connection.execute(
        select(s.wave.c.id).join_from(s.wave, s.partnership).where(s.partnership.c.slug == slug, s.wave.c.slug == WAVE)
    ).scalar()
    if wave_id is None:
        return Counter(), set(), set(), 0
    counts = select(s.choice_count).where(s.choice_count.c.wave_id == wave_id)
    kept = set(map(tuple, connection.execute(counts)))
    recount_wave(connection, wave_id)
    labels = connection.execute(
        select(s.choice.c.code, s.choice_count.c.people_count)
        .join_from(s.choice_count, s.choice, s.choice.c.id == s.choice_count.c.choice_id)
        .where(s.choice_count.c.wave_id == wave_id, s.choice_count.c.profile_choice_id == 0)
    )
    figures = Counter({OPTIONS.index(code): count for code, count in labels if code in OPTIONS})
    people = connection.execute(
        select(func.count()).select_from(s.response).where(s.response.c.wave_id == wave_id)
    ).scalar_one()
    return figures, kept, set(map(tuple, connection.execute(counts))), people


@pytest.mark.parametrize("numbered", [True, False])
def test_figures_are_those_of_the_imports_that_stand(store, numbered):
    @settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
    @given(STEPS)
    def check(steps):
        slug, batches = next(_SLUGS), []
        add_partnership(store, slug)
        for kind, which, rows in steps:
            rows_here = rows if numbered else [("", option) for _, option in rows]
            with store.write() as connection:
                report = take_step(connection, slug, batches, (kind, which, rows_here))
                assert {finding.code for finding in report if finding.severity == "error"} <= REFUSALS
                figures, kept, recounted, people = read_figures(connection, slug)
                assert figures == figures_of(batches)
                assert people == figures.total()
                # A question that nobody answers any longer may keep its base of nobody.
                assert {row for row in kept if row[-1]} == {row for row in recounted if row[-1]}

    check()

"""Which rows of a file are new to their wave: asked before loading, and once more inside the loading's transaction.

A row that the source numbers is known by its number: nothing new is left where it is, something new takes the place of
the old row. Where the source numbers nothing, rows equal to an earlier import's, or an earlier file of the same name,
mean that the same people would count twice: a person says whether this file replaces that import or stands beside it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, Row, select

from etl.answers import SurveyAnswers
from etl.store import schema as s
from etl.store.retention import require_answers
from etl.store.row_marks import RowMarks, mark_rows
from etl.store.schema_operations import import_basis, import_batch
from etl.store.superseding import KeptRow, choose_standing, read_kept_rows
from surveys.findings import FaultError, Finding, Place, Report

# What files of counts are recognised as.
COUNTS_SOURCE = "tally"
# So many equal rows, and such a part of the smaller of two files, are no accident.
_EQUAL_ROWS = 3
_EQUAL_SHARE = 0.5
_ROWS_NAMED = 5


@dataclass(frozen=True)
class RowPlan:
    """What would become of a file's rows.

    Attributes:
        marks: of all respondents of the file.
        kept: one element per respondent: whether the row is stored.
        known: rows that stand already, by the import (row of the store) that brought them.
        changed: responses that new rows of the file take the place of, by the import that brought them.
        rejected_count: rows that give way to a later row of the same number in the file itself.
        replaced_id: import whose place the file takes as a whole, ``None`` for none.
        report: what is to be said of it; an error waits for a person's decision.
    """

    marks: RowMarks
    kept: npt.NDArray[np.bool_]
    known: Mapping[int, int] = field(default_factory=dict)
    changed: Mapping[int, Sequence[int]] = field(default_factory=dict)
    rejected_count: int = 0
    replaced_id: int | None = None
    report: Report = field(default_factory=Report)

    @property
    def known_count(self) -> int:
        """Rows that are not stored again."""
        return sum(self.known.values())


def plan_rows(  # what decides about a row, by name
    connection: Connection,
    *,
    partnership_id: int,
    wave_slug: str,
    survey: SurveyAnswers,
    source: str,
    file_name: str,
    replaces: str | None,
    keep_both: bool,
) -> RowPlan:
    """Tell a file's rows apart.

    Args:
        connection: reading or writing connection.
        partnership_id: row of the partnership.
        wave_slug: wave that the file would go to; it may not be there yet.
        survey: the answers.
        source: what the file was recognised as.
        file_name: as the person knows it.
        replaces: uid of the import whose place the file takes, as a person decided.
        keep_both: a person decided that the file stands beside what looks the same.

    Raises:
        FaultError: the import to be replaced is not in this wave, or something builds on it; or the wave holds counts
            without respondents, or its single answers were deleted on their day.
    """
    place = Place(file_name)
    wave_id = connection.execute(
        select(s.wave.c.id).where(s.wave.c.partnership_id == partnership_id, s.wave.c.slug == wave_slug)
    ).scalar()
    if wave_id is not None:
        _require_people(connection, wave_id, place)
    replaced = None if replaces is None else _find_replaced(connection, wave_id, replaces, place)
    marks = mark_rows(survey, source)
    kept, findings = _drop_repeated(marks, survey.source_rows, place)
    rejected_count = int((~kept).sum())
    if replaced is not None:
        facts = {"batch": replaced.uid, "earlier_file": replaced.file_name, "day": replaced.made_at[:10]}
        findings.append(Finding("SURVEY-FILE-REPLACES", place, facts))
    replaced_id = None if replaced is None else replaced.id
    findings += _remark_elsewhere(connection, partnership_id, wave_slug, marks, place)
    if wave_id is None:
        return RowPlan(marks, kept, rejected_count=rejected_count, report=Report(tuple(findings)))
    standing = choose_standing(read_kept_rows(connection, wave_id, without=replaced_id))
    by_key = {row.key: row for row in standing if row.key is not None}
    known: Counter[int] = Counter()
    changed: dict[int, list[int]] = {}
    for person in np.flatnonzero(kept).tolist():
        key = marks.keys[person]
        before = None if key is None else by_key.get(key)
        if before is None:
            continue
        if before.hash == marks.hashes[person]:
            known[before.batch_id] += 1
            kept[person] = False
        else:
            changed.setdefault(before.batch_id, []).append(before.response_no)
    if known:
        findings.append(Finding("SURVEY-ROWS-KNOWN", place, {"count": known.total()}))
    if changed:
        findings.append(Finding("SURVEY-ROWS-CHANGED", place, {"count": sum(map(len, changed.values()))}))
    batches = _read_batches(connection, {row.batch_id for row in standing})
    doubled = _find_double(batches, standing, marks, kept, source=source, place=place)
    if doubled is not None:
        findings.append(Finding("SURVEY-KEPT-BESIDE", place, doubled.facts) if keep_both else doubled)
    return RowPlan(marks, kept, known, changed, rejected_count, replaced_id, Report(tuple(findings)))


def _require_people(connection: Connection, wave_id: int, place: Place) -> None:
    """Refuse a wave of counts: nobody stands behind them whom a file could add to."""
    name = _name_counts(connection, wave_id)
    if name is not None:
        raise FaultError(Report((Finding("SURVEY-WAVE-HOLDS-COUNTS", place, {"wave": name}),)))
    require_answers(connection, wave_id, place)


def _name_counts(connection: Connection, wave_id: int) -> str | None:
    """Return the name of a wave that counts without respondents were loaded into, ``None`` for any other wave."""
    return connection.execute(
        select(s.wave.c.name)
        .join_from(s.wave, import_batch, import_batch.c.wave_id == s.wave.c.id)
        .where(s.wave.c.id == wave_id, import_batch.c.source == COUNTS_SOURCE, import_batch.c.state == "loaded")
    ).scalar()


def find_builder(connection: Connection, batch_id: int) -> Row[tuple[object, ...]] | None:
    """Return the latest import that left rows of this one where they were and was not undone; ``None`` for none.

    One that was itself replaced is named by what stands in its place: that is the one to undo first.
    """
    question = (
        select(import_batch)
        .join_from(import_basis, import_batch, import_batch.c.id == import_basis.c.batch_id)
        .where(import_batch.c.state != "undone")
        .order_by(import_batch.c.id.desc())
        .limit(1)
    )
    found = connection.execute(
        question.where(import_basis.c.base_id == batch_id, import_basis.c.relation == "known")
    ).one_or_none()
    while found is not None and found.state == "replaced":
        found = find_replacer(connection, found.id)
    return found


def find_replacer(connection: Connection, batch_id: int) -> Row[tuple[object, ...]] | None:
    """Return the import that took the place of this one as a whole and was not undone, ``None`` for none."""
    return connection.execute(
        select(import_batch)
        .join_from(import_basis, import_batch, import_batch.c.id == import_basis.c.batch_id)
        .where(
            import_basis.c.base_id == batch_id,
            import_basis.c.relation == "replaced",
            import_batch.c.state != "undone",
        )
    ).one_or_none()


def _find_replaced(connection: Connection, wave_id: int | None, uid: str, place: Place) -> Row[tuple[object, ...]]:
    batch = connection.execute(
        select(import_batch).where(
            import_batch.c.uid == uid,
            import_batch.c.wave_id == wave_id,
            import_batch.c.kind == "survey",
            import_batch.c.state == "loaded",
        )
    ).one_or_none()
    if batch is None:
        raise FaultError(Report((Finding("SURVEY-REPLACED-UNKNOWN", place, {"batch": uid}),)))
    builder = find_builder(connection, batch.id)
    if builder is not None:
        facts = {"later": builder.uid, "later_file": builder.file_name, "later_day": builder.made_at[:10]}
        raise FaultError(Report((Finding("SURVEY-REPLACED-BUILT-ON", place, facts),)))
    return batch


def _drop_repeated(
    marks: RowMarks, source_rows: Sequence[int], place: Place
) -> tuple[npt.NDArray[np.bool_], list[Finding]]:
    """Of rows with one number the last one counts: it is the newest."""
    kept = np.ones(len(marks.keys), dtype=bool)
    last = {key: person for person, key in enumerate(marks.keys) if key is not None}
    for person, key in enumerate(marks.keys):
        kept[person] = key is None or last[key] == person
    rows = [source_rows[person] for person in np.flatnonzero(~kept).tolist()]
    if not rows:
        return kept, []
    named = ", ".join(map(str, rows[:_ROWS_NAMED])) + (" …" if len(rows) > _ROWS_NAMED else "")
    facts: dict[str, str | int] = {"count": len(rows), "rows": named}
    return kept, [Finding("SURVEY-ROWS-REPEATED", Place(place.file, row=rows[0]), facts)]


def _read_batches(connection: Connection, ids: set[int]) -> list[Row[tuple[object, ...]]]:
    return list(
        connection.execute(
            select(import_batch).where(import_batch.c.id.in_(sorted(ids))).order_by(import_batch.c.id.desc())
        )
    )


def _find_double(
    batches: Sequence[Row[tuple[object, ...]]],
    standing: Sequence[KeptRow],
    marks: RowMarks,
    kept: npt.NDArray[np.bool_],
    *,
    source: str,
    place: Place,
) -> Finding | None:
    """Name the earlier import whose people the file would count again, ``None`` when there is none."""
    mine = Counter(marks.hashes[person].item() for person in np.flatnonzero(kept).tolist() if not marks.keys[person])
    if not mine:
        return None
    theirs: dict[int, Counter[int]] = {}
    for row in standing:
        if row.hash is not None:
            theirs.setdefault(row.batch_id, Counter())[row.hash] += 1
    equal = {batch.id: (mine & theirs.get(batch.id, Counter())).total() for batch in batches}
    nearest = max(batches, key=lambda batch: equal[batch.id], default=None)
    if nearest is not None:
        count, smaller = equal[nearest.id], min(mine.total(), theirs.get(nearest.id, Counter()).total())
        if count >= _EQUAL_ROWS and count >= _EQUAL_SHARE * smaller:
            return Finding("SURVEY-ROWS-OVERLAP", place, _name(nearest) | {"count": count, "rows": mine.total()})
    named_alike = [batch for batch in batches if (batch.source, batch.file_name) == (source, place.file)]
    return Finding("SURVEY-FILE-AGAIN", place, _name(named_alike[0])) if named_alike else None


def _remark_elsewhere(
    connection: Connection, partnership_id: int, wave_slug: str, marks: RowMarks, place: Place
) -> list[Finding]:
    """A copy under another name makes a measurement of its own; nothing counts twice, but it is worth a word.

    Told by rows that nobody else in their file equals: a short survey has many equal rows by chance.
    """
    mine = {row_hash for row_hash, times in Counter(marks.hashes.tolist()).items() if times == 1}
    theirs: dict[str, Counter[int]] = {}
    rows = connection.execute(
        select(s.wave.c.name, s.response.c.row_hash)
        .join_from(s.response, s.wave)
        .where(s.wave.c.partnership_id == partnership_id, s.wave.c.slug != wave_slug)
    )
    for name, row_hash in rows:
        if row_hash in mine:
            theirs.setdefault(name, Counter())[row_hash] += 1
    equal = {name: sum(times == 1 for times in hashes.values()) for name, hashes in theirs.items()}
    nearest = max(equal, key=lambda name: equal[name], default=None)
    if nearest is None or equal[nearest] < max(_EQUAL_ROWS, _EQUAL_SHARE * len(marks.keys)):
        return []
    facts: dict[str, str | int] = {"wave": nearest, "count": equal[nearest], "rows": len(marks.keys)}
    return [Finding("SURVEY-ROWS-ELSEWHERE", place, facts)]


def _name(batch: Row[tuple[object, ...]]) -> dict[str, str | int]:
    return {"batch": batch.uid, "earlier_file": batch.file_name, "day": batch.made_at[:10]}

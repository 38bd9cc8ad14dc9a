"""Remembered decisions on headers and written values: kept, shown, forgotten one by one or as a whole.

They belong to a partnership and a questionnaire. Whoever may import into the partnership sees and changes them.
Forgetting changes no loaded data, and undoing an import forgets nothing.
"""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select, update

from etl.clean.labels import question_key
from etl.importing import Part, WordedDecision
from etl.mapping.memory import Lessons, key_of
from etl.store.audit import Author, record_action
from etl.store.moments import read_moment, write_moment
from etl.store.register_changes import find_partnership
from etl.store.schema import partnership
from etl.store.schema_operations import mapping_decision
from etl.store.scope import Action, Actor, ForbiddenError

_OF_COLUMNS = tuple(part.value for part in (Part.IGNORE, Part.TYPE, Part.VOCABULARY, Part.PROFILE))
_LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class KeptDecision:
    """A remembered decision: what, by whom, when, and from which file."""

    uid: str
    partnership: str
    decision: WordedDecision
    file_name: str
    made_by: str
    made_at: datetime


def read_decisions(connection: Connection, partnership_id: int) -> tuple[WordedDecision, ...]:
    """Return what is remembered for a partnership, for an import that has asked for the right to."""
    rows = connection.execute(
        select(mapping_decision)
        .where(mapping_decision.c.partnership_id == partnership_id)
        .order_by(mapping_decision.c.id)
    )
    return tuple(WordedDecision(row.questionnaire, Part(row.part), row.header, row.target, row.value) for row in rows)


def list_decisions(connection: Connection, actor: Actor, slug: str) -> tuple[KeptDecision, ...]:
    """Return what is remembered for a partnership: by questionnaire, then by header.

    Raises:
        ForbiddenError: the actor may not import there.
    """
    actor.require(Action.IMPORT, slug)
    rows = connection.execute(
        select(mapping_decision)
        .join(partnership, partnership.c.id == mapping_decision.c.partnership_id)
        .where(partnership.c.slug == slug)
        .order_by(mapping_decision.c.questionnaire, mapping_decision.c.header_key, mapping_decision.c.id)
    )
    return tuple(
        KeptDecision(
            row.uid,
            slug,
            WordedDecision(row.questionnaire, Part(row.part), row.header, row.target, row.value),
            row.file_name,
            row.made_by,
            read_moment(row.made_at),
        )
        for row in rows
    )


def keep_lessons(
    connection: Connection, partnership_id: int, slug: str, lessons: Lessons, *, file_name: str, by: Author
) -> int:
    """Keep what an import taught, in its transaction, and return how many decisions are new or changed."""
    for questionnaire in {lesson.questionnaire for lesson in lessons.decisions}:
        keys = [question_key(header) for header in lessons.renewed]
        kept = {key_of(lesson)[1:3] for lesson in lessons.decisions if lesson.questionnaire == questionnaire}
        for key in keys:
            gone = [part for part in _OF_COLUMNS if (Part(part), key) not in kept]
            connection.execute(
                delete(mapping_decision).where(
                    mapping_decision.c.partnership_id == partnership_id,
                    mapping_decision.c.questionnaire == questionnaire,
                    mapping_decision.c.header_key == key,
                    mapping_decision.c.part.in_(gone),
                )
            )
    return _keep(connection, partnership_id, slug, lessons.decisions, file_name=file_name, by=by)


def keep_decisions(
    connection: Connection,
    actor: Actor,
    slug: str,
    decisions: Sequence[WordedDecision],
    *,
    file_name: str,
    now: datetime,
) -> int:
    """Keep decisions from a file and return how many are new or changed; those on other things stay.

    Raises:
        ForbiddenError: the actor may not import there, or there is no such partnership.
    """
    actor.require(Action.IMPORT, slug)
    partnership_id = find_partnership(connection, slug, lock=True)
    if partnership_id is None:
        raise ForbiddenError("no such partnership for this actor")
    return _keep(connection, partnership_id, slug, decisions, file_name=file_name, by=Author(actor.name, now))


def forget_decisions(
    connection: Connection,
    actor: Actor,
    slug: str,
    *,
    uids: Iterable[str] | None = None,
    questionnaire: str | None = None,
    now: datetime,
) -> int:
    """Forget decisions and return how many there were. Loaded data stay what they are.

    Args:
        connection: writing connection.
        actor: needs the right to import into the partnership.
        slug: of the partnership.
        uids: those to forget; ``None``: all.
        questionnaire: only those of this questionnaire.
        now: this moment.

    Raises:
        ForbiddenError: the actor may not.
    """
    actor.require(Action.IMPORT, slug)
    partnership_id = find_partnership(connection, slug, lock=True)
    if partnership_id is None:
        raise ForbiddenError("no such partnership for this actor")
    which = mapping_decision.c.partnership_id == partnership_id
    if uids is not None:
        which &= mapping_decision.c.uid.in_(list(uids))
    if questionnaire is not None:
        which &= mapping_decision.c.questionnaire == questionnaire
    count = connection.execute(select(func.count()).select_from(mapping_decision).where(which)).scalar() or 0
    if count:
        connection.execute(delete(mapping_decision).where(which))
        record_action(
            connection, Author(actor.name, now), "forget_mapping", f"partnership:{slug}", {"decisions": count}
        )
    return count


def _keep(
    connection: Connection,
    partnership_id: int,
    slug: str,
    decisions: Sequence[WordedDecision],
    *,
    file_name: str,
    by: Author,
) -> int:
    """Write decisions; one that is kept already stays as it is, with who decided it and when."""
    rows = connection.execute(select(mapping_decision).where(mapping_decision.c.partnership_id == partnership_id))
    known = {(row.questionnaire, Part(row.part), row.header_key, row.value_key): row for row in rows}
    new: dict[tuple[str, Part, str, str], dict[str, object]] = {}
    changed = 0
    for decision in decisions:
        key = key_of(decision)
        if len(decision.header) > _LONGEST or len(decision.value) > _LONGEST or not key[2]:
            continue
        values: dict[str, object] = {
            "target": decision.target,
            "header": decision.header,
            "value": decision.value,
            "file_name": file_name,
            "made_by": by.name,
            "made_at": write_moment(by.at),
        }
        kept = known.get(key)
        if kept is None:
            subject = {"questionnaire": key[0], "part": key[1].value, "header_key": key[2], "value_key": key[3]}
            new[key] = {"uid": uuid.uuid4().hex, "partnership_id": partnership_id, **subject, **values}
        elif kept.target != decision.target:
            connection.execute(update(mapping_decision).where(mapping_decision.c.id == kept.id).values(**values))
            changed += 1
    if new:
        connection.execute(insert(mapping_decision), list(new.values()))
    if new or changed:
        record_action(connection, by, "keep_mapping", f"partnership:{slug}", {"decisions": len(new) + changed})
    return len(new) + changed

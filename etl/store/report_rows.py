"""Own paragraphs of documents and the versions that were made: read within a scope, written with a right.

Whoever may import into a partnership writes its paragraphs; whoever sees it makes a document.
"""

import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from etl.readers.characters import clean_text
from etl.store.audit import Author, record_action
from etl.store.moments import write_moment
from etl.store.reading.scope import Scope
from etl.store.schema_reports import report_text, report_version
from etl.store.scope import Action, Actor
from surveys.findings import FaultError, Finding, Report

LONGEST_TEXT = 20_000
_LINE_ENDS = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_KEPT_VERSIONS = 20


@dataclass(frozen=True, slots=True)
class ReportPlace:
    """Where an own paragraph stands.

    Attributes:
        slug: of the partnership.
        kind: the shape of document.
        section: the chapter.
        language: of the document.
    """

    slug: str
    kind: str
    section: str
    language: str


@dataclass(frozen=True, slots=True)
class ReportVersion:
    """A version that was made.

    Attributes:
        facts: what it rested on, as the document kept it.
    """

    uid: str
    language: str
    made_at: str
    made_by: str
    facts: Mapping[str, Any]


def read_own_texts(connection: Connection, scope: Scope, slug: str, kind: str, language: str) -> dict[str, str]:
    """Return a partnership's own paragraphs in a shape of document, by section.

    Raises:
        LookupError: the partnership is not in scope.
    """
    mine = report_text.c
    rows = connection.execute(
        select(mine.section, mine.text).where(
            mine.partnership_id == _find(scope, slug), mine.kind == kind, mine.language == language
        )
    )
    return {row.section: row.text for row in rows}


def tidy_paragraphs(text: str) -> str:
    """Return paragraphs without signs that no document can hold; line ends of word processors are line ends."""
    return "\n".join(clean_text(line) for line in _LINE_ENDS.split(text))


def write_own_text(
    connection: Connection,
    actor: Actor,
    scope: Scope,
    where: ReportPlace,
    text: str,
    *,
    now: datetime,
    before: str | None = None,
) -> None:
    """Keep a paragraph; an empty one makes room.

    Args:
        connection: writing connection.
        actor: needs the right to import into the partnership.
        scope: of the actor.
        where: the paragraph's place.
        text: the paragraphs, one a line.
        now: the moment.
        before: what the writer saw; ``None`` writes over whatever is there.

    Raises:
        ForbiddenError: the actor may not import into the partnership.
        LookupError: the partnership is not in scope.
        FaultError: somebody else has changed the paragraph meanwhile (``REPORT-TEXT-CHANGED``).
        ValueError: the text is longer than `LONGEST_TEXT`.
    """
    actor.require(Action.IMPORT, where.slug)
    if len(text) > LONGEST_TEXT:
        raise ValueError("the text is too long")
    text = tidy_paragraphs(text)
    mine = report_text.c
    place = {
        mine.partnership_id: _find(scope, where.slug),
        mine.kind: where.kind,
        mine.section: where.section,
        mine.language: where.language,
    }
    same = [column == value for column, value in place.items()]
    found = connection.execute(select(mine.text).where(*same)).scalar() or ""
    if before is not None and found.strip() not in {tidy_paragraphs(before).strip(), text.strip()}:
        raise FaultError(Report((Finding("REPORT-TEXT-CHANGED"),)))
    connection.execute(delete(report_text).where(*same))
    if text.strip():
        kept = {"text": text, "changed_by": actor.name, "changed_at": write_moment(now)}
        connection.execute(insert(report_text).values({column.name: value for column, value in place.items()} | kept))
    facts: dict[str, str | int | None] = {"kind": where.kind, "section": where.section, "signs": len(text)}
    record_action(connection, Author(actor.name, now), "write_report_text", f"partnership:{where.slug}", facts)


def keep_version(
    connection: Connection,
    actor: Actor,
    scope: Scope,
    slug: str,
    *,
    kind: str,
    language: str,
    facts: Mapping[str, object],
    now: datetime,
) -> str:
    """Keep what a made document rested on, and return the version's uid; the oldest of many make room.

    Raises:
        LookupError: the partnership is not in scope.
    """
    partnership_id, uid = _find(scope, slug), secrets.token_hex(6)
    connection.execute(
        insert(report_version).values(
            uid=uid,
            partnership_id=partnership_id,
            kind=kind,
            language=language,
            facts=json.dumps(facts, ensure_ascii=False),
            made_by=actor.name,
            made_at=write_moment(now),
        )
    )
    mine = report_version.c
    old = connection.execute(
        select(mine.id)
        .where(mine.partnership_id == partnership_id, mine.kind == kind, mine.language == language)
        .order_by(mine.id.desc())
        .offset(_KEPT_VERSIONS)
    ).scalars()
    connection.execute(delete(report_version).where(mine.id.in_(list(old))))
    record_action(connection, Author(actor.name, now), "make_report", f"partnership:{slug}", {"kind": kind})
    return uid


def list_versions(connection: Connection, scope: Scope, slug: str, kind: str, language: str) -> list[ReportVersion]:
    """Return the versions of a document, the newest first.

    Raises:
        LookupError: the partnership is not in scope.
    """
    mine = report_version.c
    rows = connection.execute(
        select(report_version)
        .where(mine.partnership_id == _find(scope, slug), mine.kind == kind, mine.language == language)
        .order_by(mine.id.desc())
    )
    return [ReportVersion(row.uid, row.language, row.made_at, row.made_by, json.loads(row.facts)) for row in rows]


def _find(scope: Scope, slug: str) -> int:
    found = next((ref.id for ref in scope.partnerships if ref.slug == slug), None)
    if found is None:
        raise LookupError("no such partnership in scope")
    return found

"""A meeting's decisions into the register: projects, as one import that can be undone like any other."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, update

from etl.importing import ImportResult
from etl.store.meeting_outcomes import read_outcomes
from etl.store.meeting_rows import StoredMeeting, require_meeting
from etl.store.register_changes import find_partnership
from etl.store.register_reading import read_register_by_id
from etl.store.register_writing import write_register_batch
from etl.store.schema_meetings import meeting_decision, meeting_item
from etl.store.scope import Action, Actor, ForbiddenError
from surveys.findings import FaultError, Finding, Report
from surveys.language.suggestion import suggest
from surveys.model import Problem, Project, Register
from surveys.model.meeting import Decision, MeetingItem
from surveys.vocabulary import load

SOURCE = "meeting"
_OTHER_PROBLEM = "PB99"  # for a problem of no certain code; it is chosen in the register later


def save_decisions(connection: Connection, actor: Actor, uid: str, now: datetime) -> ImportResult:
    """Write the decisions that are not in the register yet into it, as projects in preparation.

    A problem that was named for the meeting goes with them, so that the thread begins somewhere. Undone on the page of
    imports; then the decisions can be changed and saved again.

    Args:
        connection: writing connection; its transaction is the import's.
        actor: runs meetings of the partnership and imports into it.
        uid: of the meeting.
        now: this moment.

    Raises:
        ForbiddenError: the actor may not, or there is no such meeting.
        FaultError: ``DECISION-NONE``, there is nothing to save.
    """
    found = require_meeting(connection, actor, uid)
    slug = found.meeting.partnership
    actor.require(Action.IMPORT, slug)
    waiting = [one for one in read_outcomes(connection, found.id).decisions if one.project is None]
    if not waiting:
        raise FaultError(Report((Finding("DECISION-NONE"),)))
    number = find_partnership(connection, slug, lock=True)
    if number is None:
        raise ForbiddenError("no such partnership for this actor")
    register, _ = read_register_by_id(connection, number)
    known = {problem.uid for problem in register.problems}
    problems = _make_problems(found, waiting, known)
    projects = tuple(
        _make_project(found, one, problems, {partner.uid for partner in register.partners}) for one in waiting
    )
    result = write_register_batch(
        connection,
        actor=actor,
        register=Register(
            register.partnership,
            problems=tuple(problem for problem in problems.values() if problem.uid not in known),
            projects=projects,
        ),
        source=SOURCE,
        file_name=found.meeting.name,
        content_hash=_hash(found, projects),
        report=Report(),
        rows_read=len(projects),
        rows_rejected=0,
        clock=lambda: now,
    )
    for one, project in zip(waiting, projects, strict=True):
        connection.execute(
            update(meeting_decision)
            .where(meeting_decision.c.meeting_id == found.id, meeting_decision.c.uid == one.uid)
            .values(project_uid=project.uid, batch_uid=result.batch)
        )
    for key, problem in problems.items():
        connection.execute(
            update(meeting_item)
            .where(meeting_item.c.meeting_id == found.id, meeting_item.c.item_key == key)
            .values(problem_uid=problem.uid)
        )
    return result


def _make_problems(found: StoredMeeting, waiting: Sequence[Decision], known: set[str]) -> dict[str, Problem]:
    """Return the problems, by key of the table, that the register lacks and a decision is about."""
    missing: dict[str, Problem] = {}
    for one in waiting:
        item = found.meeting.find_item(one.item)
        if item is None or item.problem in known:
            continue
        code = item.code or _find_code(item.title)
        missing[item.key] = Problem(
            uid=item.problem or secrets.token_hex(8),
            name=item.title,
            code=code,
            theme=load().problems[code].theme,
            status="confirmed",
            source="workshop",
            identified_on=found.meeting.held_on,
            diagnosis=None,
        )
    return missing


def _find_code(title: str) -> str:
    """Return the code of a problem in somebody's words, as far as it is certain; its title stays as it was said."""
    found = suggest("problem", title, limit=1)
    return found[0].code if found and found[0].certain else _OTHER_PROBLEM


def _make_project(found: StoredMeeting, one: Decision, problems: dict[str, Problem], partners: set[str]) -> Project:
    item: MeetingItem | None = found.meeting.find_item(one.item)
    made = problems.get(one.item)
    problem = made.uid if made is not None else item.problem if item is not None else None
    lead = one.lead if one.lead in partners else None
    finance_lead = one.finance_lead if one.finance_lead in partners else None
    named = dict.fromkeys(uid for uid in (lead, finance_lead, *one.partners) if uid in partners)
    return Project(
        uid=one.project or secrets.token_hex(8),
        name=one.name,
        status="preparation",
        description=one.description,
        finance_lead=finance_lead,
        partners=tuple(named),
        problems=(problem,) if problem else (),
        target_groups=one.groups,
        result_indicator=one.indicator,
        next_measurement_on=one.measured_on,
    )


def _hash(found: StoredMeeting, projects: Sequence[Project]) -> str:
    said = "\n".join([found.uid, *(repr(replace(project, uid="")) for project in projects)])
    return hashlib.sha256(said.encode()).hexdigest()

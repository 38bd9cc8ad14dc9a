"""Two invented meetings of one partnership: one that was held, with its votes and decisions, and one prepared."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from functools import cache
from importlib import resources
from typing import Any

from sqlalchemy import Connection

from etl.sample.chance import Chance
from etl.sample.generating import SamplePartnership
from etl.store.meeting_notes import save_note
from etl.store.meeting_outcomes import keep_attendance, keep_decision, keep_task
from etl.store.meeting_rows import StoredMeeting, list_rounds, read_meeting
from etl.store.meetings import begin_meeting, close_meeting, prepare_meeting
from etl.store.reading import PartnershipRef, Scope, read_survey_counts
from etl.store.register_changes import find_partnership
from etl.store.scope import Actor
from etl.store.vote_rounds import NewRound, close_round, open_round, read_ballots
from etl.store.vote_writing import make_vote, write_votes
from surveys.analysis.ballot_checks import MATRIX_SCALE
from surveys.analysis.rows import rows_of
from surveys.analysis.survey_tables import describe_asked, tabulate_question
from surveys.analysis.vote_results import count_votes
from surveys.language.texts import LANGUAGES, Language
from surveys.model import Register
from surveys.model.meeting import (
    AgendaPoint,
    Attendee,
    Ballot,
    Decision,
    Meeting,
    MeetingItem,
    MeetingTask,
    PointKind,
    TaskState,
    VoteAccess,
    VoteMethod,
)
from surveys.privacy.published import PublishedRow, Source, State
from surveys.privacy.wording import say_value

_EVENING = time(17, tzinfo=UTC)
_CHOICES = 5


def hold_sample_meetings(
    connection: Connection, sample: SamplePartnership, actor: Actor, now: datetime, seed: str
) -> None:
    """Give a partnership its meetings, where the contents have some for it.

    What is shown as evidence is what the partnership's own survey says, past the gate. Ballots and opinions are the
    same for everybody; addresses and keys of ballots are as random as real ones.

    Args:
        connection: writing connection, the partnership's surveys are in.
        sample: the partnership.
        actor: writes the sample data.
        now: this moment: the prepared meeting lies ahead of it.
        seed: of the invented data.
    """
    contents = _load()
    register = sample.register
    if contents["partnership"] != register.partnership.slug:
        return
    evidence = _read_evidence(connection, register)
    chance = Chance(seed, register.partnership.slug, "meetings")
    _hold(connection, _plan(contents["closed"], register, evidence, chance), register, actor, chance)
    ahead = contents["prepared"]
    day = now.astimezone().date() + timedelta(days=ahead["days_ahead"])
    planned = _plan({**ahead, "held_on": day}, register, evidence, chance)
    prepare_meeting(connection, actor, replace(planned, access=VoteAccess.CODES), now)


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What the newest survey says of problems: its name, published rows by code."""

    wave: str
    rows: Mapping[str, PublishedRow]

    def share(self, code: str) -> float | None:
        """Return the share of people who named a problem, ``None`` where it may not be told."""
        row = self.rows.get(code)
        return row.value if row is not None and row.state in {State.SHOWN, State.FLAGGED} else None

    def say(self, code: str, language: Language) -> str:
        """Return the evidence of a problem in one sentence."""
        row = self.rows.get(code)
        key = "register"
        if row is not None and row.state is not State.SUPPRESSED:
            key = "counts" if row.state is State.COUNTS_ONLY else "survey"
        value = "" if row is None else say_value(row, "share", language)
        return str(_load()["evidence"][key][language]).format(wave=self.wave, value=value, n=row.base if row else 0)


def _read_evidence(connection: Connection, register: Register) -> _Evidence:
    """Return the newest shares of "which problems …", as pages publish them."""
    slug = register.partnership.slug
    number = find_partnership(connection, slug) or 0
    scope = Scope((PartnershipRef(number, slug, register.partnership.name),), sample=True)
    surveys = read_survey_counts(connection, scope)
    asked = [row for row in rows_of(surveys.questions) if row["vocabulary"] == "problems"]
    if not asked:
        return _Evidence("", {})
    question = asked[-1]
    choices = surveys.choices[
        (surveys.choices["wave"] == question["wave"]) & (surveys.choices["question"] == question["question"])
    ]
    wave = next(row for row in rows_of(surveys.waves) if row["wave"] == question["wave"])
    source = describe_asked(Source(dict.fromkeys(LANGUAGES, "")), wave)
    table = tabulate_question(question, choices, source=source)
    return _Evidence(str(wave["name"]), {row.keys[-1]: row for row in table.rows})


def _plan(plan: Mapping[str, Any], register: Register, evidence: _Evidence, chance: Chance) -> Meeting:
    """Return a meeting about the problems that the register has of those wanted."""
    contents = _load()
    by_code = {problem.code: problem for problem in register.problems}
    items = []
    for problem in [by_code[code] for code in plan["problems"] if code in by_code]:
        projects = [project.name for project in register.projects if problem.uid in project.problems]
        done = contents["done"]["project" if projects else "nothing"]
        items.append(
            MeetingItem(
                key=f"{chance.between(0, 0xFFFFFF):06x}",
                title=problem.name,
                problem=problem.uid,
                code=problem.code,
                evidence={language: evidence.say(problem.code, language) for language in LANGUAGES},
                done={language: done[language].format(name=projects[0] if projects else "") for language in LANGUAGES},
                share=evidence.share(problem.code),
            )
        )
    return Meeting(
        uid="",
        partnership=register.partnership.slug,
        name=plan["name"],
        held_on=plan["held_on"],
        starts_at=plan["starts_at"],
        place=contents["place"],
        method=VoteMethod(plan["method"]),
        access=VoteAccess.SEATS,
        seats=contents["seats"],
        by_sector=True,
        items=tuple(items),
        agenda=tuple(AgendaPoint(PointKind(one["kind"]), one["title"], one["minutes"]) for one in contents["agenda"]),
    )


def _hold(connection: Connection, planned: Meeting, register: Register, actor: Actor, chance: Chance) -> None:
    """Hold a meeting from its beginning to its minutes, on its day."""
    plan = _load()["closed"]
    begun = datetime.combine(planned.held_on, _EVENING)
    uid = prepare_meeting(connection, actor, planned, begun)
    begin_meeting(connection, actor, uid, begun)
    keys = {str(item.code): item.key for item in planned.items}
    for code, text in plan["notes"].items():
        save_note(connection, actor, uid, f"item:{keys[code]}", text, 0, begun)
    sectors = [sector for sector, count in plan["voters"].items() for _ in range(count)]
    _vote(connection, uid, actor, chance, sectors)
    keep_attendance(connection, actor, uid, _invite(register, sectors), begun)
    for one in plan["tasks"]:
        state, outcome = TaskState(one.get("state", "open")), one.get("outcome", "")
        item = keys.get(one.get("problem", ""))
        task = MeetingTask("", one["what"], one["who"], one.get("due_on"), item, state, outcome)
        keep_task(connection, actor, uid, task, begun)
    for one in plan["decisions"]:
        keep_decision(connection, actor, uid, _decide(one, register, keys), begun)
    close_meeting(connection, actor, uid, begun + timedelta(minutes=sum(point.minutes for point in planned.agenda)))


def _vote(connection: Connection, uid: str, actor: Actor, chance: Chance, sectors: Sequence[str]) -> None:
    """Two rounds: everybody chooses among all, then rates impact and feasibility of what came first."""
    plan = _load()["closed"]
    found = read_meeting(connection, actor, uid)
    begun = datetime.combine(found.meeting.held_on, _EVENING)
    keys = tuple(item.key for item in found.meeting.items)
    weights = dict(zip(keys, plan["weights"], strict=False))

    def choose(_sector: str) -> dict[str, tuple[int, ...]]:
        drawn = chance.some(keys, _CHOICES, [weights[key] for key in keys])
        # The heavier ones mostly stand higher on the ballot, too.
        order = sorted(drawn, key=lambda key: -weights[key] * (0.3 + chance.share()))
        return {key: (place,) for place, key in enumerate(order, 1)}

    first = _hold_round(
        connection,
        found,
        actor,
        NewRound(VoteMethod.NOMINAL, keys, _CHOICES, by_sector=True),
        begun,
        [Ballot(choose(sector), sector) for sector in sectors],
    )
    leading = first[: plan["second"]]

    def rate(place: int) -> tuple[int, int]:
        impact, feasibility = chance.around(4.8 - 0.6 * place, 0.8), chance.around(4.0 - 0.3 * place, 0.9)
        return _on_scale(impact), _on_scale(feasibility)

    ratings = [Ballot({key: rate(place) for place, key in enumerate(leading)}, sector) for sector in sectors]
    wanted = NewRound(VoteMethod.MATRIX, leading, by_sector=True)
    _hold_round(connection, found, actor, wanted, begun + timedelta(minutes=8), ratings)


def _hold_round(  # what a round is
    connection: Connection,
    found: StoredMeeting,
    actor: Actor,
    wanted: NewRound,
    moment: datetime,
    ballots: Sequence[Ballot],
) -> tuple[str, ...]:
    """Hold a round in which every seat votes; return keys of its problems, the first first."""
    round_uid = open_round(connection, actor, found.uid, wanted, moment)
    votes = [make_vote(found.meeting, round_uid, str(seat), ballot) for seat, ballot in enumerate(ballots, 1)]
    write_votes(connection, found.id, [vote for vote in votes if vote is not None])
    close_round(connection, actor, found.uid, round_uid, moment + timedelta(minutes=5))
    one = next(one for one in list_rounds(connection, found.id) if one.uid == round_uid)
    result = count_votes(one, read_ballots(connection, found.id, one), {})
    return tuple(item.key for item in result.items)


def _invite(register: Register, sectors: Sequence[str]) -> list[Attendee]:
    """Return somebody for each voter, by organisation and sector; nobody is named, not even an invented person."""
    left = {
        sector: [partner.name for partner in register.partners if partner.sector == sector] for sector in set(sectors)
    }
    return [Attendee("", left[sector].pop(0) if left[sector] else "", sector) for sector in sectors]


def _decide(one: Mapping[str, Any], register: Register, keys: Mapping[str, str]) -> Decision:
    def find(kind: str) -> str | None:
        return next((partner.uid for partner in register.partners if partner.kind == kind), None)

    others = [find(kind) for kind in one["partners"]]
    return Decision(
        uid="",
        item=keys[one["problem"]],
        name=one["name"],
        description=one.get("description", ""),
        lead=find(one["lead"]),
        partners=tuple(uid for uid in others if uid is not None),
        groups=tuple(one["groups"]),
        indicator=one["indicator"],
        measured_on=one["measured_on"],
    )


def _on_scale(value: float) -> int:
    low, high = MATRIX_SCALE
    return max(low, min(high, round(value)))


@cache
def _load() -> dict[str, Any]:
    file = resources.files("etl.sample") / "content" / "meetings.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))

"""The chapter on what a partnership has decided at its meetings: priorities, projects, tasks, the next measurement."""

from dashboard.documents.content import Block, Bullets, Grid, Text, Tone
from dashboard.documents.figures import unmark
from dashboard.documents.material import Material
from dashboard.meetings.result_words import say_method, say_result, say_stability
from dashboard.texts import say
from etl.meetings_held import HeldMeeting
from surveys.analysis.rows import rows_of
from surveys.language.numerals import format_date
from surveys.model.meeting import Decision, MeetingTask, TaskState
from surveys.privacy.people_in_texts import scrub_people
from surveys.vocabulary import load


def tell_decisions(material: Material) -> list[Block]:
    """Tell the latest meeting in full and what became of earlier ones; nothing before the first was held."""
    if not material.meetings:
        return []
    latest, *earlier = material.meetings
    titles = {item.key: material.set(item.title) for item in latest.meeting.items}
    blocks: list[Block] = [Text(_say_meeting(material, latest)), *_tell_vote(material, latest, titles)]
    blocks += _tell_projects(material, latest, titles)
    blocks += _tell_tasks(material, latest)
    following = _next_measurement(material)
    if following:
        blocks.append(Text(following))
    if earlier:
        blocks += [
            Text(material.say("decisions.earlier")),
            Bullets(tuple(_say_earlier(material, one) for one in earlier)),
        ]
    return [*blocks, Text(material.say("decisions.method"), Tone.NOTE)]


def tell_brief_decisions(material: Material) -> list[Block]:
    """Name what is still to be done of the latest meeting's decisions, in a few lines."""
    latest = next(iter(material.meetings), None)
    waiting = [] if latest is None else [one for one in latest.outcomes.decisions if one.state is TaskState.OPEN]
    if latest is None or not waiting:
        return []
    lines = tuple(material.set(one.name) for one in waiting)
    intro = material.say("decisions.brief", day=format_date(latest.meeting.held_on, material.language))
    following = _next_measurement(material)
    return [Text(intro), Bullets(lines), *([Text(following)] if following else [])]


def _say_meeting(material: Material, held: HeldMeeting) -> str:
    facts = {
        "name": held.meeting.name,
        "day": format_date(held.meeting.held_on, material.language),
        "items": len(held.meeting.items),
    }
    said = material.say("decisions.meeting", n=facts["items"], name=facts["name"], day=facts["day"])
    people, sectors = sum(held.sectors.values()), len([code for code in held.sectors if code])
    if not people:
        return said
    return f"{said} {material.say('decisions.people', n=people, sectors=sectors)}"


def _tell_vote(material: Material, held: HeldMeeting, titles: dict[str, str]) -> list[Block]:
    """The last closed round, in the words of the minutes, and whether its first places stand."""
    closed = [one for one in held.votes.rounds if one.uid in held.votes.results]
    if not closed:
        return [Text(material.say("decisions.no_vote"))]
    last, language = closed[-1], material.language
    method = say_method(last.method, language)
    said = say_result(last, held.votes.results[last.uid], titles, language)
    if held.votes.stability is not None:
        said.append(say_stability(held.votes.stability, titles, language)[0])
    intro = material.say("decisions.voted", n=len(closed), method=method[:1].lower() + method[1:])
    return [Text(intro), Bullets(tuple(material.set(unmark(sentence)) for sentence in said))]


def _tell_projects(material: Material, held: HeldMeeting, titles: dict[str, str]) -> list[Block]:
    decisions = held.outcomes.decisions
    if not decisions:
        return [Text(material.say("decisions.none"))]
    names = ("problem", "project", "lead", "groups", "success", "measured")
    headers = tuple(material.say(f"column.{name}") for name in names)
    rows = tuple(_project_row(material, one, titles) for one in decisions)
    return [Grid(material.say("decisions.table"), headers, rows, (1.8, 2.0, 1.5, 1.4, 1.8, 1.2))]


def _project_row(material: Material, one: Decision, titles: dict[str, str]) -> tuple[str, ...]:
    language, groups = material.language, load().target_groups
    partners = {str(row["uid"]): str(row["name"]) for row in rows_of(material.register.partners)}
    day = "–" if one.measured_on is None else format_date(one.measured_on, language, style="short")
    named = "; ".join(groups.label(code, language) for code in one.groups if code in groups)
    return (
        titles.get(one.item, "–"),
        material.set(one.name),
        _say_lead(material, one, partners),
        named or "–",
        material.set(one.indicator) or "–",
        day,
    )


def _say_lead(material: Material, one: Decision, partners: dict[str, str]) -> str:
    """Who leads, and who carries the finances where that is another partner."""
    said = [partners.get(one.lead or "", "")]
    if one.finance_lead is not None and one.finance_lead != one.lead:
        said.append(say("meeting_room.carries", material.language, name=partners.get(one.finance_lead, "")))
    return material.set("; ".join(filter(None, said))) or "–"


def _tell_tasks(material: Material, held: HeldMeeting) -> list[Block]:
    """What is to be done by when; who does it stands in the minutes, which are not for everybody."""
    if not held.outcomes.tasks:
        return []
    headers = tuple(material.say(f"column.{name}") for name in ("task", "due", "state"))
    rows = tuple(_task_row(material, task) for task in held.outcomes.tasks)
    note = material.say("decisions.tasks_note")
    return [Grid(material.say("decisions.tasks"), headers, rows, (4.0, 1.2, 1.2), frozenset(), note)]


def _task_row(material: Material, task: MeetingTask) -> tuple[str, str, str]:
    language = material.language
    due = "–" if task.due_on is None else format_date(task.due_on, language, style="short")
    state = say(f"meeting_room.state.{task.state.value}", language)
    return material.set(scrub_people(task.what)[0]), due, state


def _next_measurement(material: Material) -> str:
    """The nearest day on which somebody looks whether a decision has worked; empty when none is set."""
    days = [
        one.measured_on
        for held in material.meetings
        for one in held.outcomes.decisions
        if one.measured_on is not None and one.state is TaskState.OPEN and one.measured_on >= material.today
    ]
    return material.say("decisions.next", day=format_date(min(days), material.language)) if days else ""


def _say_earlier(material: Material, held: HeldMeeting) -> str:
    states = [one.state for one in held.outcomes.decisions] + [one.state for one in held.outcomes.tasks]
    done = states.count(TaskState.DONE)
    day = format_date(held.meeting.held_on, material.language)
    return material.say("decisions.of_earlier", name=held.meeting.name, day=day, n=len(states), done=done)

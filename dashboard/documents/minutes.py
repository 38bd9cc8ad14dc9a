"""Minutes of a meeting as DOCX: present by sector, agenda, evidence as shown, votes, decisions, tasks, signatures.

Every figure is the store's: the same words and tables as on the projector, from the same results.
"""

from collections.abc import Sequence

from docx.document import Document as Paper

from dashboard.documents.docx_parts import add_caption, add_table
from dashboard.documents.docx_styles import add_foot, new_document, save
from dashboard.meetings.result_words import list_lines, say_method, say_result, say_stability
from dashboard.meetings.screens import in_language, plan_times
from dashboard.texts import say
from etl.meeting_record import MeetingRecord
from etl.store.meeting_outcomes import Outcomes
from surveys.language.numerals import format_date
from surveys.language.texts import Language
from surveys.language.typesetting import bind_short_words
from surveys.model.meeting import Decision, MeetingState, PointKind
from surveys.vocabulary import load

_SIGNATURES = ("chair", "clerk")


def write_minutes(record: MeetingRecord, language: Language) -> bytes:
    """Return the minutes of a meeting as a file.

    Args:
        record: everything of the meeting; of one that still runs, as far as it has come.
        language: of the minutes.
    """
    writer = _Minutes(record, language)
    writer.write()
    return save(writer.paper)


class _Minutes:
    """One document while it is being written."""

    def __init__(self, record: MeetingRecord, language: Language) -> None:
        self.record, self.language = record, language
        self.meeting = in_language(record.found.meeting, language)
        self.titles = {item.key: item.title for item in self.meeting.items}
        self.paper: Paper = new_document(f"{self.say('title')} – {self.meeting.name}", language)
        self._tables = 0

    def say(self, key: str, /, **facts: object) -> str:
        """Return a text of the minutes."""
        return say(f"minutes.{key}", self.language, **facts)

    def write(self) -> None:
        """Write the document from its title to the signatures."""
        add_foot(
            self.paper, f"{self.say('title')} – {self.meeting.name}", self.say("pages", page="{page}", pages="{pages}")
        )
        self._write_head()
        self._write_attendance()
        self._write_agenda()
        self._write_left()
        self._write_problems()
        self._write_votes()
        self._write_decisions()
        self._write_tasks("tasks", self.record.outcomes)
        self._write_end()

    def _write_head(self) -> None:
        meeting = self.meeting
        self.paper.add_paragraph(self.say("title"), style="Title")
        facts = [meeting.name, self.record.found.partnership_name, format_date(meeting.held_on, self.language)]
        if meeting.starts_at:
            facts.append(self.say("starts", time=meeting.starts_at))
        self.paper.add_paragraph(
            self._set(" · ".join([*facts, *([meeting.place] if meeting.place else [])])), "Subtitle"
        )
        if meeting.state is not MeetingState.CLOSED:
            self._add(self.say("draft"))

    def _write_attendance(self) -> None:
        self._head("attendance")
        people = self.record.people
        if not people:
            self._add(self.say("nobody"))
            return
        sectors = load().sectors
        self._add(self.say("present", n=len(people)))
        rows = [
            [sectors.label(code, self.language) if code else self.say("no_sector"), str(count)]
            for code, count in sorted(self.record.sectors.items(), key=lambda one: (not one[0], one[0]))
        ]
        self._table("by_sector", ("sector", "people"), rows, widths=(3, 1), figures={1})
        if any(one.name or one.organisation for one in people):
            listed = [
                [one.name, one.organisation, sectors.label(one.sector, self.language) if one.sector else ""]
                for one in people
            ]
            self._table("list", ("name", "organisation", "sector"), listed, widths=(2, 3, 1.4))

    def _write_agenda(self) -> None:
        self._head("agenda")
        for time, point in zip(plan_times(self.meeting), self.meeting.agenda, strict=True):
            text = self.say("point", title=point.title, minutes=point.minutes)
            self.paper.add_paragraph(self._set(f"{time} {text}".strip()), style="List Number")
        for place, point in enumerate(self.meeting.agenda):
            if point.kind is not PointKind.PROBLEMS:
                self._write_note(f"point:{place}", point.title)

    def _write_left(self) -> None:
        if self.record.earlier is None:
            return
        self._head("left")
        earlier = self.record.earlier
        self._add(self.say("left_by", name=earlier.name, day=format_date(earlier.held_on, self.language)))
        rows = [[one.name, "", self._state(one.state), one.outcome] for one in self.record.left.decisions] + [
            [one.what, one.who, self._state(one.state), one.outcome] for one in self.record.left.tasks
        ]
        if rows:
            self._table("left", ("what", "who", "state", "outcome"), rows, widths=(3, 1.6, 1.2, 3))
        else:
            self._add(self.say("nothing_left"))

    def _write_problems(self) -> None:
        self._head("problems")
        for number, item in enumerate(self.meeting.items, 1):
            self.paper.add_paragraph(self._set(f"{number}. {item.title}"), style="Heading 2")
            self._add(item.evidence.get(self.language) or say("meeting_room.no_evidence", self.language))
            if item.done.get(self.language):
                self._add(self.say("done", words=item.done[self.language]))
            self._write_note(f"item:{item.key}", self.say("notes"))

    def _write_votes(self) -> None:
        self._head("votes")
        votes = self.record.votes
        if not votes.rounds:
            self._add(self.say("no_votes"))
        for one in votes.rounds:
            heading = (
                f"{say('voting.title', self.language, number=one.number)} – {say_method(one.method, self.language)}"
            )
            self.paper.add_paragraph(self._set(heading), style="Heading 2")
            result = votes.results.get(one.uid)
            if result is None:
                self._add(say("meetings.vote_open", self.language))
                continue
            for sentence in say_result(one, result, self.titles, self.language):
                self._add(sentence)
            lines = list_lines(result, self.titles, self.language)
            if lines:
                rows = [
                    [
                        line.place,
                        line.title,
                        line.score,
                        f"{line.spread}; {say('meetings.result.is_split', self.language)}"
                        if line.split
                        else line.spread,
                    ]
                    for line in lines
                ]
                self._table("result", ("place", "problem", "score", "spread"), rows, widths=(0.8, 3.4, 1.4, 2.6))
        if votes.stability is not None:
            self.paper.add_paragraph(say("meetings.stands.title", self.language), style="Heading 2")
            first, *rest = say_stability(votes.stability, self.titles, self.language)
            self._add(first)
            for line in rest:
                self.paper.add_paragraph(self._set(line), style="List Bullet")
            self.paper.add_paragraph(self._set(say("meetings.stands.how", self.language)), style="Note")

    def _write_decisions(self) -> None:
        self._head("decisions")
        decisions = self.record.outcomes.decisions
        if not decisions:
            self._add(say("meeting_room.no_decisions", self.language))
            return
        groups = load().target_groups
        rows = [
            [
                self.titles.get(one.item, ""),
                one.name,
                self._say_leads(one),
                ", ".join(groups.label(code, self.language) for code in one.groups if code in groups),
                one.indicator,
                "" if one.measured_on is None else format_date(one.measured_on, self.language, style="short"),
            ]
            for one in decisions
        ]
        columns = ("problem", "project", "leads", "groups", "indicator", "measured_on")
        self._table("decisions", columns, rows, widths=(2.2, 2.4, 2, 1.7, 2.2, 1.5))

    def _say_leads(self, one: Decision) -> str:
        """Who leads, who carries the finances where that is another, and who else takes part."""
        names = self.record.partners
        said = [names.get(one.lead or "", "")]
        if one.finance_lead is not None and one.finance_lead != one.lead:
            said.append(say("meeting_room.carries", self.language, name=names.get(one.finance_lead, "")))
        others = [names[uid] for uid in one.partners if uid in names and uid not in {one.lead, one.finance_lead}]
        if others:
            said.append(say("meeting_room.with", self.language, names=", ".join(others)))
        return " ".join(f"{words}." if words and not words.endswith(".") and len(said) > 1 else words for words in said)

    def _write_tasks(self, key: str, outcomes: Outcomes) -> None:
        self._head(key)
        if not outcomes.tasks:
            self._add(say("meetings.no_tasks", self.language))
            return
        rows = [
            [
                one.what,
                one.who,
                "" if one.due_on is None else format_date(one.due_on, self.language, style="short"),
                self.titles.get(one.item or "", ""),
            ]
            for one in outcomes.tasks
        ]
        self._table(key, ("what", "who", "due_on", "problem"), rows, widths=(3.4, 1.8, 1.2, 2.4))

    def _write_end(self) -> None:
        self._head("signatures")
        table = self.paper.add_table(rows=2, cols=len(_SIGNATURES))
        for column, who in enumerate(_SIGNATURES):
            table.cell(0, column).text = "\n\n" + "." * 40
            table.cell(1, column).text = self.say(f"signature.{who}")
        self.paper.add_paragraph(self._set(self.say("method_note")), style="Note")

    def _write_note(self, subject: str, heading: str) -> None:
        note = self.record.notes.get(subject)
        if note is None or not note.text.strip():
            return
        self.paper.add_paragraph(self._set(heading), style="Heading 3")
        for line in note.text.splitlines():
            if line.strip():
                self._add(line)

    def _state(self, state: str) -> str:
        return say(f"meeting_room.state.{state}", self.language)

    def _head(self, key: str) -> None:
        self.paper.add_paragraph(self.say(f"heading.{key}"), style="Heading 1")

    def _add(self, text: str) -> None:
        self.paper.add_paragraph(self._set(text))

    def _set(self, text: str) -> str:
        return bind_short_words(text, self.language)

    def _table(
        self,
        key: str,
        columns: Sequence[str],
        rows: Sequence[Sequence[str]],
        *,
        widths: Sequence[float],
        figures: set[int] | None = None,
    ) -> None:
        self._tables += 1
        title = self.say(f"table.{key}")
        add_caption(self.paper, self.say("table.word"), self._tables, self._set(title), above=True)
        add_table(
            self.paper,
            [self.say(f"column.{column}") for column in columns],
            [[self._set(cell) for cell in row] for row in rows],
            widths=widths,
            figures=frozenset(figures or ()),
            about=title,
        )

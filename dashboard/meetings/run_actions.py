"""What a press on the projector means: fields of a form into what is written."""

from collections.abc import Callable, Mapping

from dashboard.meetings.vote_fields import MARK
from dashboard.meetings.writing import MeetingWriter, read_day
from etl.store.vote_rounds import NewRound
from surveys.findings import Report
from surveys.model.meeting import Decision, MeetingTask, TaskState, VoteMethod

_MOST_DIGITS = 3
_LONGEST = 500


class Form:
    """The fields that a page sent."""

    def __init__(self, fields: Mapping[str, list[str]]) -> None:
        self._fields = fields

    def text(self, name: str, most: int = _LONGEST) -> str:
        """Return the last value of a field, without the spaces around it."""
        return (self._fields.get(name) or [""])[-1].replace("\x00", "").strip()[:most]

    def number(self, name: str) -> int:
        """Return the whole number of a field, 0 for anything else."""
        said = self.text(name)
        return int(said) if said.isascii() and said.isdecimal() and len(said) <= _MOST_DIGITS else 0

    def all(self, name: str) -> tuple[str, ...]:
        """Return every value of a field that is not empty."""
        return tuple(value for value in self._fields.get(name, ()) if value)

    def rest_of(self, start: str) -> tuple[str, ...]:
        """Return the rest of the name of each field whose name begins alike."""
        return tuple(name.removeprefix(start) for name in self._fields if name.startswith(start))

    def named(self, start: str) -> dict[str, int]:
        """Return the numbers of the fields whose names begin alike, by the rest of the name."""
        return {name.removeprefix(start): self.number(name) for name in self._fields if name.startswith(start)}


def do_action(writer: MeetingWriter, form: Form) -> Report:
    """Do what was pressed; a press that means nothing does nothing."""
    action = _ACTIONS.get(form.text("akcja"))
    return Report() if action is None else action(writer, form)


def _add_task(writer: MeetingWriter, form: Form) -> Report:
    task = MeetingTask("", form.text("co"), form.text("kto"), read_day(form.text("do")), form.text("problem") or None)
    return writer.task(task)


def _add_decision(writer: MeetingWriter, form: Form) -> Report:
    decision = Decision(
        uid="",
        item=form.text("problem"),
        name=form.text("nazwa"),
        description=form.text("opis", 2000),
        lead=form.text("prowadzi") or None,
        finance_lead=form.text("finanse") or None,
        partners=tuple(dict.fromkeys(form.all("partner"))),
        groups=tuple(dict.fromkeys(form.all("grupa"))),
        indicator=form.text("wskaznik"),
        measured_on=read_day(form.text("pomiar")),
    )
    return writer.decision(decision)


def _open_round(writer: MeetingWriter, form: Form) -> Report:
    method = next((one for one in VoteMethod if one.value == form.text("metoda")), VoteMethod.NOMINAL)
    most = form.number("ile") if method in {VoteMethod.NOMINAL, VoteMethod.DOTS} else 0
    wanted = NewRound(method, form.all("problem"), min(most, 20), by_sector=form.text("sektor") == "tak")
    return writer.open_round(wanted)


def _say_what_became(writer: MeetingWriter, form: Form) -> Report:
    """Keep all of them at once: whoever typed beside two things and presses once loses neither."""
    said = {}
    for thing in form.rest_of("stan_"):
        state = next((one for one in TaskState if one.value == form.text(f"stan_{thing}")), TaskState.OPEN)
        said[thing] = state, form.text(f"wynik_{thing}")
    return writer.what_became(form.text("spotkanie"), said)


def _keep_hands(writer: MeetingWriter, form: Form) -> Report:
    """Keep what was counted, and close with it when asked: a count that can't be right leaves the vote open."""
    report = writer.hands(form.text("tura"), form.named(MARK), form.number("osoby"))
    if report.stops or form.text("koniec") != "tak":
        return report
    return writer.close_round(form.text("tura"))


_ACTIONS: Mapping[str, Callable[[MeetingWriter, Form], Report]] = {
    "zacznij": lambda writer, _: writer.begin(),
    "zadanie": _add_task,
    "skresl-zadanie": lambda writer, form: writer.strike_task(form.text("rzecz")),
    "decyzja": _add_decision,
    "skresl-decyzje": lambda writer, form: writer.strike_decision(form.text("rzecz")),
    "ustalenie": _say_what_became,
    "glosuj": _open_round,
    "koniec-glosowania": lambda writer, form: writer.close_round(form.text("tura")),
    "rece": _keep_hands,
    "zamknij": lambda writer, _: writer.close(),
}

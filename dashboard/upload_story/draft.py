"""What a person has decided about a file but not sent yet: in this tab only.

Once sent, decisions stand in the job that was asked for, and a reload or another tab begins from there. They are kept
apart from the widgets, because Streamlit forgets a widget's value as soon as a step does not show it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from dashboard.upload_story.column_words import DECISIONS, name_decision
from etl.importing import ColumnInspection, Decisions, Inspection
from etl.mapping.naming import title_of_file
from etl.recognise.registry import SURVEY
from surveys.analysis.sampling import usual_fieldwork
from surveys.model import Fieldwork, WaveMode

# How these sources collect answers; a person may know better.
_MODES = dict.fromkeys(("google_forms", "ms_forms", "limesurvey", "surveymonkey", "interankiety"), WaveMode.ONLINE)
_MODES["tally"] = WaveMode.PAPER

# What a file is beside an earlier import that looks the same: its newer version, or answers of other people.
REPLACE, BOTH = "replace", "both"
_PLACES = ("partnership", "wave")


@dataclass(frozen=True, slots=True)
class Draft:
    """Choices about one file.

    Attributes:
        upload: uid of the file.
    """

    upload: str

    def begin(self, sent: Decisions | None, inspection: Inspection, file_name: str, partnership: str | None) -> None:
        """Fill in the choices, when this tab has none yet: from what was sent last, else from the file.

        Args:
            sent: decisions sent last, ``None`` when none were.
            inspection: what the file was taken for.
            file_name: name of the file.
            partnership: slug to offer when nothing was sent.
        """
        if self._place in st.session_state:
            return
        mode = _MODES.get(inspection.source, WaveMode.UNKNOWN)
        fit = inspection.fit.slug if inspection.fit is not None and inspection.fit.joined else ""
        usual = usual_fieldwork(fit)
        start = sent or Decisions(partnership=partnership, wave=title_of_file(file_name), mode=mode, fieldwork=usual)
        st.session_state[self._place] = {
            "is": "answers" if start.source is not None else None,
            "partnership": start.partnership,
            "wave": start.wave or "",
            "mode": start.mode,
            "population": start.fieldwork.population,
            "sampling": start.fieldwork.sampling,
            "personal": "drop" if start.drop_identifiers else None,
            "separate": start.questionnaire == "",
            "accept": start.accept_suggestions,
            "again": REPLACE if start.replaces else BOTH if start.keep_both else None,
            "earlier": start.replaces,
            "columns": {position: name_decision(decision) for position, decision in start.columns.items()},
            "join": start.questionnaire or None,
            "unfinished": start.keep_unfinished,
            "names": start.keep_names,
            "people": start.people,
            "values": {position: dict(said) for position, said in start.values.items()},
            "questions": dict(start.questions),
        }

    def offer(self, name: str) -> str:
        """Return the key for a widget that shows a choice, already set to it; its ``on_change`` is `take`."""
        key = self._key(name)
        st.session_state[key] = self.values[name]
        return key

    def take(self, name: str) -> Callable[[], None]:
        """Return the callback that keeps what a widget of `offer` was changed to."""

        def keep() -> None:
            self.values[name] = st.session_state[self._key(name)]
            if name in _PLACES:
                # What was said of an earlier import of another measurement says nothing of this one.
                self.values["again"] = None

        return keep

    def read(self) -> Decisions:
        """Return the decisions as they would be sent now."""
        values = self.values
        return Decisions(
            partnership=values["partnership"],
            wave=values["wave"].strip() or None,
            mode=values["mode"],
            fieldwork=Fieldwork(values["population"], sampling=values["sampling"]),
            # An empty slug asks for a new questionnaire, none for the known one that fits.
            questionnaire="" if values["separate"] else values["join"],
            # One that was set back to "as recognised" is a decision too: a remembered one gives way.
            columns={position: DECISIONS[name] for position, name in sorted(self.columns.items())},
            drop_identifiers=values["personal"] == "drop",
            accept_suggestions=values["accept"],
            replaces=values["earlier"] if values["again"] == REPLACE else None,
            keep_both=values["again"] == BOTH,
            # Asked only where the program is not sure.
            source=SURVEY if values["is"] == "answers" else None,
            keep_unfinished=values["unfinished"],
            keep_names=values["names"],
            people=values["people"],
            values={position: dict(said) for position, said in sorted(values["values"].items()) if said},
            questions=dict(sorted(values["questions"].items())),
        )

    @property
    def values(self) -> dict[str, Any]:
        """Choices by name; whoever writes into it has decided."""
        found: dict[str, Any] = st.session_state[self._place]
        return found

    @property
    def questions(self) -> dict[int, str]:
        """Names of the known questions that columns are, ``""`` for a new question, by position."""
        found: dict[int, str] = self.values["questions"]
        return found

    def forget_series(self) -> None:
        """Drop what was said of earlier questionnaires: those of another partnership are others."""
        self.values["join"] = None
        self.questions.clear()

    def values_of(self, position: int) -> dict[str, str | None]:
        """Return what was decided on written values of a column; whoever writes into it has decided."""
        found: dict[str, str | None] = self.values["values"].setdefault(position, {})
        return found

    def accept_certain(self, columns: Sequence[ColumnInspection]) -> None:
        """Take every certain code of answers in people's own words, where nobody has decided on their question."""
        for column in columns:
            certain = any(value.certain for value in column.values)
            if column.about is not None and certain and column.vocabulary is None:
                self.columns.setdefault(column.columns[0], f"vocabulary_{column.about}")

    @property
    def columns(self) -> dict[int, str]:
        """Names of decisions on single columns, by the position of the first one."""
        found: dict[int, str] = self.values["columns"]
        return found

    @property
    def _place(self) -> str:
        return f"draft-{self.upload}"

    def _key(self, name: str) -> str:
        return f"draft-{self.upload}-{name}"

    def column_key(self, place: str, position: int) -> str:
        """Return the key of a widget that decides on a column, apart for each place of the page."""
        return self._key(f"{place}-{position}")

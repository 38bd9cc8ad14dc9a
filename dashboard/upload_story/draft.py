"""What a person has decided about a file but not sent yet: in this tab only.

Once sent, decisions stand in the job that was asked for, and a reload or another tab begins from there.
"""

from dataclasses import dataclass

import streamlit as st

from dashboard.upload_story.column_words import DECISIONS, KEEP, name_decision
from etl.importing import Decisions, Inspection
from etl.mapping.naming import title_of_file
from surveys.model import WaveMode

# These tools collect answers online; a person may know better.
_ONLINE_SOURCES = frozenset({"google_forms", "ms_forms", "limesurvey", "surveymonkey", "interankiety"})


@dataclass(frozen=True, slots=True)
class Draft:
    """Choices about one file, kept under keys of its own.

    Attributes:
        upload: uid of the file.
    """

    upload: str

    def key(self, name: str) -> str:
        """Return the key of a widget or value."""
        return f"draft-{self.upload}-{name}"

    def begin(self, sent: Decisions | None, inspection: Inspection, file_name: str, partnership: str | None) -> None:
        """Fill in whatever this tab does not know yet: from what was sent last, else from the file.

        Args:
            sent: decisions sent last, ``None`` when none were.
            inspection: what the file was taken for.
            file_name: name of the file.
            partnership: slug to offer when nothing was sent.
        """
        mode = WaveMode.ONLINE if inspection.source in _ONLINE_SOURCES else WaveMode.UNKNOWN
        start = sent or Decisions(partnership=partnership, wave=title_of_file(file_name), mode=mode)
        values = {
            "partnership": start.partnership,
            "wave": start.wave or "",
            "mode": start.mode,
            "personal": "drop" if start.drop_identifiers else None,
            "separate": start.questionnaire == "",
            "accept": start.accept_suggestions,
            "columns": {position: name_decision(decision) for position, decision in start.columns.items()},
        }
        for name, value in values.items():
            st.session_state.setdefault(self.key(name), value)

    def read(self) -> Decisions:
        """Return the decisions as they would be sent now."""
        state = st.session_state
        return Decisions(
            partnership=state[self.key("partnership")],
            wave=state[self.key("wave")].strip() or None,
            mode=state[self.key("mode")] or WaveMode.UNKNOWN,
            # An empty slug asks for a new questionnaire, none for the known one that fits.
            questionnaire="" if state[self.key("separate")] else None,
            columns={position: DECISIONS[name] for position, name in sorted(self.columns.items()) if name != KEEP},
            drop_identifiers=state[self.key("personal")] == "drop",
            accept_suggestions=bool(state[self.key("accept")]),
        )

    @property
    def columns(self) -> dict[int, str]:
        """Names of decisions on single columns, by the position of the first one."""
        found: dict[int, str] = st.session_state[self.key("columns")]
        return found

    @property
    def personal(self) -> str | None:
        """What to do with personal data: ``drop``, ``stop``, or ``None`` while nobody has said."""
        chosen: str | None = st.session_state[self.key("personal")]
        return chosen

    @property
    def partnership(self) -> str | None:
        """Slug of the chosen partnership."""
        chosen: str | None = st.session_state[self.key("partnership")]
        return chosen

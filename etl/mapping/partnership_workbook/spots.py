"""One cell while it is read: where it is, and where its faults go."""

from dataclasses import dataclass
from datetime import date

from surveys.findings import Place
from surveys.vocabulary.reading import FaultLog

_LONGEST_QUOTE = 80
# Facts that are lists of our own words: cut short they would be of no use.
_WHOLE_FACTS = {"candidates", "members", "allowed", "taken", "cycle"}


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for the whole reading.

    Attributes:
        faults: receives every finding.
        accept_suggestions: take an uncertain suggestion of a word and say so, instead of asking.
        today: years far beyond it are asked about.
    """

    faults: FaultLog
    accept_suggestions: bool
    today: date


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell's place, with the terms of its reading."""

    place: Place
    terms: Terms

    def fault(self, code: str, **facts: str | int) -> None:
        """Note a finding here; long texts are cut, so that a sentence stays a sentence."""
        quoted = {name: fact if name in _WHOLE_FACTS else shorten(fact) for name, fact in facts.items()}
        self.terms.faults.add(code, self.place, **quoted)


def shorten(fact: str | int) -> str | int:
    """Return a fact as it is quoted: one line of at most 80 characters; numbers as they are."""
    if not isinstance(fact, str):
        return fact
    line = " ".join(fact.split())
    return line if len(line) <= _LONGEST_QUOTE else f"{line[: _LONGEST_QUOTE - 1]}…"

"""A code list: a frozen mapping from code to entry, in the order of its file."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Generic, TypeVar

from surveys.language.texts import Language, load_catalogue
from surveys.vocabulary.entries import Entry, RollUp, TargetGroup

E_co = TypeVar("E_co", bound=Entry, covariant=True)  # a list of problems may stand where entries are asked


def mark_unlisted(code: str, language: Language) -> str:
    """Return a code that a list does not hold (any more) as it is shown: ``P999 (kod spoza listy)``."""
    return load_catalogue("surveys.language.catalogues").say("code.unlisted", language, code=code)


class CodeList(Mapping[str, E_co], Generic[E_co]):
    """Entries by code.

    Args:
        name: name of the list in code and in the model, for example ``problems``.
        entries: in the order in which they are shown.
    """

    def __init__(self, name: str, entries: Iterable[E_co]) -> None:
        self.name = name
        self._entries = MappingProxyType({entry.code: entry for entry in entries})

    def __getitem__(self, code: str) -> E_co:
        return self._entries[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def __repr__(self) -> str:
        return f"<CodeList {self.name}: {len(self)} entries>"

    @property
    def codes(self) -> tuple[str, ...]:
        """Every code, in the order of the file."""
        return tuple(self._entries)

    def label(self, code: str, language: Language) -> str:
        """Return the label of a code; one that is no longer on the list is shown as it is, marked.

        People may take an entry off a list while the store still holds its code, and what was entered must still be
        seen. Whoever needs to know whether the code is on the list asks ``code in codes``.
        """
        entry = self._entries.get(code)
        return mark_unlisted(code, language) if entry is None else entry.label(language)

    def labels(self, language: Language) -> dict[str, str]:
        """Return label by code, in the order of the file."""
        return {code: entry.label(language) for code, entry in self._entries.items()}


class TargetGroupList(CodeList[TargetGroup]):
    """Target groups with their roll-ups (``seniors``, ``children_youth``, ``women``, ``disabilities``)."""

    def __init__(self, name: str, entries: Iterable[TargetGroup], roll_ups: CodeList[RollUp]) -> None:
        super().__init__(name, entries)
        self.roll_ups = roll_ups

    def expand(self, code: str) -> tuple[str, ...]:
        """Return the group codes a code stands for: itself, or the members of a roll-up.

        Raises:
            KeyError: it is neither a group nor a roll-up.
        """
        return self.roll_ups[code].members if code in self.roll_ups else (self[code].code,)

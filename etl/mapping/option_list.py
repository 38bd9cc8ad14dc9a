"""Options of one question while its column is read: the known ones keep their places, new ones come after them."""

from collections.abc import Iterable
from dataclasses import replace

from etl.clean.labels import option_key
from surveys.model import Choice


class OptionList:
    """An ordered list of options that can be found by any spelling of their labels.

    Args:
        known: options whose places may not change (those of a known questionnaire).
    """

    def __init__(self, known: Iterable[Choice] = ()) -> None:
        self._choices: list[Choice] = list(known)
        self._places: dict[str, int] = {}
        for place, choice in enumerate(self._choices):
            for label in (choice.label_pl, choice.label_en):
                if label:
                    self._places.setdefault(option_key(label), place)
        self._codes = {choice.code for choice in self._choices}

    def find(self, key: str) -> int | None:
        """Return the place of the option with this key (`option_key`), ``None`` when there is none."""
        return self._places.get(key)

    def find_code(self, code: str) -> int | None:
        """Return the place of the option with this code, ``None`` when there is none."""
        return next((place for place, choice in enumerate(self._choices) if choice.code == code), None)

    def call(self, key: str, place: int) -> None:
        """Let another wording (`option_key`) stand for the option at a place."""
        self._places.setdefault(key, place)

    def choice(self, place: int) -> Choice:
        """Return the option at a place."""
        return self._choices[place]

    @property
    def other(self) -> int | None:
        """Place of the option "inne", ``None`` when there is none."""
        return next((place for place, choice in enumerate(self._choices) if choice.is_other), None)

    def add(self, choice: Choice, key: str) -> int:
        """Append an option, its code made unique, and return its place; one with the same key stays what it is."""
        if key in self._places:
            return self._places[key]
        code, number = choice.code, 2
        while code in self._codes:
            code = f"{choice.code}-{number}"
            number += 1
        self._codes.add(code)
        self._choices.append(replace(choice, code=code))
        self._places[key] = len(self._choices) - 1
        return self._places[key]

    def add_missing(self, label: str, kind: str) -> int:
        """Return the place of a said kind of missing, appended when nobody has said it so before."""
        return self.add(Choice(kind, label, missing=kind), option_key(label))

    @property
    def choices(self) -> tuple[Choice, ...]:
        """All options, in their order."""
        return tuple(self._choices)

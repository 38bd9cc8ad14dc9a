"""The question bank: questions to build one's own questionnaire from, in both languages.

``bank.csv`` is a form that nobody fills in. Its column ``diagnoza::bank`` numbers the questions (a letter behind a
number marks a variant of it for another audience; A is for activities, Y for youth, M for the respondent profile),
``diagnoza::audience`` and ``diagnoza::topic`` sort them, ``diagnoza::fill`` marks lists that a partnership fills in:
``partners`` from its register, ``places`` by hand.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

from surveys.model import FormChoice, FormGroup, FormRow
from surveys.questionnaires.loader import BANK_FILE, parse_form
from surveys.questionnaires.minutes import estimate_seconds

BANK, AUDIENCE, TOPIC, FILL = "diagnoza::bank", "diagnoza::audience", "diagnoza::topic", "diagnoza::fill"


@dataclass(frozen=True, slots=True)
class BankQuestion:
    """A question of the bank, or a table of questions.

    Attributes:
        id: its number, for example ``14`` or ``1y``.
        audience: whom it is worded for: ``residents``, ``partners``, ``cooperation``, ``activity``, ``youth``.
        topic: what it is about, for example ``problems`` or ``trust``.
        item: as it stands in a form; keeps its number in ``extra``.
        lists: its options by name of their list, with labels.
    """

    id: str
    audience: str
    topic: str
    item: FormRow | FormGroup
    lists: Mapping[str, tuple[FormChoice, ...]]

    @property
    def seconds(self) -> float:
        """How long it takes to answer, see `surveys.questionnaires.minutes`."""
        return estimate_seconds((self.item,), self.lists)


@cache
def load_bank() -> tuple[BankQuestion, ...]:
    """Return every question of the bank, in its order."""
    text = resources.files("surveys.questionnaires").joinpath(BANK_FILE).read_text(encoding="utf-8-sig")
    form = parse_form(text)
    return tuple(_take(item, form.lists) for item in form.items)


def find_in_bank(number: str) -> BankQuestion | None:
    """Return the question of a number, ``None`` when the bank has none."""
    return next((question for question in load_bank() if question.id == number), None)


def _take(item: FormRow | FormGroup, lists: Mapping[str, tuple[FormChoice, ...]]) -> BankQuestion:
    extra = dict(item.extra)
    audience, topic = extra.pop(AUDIENCE), extra.pop(TOPIC)
    names = {row.list_name for row in _rows(item) if row.list_name}
    own = {name: options for name, options in lists.items() if name in names}
    return BankQuestion(extra[BANK], audience, topic, replace(item, extra=extra), own)


def _rows(item: FormRow | FormGroup) -> list[FormRow]:
    if isinstance(item, FormRow):
        return [item]
    return [row for inside in item.items for row in _rows(inside)]

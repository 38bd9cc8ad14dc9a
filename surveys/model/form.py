"""How a questionnaire is put to people: a form as XLSForm has it, with its wording, order, rules and lists.

A `Questionnaire` says what answers mean and is what analysis reads; a `Form` says what is shown, asked under which
condition and refused when. Every shipped or own questionnaire is a form first, and its questionnaire is made from it.
What we have no use for is kept (``extra``), so that a form goes out as it came in.

Expressions (``relevant``, ``constraint``, ``calculation``, ``choice_filter``) are XLSForm's own texts: ``${name}``
stands for another answer, ``.`` for this one. A missing text is empty; a missing list is an empty tuple.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

# By language: "pl", "en", else the words of the form's own header ("Deutsch (de)"); "" is a language nobody named.
Labels = Mapping[str, str]


def say(labels: Labels, language: str) -> str:
    """Return a text in a language, else in Polish, else in the first one there is; ``""`` when there is none."""
    return next((text for text in (labels.get(language), labels.get("pl"), *labels.values()) if text), "")


@dataclass(frozen=True, slots=True)
class FormChoice:
    """An option of a list.

    Attributes:
        name: code in the data.
        labels: by language.
        missing: kind of missing (list ``missing_kinds``) when choosing it means giving no answer, else ``None``.
        is_other: the option "inne, jakie".
        extra: further columns of its row, for example those that ``choice_filter`` asks.
    """

    name: str
    labels: Labels = field(default_factory=dict)
    missing: str | None = None
    is_other: bool = False
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FormRow:
    """One row of a form that is no group: a question, a note, a calculation, something the device fills in.

    Attributes:
        name: in the data; unique in its group.
        type: XLSForm's canonical word without the list: ``select_one``, ``select_multiple``, ``rank``, ``text``,
            ``integer``, ``decimal``, ``range``, ``date``, ``note``, ``calculate``, ``start`` …
        list_name: of its options; empty outside choices.
        or_other: XLSForm adds an option "other" with a text field of its own.
        labels, hints: by language.
        required: an answer has to be given (``yes`` or an expression; empty: it need not).
        appearance, default, parameters: as XLSForm has them.
        vocabulary, profile, scale, max_choices: our own columns; see `surveys.model.questionnaire.Question`.
            ``scale``: a ``select_one`` whose options are points of a scale, in order.
        extra: further columns of its row by header.
        place: 1-based row of the sheet it was read from, 0 when it was not; not part of what it says.
    """

    name: str
    type: str
    list_name: str = ""
    or_other: bool = False
    labels: Labels = field(default_factory=dict)
    hints: Labels = field(default_factory=dict)
    required: str = ""
    required_messages: Labels = field(default_factory=dict)
    relevant: str = ""
    constraint: str = ""
    constraint_messages: Labels = field(default_factory=dict)
    appearance: str = ""
    calculation: str = ""
    default: str = ""
    choice_filter: str = ""
    parameters: str = ""
    vocabulary: str | None = None
    profile: str | None = None
    scale: bool = False
    max_choices: int | None = None
    extra: Mapping[str, str] = field(default_factory=dict)
    place: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class FormGroup:
    """A group of rows; a table of questions when its appearance holds ``table-list``, a repeat when it is one.

    Attributes:
        items: rows and groups in order.
        is_repeat: asked as often as there are children, say; analysis leaves its answers out.
        repeat_count: expression of how often, empty when the respondent decides.
        place: see `FormRow`.
    """

    name: str
    labels: Labels = field(default_factory=dict)
    hints: Labels = field(default_factory=dict)
    items: tuple["FormRow | FormGroup", ...] = ()
    relevant: str = ""
    appearance: str = ""
    is_repeat: bool = False
    repeat_count: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)
    place: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Form:
    """A whole form, one version of it.

    Attributes:
        form_id: its name in addresses and commands (slug); versions of one questionnaire share it.
        version: as its author wrote it, for example ``2026-1``.
        titles: by language.
        default_language: language key of `Labels` to show first.
        items: rows and groups in order.
        lists: options by name of their list, in the order shown.
        settings: further settings by header.
        other_sheets: rows by header of sheets we have no use for (``entities``, ``external_choices``), as they came.
    """

    form_id: str
    version: str
    titles: Labels
    default_language: str = "pl"
    items: tuple[FormRow | FormGroup, ...] = ()
    lists: Mapping[str, tuple[FormChoice, ...]] = field(default_factory=dict)
    settings: Mapping[str, str] = field(default_factory=dict)
    other_sheets: Mapping[str, tuple[Mapping[str, str], ...]] = field(default_factory=dict)

    def rows(self) -> Iterator[tuple[FormRow, tuple[FormGroup, ...]]]:
        """Yield every row with the groups around it, from the outside in, in the order asked."""
        yield from _rows(self.items, ())


def _rows(
    items: tuple[FormRow | FormGroup, ...], around: tuple[FormGroup, ...]
) -> Iterator[tuple[FormRow, tuple[FormGroup, ...]]]:
    for item in items:
        if isinstance(item, FormGroup):
            yield from _rows(item.items, (*around, item))
        else:
            yield item, around

"""Rules of a question: whether it has to be answered, when it is shown, which answers are taken."""

from dataclasses import dataclass, replace

from surveys.model import Form, FormGroup, FormRow
from surveys.model.form import Labels
from surveys.questionnaires.editing.paths import Item, Path, item_at, put
from surveys.questionnaires.editing.wording import relabel
from surveys.questionnaires.making import answer_type

_NO = frozenset({"", "no", "false", "false()"})


@dataclass(frozen=True, slots=True)
class Rules:
    """Rules of a question, a table or a section.

    Attributes:
        required: an answer has to be given; for a table in every row.
        relevant: expression, empty for "always shown".
        constraint: expression, empty for "every answer is taken"; of questions only.
        messages: what is said of an answer that is not taken, by language.
    """

    required: bool
    relevant: str
    constraint: str = ""
    messages: Labels | None = None


def rules_of(item: Item) -> Rules:
    """Return the rules that something has now."""
    if isinstance(item, FormRow):
        return Rules(is_required(item), item.relevant, item.constraint, dict(item.constraint_messages))
    asked = [row for row in item.items if isinstance(row, FormRow) and answer_type(row) is not None]
    return Rules(bool(asked) and all(map(is_required, asked)), item.relevant)


def is_required(row: FormRow) -> bool:
    """Whether a question has to be answered, always or on some condition."""
    return row.required.strip().lower() not in _NO


def set_rules(form: Form, path: Path, rules: Rules) -> Form:
    """Return a form with other rules of a question, a table or a section; what is as it was keeps its own writing."""
    item = item_at(form, path)
    old = rules_of(item)
    if isinstance(item, FormRow):
        return put(form, path, _set_of_row(item, old, rules))
    rows = tuple(_require(row, rules.required) if isinstance(row, FormRow) else row for row in item.items)
    changed = replace(item, relevant=rules.relevant)
    return put(form, path, replace(changed, items=rows) if rules.required != old.required else changed)


def set_condition(form: Form, path: Path, relevant: str) -> Form:
    """Return a form with another condition of a section."""
    item = item_at(form, path)
    if not isinstance(item, FormGroup):
        raise TypeError("only a group is a section")
    return put(form, path, replace(item, relevant=relevant))


def _set_of_row(row: FormRow, old: Rules, rules: Rules) -> FormRow:
    changed = row if rules.required == old.required else _require(row, rules.required)
    changed = replace(changed, relevant=rules.relevant, constraint=rules.constraint)
    if rules.messages is not None:
        messages = relabel(row.constraint_messages, rules.messages)
        changed = replace(changed, constraint_messages=messages if rules.constraint else {})
    return changed


def _require(row: FormRow, required: bool) -> FormRow:  # noqa: FBT001 # one meaning
    if answer_type(row) is None:
        return row
    return replace(row, required="yes" if required else "", required_messages=row.required_messages if required else {})

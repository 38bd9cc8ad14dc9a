"""Options of a question and rows of a table: lines that are reworded, added and taken out."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import count

from surveys.language.folding import fold, slugify
from surveys.model import Form, FormChoice, FormGroup, FormRow
from surveys.model.form import Labels
from surveys.questionnaires.editing.paths import EditRefusedError, Item, Path, Unit, item_at, needs, put
from surveys.questionnaires.editing.wording import relabel
from surveys.vocabulary import load

_NAME_LENGTH = 32
_OTHER = frozenset({"inne", "inny", "inna", "inne jakie", "other"})


def set_options(form: Form, path: Path, options: Sequence[tuple[str, Labels]]) -> Form:
    """Return a form with other options of a question or of all rows of a table.

    Options that other questions share are changed for this one only.

    Args:
        form: the form.
        path: of the question or the table.
        options: name and labels of each, in the order shown; a new one has the name ``""``.
    """
    unit = Unit(path, item_at(form, path))
    list_name = unit.rows[0].list_name
    known = {option.name: option for option in form.lists.get(list_name, ())}
    taken = set(known) | {name for name, _ in options}
    made = []
    for name, labels in options:
        spoken = {language: text for language, text in labels.items() if text}
        if name in known:
            made.append(replace(known[name], labels=relabel(known[name].labels, spoken)))
        else:
            made.append(make_option(spoken, taken))
            taken.add(made[-1].name)
    mine = {id(row) for row in unit.rows}
    shared = any(row.list_name == list_name and id(row) not in mine for row, _ in form.rows())
    if shared:
        new_name = free_name(list_name, set(form.lists))
        item = unit.item
        renamed: Item = (
            replace(item, list_name=new_name)
            if isinstance(item, FormRow)
            else replace(item, items=tuple(_rename_list(row, list_name, new_name) for row in item.items))
        )
        form, list_name = put(form, path, renamed), new_name
    return replace(form, lists={**form.lists, list_name: tuple(made)})


def set_rows(form: Form, path: Path, rows: Sequence[tuple[str, Labels]]) -> Form:
    """Return a form with other rows of a table; a new row is answered as the first one is.

    Args:
        form: the form.
        path: of the table.
        rows: name and labels of each, in the order shown; a new one has the name ``""``.

    Raises:
        EditRefusedError: another question's condition asks for a row that is gone, or none is left.
    """
    table = item_at(form, path)
    if not isinstance(table, FormGroup):
        raise TypeError("only a table has rows")
    if not rows:
        raise EditRefusedError("last")
    known = {row.name: row for row in Unit(path, table).rows}
    first = next(iter(known.values()))
    taken = {row.name for row, _ in form.rows()}
    made = []
    for name, labels in rows:
        spoken = {language: text for language, text in labels.items() if text}
        if name in known:
            made.append(replace(known[name], labels=relabel(known[name].labels, spoken)))
        else:
            new = free_name(next(iter(spoken.values()), ""), taken)
            taken.add(new)
            made.append(FormRow(new, first.type, first.list_name, labels=spoken, scale=first.scale))
    changed = put(form, path, replace(table, items=tuple(made)))
    gone = set(known) - {row.name for row in made}
    needing = [name for name, needed in needs(changed) if gone & needed]
    if needing:
        raise EditRefusedError("needed", needing)
    return changed


def make_option(labels: Labels, taken: set[str]) -> FormChoice:
    """Make an option of a person's words: "trudno powiedzieć" gives no answer, "inne" takes words."""
    text = next(iter(labels.values()), "")
    return FormChoice(
        free_name(text, taken), labels, missing=_kinds_by_words().get(fold(text)), is_other=fold(text) in _OTHER
    )


def free_name(text: str, taken: set[str]) -> str:
    """Return a name made of somebody's words that is not taken yet."""
    try:
        base = slugify(text).replace("-", "_")[:_NAME_LENGTH].strip("_")
    except ValueError:
        base = ""
    base = base if base[:1].isalpha() else f"o_{base}".rstrip("_")
    return next(name for number in count(1) if (name := base if number == 1 else f"{base}_{number}") not in taken)


@cache
def _kinds_by_words() -> Mapping[str, str]:
    return {
        fold(phrase): entry.code
        for entry in load().missing_kinds.values()
        if entry.code != "blank"
        for phrase in (entry.label_pl, entry.label_en, *entry.synonyms_pl, *entry.synonyms_en)
    }


def _rename_list(item: Item, old: str, new: str) -> Item:
    return replace(item, list_name=new) if isinstance(item, FormRow) and item.list_name == old else item


def rename_lists(item: Item, old: str, new: str) -> Item:
    """Return a question or a table that takes its options from another list."""
    if isinstance(item, FormRow):
        return _rename_list(item, old, new)
    return replace(item, items=tuple(_rename_list(row, old, new) for row in item.items))


def without_unused_lists(form: Form) -> Form:
    """Return a form without the lists that no question takes its options from."""
    used = {row.list_name for row, _ in form.rows()}
    return replace(form, lists={name: options for name, options in form.lists.items() if name in used})

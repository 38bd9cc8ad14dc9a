"""Questions moved, taken out and added."""

from collections.abc import Sequence
from dataclasses import replace

from surveys.model import Form, FormRow
from surveys.model.form import Labels
from surveys.questionnaires.editing.options import free_name, make_option, rename_lists, without_unused_lists
from surveys.questionnaires.editing.paths import (
    EditRefusedError,
    Path,
    Unit,
    insert_after,
    item_at,
    items_around,
    names_asked,
    needs,
    put_around,
    put_items,
)


def move(form: Form, path: Path, step: int) -> Form:
    """Return a form with something moved up (−1) or down (+1) among its neighbours; at an end it stays."""
    around = items_around(form, path)
    place = path[-1] + step
    if not 0 <= place < len(around):
        return form
    moved = list(around)
    moved[path[-1]], moved[place] = moved[place], moved[path[-1]]
    return put_around(form, path, tuple(moved))


def remove(form: Form, path: Path) -> Form:
    """Return a form without a question or a table.

    Raises:
        EditRefusedError: another question's condition asks for it, or it is the last row of its table.
    """
    item = item_at(form, path)
    gone = {row.name for row in Unit(path, item).rows}
    if len(path) > 1 and len(items_around(form, path)) == 1:
        raise EditRefusedError("last")
    shorter = replace(form, items=put_items(form.items, path, ()))
    needing = [name for name, needed in needs(shorter) if gone & needed]
    if needing:
        raise EditRefusedError("needed", needing)
    return without_unused_lists(shorter)


def add_from(form: Form, source: Form, unit: Unit, after: Path | None = None) -> Form:
    """Return a form with a question or a table of another form.

    Args:
        form: the form.
        source: where the question stands.
        unit: the question there.
        after: of the question it comes after, ``None`` to put it last.

    Raises:
        EditRefusedError: a question of its name is in the form.
    """
    here = {row.name for row, _ in form.rows()}
    twice = [row.name for row in unit.rows if row.name in here]
    if twice:
        raise EditRefusedError("taken", twice)
    item, lists = unit.item, dict(form.lists)
    for name in dict.fromkeys(row.list_name for row in unit.rows if row.list_name):
        own = source.lists.get(name, ())
        if lists.get(name, own) == own:
            lists[name] = own
            continue
        new_name = free_name(name, set(lists))
        lists[new_name] = own
        item = rename_lists(item, name, new_name)
    # A condition on a question that did not come along would hold for nobody.
    known = here | {row.name for row in unit.rows}
    if any(name not in known for name in names_asked(item.relevant)):
        item = replace(item, relevant="")
    return insert_after(replace(form, lists=lists), item, after)


def add_own(form: Form, kind: str, labels: Labels, options: Sequence[Labels] = (), after: Path | None = None) -> Form:
    """Return a form with a new question.

    Args:
        form: the form.
        kind: ``select_one``, ``select_multiple``, ``rank``, ``text`` or ``integer``.
        labels: its wording by language.
        options: labels of its options, for choices.
        after: of the question it comes after, ``None`` to put it last.
    """
    name = free_name(next(iter(labels.values()), ""), {row.name for row, _ in form.rows()} | set(form.lists))
    lists = dict(form.lists)
    if options:
        taken: set[str] = set()
        made = []
        for option in options:
            made.append(make_option(option, taken))
            taken.add(made[-1].name)
        lists[name] = tuple(made)
    row = FormRow(name, kind, name if options else "", labels=labels)
    return insert_after(replace(form, lists=lists), row, after)

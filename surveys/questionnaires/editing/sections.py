"""Sections of a form: begun, dissolved, moved, and questions carried over their borders.

A section is a group that is neither a table nor a repeat. It keeps at least one question.
"""

from dataclasses import dataclass, replace

from surveys.model import Form, FormGroup
from surveys.model.form import Labels
from surveys.questionnaires.conditions import join_expressions
from surveys.questionnaires.editing.options import free_name
from surveys.questionnaires.editing.order import move
from surveys.questionnaires.editing.paths import (
    EditRefusedError,
    Item,
    Path,
    is_section,
    item_at,
    items_around,
    put,
    put_around,
    put_items,
)


@dataclass(frozen=True, slots=True)
class Section:
    """A section and where it stands."""

    path: Path
    group: FormGroup


def list_sections(form: Form) -> tuple[Section, ...]:
    """Return the sections of a form in their order, those inside others after them."""

    def walk(items: tuple[Item, ...], around: Path) -> list[Section]:
        found = []
        for place, item in enumerate(items):
            if isinstance(item, FormGroup) and is_section(item):
                found += [Section((*around, place), item), *walk(item.items, (*around, place))]
        return found

    return tuple(walk(form.items, ()))


def begin_section(form: Form, first: Path, labels: Labels) -> Form:
    """Return a form with a new section that begins at a question and goes to where the next one begins.

    Inside a section it takes the rest of that one, and its condition with it.

    Args:
        form: the form.
        first: path of its first question.
        labels: its title by language.

    Raises:
        EditRefusedError: a section begins there already.
    """
    around, place = items_around(form, first), first[-1]
    taken = {row.name for row, _ in form.rows()} | _names_of_groups(form.items) | set(form.lists)
    name = free_name(next(iter(labels.values()), ""), taken)
    if len(first) == 1:
        end = next((other for other in range(place, len(around)) if is_section(around[other])), len(around))
        section = FormGroup(name, labels, items=around[place:end])
        return put_around(form, first, (*around[:place], section, *around[end:]))
    parent = item_at(form, first[:-1])
    if place == 0 or not isinstance(parent, FormGroup):
        raise EditRefusedError("section_here")
    section = FormGroup(name, labels, items=around[place:], relevant=parent.relevant)
    shorter = replace(parent, items=around[:place])
    return replace(form, items=put_items(form.items, first[:-1], (shorter, section)))


def dissolve_section(form: Form, path: Path) -> Form:
    """Return a form without a section; its questions stay where they are, and each takes the section's condition."""
    group = item_at(form, path)
    if not isinstance(group, FormGroup):
        raise TypeError("only a group is a section")
    freed = tuple(replace(item, relevant=join_expressions(group.relevant, item.relevant)) for item in group.items)
    return replace(form, items=put_items(form.items, path, freed))


def carry(form: Form, path: Path, step: int) -> Form:
    """Return a form with a question moved up (−1) or down (+1), into the next section and out of its own too.

    Raises:
        EditRefusedError: it is the last one of its section.
    """
    around, place = items_around(form, path), path[-1] + step
    if 0 <= place < len(around):
        neighbour = around[place]
        if not isinstance(neighbour, FormGroup) or not is_section(neighbour):
            return move(form, path, step)
        _require_others(form, path)
        item = around[path[-1]]
        inside = (*neighbour.items, item) if step < 0 else (item, *neighbour.items)
        entered = put(form, (*path[:-1], place), replace(neighbour, items=inside))
        return replace(entered, items=put_items(entered.items, path, ()))
    if len(path) == 1:
        return form
    _require_others(form, path)
    section = item_at(form, path[:-1])
    if not isinstance(section, FormGroup):
        raise TypeError("a question holds no questions")
    item = around[path[-1]]
    left = replace(section, items=tuple(other for other in around if other is not item))
    return replace(form, items=put_items(form.items, path[:-1], (item, left) if step < 0 else (left, item)))


def put_into_section(form: Form, path: Path, section: str) -> Form:
    """Return a form with a question moved to the end of a section, or (``""``) of the whole form.

    Raises:
        EditRefusedError: it is the last one of its section, or there is no such section (``gone``).
    """
    item = item_at(form, path)
    _require_others(form, path)
    if not section:
        grown = replace(form, items=(*form.items, item))
    else:
        target = next((each for each in list_sections(form) if each.group.name == section), None)
        if target is None:
            raise EditRefusedError("gone")
        # What is added at an end leaves every path before it as it is.
        grown = put(form, target.path, replace(target.group, items=(*target.group.items, item)))
    return replace(grown, items=put_items(grown.items, path, ()))


def _require_others(form: Form, path: Path) -> None:
    if len(path) > 1 and len(items_around(form, path)) == 1:
        raise EditRefusedError("last")


def _names_of_groups(items: tuple[Item, ...]) -> set[str]:
    groups = [item for item in items if isinstance(item, FormGroup)]
    return {group.name for group in groups}.union(*(_names_of_groups(group.items) for group in groups))

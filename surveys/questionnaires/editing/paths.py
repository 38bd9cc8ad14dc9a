"""Where things stand in a form: paths, what is moved as one, what depends on what."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from surveys.model import Form, FormGroup, FormRow
from surveys.questionnaires.expressions import names_in
from surveys.questionnaires.making import answer_type, is_table

Item = FormRow | FormGroup
Path = tuple[int, ...]


class EditRefusedError(ValueError):
    """A step that would break the form.

    Attributes:
        reason: ``needed`` (other questions depend on it), ``taken`` (a question of this name is there), ``last`` (a
            table's or a section's last row), ``section_here`` (a section begins there already).
        names: of the questions that stand against it.
    """

    def __init__(self, reason: str, names: Sequence[str] = ()) -> None:
        super().__init__(reason)
        self.reason, self.names = reason, tuple(names)


@dataclass(frozen=True, slots=True)
class Unit:
    """What is moved and taken out as one: a question, a table of questions, a note.

    Attributes:
        path: where it stands.
        item: the question, or the group of a table.
    """

    path: Path
    item: Item

    @property
    def rows(self) -> tuple[FormRow, ...]:
        """Its questions."""
        if isinstance(self.item, FormRow):
            return (self.item,)
        return tuple(row for row in self.item.items if isinstance(row, FormRow))


def is_section(item: Item) -> bool:
    """Whether something is a section: a group that is neither a table of questions nor a repeat."""
    return isinstance(item, FormGroup) and not item.is_repeat and not is_table(item)


def list_units(form: Form) -> tuple[Unit, ...]:
    """Return what a form asks, in its order; what devices fill in and repeats are left out."""
    return tuple(_units(form.items, ()))


def item_at(form: Form, path: Path) -> Item:
    """Return what stands at a path."""
    items: tuple[Item, ...] = form.items
    for position in path[:-1]:
        group = items[position]
        if not isinstance(group, FormGroup):
            raise TypeError("a question holds no questions")
        items = group.items
    return items[path[-1]]


def put(form: Form, path: Path, item: Item) -> Form:
    """Return a form with something else at a path."""
    return replace(form, items=put_items(form.items, path, (item,)))


def _units(items: tuple[Item, ...], around: Path) -> Iterator[Unit]:
    for position, item in enumerate(items):
        path = (*around, position)
        if isinstance(item, FormRow):
            if answer_type(item) is not None or item.type == "note":
                yield Unit(path, item)
        elif is_table(item):
            yield Unit(path, item)
        elif not item.is_repeat:
            yield from _units(item.items, path)


def put_items(items: tuple[Item, ...], path: Path, new: tuple[Item, ...]) -> tuple[Item, ...]:
    """Return items with others in the place of the one at a path; none takes it out."""
    place = path[0]
    if len(path) == 1:
        return (*items[:place], *new, *items[place + 1 :])
    group = items[place]
    if not isinstance(group, FormGroup):
        raise TypeError("a question holds no questions")
    return (*items[:place], replace(group, items=put_items(group.items, path[1:], new)), *items[place + 1 :])


def items_around(form: Form, path: Path) -> tuple[Item, ...]:
    """Return what stands in the same group as a path, itself too."""
    if len(path) == 1:
        return form.items
    group = item_at(form, path[:-1])
    return group.items if isinstance(group, FormGroup) else ()


def put_around(form: Form, path: Path, items: tuple[Item, ...]) -> Form:
    """Return a form with other items in the group of a path."""
    if len(path) == 1:
        return replace(form, items=items)
    group = item_at(form, path[:-1])
    if not isinstance(group, FormGroup):
        raise TypeError("a question holds no questions")
    return put(form, path[:-1], replace(group, items=items))


def insert_after(form: Form, item: Item, after: Path | None) -> Form:
    """Return a form with something more behind a path, or last of all."""
    if after is None:
        return replace(form, items=(*form.items, item))
    around = items_around(form, after)
    place = after[-1] + 1
    return put_around(form, after, (*around[:place], item, *around[place:]))


def needs(form: Form) -> Iterator[tuple[str, set[str]]]:
    """Yield every question with the names that its rules, and those of the groups around it, ask for."""
    for row, around in form.rows():
        texts = (row.relevant, row.constraint, row.calculation, row.choice_filter, row.required)
        yield row.name, {name for text in (*texts, *(group.relevant for group in around)) for name in names_asked(text)}


def names_asked(expression: str) -> tuple[str, ...]:
    """Return the names that an expression asks for, also one that is broken."""
    try:
        return names_in(expression) if "${" in expression else ()
    except ValueError:
        return tuple(re.findall(r"\$\{\s*([^{}\s]+)\s*\}", expression))

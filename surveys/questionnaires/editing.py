"""Changing a form step by step: a question reworded, moved, taken out or added, options changed. Forms in, forms out.

A step names the place of a question by its path, the positions from the outside in. A table of questions is moved and
taken out as one.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import count

from surveys.language.folding import fold, slugify
from surveys.model import Form, FormChoice, FormGroup, FormRow
from surveys.model.form import Labels
from surveys.questionnaires.expressions import names_in
from surveys.questionnaires.making import answer_type, is_table
from surveys.vocabulary import load

Item = FormRow | FormGroup
Path = tuple[int, ...]
_CAP = re.compile(r"^count-selected\(\s*\.\s*\)\s*<=\s*\d+$")
_NAME_LENGTH = 32
_OTHER = frozenset({"inne", "inny", "inna", "inne jakie", "other"})


class EditRefusedError(ValueError):
    """A step that would break the form.

    Attributes:
        reason: ``needed`` (other questions depend on it), ``taken`` (a question of this name is there), ``last`` (a
            table's last row).
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
    return replace(form, items=_put(form.items, path, (item,)))


def reword(
    form: Form, path: Path, *, labels: Labels, hints: Labels | None = None, max_choices: int | None = None
) -> Form:
    """Return a form with other words for a question or a table.

    Args:
        form: the form.
        path: of the question.
        labels: its wording by language; a language that is not among them keeps its own, unless the Polish words are
            others now: a translation of what nobody asks any more would ask something else.
        hints: its hint by language, ``None`` to leave it.
        max_choices: most options that may be chosen, ``None`` for no limit; heeded for multiple choices only.
    """
    item = item_at(form, path)
    new_labels = _relabel(item.labels, labels)
    new_hints = item.hints if hints is None else _relabel(item.hints, hints)
    if isinstance(item, FormGroup):
        return put(form, path, replace(item, labels=new_labels, hints=new_hints))
    changed = replace(item, labels=new_labels, hints=new_hints)
    if item.type == "select_multiple" and max_choices != item.max_choices:
        changed = _say_new_cap(changed, item, max_choices)
        # A rule of another kind is the author's own and stays.
        own = bool(item.constraint) and _CAP.match(item.constraint.strip()) is None
        cap = "" if max_choices is None else f"count-selected(.) <= {max_choices}"
        changed = replace(changed, max_choices=max_choices, constraint=item.constraint if own else cap)
    return put(form, path, changed)


def _relabel(before: Labels, said: Labels) -> Labels:
    """Return texts with those said anew; when the Polish words changed, translations that nobody touched are gone."""
    reworded = "pl" in said and bool(before.get("pl")) and fold(said["pl"]) != fold(before["pl"])
    kept = {language: text for language, text in before.items() if not reworded or language == "pl"}
    new = {language: text for language, text in said.items() if not reworded or text != before.get(language)}
    return {language: text for language, text in {**kept, **new}.items() if text}


def _say_new_cap(changed: FormRow, before: FormRow, most: int | None) -> FormRow:
    """Put the new limit into a hint that nobody touched and that names the old one ("najwyżej 3")."""
    old, new = before.max_choices, most

    def say_it(texts: Labels, earlier: Labels) -> Labels:
        if old is None:
            return texts
        said = {
            language: text if text != earlier.get(language) else re.sub(rf"\b{old}\b", str(new or ""), text)
            for language, text in texts.items()
        }
        # A hint on a limit that is gone says nothing any more.
        named = {language for language, text in earlier.items() if re.search(rf"\b{old}\b", text)}
        return said if new is not None else {key: text for key, text in texts.items() if key not in named}

    return replace(
        changed,
        hints=say_it(changed.hints, before.hints),
        constraint_messages=say_it(changed.constraint_messages, before.constraint_messages),
    )


def move(form: Form, path: Path, step: int) -> Form:
    """Return a form with something moved up (−1) or down (+1) among its neighbours; at an end it stays."""
    siblings = _siblings(form, path)
    place = path[-1] + step
    if not 0 <= place < len(siblings):
        return form
    moved = list(siblings)
    moved[path[-1]], moved[place] = moved[place], moved[path[-1]]
    return _with_siblings(form, path, tuple(moved))


def remove(form: Form, path: Path) -> Form:
    """Return a form without a question or a table.

    Raises:
        EditRefusedError: another question's condition asks for it, or it is the last row of its table.
    """
    item = item_at(form, path)
    gone = {row.name for row in Unit(path, item).rows}
    if len(path) > 1 and len(_siblings(form, path)) == 1:
        raise EditRefusedError("last")
    shorter = replace(form, items=_put(form.items, path, ()))
    needing = [name for name, needed in _needs(shorter) if gone & needed]
    if needing:
        raise EditRefusedError("needed", needing)
    return _without_unused_lists(shorter)


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
            made.append(replace(known[name], labels=_relabel(known[name].labels, spoken)))
        else:
            made.append(make_option(spoken, taken))
            taken.add(made[-1].name)
    mine = {id(row) for row in unit.rows}
    shared = any(row.list_name == list_name and id(row) not in mine for row, _ in form.rows())
    if shared:
        new_name = _free_name(list_name, set(form.lists))
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
            made.append(replace(known[name], labels=_relabel(known[name].labels, spoken)))
        else:
            new = _free_name(next(iter(spoken.values()), ""), taken)
            taken.add(new)
            made.append(FormRow(new, first.type, first.list_name, labels=spoken, scale=first.scale))
    changed = put(form, path, replace(table, items=tuple(made)))
    gone = set(known) - {row.name for row in made}
    needing = [name for name, needed in _needs(changed) if gone & needed]
    if needing:
        raise EditRefusedError("needed", needing)
    return changed


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
        new_name = _free_name(name, set(lists))
        lists[new_name] = own
        item = _rename_lists(item, name, new_name)
    # A condition on a question that did not come along would hold for nobody.
    known = here | {row.name for row in unit.rows}
    if any(name not in known for name in _names(item.relevant)):
        item = replace(item, relevant="")
    return _insert(replace(form, lists=lists), item, after)


def add_own(form: Form, kind: str, labels: Labels, options: Sequence[Labels] = (), after: Path | None = None) -> Form:
    """Return a form with a new question.

    Args:
        form: the form.
        kind: ``select_one``, ``select_multiple``, ``rank``, ``text`` or ``integer``.
        labels: its wording by language.
        options: labels of its options, for choices.
        after: of the question it comes after, ``None`` to put it last.
    """
    name = _free_name(next(iter(labels.values()), ""), {row.name for row, _ in form.rows()} | set(form.lists))
    lists = dict(form.lists)
    if options:
        taken: set[str] = set()
        made = []
        for option in options:
            made.append(make_option(option, taken))
            taken.add(made[-1].name)
        lists[name] = tuple(made)
    row = FormRow(name, kind, name if options else "", labels=labels)
    return _insert(replace(form, lists=lists), row, after)


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


def _put(items: tuple[Item, ...], path: Path, new: tuple[Item, ...]) -> tuple[Item, ...]:
    place = path[0]
    if len(path) == 1:
        return (*items[:place], *new, *items[place + 1 :])
    group = items[place]
    if not isinstance(group, FormGroup):
        raise TypeError("a question holds no questions")
    return (*items[:place], replace(group, items=_put(group.items, path[1:], new)), *items[place + 1 :])


def _siblings(form: Form, path: Path) -> tuple[Item, ...]:
    if len(path) == 1:
        return form.items
    group = item_at(form, path[:-1])
    return group.items if isinstance(group, FormGroup) else ()


def _with_siblings(form: Form, path: Path, siblings: tuple[Item, ...]) -> Form:
    if len(path) == 1:
        return replace(form, items=siblings)
    group = item_at(form, path[:-1])
    if not isinstance(group, FormGroup):
        raise TypeError("a question holds no questions")
    return put(form, path[:-1], replace(group, items=siblings))


def _insert(form: Form, item: Item, after: Path | None) -> Form:
    if after is None:
        return replace(form, items=(*form.items, item))
    siblings = _siblings(form, after)
    place = after[-1] + 1
    return _with_siblings(form, after, (*siblings[:place], item, *siblings[place:]))


def _needs(form: Form) -> Iterator[tuple[str, set[str]]]:
    for row, around in form.rows():
        texts = (row.relevant, row.constraint, row.calculation, row.choice_filter, row.required)
        yield row.name, {name for text in (*texts, *(group.relevant for group in around)) for name in _names(text)}


def _names(expression: str) -> tuple[str, ...]:
    try:
        return names_in(expression) if "${" in expression else ()
    except ValueError:
        return tuple(re.findall(r"\$\{\s*([^{}\s]+)\s*\}", expression))


def _rename_list(item: Item, old: str, new: str) -> Item:
    return replace(item, list_name=new) if isinstance(item, FormRow) and item.list_name == old else item


def _rename_lists(item: Item, old: str, new: str) -> Item:
    if isinstance(item, FormRow):
        return _rename_list(item, old, new)
    return replace(item, items=tuple(_rename_list(row, old, new) for row in item.items))


def _without_unused_lists(form: Form) -> Form:
    used = {row.list_name for row, _ in form.rows()}
    return replace(form, lists={name: options for name, options in form.lists.items() if name in used})


def make_option(labels: Labels, taken: set[str]) -> FormChoice:
    """Make an option of a person's words: "trudno powiedzieć" gives no answer, "inne" takes words."""
    text = next(iter(labels.values()), "")
    return FormChoice(
        _free_name(text, taken), labels, missing=_kinds_by_words().get(fold(text)), is_other=fold(text) in _OTHER
    )


@cache
def _kinds_by_words() -> Mapping[str, str]:
    return {
        fold(phrase): entry.code
        for entry in load().missing_kinds.values()
        if entry.code != "blank"
        for phrase in (entry.label_pl, entry.label_en, *entry.synonyms_pl, *entry.synonyms_en)
    }


def _free_name(text: str, taken: set[str]) -> str:
    try:
        base = slugify(text).replace("-", "_")[:_NAME_LENGTH].strip("_")
    except ValueError:
        base = ""
    base = base if base[:1].isalpha() else f"o_{base}".rstrip("_")
    return next(name for number in count(1) if (name := base if number == 1 else f"{base}_{number}") not in taken)

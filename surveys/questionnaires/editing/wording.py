"""Other words for a question, and another limit to how many options may be chosen."""

import re
from dataclasses import replace

from surveys.language.folding import fold
from surveys.model import Form, FormGroup, FormRow
from surveys.model.form import Labels
from surveys.questionnaires.editing.paths import Path, item_at, put

_CAP = re.compile(r"^count-selected\(\s*\.\s*\)\s*<=\s*\d+$")


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
    new_labels = relabel(item.labels, labels)
    new_hints = item.hints if hints is None else relabel(item.hints, hints)
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


def relabel(before: Labels, said: Labels) -> Labels:
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

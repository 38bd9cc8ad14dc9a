"""A form as JSON and back, as the store keeps it: the same form gives the same text, nothing of it is lost.

Empty fields are left out, so that a form of sixty questions takes a few kilobytes. ``place`` (a row of a sheet) is no
part of what a form says and is not kept.
"""

import json
from collections.abc import Mapping
from dataclasses import MISSING, fields
from typing import Any

from surveys.model.form import Form, FormChoice, FormGroup, FormRow

_NOT_KEPT = frozenset({"place"})


def encode_form(form: Form) -> str:
    """Return a form as JSON."""
    kept = _encode(form)
    kept["items"] = [_encode_item(item) for item in form.items]
    kept["lists"] = {name: [_encode(choice) for choice in choices] for name, choices in form.lists.items()}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def decode_form(text: str) -> Form:
    """Return the form that `encode_form` wrote."""
    kept: dict[str, Any] = json.loads(text)
    kept["items"] = tuple(_decode_item(item) for item in kept.get("items", ()))
    kept["lists"] = {
        name: tuple(FormChoice(**choice) for choice in choices) for name, choices in kept.get("lists", {}).items()
    }
    kept["other_sheets"] = {name: tuple(rows) for name, rows in kept.get("other_sheets", {}).items()}
    return Form(**kept)


def _encode(thing: Form | FormGroup | FormRow | FormChoice) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for one in fields(thing):
        value = getattr(thing, one.name)
        empty = one.default_factory() if one.default_factory is not MISSING else one.default
        if one.name not in _NOT_KEPT and value != empty:
            kept[one.name] = dict(value) if isinstance(value, Mapping) else value
    return kept


def _encode_item(item: FormRow | FormGroup) -> dict[str, Any]:
    kept = _encode(item)
    if isinstance(item, FormGroup):
        kept["items"] = [_encode_item(one) for one in item.items]
    return kept


def _decode_item(kept: dict[str, Any]) -> FormRow | FormGroup:
    # A row has a type, a group has none.
    if "type" in kept:
        return FormRow(**kept)
    return FormGroup(**{**kept, "items": tuple(_decode_item(one) for one in kept.get("items", ()))})

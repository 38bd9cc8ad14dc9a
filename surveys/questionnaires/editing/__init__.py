"""Changing a form step by step: a question reworded, moved, taken out or added, options, rules and sections changed.

Forms in, forms out. A step names the place of a question by its path, the positions from the outside in. A table of
questions is moved and taken out as one. What cannot be done is refused with the names that stand against it.
"""

from surveys.questionnaires.editing.options import make_option, set_options, set_rows
from surveys.questionnaires.editing.order import add_from, add_own, move, remove
from surveys.questionnaires.editing.paths import (
    EditRefusedError,
    Item,
    Path,
    Unit,
    is_section,
    item_at,
    list_units,
    put,
)
from surveys.questionnaires.editing.rules import Rules, is_required, rules_of, set_condition, set_rules
from surveys.questionnaires.editing.sections import (
    Section,
    begin_section,
    carry,
    dissolve_section,
    list_sections,
    put_into_section,
)
from surveys.questionnaires.editing.wording import reword

__all__ = [
    "EditRefusedError", "Item", "Path", "Rules", "Section", "Unit", "add_from", "add_own", "begin_section", "carry",
    "dissolve_section", "is_required", "is_section", "item_at", "list_sections", "list_units", "make_option", "move",
    "put", "put_into_section", "remove", "reword", "rules_of", "set_condition", "set_options", "set_rows", "set_rules",
]  # fmt: skip

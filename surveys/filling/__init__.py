"""How a form is filled in: what is shown on which page, what a person's fields mean, what is refused and why.

Answers on their way are kept by the name of their question (`Answers`): a text, a number, an ISO day, or a tuple of
names of options in order. No answer is the absence of the name. Words written beside "other" stand under
`other_key`.

May import the standard library, `surveys.model` and `surveys.questionnaires`.
"""

from surveys.filling.checking import check_answers
from surveys.filling.fields import field_name, other_field_name, place_field_name, read_fields
from surveys.filling.sheets import (
    Answer,
    Answers,
    Asked,
    FieldFault,
    FillableForm,
    Layout,
    Trouble,
    make_fillable,
    other_key,
)
from surveys.filling.showing import filter_options, find_shown, keep_shown

__all__ = [
    "Answer",
    "Answers",
    "Asked",
    "FieldFault",
    "FillableForm",
    "Layout",
    "Trouble",
    "check_answers",
    "field_name",
    "filter_options",
    "find_shown",
    "keep_shown",
    "make_fillable",
    "other_field_name",
    "other_key",
    "place_field_name",
    "read_fields",
]

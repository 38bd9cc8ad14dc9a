"""The questionnaires that come with the program: XLSForm in its CSV variant, one file per version.

A file holds the sheets survey, choices and settings below each other, as XLSForm allows: the first column names the
sheet, the rows of a sheet leave it empty. Columns of ours begin with ``diagnoza::`` and are ignored by other tools:
``type`` (``scale`` or ``ranking`` for a ``select_one``), ``vocabulary`` (code list the options come from; options
without labels take the list's), ``profile`` (part of the respondent profile), ``max_choices``, ``missing`` (kind of
missing that an option means), ``other`` (the option "other"). In the sheet choices they are written ``diagnoza_…``,
because pyxform breaks on colons there; both are read.

Sheets become a `surveys.model.Form` (`read_form`) and go back (`write_sheets`); a form becomes the `Questionnaire` that
analysis reads (`questionnaire_of`). `surveys.questionnaires.expressions` computes a form's conditions, `.checking` says
what is wrong with a form, `.bank` holds the questions to build one's own from, `.minutes` says how long a form takes.

May import the standard library, `surveys.model`, `surveys.language` and `surveys.vocabulary`.
"""

from surveys.questionnaires.form_reading import read_form
from surveys.questionnaires.form_sheets import FormSheet, FormSheets, join_csv, split_csv
from surveys.questionnaires.form_writing import write_sheets
from surveys.questionnaires.loader import (
    QuestionnaireError,
    UnknownQuestionnaireError,
    list_forms,
    list_questionnaires,
    load_form,
    load_questionnaire,
    parse_form,
    parse_questionnaire,
)
from surveys.questionnaires.making import answer_type, fill_labels, is_table, options_of, questionnaire_of

__all__ = [
    "FormSheet",
    "FormSheets",
    "QuestionnaireError",
    "UnknownQuestionnaireError",
    "answer_type",
    "fill_labels",
    "is_table",
    "join_csv",
    "list_forms",
    "list_questionnaires",
    "load_form",
    "load_questionnaire",
    "options_of",
    "parse_form",
    "parse_questionnaire",
    "questionnaire_of",
    "read_form",
    "split_csv",
    "write_sheets",
]

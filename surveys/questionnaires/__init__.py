"""The questionnaires that come with the program: XLSForm in its CSV variant, one file per version.

A file holds the sheets survey, choices and settings below each other, as XLSForm allows: the first column names the
sheet, the rows of a sheet leave it empty. Columns of ours begin with ``diagnoza::`` and are ignored by other tools:
``type`` (``scale`` or ``ranking`` for a ``select_one``), ``vocabulary`` (code list the options come from; options
without labels take the list's), ``profile`` (part of the respondent profile), ``max_choices``, ``missing`` (kind of
missing that an option means), ``other`` (the option "other").

May import the standard library, `surveys.model`, `surveys.language` and `surveys.vocabulary`.
"""

from surveys.questionnaires.loader import (
    QuestionnaireError,
    UnknownQuestionnaireError,
    list_questionnaires,
    load_questionnaire,
    parse_questionnaire,
)

__all__ = [
    "QuestionnaireError",
    "UnknownQuestionnaireError",
    "list_questionnaires",
    "load_questionnaire",
    "parse_questionnaire",
]

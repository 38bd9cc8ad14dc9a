"""The shape of the partnership workbook (Karta partnerstwa): one description for its writer and its reader.

`fields` says what a field and a table are, `tables` lists them, ``texts.toml`` beside them holds every word that
stands in the workbook. May import the standard library, `surveys.language` and `surveys.vocabulary`.
"""

from etl.workbook_layout.fields import (
    Field,
    FieldKind,
    Table,
    example_mark,
    field_aliases,
    field_example,
    field_header,
    field_help,
    field_list_name,
    say,
)
from etl.workbook_layout.tables import (
    ACTIVITIES,
    CARD,
    DIAGNOSES,
    DICTIONARY_SHEET,
    GUIDE_SHEET,
    PARTNERS,
    PROBLEM_TREE,
    PROBLEMS,
    PROJECTS,
    ROW_TABLES,
    SHEETS,
    TERRITORY,
    sheet_name,
)

__all__ = [
    "ACTIVITIES",
    "CARD",
    "DIAGNOSES",
    "DICTIONARY_SHEET",
    "GUIDE_SHEET",
    "PARTNERS",
    "PROBLEMS",
    "PROBLEM_TREE",
    "PROJECTS",
    "ROW_TABLES",
    "SHEETS",
    "TERRITORY",
    "Field",
    "FieldKind",
    "Table",
    "example_mark",
    "field_aliases",
    "field_example",
    "field_header",
    "field_help",
    "field_list_name",
    "say",
    "sheet_name",
]

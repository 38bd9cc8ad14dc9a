"""The tables of the partnership workbook, field by field, in the order in which they stand."""

from dataclasses import replace
from datetime import date

from etl.workbook_layout.fields import Field, FieldKind, Table, say

FIRST_YEAR, LAST_YEAR = 1989, 2100
"""Years the workbook takes without asking: free local government in Poland begins in 1989/1990."""

_ROWS = 1_000  # more partners, projects or activities than this come from another system, not from typing


def _mark() -> Field:
    return Field("mark", FieldKind.MARK, width=11)


def _id() -> Field:
    return Field("uid", FieldKind.ID, width=12)


def _code(key: str, vocabulary: str, *example: str, required: bool = False, repeat: int = 0, width: int = 26) -> Field:
    return Field(
        key,
        FieldKind.CODE,
        required=required,
        vocabulary=vocabulary,
        repeat=repeat,
        width=width,
        example=tuple(example),
    )


def _date(key: str, example: date | None = None, *, required: bool = False) -> Field:
    return Field(key, FieldKind.DATE, required=required, width=16, example=() if example is None else (example,))


def _reference(key: str, table: str, *, repeat: int = 0, width: int = 30) -> Field:
    return Field(key, FieldKind.REFERENCE, refers_to=table, repeat=repeat, width=width)


def _later(made: Field) -> Field:
    return replace(made, later=True)


def _number(key: str, example: float) -> Field:
    return Field(key, FieldKind.NUMBER, width=14, example=(example,), later=True)


def _rating(key: str, example: int) -> Field:
    return Field(key, FieldKind.INTEGER, low=0, high=10, width=14, example=(example,))


CARD = Table(
    "card",
    "partnership",
    (
        Field("name", FieldKind.TEXT, required=True),
        _date("founded_on"),
        Field("aims", FieldKind.PARAGRAPH),
        Field("website", FieldKind.TEXT),
        Field("rules_version", FieldKind.TEXT),
        _date("rules_adopted_on"),
        Field("rules_covers", FieldKind.PARAGRAPH),
        Field("slug", FieldKind.TEXT),
        Field("sample", FieldKind.YES_NO, only_when_set=True),
    ),
    blank_rows=0,
)

TERRITORY = Table(
    "territory",
    "partnership",
    (
        _mark(),
        Field("area", FieldKind.AREA, width=44),
        Field("teryt", FieldKind.TERYT, width=18),
        Field("name", FieldKind.TEXT, width=30),
    ),
    blank_rows=10,
)

DIAGNOSES = Table(
    "diagnoses",
    "partnership",
    (
        _mark(),
        Field("name", FieldKind.TEXT, required=True, width=44),
        _date("started_on", date(2024, 3, 1)),
        _date("ended_on", date(2024, 6, 15)),
        _code("methods", "problem_sources", "survey", "workshop", repeat=3),
        _id(),
    ),
    blank_rows=15,
)

PARTNERS = Table(
    "partners",
    "partners",
    (
        _mark(),
        Field("name", FieldKind.TEXT, required=True, width=40),
        _code("kind", "partner_kinds", "K109", required=True, width=34),
        _code("sector", "sectors", "public", width=22),
        Field("has_legal_personality", FieldKind.YES_NO, width=17, example=(True,)),
        Field("can_contribute", FieldKind.YES_NO, width=17, example=(True,)),
        Field("founded_by_partnership", FieldKind.YES_NO, width=20, example=(False,)),
        _code("status", "membership_statuses", "active", width=18),
        _date("declared_on", date(2023, 10, 5)),
        _date("withdrawn_on"),
        _code("roles", "membership_roles", "coordination", repeat=2, width=22),
        _code("statutory_themes", "themes", "T02", "T06", repeat=3),
        _id(),
    ),
    blank_rows=_ROWS,
)

PROBLEMS = Table(
    "problems",
    "problems",
    (
        _mark(),
        Field("name", FieldKind.TEXT, required=True, width=44),
        _code("code", "problems", "P501", required=True, width=34),
        _code("theme", "themes"),
        Field("description", FieldKind.PARAGRAPH, width=50),
        _code("target_groups", "target_groups", "G06", repeat=3),
        _rating("size", 6),
        _rating("severity", 8),
        _rating("feasibility", 5),
        _code("source", "problem_sources", "survey", width=22),
        _date("identified_on", date(2024, 6, 15)),
        _code("status", "problem_statuses", "confirmed", width=16),
        _reference("diagnosis", "diagnoses"),
        _id(),
    ),
    blank_rows=_ROWS,
)

PROBLEM_TREE = Table(
    "problem_tree",
    "problem_tree",
    (
        _mark(),
        Field("name", FieldKind.TEXT, required=True, width=50),
        _code("kind", "tree_node_kinds", "cause", required=True, width=20),
        _reference("problems", "problems", repeat=2, width=40),
        _reference("results_from", "problem_tree", repeat=2, width=40),
        _id(),
    ),
    blank_rows=_ROWS,
    later=True,
)

PROJECTS = Table(
    "projects",
    "projects",
    (
        _mark(),
        Field("name", FieldKind.TEXT, required=True, width=40),
        _code("status", "project_statuses", "completed", required=True, width=18),
        Field("description", FieldKind.PARAGRAPH, width=50),
        _date("starts_on", date(2024, 9, 1)),
        _date("ends_on", date(2025, 6, 30)),
        _reference("finance_lead", "partners"),
        _reference("partners", "partners", repeat=4),
        _reference("problems", "problems", repeat=3),
        Field(
            "funding_source",
            FieldKind.CODE,
            vocabulary="funding_sources",
            repeat=3,
            group="funding",
            width=28,
            example=("FS01", "FS24"),
        ),
        Field("funding_amount", FieldKind.AMOUNT, repeat=3, group="funding", low=0, width=13, example=(8_000, 1_500)),
        Field(
            "funding_year",
            FieldKind.INTEGER,
            repeat=3,
            group="funding",
            low=FIRST_YEAR,
            high=LAST_YEAR,
            width=9,
            example=(2024, 2024),
        ),
        Field("own_contribution_pln", FieldKind.AMOUNT, low=0, width=14, example=(1_500,)),
        Field("result", FieldKind.PARAGRAPH, width=50),
        _later(_reference("causes", "problem_tree", repeat=2)),
        _later(_code("target_groups", "target_groups", "G06", repeat=3)),
        Field("result_indicator", FieldKind.TEXT, width=36, later=True),
        Field("result_unit", FieldKind.TEXT, width=14, later=True),
        _number("result_before", 0),
        _number("result_target", 20),
        _number("result_after", 24),
        _later(_date("result_measured_on", date(2025, 6, 20))),
        _later(_date("next_measurement_on", date(2026, 6, 20))),
        Field("result_shared", FieldKind.YES_NO, width=17, example=(True,), later=True),
        _id(),
    ),
    blank_rows=_ROWS,
)

ACTIVITIES = Table(
    "activities",
    "activities",
    (
        _mark(),
        Field("name", FieldKind.TEXT, required=True, width=40),
        _code("theme", "themes", "T03", required=True),
        _code("form", "activity_forms", "F15", required=True),
        _date("starts_on", date(2024, 9, 12), required=True),
        _date("ends_on", date(2025, 5, 29)),
        Field("place", FieldKind.TEXT, width=28),
        Field("description", FieldKind.PARAGRAPH, width=50),
        _code("target_groups", "target_groups", "G06", "G05", repeat=3),
        Field("participants_count", FieldKind.INTEGER, low=0, high=10_000_000, width=14, example=(24,)),
        _reference("partners", "partners", repeat=4),
        _reference("project", "projects"),
        _reference("problems", "problems", repeat=3),
        _id(),
    ),
    blank_rows=_ROWS,
)

ROW_TABLES = (TERRITORY, DIAGNOSES, PARTNERS, PROBLEMS, PROBLEM_TREE, PROJECTS, ACTIVITIES)
"""Every table that grows by rows; the card alone is a list of fields."""

DICTIONARY_SHEET, GUIDE_SHEET = "dictionary", "guide"
SHEETS = (
    "partnership",
    "partners",
    "problems",
    "problem_tree",
    "projects",
    "activities",
    DICTIONARY_SHEET,
    GUIDE_SHEET,
)
"""Sheets in their order."""


def sheet_name(sheet: str) -> str:
    """Return the name of a sheet as it stands on its tab."""
    return say(f"sheet.{sheet}.name", "pl")

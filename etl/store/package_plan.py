"""Which tables a package of the whole database holds, and under which names their columns stand in it.

Numbers of rows mean nothing outside this database: wherever one row refers to another, the package says it by the
words that name the other everywhere (a partnership by its slug, a question by its questionnaire and name). New tables
are found by themselves and stand in the full package only, until somebody decides otherwise here.
"""

import pkgutil
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import import_module

from sqlalchemy import Column, Table

import etl.store
from etl.store.schema import METADATA

# Secrets, what belongs to accounts, and what is on its way: in no package.
NEVER = frozenset(
    {
        "user_account",
        "sign_in_delay",
        "role_grant",
        "session",
        "setup_code",
        "upload",
        "job",
        "job_file",
        "collection_code",
        "collection_draft",
        "collection_sending",
        "vote_code",
        "vote_use",
        "revision",
        "published_extract",  # an open package says it in files of its own (`etl.store.package_results`)
    }
)
# What may be published.
OPEN = frozenset(
    {
        "partnership",
        "partnership_territory",
        "partner",
        "partner_theme",
        "membership",
        "membership_role",
        "diagnosis",
        "diagnosis_method",
        "problem",
        "problem_target_group",
        "project",
        "project_funding",
        "activity",
        "activity_target_group",
        "project_partner",
        "project_problem",
        "project_cause",
        "project_target_group",
        "tree_node",
        "tree_node_problem",
        "tree_node_origin",
        "activity_partner",
        "activity_problem",
        "questionnaire",
        "question",
        "choice",
        "wave",
        "import_batch",
        "indicator",
        "indicator_value",
        "indicator_note",
        "indicator_origin",
        "area_boundary",
    }
)
# Of invented partnerships people's answers are open too: they are nobody's.
OPEN_WHEN_INVENTED = frozenset(
    {"response", "answer", "open_answer", "choice_count", "number_count", "weighting", "response_weight"}
)
# Columns that no package holds: what stands in an address is as good as a key; restoring makes new ones.
SECRET_COLUMNS = frozenset(
    {
        ("collection", "token"),
        ("collection", "short_token"),
        ("collection", "kiosk_token"),
        ("meeting", "token"),
        ("meeting", "short_token"),
    }
)
# Names of accounts.
ACCOUNT_COLUMNS = frozenset({("import_batch", "made_by"), ("import_batch", "undone_by"), ("weighting", "made_by")})
OFFICIAL_KINDS = ("indicators", "boundaries")

_NATURAL_KEYS: dict[str, tuple[str, ...]] = {
    "partnership": ("slug",),
    "questionnaire": ("partnership_id", "slug", "version"),
    "question": ("questionnaire_id", "name"),
    "choice": ("question_id", "code"),
    "wave": ("partnership_id", "slug"),
    "indicator": ("source", "key"),
}
KEY = "row_key"


class Level(StrEnum):
    """What a package is for."""

    OPEN = "open"
    FULL = "full"


class Kind(StrEnum):
    """How a column's value is said."""

    PLAIN = "plain"
    REFERENCE = "reference"  # key of a row of another table
    QUESTION = "question"  # name of a question of the row's wave
    CHOICE = "choice"  # code of an option of the row's question; empty for none
    PROFILE_CHOICE = "profile_choice"  # question and code; empty for everybody
    BASIS = "basis"  # a mark of the wave's answers; empty for those it has now


_LAST = frozenset({Kind.QUESTION, Kind.CHOICE, Kind.PROFILE_CHOICE, Kind.BASIS})


@dataclass(frozen=True, slots=True)
class ColumnPlan:
    """A column of a table and of its file.

    Attributes:
        header: in the file.
        column: in the database.
        target: table that is referred to, ``""`` for none.
    """

    header: str
    column: Column[object]
    kind: Kind
    target: str = ""


@dataclass(frozen=True, slots=True)
class TablePlan:
    """A table and its file.

    Attributes:
        columns: in order, without the row's number.
        has_number: the table has a column ``id``, given anew on restoring.
        key: headers whose cells together name a row; empty where the row's place in the file does.
    """

    table: Table
    columns: tuple[ColumnPlan, ...]
    has_number: bool
    key: tuple[str, ...]

    @property
    def name(self) -> str:
        """Name of the table, and of its file without the suffix."""
        return self.table.name

    @property
    def headers(self) -> tuple[str, ...]:
        """Headers of the file."""
        own = tuple(column.header for column in self.columns)
        return (KEY, *own) if self.has_number else own


@cache
def plan_tables(level: Level) -> tuple[TablePlan, ...]:
    """Return the tables of a package, each after those it refers to."""
    # A table is known once its module has been imported, whoever else has done so or not.
    for module in pkgutil.iter_modules(etl.store.__path__):
        if module.name.startswith("schema"):
            import_module(f"etl.store.{module.name}")
    plans = [_plan(table) for table in METADATA.sorted_tables if _is_in(table.name, level)]
    # Answers refer to questions and options without a foreign key that would put them in order; marks of a wave's
    # answers need the answers.
    return tuple(sorted(plans, key=lambda plan: any(column.kind in _LAST for column in plan.columns)))


def find_table(name: str, level: Level) -> TablePlan | None:
    """Return a table of a package by its name."""
    return next((plan for plan in plan_tables(level) if plan.name == name), None)


def join_key(cells: Sequence[str]) -> str:
    """Return one text for the cells that name a row."""
    return "/".join(cell.replace("%", "%25").replace("/", "%2F") for cell in cells)


def _is_in(name: str, level: Level) -> bool:
    return name not in NEVER and (level is Level.FULL or name in OPEN | OPEN_WHEN_INVENTED)


def _plan(table: Table) -> TablePlan:
    has_number = "id" in table.c
    columns = tuple(
        _plan_column(table, column)
        for column in table.c
        if not (has_number and column.name == "id") and (table.name, column.name) not in SECRET_COLUMNS
    )
    named = _NATURAL_KEYS.get(table.name) or tuple(name for name in ("partnership_id", "uid") if name in table.c)
    if table.name == "import_batch" or ("uid" not in named and table.name not in _NATURAL_KEYS):
        named = ("uid",) if "uid" in table.c else ()
    headers = {column.column.name: column.header for column in columns}
    return TablePlan(table, columns, has_number, tuple(headers[name] for name in named) if has_number else ())


def _plan_column(table: Table, column: Column[object]) -> ColumnPlan:
    name = column.name
    if "wave_id" in table.c and name in {"question_id", "choice_id", "profile_choice_id"}:
        kind = Kind(name.removesuffix("_id"))
        return ColumnPlan(name.removesuffix("_id"), column, kind)
    if name == "basis" and "wave_id" in table.c:
        return ColumnPlan(name, column, Kind.BASIS)
    for key in column.foreign_keys:
        if key.column.name == "id":
            return ColumnPlan(name.removesuffix("_id"), column, Kind.REFERENCE, key.column.table.name)
    return ColumnPlan(name, column, Kind.PLAIN)

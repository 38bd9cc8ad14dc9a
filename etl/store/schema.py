"""What the store keeps: tables of the register and of surveys.

Tables of accounts, imports and jobs stand in `schema_operations`, those of our own web form in `schema_collections`,
those of weights and of what was shown in `schema_results`, official figures and outlines in `schema_indicators`,
those of meetings and votes in `schema_meetings`, problem trees and what projects add to them in `schema_trees`.
Dates are dates; moments are UTC text in ISO 8601 with seconds (``2026-11-22T19:00:00Z``), equal on both databases.
Codes refer to `surveys.vocabulary` and are checked before they come here. Positions keep the order in which a person
wrote a list.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Numeric,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
)

from etl.store.schema_columns import fieldwork, owner, parent, position, row_id, text_column

# Names for constraints, so that a migration can speak of them on both databases.
METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# ---------------------------------------------------------------- the register

partnership = Table(
    "partnership",
    METADATA,
    row_id(),
    Column("slug", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("founded_on", Date),
    text_column("aims"),
    text_column("website"),
    Column("rules_version", Text),
    Column("rules_adopted_on", Date),
    text_column("rules_covers"),
    Column("sample", Boolean(create_constraint=True, name="sample_is_boolean"), nullable=False),
    Column("made_at", Text, nullable=False),
    Column("changed_at", Text, nullable=False),
)

partnership_territory = Table(
    "partnership_territory",
    METADATA,
    parent("partnership"),
    position(),
    Column("teryt", Text, nullable=False),
    text_column("name"),
)

partner = Table(
    "partner",
    METADATA,
    row_id(),
    Column("uid", Text, nullable=False),
    owner(),
    Column("name", Text, nullable=False),
    Column("kind_code", Text, nullable=False),
    Column("sector_code", Text, nullable=False),
    Column("has_legal_personality", Boolean),
    Column("can_contribute", Boolean),
    Column("founded_by_partnership", Boolean, nullable=False),
    UniqueConstraint("partnership_id", "uid"),
)

partner_theme = Table(
    "partner_theme", METADATA, parent("partner"), position(), Column("theme_code", Text, nullable=False)
)

membership = Table(
    "membership",
    METADATA,
    parent("partner"),
    Column("status_code", Text, nullable=False),
    Column("declared_on", Date),
    Column("withdrawn_on", Date),
)

membership_role = Table(
    "membership_role", METADATA, parent("partner"), position(), Column("role_code", Text, nullable=False)
)

diagnosis = Table(
    "diagnosis",
    METADATA,
    row_id(),
    Column("uid", Text, nullable=False),
    owner(),
    Column("name", Text, nullable=False),
    Column("started_on", Date),
    Column("ended_on", Date),
    UniqueConstraint("partnership_id", "uid"),
)

diagnosis_method = Table(
    "diagnosis_method", METADATA, parent("diagnosis"), position(), Column("method_code", Text, nullable=False)
)

_RATINGS = ("size", "severity", "feasibility")

problem = Table(
    "problem",
    METADATA,
    row_id(),
    Column("uid", Text, nullable=False),
    owner(),
    Column("name", Text, nullable=False),
    text_column("description"),
    Column("problem_code", Text, nullable=False, index=True),
    Column("theme_code", Text, nullable=False),
    *(Column(f"{name}_rating", SmallInteger) for name in _RATINGS),
    Column("source_code", Text),
    Column("status_code", Text, nullable=False),
    Column("identified_on", Date),
    Column("diagnosis_id", ForeignKey("diagnosis.id", ondelete="SET NULL")),
    UniqueConstraint("partnership_id", "uid"),
    *(CheckConstraint(f"{name}_rating BETWEEN 0 AND 10", name=f"{name}_rating_range") for name in _RATINGS),
)

problem_target_group = Table(
    "problem_target_group",
    METADATA,
    parent("problem"),
    position(),
    Column("target_group_code", Text, nullable=False),
)

project = Table(
    "project",
    METADATA,
    row_id(),
    Column("uid", Text, nullable=False),
    owner(),
    Column("name", Text, nullable=False),
    text_column("description"),
    Column("status_code", Text, nullable=False),
    Column("starts_on", Date),
    Column("ends_on", Date),
    Column("finance_lead_id", ForeignKey("partner.id", ondelete="SET NULL")),
    Column("own_contribution_pln", Numeric(14, 2)),
    text_column("result"),
    text_column("result_indicator"),
    text_column("result_unit"),
    Column("result_before", Float),
    Column("result_target", Float),
    Column("result_after", Float),
    Column("result_measured_on", Date),
    Column("next_measurement_on", Date),
    Column("result_shared", Boolean),
    UniqueConstraint("partnership_id", "uid"),
    CheckConstraint("ends_on IS NULL OR starts_on IS NULL OR ends_on >= starts_on", name="period"),
)

project_funding = Table(
    "project_funding",
    METADATA,
    parent("project"),
    position(),
    Column("source_code", Text, nullable=False),
    Column("amount_pln", Numeric(14, 2)),
    Column("year", SmallInteger),
)

activity = Table(
    "activity",
    METADATA,
    row_id(),
    Column("uid", Text, nullable=False),
    owner(),
    Column("name", Text, nullable=False),
    text_column("description"),
    Column("theme_code", Text, nullable=False),
    Column("form_code", Text, nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date),
    text_column("place"),
    Column("participants_count", Integer),
    Column("project_id", ForeignKey("project.id", ondelete="SET NULL")),
    UniqueConstraint("partnership_id", "uid"),
    CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="period"),
    CheckConstraint("participants_count >= 0", name="participants_count_range"),
)

activity_target_group = Table(
    "activity_target_group",
    METADATA,
    parent("activity"),
    position(),
    Column("target_group_code", Text, nullable=False),
)


def _link(name: str, owner: str, other: str) -> Table:
    """A many-to-many link in the order it was written."""
    return Table(
        name,
        METADATA,
        parent(owner),
        position(),
        Column(f"{other}_id", ForeignKey(f"{other}.id", ondelete="CASCADE"), nullable=False, index=True),
    )


project_partner = _link("project_partner", "project", "partner")
project_problem = _link("project_problem", "project", "problem")
activity_partner = _link("activity_partner", "activity", "partner")
activity_problem = _link("activity_problem", "activity", "problem")

# ---------------------------------------------------------------- surveys

questionnaire = Table(
    "questionnaire",
    METADATA,
    row_id(),
    Column("slug", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("title_pl", Text, nullable=False),
    text_column("title_en"),
    # NULL: shipped with the program, the same for all partnerships.
    Column("partnership_id", ForeignKey("partnership.id", ondelete="CASCADE"), index=True),
    # XLSForm as JSON (`surveys.model.form_codec`) and draft | published; NULL for one that was met only in files. A
    # draft has no questions yet: nothing can be asked by it.
    Column("form", Text),
    Column("form_state", Text),
    UniqueConstraint("partnership_id", "slug", "version"),
)

question = Table(
    "question",
    METADATA,
    row_id(),
    Column("questionnaire_id", ForeignKey("questionnaire.id", ondelete="CASCADE"), nullable=False),
    Column("position", SmallInteger, nullable=False),
    Column("name", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("text_pl", Text, nullable=False),
    text_column("text_en"),
    text_column("battery"),
    text_column("battery_en"),
    Column("vocabulary", Text),
    Column("profile", Text),
    Column("max_choices", SmallInteger),
    UniqueConstraint("questionnaire_id", "name"),
)

choice = Table(
    "choice",
    METADATA,
    row_id(),
    Column("question_id", ForeignKey("question.id", ondelete="CASCADE"), nullable=False),
    Column("position", SmallInteger, nullable=False),
    Column("code", Text, nullable=False),
    Column("label_pl", Text, nullable=False),
    text_column("label_en"),
    Column("missing_kind", Text),
    Column("is_other", Boolean, nullable=False),
    UniqueConstraint("question_id", "code"),
)

wave = Table(
    "wave",
    METADATA,
    row_id(),
    owner(),
    Column("slug", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("questionnaire_id", ForeignKey("questionnaire.id", ondelete="RESTRICT"), nullable=False, index=True),
    Column("diagnosis_id", ForeignKey("diagnosis.id", ondelete="SET NULL")),
    Column("mode", Text, nullable=False),
    Column("opened_on", Date),
    Column("closed_on", Date),
    *fieldwork(),
    UniqueConstraint("partnership_id", "slug"),
)


def _response(name: str) -> Table:
    return Table(
        name,
        METADATA,
        Column("wave_id", ForeignKey("wave.id", ondelete="CASCADE"), primary_key=True),
        Column("response_no", Integer, primary_key=True, autoincrement=False),
        Column("batch_id", ForeignKey("import_batch.id", ondelete="CASCADE"), nullable=False, index=True),
        # Row of the person's file, so that every figure can be traced; never a name or an address.
        Column("source_row", Integer),
        Column("submitted_on", Date),
        # From the beginning to the sending, rounded; never the moments themselves. NULL: not known, as on paper.
        Column("duration_seconds", Integer),
        # What `etl.store.row_marks` makes of it: the source's own number of the response, and what the row says.
        Column("source_key", Text),
        Column("row_hash", BigInteger),
        sqlite_with_rowid=False,
    )


response = _response("response")

# One row per answer, clustered so that one question of one wave is one contiguous read. A single choice has one
# row, a multiple choice one per ticked option, a number choice_id 0 and the number; a kind of missing that was
# *said* is a choice with missing_kind. A blank is the absence of rows: the response stands in `response`.
# A question is not referred to by a foreign key: the wave's questionnaire holds it, and deleting a question would
# search all answers of all waves for each.


def _answer(name: str) -> Table:
    return Table(
        name,
        METADATA,
        Column("wave_id", ForeignKey("wave.id", ondelete="CASCADE"), primary_key=True),
        Column("question_id", Integer, primary_key=True, autoincrement=False),
        Column("response_no", Integer, primary_key=True, autoincrement=False),
        Column("choice_id", Integer, primary_key=True, autoincrement=False),
        Column("number", Float),
        sqlite_with_rowid=False,
    )


answer = _answer("answer")


def _open_answer(name: str) -> Table:
    return Table(
        name,
        METADATA,
        Column("wave_id", ForeignKey("wave.id", ondelete="CASCADE"), primary_key=True),
        Column("question_id", Integer, primary_key=True, autoincrement=False),
        Column("response_no", Integer, primary_key=True, autoincrement=False),
        Column("text", Text, nullable=False),
        sqlite_with_rowid=False,
    )


open_answer = _open_answer("open_answer")

# Rows that a later import has taken the place of, kept so that undoing it brings them back. They stand apart: no
# question about answers can forget to leave them out. A response is in one of the two places, its answers with it.
superseded_response = _response("superseded_response")
superseded_answer = _answer("superseded_answer")
superseded_open_answer = _open_answer("superseded_open_answer")

# Counts kept beside the answers, in the same transaction, so that pages never count respondents.
# choice_id 0: respondents with a valid answer (the base); profile_choice_id 0: everybody.
choice_count = Table(
    "choice_count",
    METADATA,
    Column("wave_id", ForeignKey("wave.id", ondelete="CASCADE"), primary_key=True),
    Column("question_id", Integer, primary_key=True, autoincrement=False),
    Column("choice_id", Integer, primary_key=True, autoincrement=False),
    Column("profile_choice_id", Integer, primary_key=True, autoincrement=False),
    Column("people_count", Integer, nullable=False),
    sqlite_with_rowid=False,
)

Index("ix_activity_partnership_id_starts_on", activity.c.partnership_id, activity.c.starts_on)

"""Questionnaires in the store: read back as values, written once, extended when a file brings something new."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, Connection, Row, func, insert, or_, select

from etl.store import schema as s
from surveys.model import Choice, Question, Questionnaire, QuestionType


@dataclass
class Made:
    """Row ids that an import made in questionnaires, so that undoing it can take them away again."""

    questionnaires: list[int] = field(default_factory=list)
    questions: list[int] = field(default_factory=list)
    choices: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class StoredQuestionnaire:
    """A questionnaire's row ids.

    Attributes:
        questions: question name → id.
        choices: (question name, choice code) → id.
    """

    id: int
    questions: Mapping[str, int]
    choices: Mapping[tuple[str, str], int]


def read_questionnaires(connection: Connection, partnership_id: int) -> tuple[Questionnaire, ...]:
    """Return a partnership's own questionnaires, drafts left out, and the stored shipped ones, the earliest first."""
    mine = or_(s.questionnaire.c.partnership_id == partnership_id, s.questionnaire.c.partnership_id.is_(None))
    finished = func.coalesce(s.questionnaire.c.form_state, "") != "draft"
    return _read(connection, mine & finished)


def read_wave_questionnaire(connection: Connection, partnership_id: int, wave_slug: str) -> Questionnaire | None:
    """Return the questionnaire of a wave, ``None`` when there is no such wave."""
    asked = select(s.wave.c.questionnaire_id).where(
        s.wave.c.partnership_id == partnership_id, s.wave.c.slug == wave_slug
    )
    return next(iter(_read(connection, s.questionnaire.c.id == asked.scalar_subquery())), None)


def find_questionnaire_id(connection: Connection, questionnaire: Questionnaire, partnership_id: int) -> int | None:
    """Return the row of exactly this version; a shipped one is looked for among the shipped."""
    owner = s.questionnaire.c.partnership_id
    return connection.execute(
        select(s.questionnaire.c.id).where(
            s.questionnaire.c.slug == questionnaire.slug,
            s.questionnaire.c.version == questionnaire.version,
            owner.is_(None) if questionnaire.partnership is None else owner == partnership_id,
        )
    ).scalar()


def lock_shipped_questionnaires(connection: Connection) -> None:
    """Let other writers of shipped questionnaires wait until this transaction ends.

    Two first imports at once, in two partnerships, would both find none and write two. SQLite has one writer anyway.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(func.hashtext("shipped_questionnaires"))))


def insert_questionnaire(
    connection: Connection, questionnaire: Questionnaire, partnership_id: int | None, made: Made
) -> StoredQuestionnaire:
    """Write a new questionnaire; its version gets a number behind it when the partnership has that version."""
    version, number = questionnaire.version, 2
    while partnership_id is not None and _is_taken(connection, questionnaire.slug, version, partnership_id):
        version = f"{questionnaire.version}-{number}"
        number += 1
    row_id = connection.execute(
        insert(s.questionnaire)
        .values(
            slug=questionnaire.slug,
            version=version,
            title_pl=questionnaire.title_pl,
            title_en=questionnaire.title_en,
            partnership_id=partnership_id,
        )
        .returning(s.questionnaire.c.id)
    ).scalar_one()
    made.questionnaires.append(row_id)
    _insert_questions(connection, row_id, questionnaire.questions, start=0)
    return read_ids(connection, row_id)


def insert_questions(connection: Connection, row_id: int, questionnaire: Questionnaire) -> None:
    """Write the questions of a questionnaire whose row has none yet."""
    _insert_questions(connection, row_id, questionnaire.questions, start=0)


def extend_questionnaire(
    connection: Connection, row_id: int, questionnaire: Questionnaire, made: Made
) -> StoredQuestionnaire:
    """Append questions and options that the stored questionnaire does not have yet."""
    stored = read_ids(connection, row_id)
    new = [question for question in questionnaire.questions if question.name not in stored.questions]
    last = connection.execute(
        select(func.max(s.question.c.position)).where(s.question.c.questionnaire_id == row_id)
    ).scalar()
    _insert_questions(connection, row_id, new, start=(last or 0) + 1)
    choices = []
    for question in questionnaire.questions:
        if question.name not in stored.questions:
            continue
        for position, choice in enumerate(question.choices):
            if (question.name, choice.code) not in stored.choices:
                choices.append(_choice_row(stored.questions[question.name], position, choice))
    if choices:
        connection.execute(insert(s.choice), choices)
    after = read_ids(connection, row_id)
    made.questions += [after.questions[question.name] for question in new]
    made.choices += [
        choice_id
        for (name, code), choice_id in after.choices.items()
        if name in stored.questions and (name, code) not in stored.choices
    ]
    return after


def read_ids(connection: Connection, row_id: int) -> StoredQuestionnaire:
    """Return the row ids of a questionnaire's questions and options."""
    rows = connection.execute(
        select(s.question.c.id, s.question.c.name, s.choice.c.id.label("choice_id"), s.choice.c.code)
        .join_from(s.question, s.choice, isouter=True)
        .where(s.question.c.questionnaire_id == row_id)
    ).all()
    questions = {row.name: row.id for row in rows}
    choices = {(row.name, row.code): row.choice_id for row in rows if row.choice_id is not None}
    return StoredQuestionnaire(row_id, questions, choices)


def _is_taken(connection: Connection, slug: str, version: str, partnership_id: int) -> bool:
    return (
        connection.execute(
            select(s.questionnaire.c.id).where(
                s.questionnaire.c.partnership_id == partnership_id,
                s.questionnaire.c.slug == slug,
                s.questionnaire.c.version == version,
            )
        ).scalar()
        is not None
    )


def _insert_questions(
    connection: Connection, row_id: int, questions: tuple[Question, ...] | list[Question], start: int
) -> None:
    if not questions:
        return
    connection.execute(
        insert(s.question),
        [
            {
                "questionnaire_id": row_id,
                "position": position,
                "name": question.name,
                "type": question.type.value,
                "text_pl": question.text_pl,
                "text_en": question.text_en,
                "battery": question.battery,
                "battery_en": question.battery_en,
                "vocabulary": question.vocabulary,
                "profile": question.profile,
                "max_choices": question.max_choices,
            }
            for position, question in enumerate(questions, start)
        ],
    )
    ids = read_ids(connection, row_id).questions
    choices = [
        _choice_row(ids[question.name], position, choice)
        for question in questions
        for position, choice in enumerate(question.choices)
    ]
    if choices:
        connection.execute(insert(s.choice), choices)


def _choice_row(question_id: int, position: int, choice: Choice) -> dict[str, object]:
    return {
        "question_id": question_id,
        "position": position,
        "code": choice.code,
        "label_pl": choice.label_pl,
        "label_en": choice.label_en,
        "missing_kind": choice.missing,
        "is_other": choice.is_other,
    }


def _read(connection: Connection, which: ColumnElement[bool]) -> tuple[Questionnaire, ...]:
    owners = connection.execute(
        select(s.questionnaire, s.partnership.c.slug.label("owner"))
        .join_from(s.questionnaire, s.partnership, isouter=True)
        .where(which)
        .order_by(s.questionnaire.c.id)
    ).all()
    ids = [row.id for row in owners]
    choices: defaultdict[int, list[Choice]] = defaultdict(list)
    for row in connection.execute(
        select(s.choice)
        .join_from(s.choice, s.question)
        .where(s.question.c.questionnaire_id.in_(ids))
        .order_by(s.choice.c.question_id, s.choice.c.position, s.choice.c.id)
    ):
        choices[row.question_id].append(
            Choice(row.code, row.label_pl, row.label_en, missing=row.missing_kind, is_other=row.is_other)
        )
    questions: defaultdict[int, list[Question]] = defaultdict(list)
    for row in connection.execute(
        select(s.question).where(s.question.c.questionnaire_id.in_(ids)).order_by(s.question.c.position)
    ):
        questions[row.questionnaire_id].append(_question(row, tuple(choices[row.id])))
    return tuple(
        Questionnaire(row.slug, row.version, row.title_pl, row.title_en, tuple(questions[row.id]), row.owner)
        for row in owners
    )


def _question(row: Row[tuple[object, ...]], choices: tuple[Choice, ...]) -> Question:
    values = row._mapping  # noqa: SLF001 # SQLAlchemy's public name for a row as a mapping
    return Question(
        name=values["name"],
        type=QuestionType(values["type"]),
        text_pl=values["text_pl"],
        text_en=values["text_en"],
        choices=choices,
        vocabulary=values["vocabulary"],
        max_choices=values["max_choices"],
        profile=values["profile"],
        battery=values["battery"],
        battery_en=values["battery_en"],
    )

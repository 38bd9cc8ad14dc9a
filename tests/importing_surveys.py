"""What tests of the pipeline share: a partnership to import into, an import, and answers read back from the store."""

from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from etl.importing import Decisions, ImportResult, Incoming
from etl.pipeline import import_file
from etl.store import schema as s
from etl.store.engine import Store
from etl.store.register_writing import write_register
from etl.store.schema import METADATA
from etl.store.scope import Actor
from surveys.model import Partnership, Register

MACHINE = Actor.at_machine()
LIW = Decisions(partnership="liw", wave="Diagnoza 2026")
# Tables that an import which stores nothing may not touch either, but that others fill.
BESIDE = {"audit", "revision", "alembic_version"}


def add_partnership(store: Store, slug: str = "liw") -> None:
    """Put an empty partnership into the store."""
    with store.write() as connection:
        write_register(connection, Register(Partnership(slug, f"Partnerstwo {slug}")), None)


def load(
    store: Store, content: bytes | Path, decisions: Decisions = LIW, *, name: str = "", **more: Any
) -> ImportResult:
    """Import a file as the person at the machine."""
    if isinstance(content, Path):
        name, content = name or content.name, content.read_bytes()
    incoming = Incoming(name or "Ankieta.csv", content)
    # Most of these tables are signed by no tool; their reader has looked and says that they are answers.
    decisions = replace(decisions, source=decisions.source or "survey")
    return import_file(incoming, store=store, actor=more.pop("actor", MACHINE), decisions=decisions, **more)


def codes(result: Any) -> list[str]:
    """Return the codes of findings, in their order."""
    return [finding.code for finding in result.report]


def count_rows(store: Store) -> dict[str, int]:
    """Return how many rows every table has that an import may touch."""
    with store.read() as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar() or 0
            for table in METADATA.sorted_tables
            if table.name not in BESIDE
        }


def read_answers(store: Store, wave: str = "diagnoza-2026") -> dict[str, list[Any]]:
    """Return what the store holds of a wave: by header, for each respondent a set of labels, a number or a text.

    A question of a grid goes under ``stem [row]``; no answer is ``None``; the words beside "other" stand in a set.
    """
    with store.read() as connection:
        wave_id = connection.execute(select(s.wave.c.id).where(s.wave.c.slug == wave)).scalar_one()
        people = list(
            connection.execute(
                select(s.response.c.response_no)
                .where(s.response.c.wave_id == wave_id)
                .order_by(s.response.c.response_no)
            ).scalars()
        )
        questions = connection.execute(
            select(s.question)
            .join_from(s.question, s.wave, s.wave.c.questionnaire_id == s.question.c.questionnaire_id)
            .where(s.wave.c.id == wave_id)
        ).all()
        ticked = connection.execute(
            select(
                s.answer.c.question_id,
                s.answer.c.response_no,
                s.answer.c.number,
                s.choice.c.label_pl,
                s.choice.c.is_other,
            )
            .join_from(s.answer, s.choice, s.choice.c.id == s.answer.c.choice_id, isouter=True)
            .where(s.answer.c.wave_id == wave_id)
        ).all()
        written = connection.execute(select(s.open_answer).where(s.open_answer.c.wave_id == wave_id)).all()
    cells: dict[tuple[int, int], Any] = {}
    labels: defaultdict[tuple[int, int], set[str]] = defaultdict(set)
    texts = {(row.question_id, row.response_no): row.text for row in written}
    for row in ticked:
        key = (row.question_id, row.response_no)
        if row.label_pl is None:
            cells[key] = row.number
        elif not (row.is_other and key in texts):
            labels[key].add(row.label_pl)
    chosen = {(row.question_id, row.response_no) for row in ticked}
    for key, text in texts.items():
        if key in chosen:
            labels[key].add(text)
        else:
            cells[key] = text
    cells |= {key: frozenset(found) for key, found in labels.items()}
    return {
        f"{question.battery} [{question.text_pl}]" if question.battery else question.text_pl: [
            cells.get((question.id, person)) for person in people
        ]
        for question in questions
    }

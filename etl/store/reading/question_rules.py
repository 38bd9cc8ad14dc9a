"""By which rules the questions of a measurement were put, as its questionnaire says; of most files nobody knows."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from sqlalchemy import Connection, select

from etl.store import schema as s
from etl.store.reading.packed_answers import find_wave_id
from etl.store.reading.scope import Scope
from surveys.analysis.measured_questions import PutBy
from surveys.model.form_codec import decode_form
from surveys.questionnaires.asking_rules import AskingRules, rules_of_form, rules_of_shipped


def read_put_by(connection: Connection, scope: Scope, partnership: str, wave: str) -> PutBy:
    """Return by which form, and by which rules, a measurement put its questions.

    Args:
        connection: reading connection.
        scope: of whoever asks.
        partnership: slug; ``wave``: slug of the measurement in it.
        wave: see above.

    Raises:
        LookupError: no such measurement in scope.
    """
    wave_id = find_wave_id(connection, scope, partnership, wave)
    asked = connection.execute(select(s.wave.c.questionnaire_id).where(s.wave.c.id == wave_id)).scalar_one()
    return read_forms(connection, [asked])[asked]


def read_forms(connection: Connection, questionnaires: Iterable[int]) -> dict[int, PutBy]:
    """Return the rules of questionnaires by their rows.

    Args:
        connection: reading connection.
        questionnaires: rows of them.
    """
    columns = s.questionnaire.c
    rows = connection.execute(
        select(columns.id, columns.slug, columns.version, columns.form).where(
            columns.id.in_(sorted(set(questionnaires)))
        )
    )
    found: dict[int, PutBy] = {}
    for row in rows:
        # A file that brought new options to a shipped questionnaire made a copy of it, under its name.
        rules = rules_of_shipped(row.slug, row.version) if row.form is None else _rules_of_text(row.form)
        found[row.id] = PutBy(str(row.id), rules)
    return found


@lru_cache(maxsize=256)
def _rules_of_text(form: str) -> Mapping[str, AskingRules]:
    return rules_of_form(decode_form(form))

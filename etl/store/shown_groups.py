"""The ledger of groups of people that were shown, asked before a figure goes out and written in the same breath.

Figures of invented people are not written down. Rules and algebra stand in `surveys.privacy.ledger`; here is memory.
"""

import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, insert, select

from etl.store.engine import Store
from etl.store.moments import write_moment
from etl.store.reading.packed_answers import find_wave_id
from etl.store.reading.scope import Scope
from etl.store.reading.wave_basis import read_wave_basis
from etl.store.schema_results import shown_group
from surveys.privacy.ledger import Look, Ruling, judge
from surveys.privacy.rules import STANDARD_RULES, DisclosureRules

Groups = Sequence[tuple[dict[str, frozenset[str]], int]]


def admit_groups(  # what is shown, by name
    store: Store,
    scope: Scope,
    partnership: str,
    wave: str,
    question: str,
    groups: Groups,
    *,
    now: datetime,
    complete: bool = False,
    rules: DisclosureRules = STANDARD_RULES,
) -> Ruling:
    """Return whether groups may be shown for a question of a measurement; from then on they count as shown.

    Args:
        store: where the ledger is.
        scope: of whoever looks.
        partnership: slug; ``wave``: slug of the measurement in it.
        wave: see above.
        question: name of the question; its bases are its own.
        groups: conditions of each group with its base.
        now: the moment.
        complete: nothing of the breakdown is hidden or merged, and its answers could be groups themselves. Any other
            breakdown hides different cells than the one the other way round: the two together would tell them.
        rules: thresholds.

    Raises:
        LookupError: no such measurement in scope.
    """
    if scope.sample:
        return Ruling.ALLOWED
    with store.read() as connection:
        wave_id = find_wave_id(connection, scope, partnership, wave)
        ruling, new = _judge(connection, wave_id, question, groups, rules, complete=complete)
    if not new:
        return ruling
    with store.write(changes_data=False) as connection:
        # Judged anew: somebody else may have been shown the other half meanwhile.
        wave_id = find_wave_id(connection, scope, partnership, wave)
        ruling, new = _judge(connection, wave_id, question, groups, rules, complete=complete)
        if ruling is Ruling.ALLOWED and new:
            connection.execute(insert(shown_group), [_row(wave_id, question, look, now) for look in new])
    return ruling


def _is_mirrored(connection: Connection, wave_id: int, question: str, groups: Groups) -> bool:
    """Whether the question itself gave the groups of a question that gives them now."""
    by = {name for conditions, _ in groups for name in conditions}
    rows = connection.execute(
        select(shown_group.c.conditions).where(shown_group.c.wave_id == wave_id, shown_group.c.question.in_(by))
    )
    return any(question in _read(row.conditions) for row in rows)


def _judge(
    connection: Connection, wave_id: int, question: str, groups: Groups, rules: DisclosureRules, *, complete: bool
) -> tuple[Ruling, list[Look]]:
    """Return the ruling, and the looks that are to be written down."""
    if not complete and _is_mirrored(connection, wave_id, question, groups):
        return Ruling.REFUSED_MIRRORED, []
    basis = read_wave_basis(connection, wave_id)
    rows = connection.execute(
        select(shown_group).where(shown_group.c.wave_id == wave_id, shown_group.c.question == question)
    )
    shown = [Look(_read(row.conditions), row.base, row.basis) for row in rows]
    new: list[Look] = []
    for conditions, base in groups:
        look = Look(conditions, base, basis)
        if look in shown:
            continue
        ruling = judge([*shown, *new], look, rules)
        if ruling is not Ruling.ALLOWED:
            return ruling, []
        new.append(look)
    return Ruling.ALLOWED, new


def _row(wave_id: int, question: str, look: Look, now: datetime) -> dict[str, object]:
    conditions = {name: sorted(codes) for name, codes in sorted(look.conditions.items())}
    return {
        "wave_id": wave_id,
        "question": question,
        "conditions": json.dumps(conditions, ensure_ascii=False),
        "base": look.base,
        "basis": look.revision,
        "first_shown_at": write_moment(now),
    }


def _read(conditions: str) -> dict[str, frozenset[str]]:
    return {name: frozenset(codes) for name, codes in json.loads(conditions).items()}

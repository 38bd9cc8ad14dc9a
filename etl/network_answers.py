"""Who said they work with whom: the network question of the questionnaire on co-operation.

The question asks each person which organisation they speak for "only to show who works with whom", and that is all that
is made of it: pairs of organisations and who answered, never joined with anything else of the same form. Fewer than
five organisations that answered give no network (`surveys.privacy.rules`).
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from sqlalchemy import Connection

from etl.store.reading import Scope, read_crosstab_sums, read_frequency_sums
from surveys.privacy.rules import INSIDE_RULES

OWN = "own_organisation"
# Kinds of co-operation in the order of growing closeness.
KINDS = ("network_information", "network_event", "network_project", "network_money")
_NOBODY = "none"


@dataclass(frozen=True, slots=True)
class NetworkAnswers:
    """What organisations said of working with each other, by the codes of their answers.

    Attributes:
        answered: codes of ``own_organisation`` that somebody spoke for.
        named: by question: who named whom, each by the code of its own list.
        enough: enough organisations answered to show who works with whom; otherwise ``named`` is empty.
    """

    answered: tuple[str, ...]
    named: Mapping[str, tuple[tuple[str, str], ...]]
    enough: bool


def read_network_answers(
    connection: Connection, scope: Scope, partnership: str, wave: str, kinds: tuple[str, ...]
) -> NetworkAnswers:
    """Return who named whom in one measurement.

    Args:
        connection: reading connection.
        scope: of whoever asks.
        partnership: slug.
        wave: slug of the measurement.
        kinds: questions of `KINDS` that were asked in it.

    Raises:
        LookupError: no such wave or question in scope.
    """
    own = read_frequency_sums(connection, scope, partnership, wave, OWN)
    answered = tuple(code for code, people in zip(own.options, own.chosen.people, strict=True) if people)
    if len(answered) < INSIDE_RULES.min_base:
        return NetworkAnswers(answered, {}, enough=False)
    named = {}
    for kind in kinds:
        sums = read_crosstab_sums(connection, scope, partnership, wave, kind, OWN)
        named[kind] = tuple(
            (sums.groups[teller], sums.options[other])
            for other, teller in np.argwhere(sums.cells.people > 0).tolist()
            if sums.options[other] != _NOBODY
        )
    return NetworkAnswers(answered, named, enough=True)

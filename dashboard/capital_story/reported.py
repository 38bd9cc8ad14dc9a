"""What partners themselves said of working with each other, in the newest survey that asked it."""

from dataclasses import dataclass

import pandas as pd

from dashboard.measurement_data import read_network_said
from dashboard.visit import View
from etl.network_answers import KINDS, OWN
from surveys.analysis.network import ReportedTies, combine_reports
from surveys.analysis.rows import rows_of
from surveys.language.folding import fold


@dataclass(frozen=True, slots=True, eq=False)
class Reported:
    """The network question of one measurement.

    Attributes:
        wave: name of the measurement.
        partners: how many partners there are to answer.
        answered: how many of them did.
        strangers: organisations on the form's list that no partner is called by.
        enough: enough answered to show who works with whom; otherwise there are no ties.
        ties: of any kind of co-operation.
        by_kind: the same for each kind that was asked.
    """

    wave: str
    partners: int
    answered: int
    strangers: int
    enough: bool
    ties: ReportedTies
    by_kind: dict[str, ReportedTies]


def read_reported(view: View, slug: str, names: dict[str, str]) -> Reported | None:
    """Return what partners said in the newest measurement with the network question, ``None`` without one.

    Args:
        view: what is looked at.
        slug: of the partnership.
        names: of the partners who stayed, by uid; answers are joined to them by name.
    """
    asked = view.surveys.questions
    asked = asked[(asked["partnership"] == slug) & asked["question"].isin((OWN, *KINDS))]
    waves = asked[asked["question"] == OWN]["wave"]
    kinds_of = {
        wave: [kind for kind in KINDS if kind in set(asked[asked["wave"] == wave]["question"])] for wave in waves
    }
    newest = next((wave for wave in reversed(kinds_of) if kinds_of[wave]), None)
    if newest is None:
        return None
    said = read_network_said(view.scope, slug, newest, tuple(kinds_of[newest]))
    uids = {fold(name): uid for uid, name in names.items()}
    lists = {name: _match(view, slug, newest, name, uids) for name in (OWN, *kinds_of[newest])}
    answered = {uid for code in said.answered if (uid := lists[OWN].get(code))}
    by_kind = {
        kind: [
            (teller, other) for one, two in pairs if (teller := lists[OWN].get(one)) and (other := lists[kind].get(two))
        ]
        for kind, pairs in said.named.items()
    }
    everything = [pair for pairs in by_kind.values() for pair in pairs]
    waves_of = view.waves
    row = rows_of(waves_of[(waves_of["partnership"] == slug) & (waves_of["wave"] == newest)])[0]
    return Reported(
        wave=str(row["name"]),
        partners=len(names),
        answered=len(answered),
        strangers=sum(code not in lists[OWN] for code in said.answered),
        enough=said.enough,
        ties=combine_reports(everything, answered, names),
        by_kind={kind: combine_reports(pairs, answered, names) for kind, pairs in by_kind.items()},
    )


def _match(view: View, slug: str, wave: str, question: str, uids: dict[str, str]) -> dict[str, str]:
    """Return uids of partners by the codes of a question's options, joined by the options' words."""
    choices: pd.DataFrame = view.surveys.choices
    mine = choices[(choices["partnership"] == slug) & (choices["wave"] == wave) & (choices["question"] == question)]
    found = {str(row["code"]): uids.get(fold(str(row["label_pl"]))) for row in rows_of(mine)}
    return {code: uid for code, uid in found.items() if uid is not None}

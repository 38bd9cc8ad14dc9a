"""The gate for kinds of missing: how many found it hard to say, refused, or left a question out."""

from dataclasses import replace

import numpy as np

from surveys.analysis.frequencies import Bases
from surveys.language.texts import LANGUAGES
from surveys.privacy.published import PublishedRow, PublishedTable, Reason, Source, State
from surveys.privacy.rules import STANDARD_RULES, DisclosureRules
from surveys.privacy.suppression import hide_line
from surveys.vocabulary import load


def publish_missing(
    bases: Bases, *, source: Source, sensitive: bool = False, rules: DisclosureRules = STANDARD_RULES
) -> PublishedTable:
    """Pass the kinds of missing of one question through the rules.

    How many did not answer at all stands beside every base and is no secret; who refused and who was not concerned
    may be one, so kinds of one or two people are hidden, and with them what would give them away.

    Args:
        bases: who answered.
        source: where the figures come from; its ``rule`` is set here.
        sensitive: the question is about addiction, health or violence.
        rules: thresholds.

    Returns:
        People by kind of missing, in the order of the code list; kinds of nobody are left out, and all are hidden
        where fewer people were asked than a figure needs.
    """
    kinds = load().missing_kinds
    present = [code for code in kinds.codes if bases.missing.get(code)]
    counts = np.array([bases.missing[code] for code in present], dtype=np.int64)
    small = bases.asked < rules.base_for(sensitive=sensitive)
    hidden = small | (counts < rules.min_count)
    hide_line(counts, hidden, rules)
    rows = tuple(
        PublishedRow(
            keys=(code,),
            labels={language: (kinds.label(code, language),) for language in LANGUAGES},
            value=None if hide else float(count),
            state=State.SUPPRESSED if hide else State.SHOWN,
            reason=(Reason.FEW_ASKED if small else Reason.FEW_CHOSE) if hide else None,
        )
        for code, count, hide in zip(present, counts.tolist(), hidden.tolist(), strict=True)
    )
    return PublishedTable(("missing",), "people", rows, replace(source, rule=rules.name))

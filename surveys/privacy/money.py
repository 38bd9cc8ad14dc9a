"""Sums of money: who gave most must not be readable from the total by the one who gave second most.

The rule is for sums over organisations, which tell something of each of them that it did not tell itself: whose money
goes through whom. The amount of a project is none of these. A partnership writes it into its own register with the
project's name, as it does with a grant that is public money; it is no person's datum, and whoever may see the register
sees it there (the red thread, money outside the priorities, money by group or theme on the page of gaps). Nobody else
does, unless the partnership agreed to share the project's result.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from surveys.language.texts import Language
from surveys.privacy.published import PublishedRow, PublishedTable, Reason, Source, State
from surveys.privacy.rules import STANDARD_RULES, DisclosureRules


@dataclass(frozen=True, slots=True)
class MoneyRow:
    """A sum before the gate: what each contributor gave, in złoty, none negative."""

    keys: tuple[str, ...]
    labels: dict[Language, tuple[str, ...]]
    contributions: tuple[float, ...]


def is_sum_safe(contributions: Sequence[float], rules: DisclosureRules = STANDARD_RULES) -> bool:
    """Return whether a sum may be shown.

    Unsafe with fewer contributors than the rules want, or by the p % rule: when the total X without the two largest
    is below p/100 of the largest, X − x₂ − x₁ < p/100 · x₁, the second largest knows the largest within p %.

    Args:
        contributions: what each gave, in złoty; those of nothing are no contributors.
        rules: thresholds.

    Source: A. Hundepool et al., Statistical Disclosure Control (2012), section 4.2.
    """
    given = sorted((value for value in contributions if value > 0), reverse=True)
    if len(given) < max(1, rules.min_contributors):
        return False
    return sum(given[2:]) >= rules.money_percent / 100 * given[0]


def publish_sums(
    rows: Iterable[MoneyRow],
    *,
    dimensions: tuple[str, ...],
    source: Source,
    rules: DisclosureRules = STANDARD_RULES,
) -> PublishedTable:
    """Pass sums of money, whose grand total is known, through the rules.

    A single hidden sum takes further ones along, the smallest first, until those hidden together would be safe as
    one: nobody can then subtract the shown ones from the total and come near a single contributor.

    Args:
        rows: in reading order; a sum of nothing is shown as 0.
        dimensions: names of the keys.
        source: where the figures come from; its ``rule`` is set here.
        rules: thresholds.
    """
    ordered = list(rows)
    sums = np.array([sum(row.contributions) for row in ordered])
    hidden = np.array([any(row.contributions) and not is_sum_safe(row.contributions, rules) for row in ordered])
    while hidden.any() and not hidden.all():
        together = [value for row, hide in zip(ordered, hidden, strict=True) if hide for value in row.contributions]
        if hidden.sum() > 1 and is_sum_safe(together, rules):
            break
        hidden[int(np.argmin(np.where(hidden, np.inf, np.where(sums > 0, sums, np.finfo(float).max))))] = True
    published = tuple(
        PublishedRow(row.keys, row.labels, None, State.SUPPRESSED, reason=Reason.FEW_CHOSE)
        if hide
        else PublishedRow(row.keys, row.labels, float(total), State.SHOWN)
        for row, total, hide in zip(ordered, sums, hidden, strict=True)
    )
    return PublishedTable(dimensions, "pln", published, replace(source, rule=rules.name))

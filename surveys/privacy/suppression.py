"""Which cells of a crosstab have to be hidden so that the rest does not give them away.

First what the rules hide by themselves: counts of one or two, whole groups below the base, answers of nobody or of
everybody in a small group. Then one more cell in every row and column that holds a single hidden one. Then every
hidden cell is bounded by linear programming (`surveys.privacy.bounds`), and further cells go until none can be
bounded closer than the rules' width: two people who were each alone in their cell do not protect each other.

Totals count as shown, as they stand in the table of the whole question and in that of the profile: only those of one
or two people are hidden there, with one more where that is needed (`hide_line`, their rule too).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from surveys.privacy.bounds import Bools, Ints, bound_hidden, trade_at_corners
from surveys.privacy.rules import STANDARD_RULES, DisclosureRules

_MOST = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True, eq=False)
class Suppression:
    """A pattern of hidden cells.

    Attributes:
        hidden: cells that may not be shown [options × groups].
        hidden_bases: groups whose number of people may not be shown either.
        hidden_totals: options whose total over all groups may not be shown.
        low, high: what nobody can rule out from the rest: the attacker's own bounds are these or wider. Equal to the
            count where it is shown.
        holds: no hidden cell can be bounded closer than the rules' width; ``False`` only where the totals alone give
            too much, and the breakdown may not be shown at all.
    """

    hidden: Bools
    hidden_bases: Bools
    hidden_totals: Bools
    low: Ints
    high: Ints
    holds: bool


def suppress(
    table: npt.ArrayLike,
    rules: DisclosureRules = STANDARD_RULES,
    *,
    bases: npt.ArrayLike | None = None,
    overlapping_groups: bool = False,
    sensitive: bool = False,
) -> Suppression:
    """Return which cells of a table of counts have to be hidden.

    Args:
        table: people by option and group [options × groups].
        rules: thresholds.
        bases: people who answered, by group, for a multiple choice (options overlap and do not add up to them);
            ``None`` when each person chose one option.
        overlapping_groups: a person can be in several groups, so that groups add up to nothing.
        sensitive: the question is about addiction, health or violence.

    Raises:
        ValueError: when a count is negative, or above its base.

    Source: for complementary suppression and its audit, A. Hundepool et al., Statistical Disclosure Control (2012),
    chapter 4.
    """
    counts = np.asarray(table, dtype=np.int64)
    asked = counts.sum(axis=0) if bases is None else np.asarray(bases, dtype=np.int64)
    if counts.ndim != 2 or (counts < 0).any() or (counts > asked[None, :]).any():
        raise ValueError("a table of counts has rows and columns, and no count is negative or above its base")
    if overlapping_groups:
        return _suppress_apart(counts, asked, rules, exclusive=bases is None, sensitive=sensitive)
    if bases is None:
        return _suppress_exclusive(counts, rules, sensitive=sensitive)
    return _suppress_overlapping(counts, asked, rules, sensitive=sensitive)


def _primary(counts: Ints, asked: Ints, rules: DisclosureRules, *, sensitive: bool) -> Bools:
    few = (counts > 0) & (counts < rules.min_count)
    small = asked < rules.base_for(sensitive=sensitive)
    limit = rules.sensitive_min_base if sensitive else rules.homogeneous_base
    alike = (asked < limit)[None, :] & ((counts == 0) | (counts == asked[None, :]))
    # Where one or two gave an answer, zeros elsewhere would say in which group they are.
    totals = counts.sum(axis=1)
    rare = (totals > 0) & (totals < rules.min_count)
    return np.asarray(few | small[None, :] | alike | rare[:, None])


def hide_line(counts: Ints, hidden: Bools, rules: DisclosureRules) -> None:
    """Hide further counts of one line, whose sum is known, until those hidden protect each other.

    The smallest other count loses least; one that somebody gave, or a zero would give the sum away. Two people who
    were each alone need a third count beside them.

    Args:
        counts: of exclusive answers, in any order.
        hidden: which of them are hidden already; changed in place.
        rules: thresholds.
    """
    while hidden.any() and (hidden.sum() == 1 or counts[hidden].sum() < rules.min_width):
        if not _hide_in_row(counts, hidden):
            break


def _suppress_exclusive(counts: Ints, rules: DisclosureRules, *, sensitive: bool) -> Suppression:
    asked = counts.sum(axis=0)
    whole = np.pad(counts, ((0, 1), (0, 1)))
    whole[-1, :-1], whole[:-1, -1], whole[-1, -1] = asked, counts.sum(axis=1), counts.sum()
    hidden = np.zeros(whole.shape, dtype=bool)
    hidden[:-1, :-1] = _primary(counts, asked, rules, sensitive=sensitive)
    for totals, mask in ((whole[-1, :-1], hidden[-1, :-1]), (whole[:-1, -1], hidden[:-1, -1])):
        mask[:] = (totals > 0) & (totals < rules.min_count)
        hide_line(totals, mask, rules)
    while True:
        _hide_partners(whole, hidden)
        low, high = _bound(whole, hidden, rules)
        weak = hidden & (high - low < rules.min_width)
        if not weak.any() or not _hide_beside(whole, hidden, weak):
            break
    small = asked < rules.base_for(sensitive=sensitive)
    return Suppression(hidden[:-1, :-1], small, hidden[:-1, -1], low[:-1, :-1], high[:-1, :-1], holds=not weak.any())


def _bound(whole: Ints, hidden: Bools, rules: DisclosureRules) -> tuple[Ints, Ints]:
    """Return bounds of hidden cells, by programming only where trading does not already hold them apart."""
    low, high = whole.copy(), whole.copy()
    low[:-1, :-1], high[:-1, :-1] = trade_at_corners(whole[:-1, :-1], hidden[:-1, :-1])
    close = hidden & (high - low < rules.min_width)
    if close.any():
        least, most = bound_hidden(whole, hidden, close)
        low[close], high[close] = least[close], most[close]
    return low, high


def _suppress_overlapping(counts: Ints, asked: Ints, rules: DisclosureRules, *, sensitive: bool) -> Suppression:
    """Options overlap: each is a row of its own, whose cells add up to the option's total."""
    hidden = _primary(counts, asked, rules, sensitive=sensitive)
    totals = counts.sum(axis=1)
    hidden_totals = (totals > 0) & (totals < rules.min_count)
    low, high = counts.copy(), counts.copy()
    holds = True
    for row, total in enumerate(totals.tolist()):
        mask = hidden[row]
        while True:
            low[row], high[row] = _bound_row(counts[row], mask, asked, None if hidden_totals[row] else total)
            # A group of one person cannot be bounded wider than by nobody and everybody.
            weak = mask & (high[row] - low[row] < np.minimum(rules.min_width, asked))
            if not weak.any() or not _hide_in_row(counts[row], mask):
                break
        holds &= not weak.any()
    small = asked < rules.base_for(sensitive=sensitive)
    return Suppression(hidden, small, hidden_totals, low, high, holds=holds)


def _bound_row(counts: Ints, hidden: Bools, most: Ints, total: int | None) -> tuple[Ints, Ints]:
    """Bounds of hidden cells of one line, each from 0 to its group, whose sum is known when the total is shown.

    One equation needs no programme: a cell gets what the others cannot take, and at most what there is.
    """
    if total is None:
        return np.where(hidden, 0, counts), np.where(hidden, most, counts)
    left = total - int(counts[~hidden].sum())
    others = int(most[hidden].sum()) - most
    low, high = np.maximum(0, left - others), np.minimum(most, left)
    return np.where(hidden, low, counts), np.where(hidden, high, counts)


def _hide_in_row(counts: Ints, hidden: Bools) -> bool:
    others = ~hidden & (counts > 0) if (~hidden & (counts > 0)).any() else ~hidden
    if not others.any():
        return False
    hidden[int(np.argmin(np.where(others, counts, _MOST)))] = True
    return True


def _suppress_apart(
    counts: Ints, asked: Ints, rules: DisclosureRules, *, exclusive: bool, sensitive: bool
) -> Suppression:
    """Groups overlap: each is a table of its own, whose options add up to its base when they exclude each other."""
    hidden = _primary(counts, asked, rules, sensitive=sensitive)
    high = np.where(hidden, asked[None, :], counts)
    if exclusive:
        for column in range(counts.shape[1]):
            hide_line(counts[:, column], hidden[:, column], rules)
            high[:, column] = np.where(hidden[:, column], counts[hidden[:, column], column].sum(), counts[:, column])
    totals = np.zeros(len(counts), dtype=bool)  # they are no sums of these groups
    small = asked < rules.base_for(sensitive=sensitive)
    return Suppression(hidden, small, totals, np.where(hidden, 0, counts), high, holds=True)


def _hide_partners(whole: Ints, hidden: Bools) -> None:
    """Hide a second cell in every line that holds a single hidden one, until no line does or none can."""
    changed = True
    while changed:
        changed = False
        for row in np.flatnonzero(hidden[:-1].sum(axis=1) == 1).tolist():
            changed |= _hide_smallest(whole, hidden, (row, slice(None, -1)))
        for column in np.flatnonzero(hidden[:, :-1].sum(axis=0) == 1).tolist():
            changed |= _hide_smallest(whole, hidden, (slice(None, -1), column))


def _hide_beside(whole: Ints, hidden: Bools, weak: Bools) -> bool:
    """Hide one more cell in the row or column of a cell that is known too well; say whether there was one to hide."""
    inner = slice(None, -1)
    for row, column in np.argwhere(weak).tolist():
        if _hide_smallest(whole, hidden, (row, inner)) or _hide_smallest(whole, hidden, (inner, column)):
            return True
    # Beside them everything is hidden already: the rest of the table is all that is left to take.
    return _hide_smallest(whole, hidden, (inner, inner))


def _hide_smallest(whole: Ints, hidden: Bools, line: tuple[int | slice, int | slice]) -> bool:
    """Hide the cell of a line that loses least: the smallest that somebody is in, else one of nobody."""
    allowed = np.zeros(whole.shape, dtype=bool)
    allowed[line] = True
    allowed &= ~hidden
    # Totals are shown elsewhere: hiding one here would hide nothing.
    allowed[-1], allowed[:, -1] = False, False
    for kept in (allowed & (whole > 0), allowed):
        if kept.any():
            hidden.ravel()[int(np.argmin(np.where(kept, whole, _MOST)))] = True
            return True
    return False

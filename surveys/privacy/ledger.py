"""What tables tell together: a ledger of what was shown of a measurement, asked before more is.

Two filters of many people each (sołectwa A and B; then A, B and C) tell of the few between them, and so do two looks
before and after three new answers. A look is a group of people, said by conditions, with its base. A new one is
refused when it, with what was shown before, gives the base of any group of fewer people than the rules allow: a group
of one condition or of one cell of all conditions, or the difference of two groups one of which holds the other. What
"gives" means is linear algebra: the group is a combination of the groups shown.

A refused look can be made coarser by leaving out conditions (`coarsen`). Pure logic: the caller keeps the ledger.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations, product

import numpy as np
import numpy.typing as npt

from surveys.privacy.rules import STANDARD_RULES, DisclosureRules

# What stands for all values of a condition that nobody named.
_REST = "\x00"
_MOST_ATOMS = 5000


@dataclass(frozen=True, slots=True)
class Look:
    """A group of people whose figures were, or are to be, shown.

    Attributes:
        conditions: for each question of the profile the codes chosen; people meet all of them. Empty: everybody.
        base: people in the group.
        revision: of the data: looks at one revision are of the same people.
    """

    conditions: Mapping[str, frozenset[str]]
    base: int
    revision: int = 0


class Ruling(StrEnum):
    """What the ledger says to a look."""

    ALLOWED = "allowed"
    REFUSED_SMALL = "refused_small"  # the group itself is below the base
    REFUSED_DIFFERENCE = "refused_difference"  # with what was shown before it tells of a group below the base
    REFUSED_CHANGE = "refused_change"  # shown before, and fewer answers than the base are new since


def judge(shown: Iterable[Look], new: Look, rules: DisclosureRules = STANDARD_RULES) -> Ruling:
    """Return whether a look may be added to those already shown.

    A difference of nobody is refused like one of a few: which of the two it is would itself be told.

    Args:
        shown: the ledger of one measurement.
        new: the look asked for.
        rules: thresholds.
    """
    ledger = list(shown)
    if new.base < rules.min_base:
        return Ruling.REFUSED_SMALL
    for look in ledger:
        if look.revision != new.revision and _same(look, new) and 0 < abs(look.base - new.base) < rules.min_base:
            return Ruling.REFUSED_CHANGE
        if look.revision != new.revision and _differ_by_few(look, new, rules):
            return Ruling.REFUSED_DIFFERENCE
    alike = [look for look in ledger if look.revision == new.revision]
    if any(_same(look, new) for look in alike):
        return Ruling.ALLOWED
    if any(_differ_by_few(look, new, rules) for look in alike) or _tells_of_few(alike, new, rules):
        return Ruling.REFUSED_DIFFERENCE
    return Ruling.ALLOWED


def coarsen(
    shown: Iterable[Look], new: Look, bases: Mapping[frozenset[str], int], rules: DisclosureRules = STANDARD_RULES
) -> Look | None:
    """Return the look with the fewest conditions left out that may be shown, ``None`` when none may.

    Args:
        shown: the ledger of one measurement.
        new: the look that was refused.
        bases: people who meet the look's conditions on a set of questions, by that set (the empty set: everybody).
        rules: thresholds.
    """
    ledger = list(shown)
    names = sorted(new.conditions)
    for kept in range(len(names) - 1, -1, -1):
        for chosen in combinations(names, kept):
            if frozenset(chosen) not in bases:
                continue
            look = Look({name: new.conditions[name] for name in chosen}, bases[frozenset(chosen)], new.revision)
            if judge(ledger, look, rules) is Ruling.ALLOWED:
                return look
    return None


def _same(first: Look, second: Look) -> bool:
    return dict(first.conditions) == dict(second.conditions)


def _holds(outer: Look, inner: Look) -> bool:
    """Whether everybody of the inner group is in the outer one, as far as the conditions tell."""
    return all(name in inner.conditions and inner.conditions[name] <= codes for name, codes in outer.conditions.items())


def _differ_by_few(first: Look, second: Look, rules: DisclosureRules) -> bool:
    if _same(first, second):
        return False
    return (_holds(first, second) or _holds(second, first)) and abs(first.base - second.base) < rules.min_base


def _tells_of_few(shown: Sequence[Look], new: Look, rules: DisclosureRules) -> bool:
    """Whether the new look completes the count of a small group as a sum or difference of looks."""
    looks = [*shown, new]
    values: dict[str, list[str]] = {}
    for look in looks:
        for name, codes in look.conditions.items():
            known = values.setdefault(name, [_REST])
            known.extend(sorted(codes - set(known)))
    if not values or np.prod([len(named) for named in values.values()]) > _MOST_ATOMS:
        return bool(values)  # too many cells to be sure of
    atoms = [dict(zip(values, cell, strict=True)) for cell in product(*values.values())]
    matrix = np.stack([_members(look.conditions, atoms) for look in looks])
    bases = np.array([look.base for look in looks], dtype=float)
    wanted = [np.eye(len(atoms))[place] for place in range(len(atoms))]
    for name, named in values.items():
        wanted += [_members({name: frozenset({code})}, atoms) for code in named]
    wanted += [
        np.abs(matrix[-1] - row) for row in matrix[:-1] if ((matrix[-1] >= row).all() or (row >= matrix[-1]).all())
    ]
    targets = np.stack(wanted).T
    weights, _, _, _ = np.linalg.lstsq(matrix.T, targets, rcond=None)
    derived = np.abs(matrix.T @ weights - targets).max(axis=0) < 1e-7
    return bool((derived & (bases @ weights < rules.min_base - 0.5)).any())


def _members(conditions: Mapping[str, frozenset[str]], atoms: Sequence[Mapping[str, str]]) -> npt.NDArray[np.float64]:
    return np.array([float(all(atom[name] in codes for name, codes in conditions.items())) for atom in atoms])

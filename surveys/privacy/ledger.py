"""What tables tell together: a ledger of what was shown of a measurement, asked before more is.

Two filters of many people each (sołectwa A and B; then A, B and C) tell of the few between them, and so do two looks
before and after three new answers. A look is a group of people, said by conditions, with its base. A new one is
refused when it, with what was shown before, gives the base of any group of fewer people than the rules allow: a group
of one condition, of two, or of one cell of all conditions, or the difference of two groups one of which holds the
other. What "gives" means is linear algebra: the group is a combination of the groups shown. Looks that share no
question with the new one, not even by way of others, cannot help to solve for it, and are left out.

A refused look can be made coarser by leaving out conditions (`coarsen`). Pure logic: the caller keeps the ledger.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import combinations, product

import numpy as np
import numpy.typing as npt

from surveys.privacy.rules import STANDARD_RULES, DisclosureRules

# What stands for all values of a condition that nobody named.
_REST = "\x00"
_MOST_ATOMS = 5000
Floats = npt.NDArray[np.float64]


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
    REFUSED_MIRRORED = "refused_mirrored"  # the same two questions were shown the other way round


def judge(
    shown: Iterable[Look],
    new: Look,
    rules: DisclosureRules = STANDARD_RULES,
    *,
    codes: Mapping[str, frozenset[str]] | None = None,
) -> Ruling:
    """Return whether a look may be added to those already shown.

    A difference of nobody is refused like one of a few: which of the two it is would itself be told.

    Args:
        shown: the ledger of one measurement.
        new: the look asked for.
        rules: thresholds.
        codes: for each question all the codes there are, one for those who did not say among them. Once all are
            shown, nobody is left over whom everybody together could point at; without it somebody may be.
    """
    every = codes or {}
    look = _without_full(new, every)
    ledger = [_without_full(old, every) for old in shown]
    if look.base < rules.min_base:
        return Ruling.REFUSED_SMALL
    for old in ledger:
        if old.revision != look.revision and _same(old, look) and 0 < abs(old.base - look.base) < rules.min_base:
            return Ruling.REFUSED_CHANGE
        if old.revision != look.revision and _differ_by_few(old, look, rules):
            return Ruling.REFUSED_DIFFERENCE
    alike = [old for old in ledger if old.revision == look.revision]
    if any(_same(old, look) for old in alike):
        return Ruling.ALLOWED
    if any(_differ_by_few(old, look, rules) for old in alike):
        return Ruling.REFUSED_DIFFERENCE
    if any(_tells_of_few(related, look, rules, every) for related in _relate(alike, look)):
        return Ruling.REFUSED_DIFFERENCE
    return Ruling.ALLOWED


def coarsen(
    shown: Iterable[Look],
    new: Look,
    bases: Mapping[frozenset[str], int],
    rules: DisclosureRules = STANDARD_RULES,
    *,
    codes: Mapping[str, frozenset[str]] | None = None,
) -> Look | None:
    """Return the look with the fewest conditions left out that may be shown, ``None`` when none may.

    Args:
        shown: the ledger of one measurement.
        new: the look that was refused.
        bases: people who meet the look's conditions on a set of questions, by that set (the empty set: everybody).
        rules: thresholds.
        codes: as in `judge`.
    """
    ledger = list(shown)
    names = sorted(new.conditions)
    for kept in range(len(names) - 1, -1, -1):
        for chosen in combinations(names, kept):
            if frozenset(chosen) not in bases:
                continue
            look = Look({name: new.conditions[name] for name in chosen}, bases[frozenset(chosen)], new.revision)
            if judge(ledger, look, rules, codes=codes) is Ruling.ALLOWED:
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


def _without_full(look: Look, codes: Mapping[str, frozenset[str]]) -> Look:
    """Leave out conditions that everybody meets."""
    kept = {name: chosen for name, chosen in look.conditions.items() if name not in codes or not codes[name] <= chosen}
    return look if len(kept) == len(look.conditions) else replace(look, conditions=kept)


def _relate(shown: Sequence[Look], new: Look) -> list[list[Look]]:
    """Return the looks that a new one is to be solved with; a look at everybody with each family of its own.

    A family are looks that share a question, or share one with a look that does; looks at everybody are in each.
    """
    families = []
    left = [look for look in shown if look.conditions]
    everybody = [look for look in shown if not look.conditions]
    while left:
        questions = set(left[0].conditions)
        while more := {name for look in left if questions & {*look.conditions} for name in look.conditions} - questions:
            questions |= more
        families.append((questions, [look for look in left if set(look.conditions) <= questions]))
        left = [look for look in left if not set(look.conditions) <= questions]
    if not new.conditions:
        return [[*everybody, *family] for _, family in families]
    related = [look for questions, family in families if questions & set(new.conditions) for look in family]
    return [[*everybody, *related]]


def _tells_of_few(
    shown: Sequence[Look], new: Look, rules: DisclosureRules, every: Mapping[str, frozenset[str]]
) -> bool:
    """Whether the new look completes the count of a small group as a sum or difference of looks."""
    looks = [*shown, new]
    values = _name_values(looks, every)
    if not values:
        return False
    if np.prod([len(named) for named in values.values()]) > _MOST_ATOMS:
        return True  # too many cells to be sure of
    atoms = [dict(zip(values, cell, strict=True)) for cell in product(*values.values())]
    matrix = np.stack([_members(look.conditions, atoms) for look in looks])
    bases = np.array([look.base for look in looks], dtype=float)
    groups = np.stack(_small_groups(matrix, values, atoms))
    # A group is given when it lies in the space that the looks span; its count is the same sum of their bases.
    weights = groups @ np.linalg.pinv(matrix)
    given = np.abs(weights @ matrix - groups).max(axis=1) < 1e-7
    return bool((given & (weights @ bases < rules.min_base - 0.5)).any())


def _name_values(looks: Sequence[Look], every: Mapping[str, frozenset[str]]) -> dict[str, list[str]]:
    """Return for each question the codes that a look names, and one that stands for all others if there are any."""
    named: dict[str, set[str]] = {}
    for look in looks:
        for name, chosen in look.conditions.items():
            named.setdefault(name, set()).update(chosen)
    return {
        name: [*sorted(chosen), *(() if name in every and every[name] <= chosen else (_REST,))]
        for name, chosen in named.items()
    }


def _small_groups(
    matrix: Floats, values: Mapping[str, Sequence[str]], atoms: Sequence[Mapping[str, str]]
) -> list[Floats]:
    """Return the groups that are looked for: of one condition, of two, of all, and between two looks."""
    groups = list(np.eye(len(atoms)))
    singles = {name: [_members({name: frozenset({code})}, atoms) for code in named] for name, named in values.items()}
    for masks in singles.values():
        groups += masks
    if len(singles) > 2:
        groups += [one * two for first, second in combinations(singles.values(), 2) for one in first for two in second]
    latest = matrix[-1]
    groups += [np.abs(latest - row) for row in matrix[:-1] if (latest >= row).all() or (latest <= row).all()]
    return groups


def _members(conditions: Mapping[str, frozenset[str]], atoms: Sequence[Mapping[str, str]]) -> Floats:
    return np.array([float(all(atom[name] in codes for name, codes in conditions.items())) for atom in atoms])

"""The gate for a question by groups: the whole breakdown, with merged groups, or none.

Promises, each held by a test of its name:

* a breakdown shows all of its groups or none: a group below the base is merged with its neighbour (in an order) or
  with the other small ones, whether it holds nobody or a few, and where fewer than two groups are left the breakdown
  is dropped;
* a hidden cell cannot be bounded closer than the rules' width by anybody who knows all shown cells, the bases of the
  groups and the answers of everybody together;
* a breakdown that would be hidden in large part is dropped, and the reason is the same whatever was hidden.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from surveys.analysis.crosstabs import CellSums, Crosstab, cross_exclusive, cross_multiple
from surveys.analysis.sampling import group_population, is_corrected, sampled_interval
from surveys.language.texts import LANGUAGES, Language, load_catalogue
from surveys.privacy.published import PublishedRow, PublishedTable, Reason, Source, State
from surveys.privacy.rules import STANDARD_RULES, DisclosureRules
from surveys.privacy.suppression import Suppression, suppress

_MOST_NAMED = 3


class Outcome(StrEnum):
    """What became of a breakdown."""

    WHOLE = "whole"
    MERGED = "merged"
    DROPPED_GROUPS = "dropped_groups"  # too few people for two groups
    DROPPED_CELLS = "dropped_cells"  # too much would have to be hidden


class Grouping(StrEnum):
    """How groups stand to each other."""

    UNORDERED = "unordered"  # a person is in one; small ones meet among the others
    ORDERED = "ordered"  # the same, in an order (age): only neighbours are merged
    OVERLAPPING = "overlapping"  # a person can be in several: small ones are hidden, for nothing adds up to them


@dataclass(frozen=True, slots=True)
class Heading:
    """An option or a group: its code, and its name in both languages."""

    code: str
    labels: dict[Language, str]


@dataclass(frozen=True, slots=True, eq=False)
class PublishedCrosstab:
    """A breakdown that may be shown, or the word that it may not.

    Attributes:
        table: rows by group and option; empty when the breakdown was dropped.
        outcome: whole, merged or dropped.
        groups: as shown; merged ones carry the names of their parts.
        merged: codes of the groups that stand together, for each merged group.
        analysis: figures of the groups as shown, for a sentence or a test; ``None`` unless every cell is shown
            and nobody is in two groups.
    """

    table: PublishedTable
    outcome: Outcome
    groups: tuple[Heading, ...] = ()
    merged: tuple[tuple[str, ...], ...] = ()
    analysis: Crosstab | None = None


def publish_crosstab(
    cells: CellSums,
    *,
    options: Sequence[Heading],
    groups: Sequence[Heading],
    dimensions: tuple[str, str],
    source: Source,
    bases: CellSums | None = None,
    grouping: Grouping = Grouping.UNORDERED,
    sensitive: bool = False,
    rules: DisclosureRules = STANDARD_RULES,
) -> PublishedCrosstab:
    """Pass a question by groups through the rules.

    Args:
        cells: sums [options × groups] of valid answers.
        options: the rows of ``cells``.
        groups: its columns, in their order where there is one.
        dimensions: names of what the groups and the options are, for the table's keys.
        source: where the figures come from; its ``rule`` is set here.
        bases: sums [groups] of the people who answered, for a multiple choice; ``None`` for exclusive answers.
        grouping: how groups stand to each other.
        sensitive: the question is about addiction, health or violence.
        rules: thresholds.
    """
    source = replace(source, rule=rules.name)
    people = (bases.count if bases is not None else cells.count.sum(axis=0)).astype(np.int64)
    least, overlapping = rules.base_for(sensitive=sensitive), grouping is Grouping.OVERLAPPING
    parts: tuple[tuple[int, ...], ...]
    if overlapping:
        parts = tuple((place,) for place in range(len(groups))) if (people >= least).any() else ()
    else:
        parts = merge_groups(people.tolist(), least, ordered=grouping is Grouping.ORDERED)
    if len(parts) < 2:
        return PublishedCrosstab(PublishedTable(dimensions, "share", (), source), Outcome.DROPPED_GROUPS)
    cells = _merge(cells, parts)
    bases = _merge(bases, parts) if bases is not None else None
    pattern = suppress(
        cells.count,
        rules,
        bases=None if bases is None else bases.count,
        overlapping_groups=overlapping,
        sensitive=sensitive,
    )
    if not pattern.holds or pattern.hidden[:, ~pattern.hidden_bases].mean() > rules.most_hidden:
        return PublishedCrosstab(PublishedTable(dimensions, "share", (), source), Outcome.DROPPED_CELLS)
    analysis = cross_exclusive(cells) if bases is None else cross_multiple(cells, bases)
    shown = tuple(_name([groups[place] for place in part]) for part in parts)
    # Of people in several groups it isn't known how many there are together; the largest group are at least so many.
    answered = int(analysis.base.max() if overlapping else analysis.base.sum())
    rows = tuple(
        _row(
            analysis,
            option,
            group,
            (row, column),
            hidden=_reason(pattern, row, column),
            rules=rules,
            sampled=(source, answered),
        )
        for column, group in enumerate(shown)
        for row, option in enumerate(options)
    )
    corrected = is_corrected(answered, source.sampling, source.population_count)
    corrected = corrected and any(row.low is not None for row in rows)
    merged = tuple(tuple(groups[place].code for place in part) for part in parts if len(part) > 1)
    return PublishedCrosstab(
        table=PublishedTable(dimensions, "share", rows, source, corrected),
        outcome=Outcome.MERGED if merged else Outcome.WHOLE,
        groups=shown,
        merged=merged,
        # Residuals and a test statistic are made of hidden cells too, and would help to solve for them.
        # People of several groups are no independent samples: no test of these groups either.
        analysis=None if overlapping or pattern.hidden.any() else analysis,
    )


def merge_groups(people: Sequence[int], least: int, *, ordered: bool) -> tuple[tuple[int, ...], ...]:
    """Return which groups stand together so that each holds enough people.

    Args:
        people: of each group; nobody is treated like a few.
        least: people a group needs.
        ordered: merge neighbours only, the smallest group first and with its smaller neighbour; else all small groups
            become one, joined by the next smallest where they are still too few.

    Returns:
        Positions of the groups; an empty tuple when all of them together are too few.
    """
    parts: list[tuple[int, ...]] = [(place,) for place in range(len(people))]

    def size(part: tuple[int, ...]) -> int:
        return sum(people[place] for place in part)

    if sum(people) < least:
        return ()
    if not ordered:
        small = [part for part in parts if size(part) < least]
        others = sorted((part for part in parts if size(part) >= least), key=lambda part: (size(part), part))
        rest = tuple(place for part in small for place in part)
        while rest and size(rest) < least:
            rest += others.pop(0)
        return (*sorted(others), *((tuple(sorted(rest)),) if rest else ()))
    while min(map(size, parts)) < least:
        place = min(range(len(parts)), key=lambda place: size(parts[place]))
        beside = min((near for near in (place - 1, place + 1) if 0 <= near < len(parts)), key=lambda p: size(parts[p]))
        first = min(place, beside)
        parts[first : first + 2] = [parts[first] + parts[first + 1]]
    return tuple(parts)


def _merge(sums: CellSums, parts: Sequence[tuple[int, ...]]) -> CellSums:
    count = np.stack([sums.count[..., list(part)].sum(axis=-1) for part in parts], axis=-1)
    if sums.weight is None or sums.weight_squared is None:
        return CellSums(count)
    weight, squared = sums.weight, sums.weight_squared
    return CellSums(
        count,
        np.stack([weight[..., list(part)].sum(axis=-1) for part in parts], axis=-1),
        np.stack([squared[..., list(part)].sum(axis=-1) for part in parts], axis=-1),
    )


def _name(parts: Sequence[Heading]) -> Heading:
    if len(parts) == 1:
        return parts[0]
    code = "+".join(part.code for part in parts)
    if len(parts) > _MOST_NAMED:
        catalogue = load_catalogue("surveys.language.catalogues")
        return Heading(code, {lang: catalogue.say("breakdown.other_groups", lang, n=len(parts)) for lang in LANGUAGES})
    return Heading(code, {language: " + ".join(part.labels[language] for part in parts) for language in LANGUAGES})


def _reason(pattern: Suppression, row: int, column: int) -> Reason | None:
    if not pattern.hidden[row, column]:
        return None
    return Reason.FEW_ASKED if pattern.hidden_bases[column] else Reason.FEW_CHOSE


def _row(
    analysis: Crosstab,
    option: Heading,
    group: Heading,
    place: tuple[int, int],
    *,
    hidden: Reason | None,
    rules: DisclosureRules,
    sampled: tuple[Source, int],
) -> PublishedRow:
    keys = (group.code, option.code)
    labels: dict[Language, tuple[str, ...]] = {
        language: (group.labels[language], option.labels[language]) for language in LANGUAGES
    }
    if hidden is not None:
        return PublishedRow(keys, labels, None, State.SUPPRESSED, reason=hidden)
    count, base = int(analysis.count[place]), int(analysis.base[place[1]])
    if base < rules.percent_base:
        return PublishedRow(keys, labels, None, State.COUNTS_ONLY, count=count, base=base)
    share, effective = float(analysis.share[place]), float(analysis.effective_base[place[1]])
    source, answered = sampled
    population = group_population(base, answered, source.population_count)
    interval = sampled_interval(min(share * effective, effective), effective, source.sampling, population, people=base)
    low, high = interval or (None, None)
    state = State.FLAGGED if base < rules.flag_base else State.SHOWN
    worth = effective if abs(effective - base) > 1e-9 * base else None
    return PublishedRow(keys, labels, share, state, count, base, low, high, effective_base=worth)

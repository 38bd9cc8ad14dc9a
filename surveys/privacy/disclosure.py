"""The gate out: what may be shown of a small place.

Promises, each held by a test of its name:

* no figure of a survey rests on fewer people than the rules' base;
* one or two people who chose an option are never shown, nor can they be had by subtracting from a total;
* two people who were each alone in their answer do not protect each other: a third answer is hidden with theirs;
* in a group of fewer than ten an answer of nobody or of everybody is hidden, where so small a group is shown at all;
* a hidden row carries no number at all: no value, count, base or interval;
* a group of nobody and a group of a few look the same;
* the people of a sensitive activity are not counted aloud when they are few.

The thresholds follow the public-statistics act by analogy; they are settings in one place, `rules`.
Crosstabs have a gate of their own (`crosstab_gate`, `suppression`), money too (`money`); `ledger` keeps two tables
from telling what neither does.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from surveys.analysis.sampling import is_corrected, sampled_interval
from surveys.language.texts import Language
from surveys.privacy.published import PublishedRow, PublishedTable, Reason, Source, SourceFile, State
from surveys.privacy.rules import INSIDE_RULES, STANDARD_RULES, DisclosureRules
from surveys.privacy.suppression import Suppression, hide_line, suppress

__all__ = [
    "INSIDE_RULES",
    "STANDARD_RULES",
    "CountRow",
    "DisclosureRules",
    "ShareRow",
    "Suppression",
    "publish_counts",
    "publish_files",
    "publish_shares",
    "suppress",
]


def publish_files(
    files: Sequence[tuple[str, str, int]], rules: DisclosureRules = STANDARD_RULES
) -> tuple[SourceFile, ...]:
    """Return the files behind a measurement, as they may be named under its figures.

    How many rows each file gave is told for all of them or for none: rows are people, a few of them are never
    counted aloud, and one number left out could be had by subtracting from the base.

    Args:
        files: name, day of loading (ISO) and rows that count, of each file.
        rules: thresholds; the stricter one holds, whatever the question is about.
    """
    told = all(rows >= rules.sensitive_min_base for _, _, rows in files)
    return tuple(SourceFile(name, day, rows if told else None) for name, day, rows in files)


@dataclass(frozen=True, slots=True)
class ShareRow:
    """One option of a survey question before the gate.

    Attributes:
        count: people who chose it.
        base: people it is a share of.
        sensitive: the question is about addiction, health or violence.
        weighted_share: the share after weighting, ``None`` when unweighted; the rules ask about people all the same.
        effective_base: effective number of people under a weighted share.
    """

    keys: tuple[str, ...]
    labels: dict[Language, tuple[str, ...]]
    count: int
    base: int
    sensitive: bool = False
    weighted_share: float | None = None
    effective_base: float | None = None


@dataclass(frozen=True, slots=True)
class CountRow:
    """One cell of the register before the gate.

    Attributes:
        value: things counted, people, or złoty; ``None`` when nobody wrote it down.
        sensitive: the figure counts people of a sensitive group.
    """

    keys: tuple[str, ...]
    labels: dict[Language, tuple[str, ...]]
    value: float | None
    sensitive: bool = False


def publish_shares(
    rows: Iterable[ShareRow],
    *,
    dimensions: tuple[str, ...],
    source: Source,
    exclusive: bool,
    rules: DisclosureRules = STANDARD_RULES,
) -> PublishedTable:
    """Pass shares of survey answers through the rules.

    Args:
        rows: options in reading order; rows with one ``base`` and the same leading keys belong to one question asked
            of one group of people.
        dimensions: names of the keys.
        source: where the figures come from; its ``rule`` is set here, its sample decides on the intervals.
        exclusive: each person chose one option (so that hidden options could be had by subtraction).
        rules: thresholds.

    Returns:
        The table; a hidden row has the state ``SUPPRESSED`` and no number.
    """
    ordered = list(rows)
    hidden = [_must_hide(row, rules) for row in ordered]
    if exclusive:
        _hide_complements(ordered, hidden, rules)
    published = tuple(
        _suppressed(row, Reason.FEW_ASKED if _is_small(row, rules) else Reason.FEW_CHOSE)
        if hide
        else _share(row, rules, source)
        for row, hide in zip(ordered, hidden, strict=True)
    )
    corrected = any(
        row.low is not None and is_corrected(row.base or 0, source.sampling, source.population_count)
        for row in published
    )
    return PublishedTable(dimensions, "share", published, replace(source, rule=rules.name), corrected)


def publish_counts(
    rows: Iterable[CountRow],
    *,
    dimensions: tuple[str, ...],
    unit: str,
    source: Source,
    rules: DisclosureRules = STANDARD_RULES,
) -> PublishedTable:
    """Pass figures of the register (things, participants, złoty) through the rules.

    A partnership's register speaks of organisations and events, not of respondents; the one figure that could
    point at people is how many took part in a sensitive activity.
    """
    published = []
    for row in rows:
        if row.value is None:
            continue
        if unit == "people" and row.sensitive and row.value < rules.min_participants:
            published.append(_suppressed(row, Reason.FEW_CHOSE))
        else:
            published.append(PublishedRow(row.keys, row.labels, float(row.value), State.SHOWN))
    return PublishedTable(dimensions, unit, tuple(published), replace(source, rule=rules.name))


def _must_hide(row: ShareRow, rules: DisclosureRules) -> bool:
    alike = row.base < rules.homogeneous_base and row.count in (0, row.base)
    return _is_small(row, rules) or alike or 0 < row.count < rules.min_count


def _is_small(row: ShareRow, rules: DisclosureRules) -> bool:
    return row.base < rules.base_for(sensitive=row.sensitive)


def _hide_complements(rows: Sequence[ShareRow], hidden: list[bool], rules: DisclosureRules) -> None:
    """Hide further options where hidden ones could be had by subtracting the others from the base."""
    groups: dict[tuple[str, ...], list[int]] = {}
    for position, row in enumerate(rows):
        groups.setdefault(row.keys[:-1], []).append(position)
    for positions in groups.values():
        mask = np.array([hidden[position] for position in positions])
        hide_line(np.array([rows[position].count for position in positions]), mask, rules)
        for position, hide in zip(positions, mask.tolist(), strict=True):
            hidden[position] = hide


def _share(row: ShareRow, rules: DisclosureRules, source: Source) -> PublishedRow:
    if row.base < rules.percent_base:
        return PublishedRow(row.keys, row.labels, None, State.COUNTS_ONLY, count=row.count, base=row.base)
    share = row.count / row.base if row.weighted_share is None else row.weighted_share
    effective = row.base if row.effective_base is None else row.effective_base
    count = share * effective if row.weighted_share is not None else row.count
    sampled = sampled_interval(count, effective, source.sampling, source.population_count, people=row.base)
    low, high = sampled or (None, None)
    state = State.FLAGGED if row.base < rules.flag_base else State.SHOWN
    return PublishedRow(
        row.keys, row.labels, share, state, row.count, row.base, low, high, effective_base=row.effective_base
    )


def _suppressed(row: ShareRow | CountRow, reason: Reason) -> PublishedRow:
    return PublishedRow(row.keys, row.labels, None, State.SUPPRESSED, reason=reason)

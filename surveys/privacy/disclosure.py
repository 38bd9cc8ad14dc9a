"""The gate out: what may be shown of a small place.

Promises, each held by a test of its name:

* no figure of a survey rests on fewer people than the rules' base;
* one or two people who chose an option are never shown, nor can they be had by subtracting from a total;
* a hidden row carries no number at all: no value, count, base or interval;
* a group of nobody and a group of a few look the same;
* the people of a sensitive activity are not counted aloud when they are few.

The thresholds follow the public-statistics act by analogy; they are settings in one place, `DisclosureRules`.
Depth (a ledger against differencing, linear bounds of hidden cells) has its place here beside `publish_shares`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from surveys.analysis.uncertainty import wilson_interval
from surveys.language.texts import Language
from surveys.privacy.published import PublishedRow, PublishedTable, Reason, Source, SourceFile, State


@dataclass(frozen=True, slots=True)
class DisclosureRules:
    """Thresholds of what may be shown.

    Attributes:
        name: key of a text that names the rule on the method note.
        min_base: people under a figure; below it nothing is shown.
        sensitive_min_base: the same for questions about addiction, health or violence.
        min_count: an option chosen by fewer (but somebody) is hidden.
        percent_base: below this base counts only, no percents and no comparison.
        flag_base: below this base a percent carries a warning.
        min_participants: people of a sensitive activity are not counted aloud below this.
    """

    name: str
    min_base: int = 10
    sensitive_min_base: int = 20
    min_count: int = 3
    percent_base: int = 30
    flag_base: int = 60
    min_participants: int = 10


STANDARD_RULES = DisclosureRules(name="rules.standard")


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
    """One option of a survey question before the gate: people who chose it, and the base it is a share of."""

    keys: tuple[str, ...]
    labels: dict[Language, tuple[str, ...]]
    count: int
    base: int
    sensitive: bool = False


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
        source: where the figures come from; its ``rule`` is set here.
        exclusive: each person chose one option (so that hidden options could be had by subtraction).
        rules: thresholds.

    Returns:
        The table; a hidden row has the state ``SUPPRESSED`` and no number.
    """
    ordered = list(rows)
    hidden = [_must_hide(row, rules) for row in ordered]
    if exclusive:
        _hide_complements(ordered, hidden)
    published = tuple(
        _suppressed(row, Reason.FEW_ASKED if _is_small(row, rules) else Reason.FEW_CHOSE)
        if hide
        else _share(row, rules)
        for row, hide in zip(ordered, hidden, strict=True)
    )
    return PublishedTable(dimensions, "share", published, replace(source, rule=rules.name))


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
    return _is_small(row, rules) or 0 < row.count < rules.min_count


def _is_small(row: ShareRow, rules: DisclosureRules) -> bool:
    return row.base < (rules.sensitive_min_base if row.sensitive else rules.min_base)


def _hide_complements(rows: Sequence[ShareRow], hidden: list[bool]) -> None:
    """Hide a second option where a single hidden one could be had by subtracting the others from the base."""
    groups: dict[tuple[str, ...], list[int]] = {}
    for position, row in enumerate(rows):
        groups.setdefault(row.keys[:-1], []).append(position)
    for positions in groups.values():
        hidden_here = [position for position in positions if hidden[position]]
        if len(hidden_here) == 1 and len(positions) > 1:
            others = [position for position in positions if not hidden[position]]
            # The smallest other option loses least; one that somebody chose, or a zero would give the sum away.
            chosen = [position for position in others if rows[position].count > 0] or others
            hidden[min(chosen, key=lambda position: rows[position].count)] = True


def _share(row: ShareRow, rules: DisclosureRules) -> PublishedRow:
    if row.base < rules.percent_base:
        return PublishedRow(row.keys, row.labels, None, State.COUNTS_ONLY, count=row.count, base=row.base)
    low, high = wilson_interval(row.count, row.base)
    state = State.FLAGGED if row.base < rules.flag_base else State.SHOWN
    return PublishedRow(row.keys, row.labels, row.count / row.base, state, row.count, row.base, low, high)


def _suppressed(row: ShareRow | CountRow, reason: Reason) -> PublishedRow:
    return PublishedRow(row.keys, row.labels, None, State.SUPPRESSED, reason=reason)

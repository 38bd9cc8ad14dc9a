"""What leaves of many places at once: a grid of answers, estimates beside each other, two measurements of each.

Everything passes `place_gate` place by place and answer by answer; what is computed from figures is told only of
those that are shown as percents, and in whole percents as they are.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from surveys.language.texts import LANGUAGES, Language
from surveys.privacy.crosstab_gate import Heading
from surveys.privacy.place_gate import PlaceShare, find_shown, may_put_together, publish_place
from surveys.privacy.published import PublishedRow, PublishedTable, Source, State
from surveys.privacy.rules import PUBLIC_RULES, DisclosureRules


@dataclass(frozen=True, slots=True)
class Estimate:
    """A share that was computed of a place: 0–1, with its interval.

    Attributes:
        kind: which estimate it is.
        value: the share; ``low`` and ``high`` its interval, ``None`` when it has none.
    """

    kind: Heading
    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class PlaceEstimates:
    """One answer in one place with what was computed of it.

    Attributes:
        row: counts, before the gate.
        standing: what is said of the place in words; told of shown percents only.
        estimates: told of shown percents only.
    """

    row: PlaceShare
    standing: Heading
    estimates: tuple[Estimate, ...] = ()


def publish_grid(
    places: Sequence[Heading],
    answers: Sequence[Heading],
    counts: Sequence[Sequence[int | None]],
    bases: Sequence[int],
    *,
    source: Source,
    rules: DisclosureRules = PUBLIC_RULES,
) -> PublishedTable:
    """Publish the shares of several answers in several places.

    Args:
        places: in the order to be read.
        answers: in the order to be read.
        counts: places × answers; ``None`` where the answer could not be given: such a cell has no row.
        bases: people who answered, by place.
        source: where the figures come from; its ``rule`` is set here.
        rules: thresholds.

    Returns:
        Rows by place and answer; none where too few places could be shown, or one is most of them.
    """
    source = replace(source, rule=rules.name)
    shown = find_shown(bases, rules)
    if shown is None:
        return PublishedTable(("partnership", "choice"), "share", (), source)
    rows = []
    for place, base, show, line in zip(places, bases, shown, counts, strict=True):
        for answer, count in zip(answers, line, strict=True):
            if count is not None:
                row = publish_place(PlaceShare(place, count, base), rules, show=show)
                rows.append(_with_key(row, answer))
    return PublishedTable(("partnership", "choice"), "share", tuple(rows), source)


def publish_estimates(
    rows: Sequence[PlaceEstimates],
    *,
    own: Heading,
    unsaid: Heading,
    dimensions: tuple[str, str, str],
    source: Source,
    rules: DisclosureRules = PUBLIC_RULES,
) -> PublishedTable:
    """Publish the share of one answer in several places, each with estimates beside it.

    Args:
        rows: places in the order to be read.
        own: what the place's own share is called among the estimates.
        unsaid: what stands in place of the standing where no percent is shown.
        dimensions: names of place, standing and estimate.
        source: where the figures come from.
        rules: thresholds.

    Returns:
        For each place its own share, and its estimates where the own share is shown as a percent.
    """
    source = replace(source, rule=rules.name)
    shown = find_shown([one.row.base for one in rows], rules)
    if shown is None:
        return PublishedTable(dimensions, "share", (), source)
    published = []
    for one, show in zip(rows, shown, strict=True):
        first = publish_place(one.row, rules, show=show)
        told = first.value is not None
        first = _with_key(_with_key(first, one.standing if told else unsaid), own)
        published.append(first)
        if told:
            published += [_estimate(first, estimate) for estimate in one.estimates]
    return PublishedTable(dimensions, "share", tuple(published), source)


def publish_pairs(
    pairs: Sequence[tuple[PlaceShare, PlaceShare]],
    *,
    series: tuple[Heading, Heading],
    dimensions: tuple[str, str],
    source: Source,
    rules: DisclosureRules = PUBLIC_RULES,
) -> PublishedTable:
    """Publish two figures of each place or answer, each through the gate on its own.

    Args:
        pairs: in the order to be read; ``place`` is what the row is about.
        series: what the first and the second figure are.
        dimensions: names of the rows and of the series.
        source: where the figures come from.
        rules: thresholds.
    """
    source = replace(source, rule=rules.name)
    shown = [find_shown([pair[side].base for pair in pairs], rules) for side in (0, 1)]
    first, second = shown
    if first is None or second is None:
        return PublishedTable(dimensions, "share", (), source)
    rows = []
    for pair, *show in zip(pairs, first, second, strict=True):
        rows += [
            _with_key(publish_place(row, rules, show=told), heading)
            for row, told, heading in zip(pair, show, series, strict=True)
        ]
    return PublishedTable(dimensions, "share", tuple(rows), source)


def publish_beside_others(
    own: Sequence[PlaceShare],
    others: Sequence[tuple[float, float, float]],
    other_bases: Sequence[int],
    *,
    series: tuple[Heading, Heading],
    source: Source,
    rules: DisclosureRules = PUBLIC_RULES,
) -> PublishedTable:
    """Publish answers of one place beside what several other places have together.

    Args:
        own: answers of the place; ``place`` is the answer.
        others: mean share of the others with its interval, by answer.
        other_bases: people of each of the others.
        series: what the place and the others are called.
        source: where the figures come from.
        rules: thresholds.

    Returns:
        Rows by answer and series; none where the others are too few, or one of them is most of them.
    """
    source = replace(source, rule=rules.name)
    dimensions = ("choice", "beside")
    enough = bool(own) and own[0].base >= rules.min_base
    if not enough or not may_put_together(other_bases, rules):
        return PublishedTable(dimensions, "share", (), source)
    rows = []
    for row, (share, low, high) in zip(own, others, strict=True):
        first = _with_key(publish_place(row, rules, show=True), series[0])
        rows.append(first)
        if first.value is not None:
            rows.append(_computed(first, series[1], share, low, high))
    return PublishedTable(dimensions, "share", tuple(rows), source)


def _with_key(row: PublishedRow, heading: Heading) -> PublishedRow:
    labels: dict[Language, tuple[str, ...]] = {
        language: (*row.labels[language], heading.labels[language]) for language in LANGUAGES
    }
    return replace(row, keys=(*row.keys, heading.code), labels=labels)


def _estimate(row: PublishedRow, estimate: Estimate) -> PublishedRow:
    return _computed(row, estimate.kind, estimate.value, estimate.low, estimate.high)


def _computed(row: PublishedRow, kind: Heading, value: float, low: float | None, high: float | None) -> PublishedRow:
    labels: dict[Language, tuple[str, ...]] = {
        language: (*row.labels[language][:-1], kind.labels[language]) for language in LANGUAGES
    }
    return PublishedRow(
        (*row.keys[:-1], kind.code),
        labels,
        round(value, 2),
        State.SHOWN,
        low=None if low is None else round(low, 2),
        high=None if high is None else round(high, 2),
    )

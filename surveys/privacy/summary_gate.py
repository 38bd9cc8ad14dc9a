"""The gate for figures that sum up a distribution: means, medians, quartiles, mean places.

A mean times its base is a sum: beside a table with two hidden answers it solves for both. What sums up a question is
therefore shown only where its whole distribution is, and where percents may be shown at all.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from surveys.analysis.frequencies import Quartiles, RankingSummary, ScaleSummary
from surveys.language.texts import LANGUAGES
from surveys.privacy.crosstab_gate import Heading
from surveys.privacy.disclosure import ShareRow, publish_shares
from surveys.privacy.published import PublishedTable, Source, State
from surveys.privacy.rules import STANDARD_RULES, DisclosureRules


@dataclass(frozen=True, slots=True)
class Middle:
    """Where the middle of a scale is, to be shown beside its distribution and never alone.

    Attributes:
        mean, low, high: mean score with its 95 % interval.
        median: position of the option that half of the people reach.
        base: people who answered.
    """

    mean: float
    low: float
    high: float
    median: int
    base: int


@dataclass(frozen=True, slots=True, eq=False)
class PublishedRanking:
    """A ranking that may be shown.

    Attributes:
        first_places: shares of first places, by option.
        mean_places: by code of the option, with the number of people who ranked it; only options that enough ranked.
    """

    first_places: PublishedTable
    mean_places: dict[str, tuple[float, int]]


def publish_middle(
    summary: ScaleSummary, distribution: PublishedTable, rules: DisclosureRules = STANDARD_RULES
) -> Middle | None:
    """Return the mean and median of a scale, ``None`` where they may not be shown.

    Args:
        summary: of the scale.
        distribution: of the same scale, as it is shown beside.
        rules: thresholds.
    """
    base = summary.frequencies.base
    whole = bool(distribution.rows) and all(row.state is not State.SUPPRESSED for row in distribution.rows)
    if not whole or base < rules.percent_base or summary.median is None:
        return None
    return Middle(summary.mean, summary.low, summary.high, summary.median, base)


def publish_quartiles(
    quartiles: Quartiles | None, *, sensitive: bool = False, rules: DisclosureRules = STANDARD_RULES
) -> Quartiles | None:
    """Return quartiles of numbers, ``None`` where too few people gave one.

    Args:
        quartiles: of `surveys.analysis.frequencies.summarise_numbers`, which makes each of several people's numbers.
        sensitive: the question is about addiction, health or violence.
        rules: thresholds.
    """
    least = max(rules.percent_base, rules.base_for(sensitive=sensitive))
    return quartiles if quartiles is not None and quartiles.base >= least else None


def publish_ranking(
    summary: RankingSummary,
    options: Sequence[Heading],
    *,
    source: Source,
    sensitive: bool = False,
    rules: DisclosureRules = STANDARD_RULES,
) -> PublishedRanking:
    """Pass a ranking through the rules.

    Args:
        summary: of the ranking.
        options: its options, in the same order.
        source: where the figures come from; its ``rule`` is set here.
        sensitive: the question is about addiction, health or violence.
        rules: thresholds.
    """
    rows = [
        ShareRow(
            (option.code,),
            {language: (option.labels[language],) for language in LANGUAGES},
            first,
            summary.base,
            sensitive,
        )
        for option, first in zip(options, summary.first.tolist(), strict=True)
    ]
    table = publish_shares(rows, dimensions=("choice",), source=source, exclusive=True, rules=rules)
    least = max(rules.percent_base, rules.base_for(sensitive=sensitive))
    places = {
        option.code: (float(place), int(ranked))
        for option, place, ranked in zip(options, summary.mean_place, summary.ranked, strict=True)
        if ranked >= least
    }
    return PublishedRanking(replace(table, source=replace(source, rule=rules.name)), places)

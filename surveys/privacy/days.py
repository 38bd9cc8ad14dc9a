"""How many came on which days, told so that nobody can see on which day a single person did."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from surveys.privacy.disclosure import STANDARD_RULES, DisclosureRules


@dataclass(frozen=True, slots=True)
class PublishedDays:
    """People who came in a run of days."""

    first: date
    last: date
    count: int


def publish_days(
    counts: Mapping[date, int], rules: DisclosureRules = STANDARD_RULES
) -> tuple[PublishedDays, ...] | None:
    """Return counts of days, joined until each run of days has as many people as a figure needs.

    Args:
        counts: people by day.
        rules: thresholds.

    Returns:
        Runs in order, of ``rules.min_base`` people or more each; ``None`` when all together are fewer.
    """
    if sum(counts.values()) < rules.min_base:
        return None
    runs: list[PublishedDays] = []
    first: date | None = None
    count = 0
    for day in sorted(counts):
        if counts[day] <= 0:
            continue
        first = first or day
        count += counts[day]
        if count >= rules.min_base:
            runs.append(PublishedDays(first, day, count))
            first, count = None, 0
    if count and runs:
        # The last few join the run before them.
        rest = max(day for day in counts if counts[day] > 0)
        runs[-1] = PublishedDays(runs[-1].first, rest, runs[-1].count + count)
    return tuple(runs)

"""What differs between two measurements, in words: the same on the pages and in documents."""

from collections.abc import Sequence

from dashboard.escaping import plain
from dashboard.texts import say
from surveys.analysis.wave_comparison import Change, Direction, WaveComparison
from surveys.language.claims import say_difference
from surveys.language.texts import Language

_MOST_NAMED = 4


def say_changes(comparison: WaveComparison, names: Sequence[str], language: Language) -> str:
    """Say which answers differ between the two, the largest differences first; never more than the intervals hold."""
    if not comparison.changes:
        return say("results.comparison.few", language)
    seen = seen_changes(comparison)
    facts = {"first": plain(names[0]), "second": plain(names[1])}
    if not seen:
        return say("results.comparison.same", language, **facts)
    lines = [f"- {say_change(change, language)}" for change in seen[:_MOST_NAMED]]
    rest = len(seen) - len(lines)
    if rest:
        lines.append(f"- {say('results.comparison.rest', language, n=rest)}")
    return "\n".join([say("results.comparison.seen", language, **facts), "", *lines])


def seen_changes(comparison: WaveComparison) -> list[Change]:
    """Return the answers whose difference chance does not explain, the largest first."""
    seen = (change for change in comparison.changes if change.direction is not Direction.UNSEEN)
    return sorted(seen, key=lambda change: -abs(change.difference))


def say_change(change: Change, language: Language) -> str:
    """Say one difference with its interval."""
    told = say_difference(change.difference, change.low, change.high, language)
    return f"**{plain(change.labels[language])}**: {told}"

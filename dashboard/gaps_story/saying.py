"""Gaps in words: no more than the interval carries."""

from dashboard.escaping import plain
from dashboard.gaps_story.gathering import GROUP, Gathered, theme_of_problems
from dashboard.visit import View
from surveys.language.numerals import format_number
from surveys.language.texts import Language
from surveys.privacy.published import PublishedRow
from surveys.privacy.wording import say_value
from surveys.vocabulary import load


def label_of(kind: str, code: str, language: Language) -> str:
    """Return a group or a theme in words."""
    return (load().target_groups if kind == GROUP else load().themes).label(code, language)


def say_gap(view: View, gathered: Gathered, slug: str, kind: str, code: str) -> str:
    """Return a named gap as a line of a list: the need with its interval, and what was done."""
    row = _find_row(gathered, slug, kind, code)
    supply = gathered.supplies[slug, kind]
    facts = {
        "name": plain(label_of(kind, code, view.language)),
        "need": "" if row is None else say_value(row, "share", view.language),
        "problem": "" if row is None or kind == GROUP else plain(row.labels[view.language][-1]),
        "activities": format_number(supply.activities.get(code, 0), view.language),
        "entered": format_number(supply.entered, view.language),
        "first": gathered.period.first,
        "last": gathered.period.last,
    }
    return f"- {view.say(f'gaps.{kind}.gap', **facts)}"


def say_judged(view: View, gathered: Gathered) -> str:
    """Return how many comparisons were judged together, and at what rate."""
    return view.say("gaps.judged", n=gathered.screen.comparisons, rate=round(gathered.screen.rate * 100))


def _find_row(gathered: Gathered, slug: str, kind: str, code: str) -> PublishedRow | None:
    """Return the published share behind a gap; of a theme that of its most chosen problem."""
    rows = gathered.needs[slug, kind].table.rows
    if kind == GROUP:
        return next((row for row in rows if row.keys[-1] == code), None)
    themes = theme_of_problems()
    own = [row for row in rows if themes.get(row.keys[-1]) == code and row.value is not None]
    return max(own, key=lambda row: row.value or 0.0, default=None)

"""The gate for partnerships side by side, and for what they give together.

Promises, each held by a test of its name:

* fewer than three partnerships are not compared in public: with two, each subtracts itself and learns the other;
* nothing is told together of partnerships one of which gives more than three quarters of the people;
* a place is shown only with enough people in it and enough outside it;
* public counts are rounded to five and shares to whole percents, so that differences of published figures tell of
  nobody.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from surveys.analysis.uncertainty import wilson_interval
from surveys.language.texts import LANGUAGES, Language
from surveys.privacy.crosstab_gate import Heading
from surveys.privacy.published import PublishedRow, PublishedTable, Reason, Source, State
from surveys.privacy.rules import PUBLIC_RULES, DisclosureRules


@dataclass(frozen=True, slots=True)
class PlaceShare:
    """One answer in one partnership before the gate: people who gave it, of those who answered."""

    place: Heading
    count: int
    base: int


def may_put_together(bases: Sequence[int], rules: DisclosureRules = PUBLIC_RULES) -> bool:
    """Return whether figures of partnerships may be told together.

    Args:
        bases: people of each; those of nobody do not count as partnerships.
        rules: thresholds.
    """
    given = [base for base in bases if base > 0]
    enough = len(given) >= rules.min_places and sum(given) >= rules.min_base
    return enough and max(given) <= rules.most_of_one * sum(given)


def publish_places(
    rows: Sequence[PlaceShare],
    *,
    source: Source,
    sensitive: bool = False,
    rules: DisclosureRules = PUBLIC_RULES,
) -> PublishedTable:
    """Pass one answer's share in several partnerships through the rules, in the order given (never ranked).

    Args:
        rows: places.
        source: where the figures come from; its ``rule`` is set here.
        sensitive: the question is about addiction, health or violence.
        rules: thresholds.

    Returns:
        Shares by partnership; without a row where too few partnerships could be shown, or one is most of them.
    """
    source = replace(source, rule=rules.name)
    shown = find_shown([row.base for row in rows], rules, sensitive=sensitive)
    if shown is None:
        return PublishedTable(("partnership",), "share", (), source)
    published = tuple(publish_place(row, rules, show=show) for row, show in zip(rows, shown, strict=True))
    return PublishedTable(("partnership",), "share", published, source)


def find_shown(bases: Sequence[int], rules: DisclosureRules, *, sensitive: bool = False) -> list[bool] | None:
    """Return which places have enough people in them and outside, ``None`` when nothing may be told of any.

    Args:
        bases: people of each place who answered the question.
        rules: thresholds.
        sensitive: the question is about addiction, health or violence.
    """
    least, total = rules.base_for(sensitive=sensitive), sum(bases)
    shown = [base >= least and total - base >= least for base in bases]
    together = [base for base, show in zip(bases, shown, strict=True) if show]
    return shown if may_put_together(together, rules) else None


def publish_place(row: PlaceShare, rules: DisclosureRules, *, show: bool) -> PublishedRow:
    """Pass one answer of one place through the rules.

    Args:
        row: of the place.
        rules: thresholds.
        show: as `find_shown` says of the place.
    """
    if not show:
        return _hide(row, Reason.FEW_ASKED)
    if 0 < row.count < rules.min_count:
        return _hide(row, Reason.FEW_CHOSE)
    count, base = _round(row.count, rules), _round(row.base, rules)
    labels = _labels(row)
    if row.base < rules.percent_base:
        return PublishedRow((row.place.code,), labels, None, State.COUNTS_ONLY, count=count, base=base)
    low, high = wilson_interval(row.count, row.base)
    state = State.FLAGGED if row.base < rules.flag_base else State.SHOWN
    share, low, high = (round(value, 2) for value in (row.count / row.base, low, high))
    return PublishedRow((row.place.code,), labels, share, state, count, base, low, high)


def _hide(row: PlaceShare, reason: Reason) -> PublishedRow:
    return PublishedRow((row.place.code,), _labels(row), None, State.SUPPRESSED, reason=reason)


def _labels(row: PlaceShare) -> dict[Language, tuple[str, ...]]:
    return {language: (row.place.labels[language],) for language in LANGUAGES}


def _round(people: int, rules: DisclosureRules) -> int:
    """Round to a multiple, halves up."""
    return (people + rules.rounding // 2) // rules.rounding * rules.rounding

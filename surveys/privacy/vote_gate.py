"""Votes of a meeting at the gate: no result of fewer than five, no spread of what one or two people gave.

A vote is counted in a room where people see one another, so its base is smaller than a survey's; who voted how is not
in the store at all.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from surveys.analysis.vote_results import ItemResult, VoteResult
from surveys.language.texts import Language
from surveys.privacy.published import PublishedRow, PublishedTable, Reason, Source, State
from surveys.privacy.rules import VOTE_RULES, DisclosureRules


@dataclass(frozen=True, slots=True)
class PublishedVote:
    """A result that may be shown.

    Attributes:
        table: scores by problem, the first first; all hidden when too few have voted.
        result: with spreads of one or two people taken out; ``None`` when too few have voted.
        voters: how many voted, ``None`` when too few.
    """

    table: PublishedTable
    result: VoteResult | None
    voters: int | None


def publish_votes(
    result: VoteResult,
    titles: Mapping[str, str],
    *,
    unit: str,
    source: Source,
    rules: DisclosureRules = VOTE_RULES,
) -> PublishedVote:
    """Pass a result through the rules.

    Args:
        result: of a closed round.
        titles: of the problems, by key.
        unit: ``points`` or ``share``.
        source: where it comes from; its ``rule`` is set here.
        rules: thresholds.
    """
    shown = result.voters >= rules.min_base
    rows = tuple(
        PublishedRow(
            (item.key,),
            _labels(titles.get(item.key, item.key)),
            item.score if shown else None,
            State.SHOWN if shown else State.SUPPRESSED,
            reason=None if shown else Reason.FEW_ASKED,
        )
        for item in (result.items if shown else sorted(result.items, key=lambda one: one.key))
    )
    table = PublishedTable(("vote_item",), unit, rows, replace(source, rule=rules.name))
    if not shown:
        return PublishedVote(table, None, None)
    items = tuple(_take_spread_out(item, rules) for item in result.items)
    return PublishedVote(table, replace(result, items=items), result.voters)


def _take_spread_out(item: ItemResult, rules: DisclosureRules) -> ItemResult:
    """What one or two people gave is theirs alone: neither how many they are nor from what to what they gave."""
    if {"agree", "disagree", "pass"} == set(item.parts) and any(0 < n < rules.min_count for n in item.parts.values()):
        return replace(item, parts={})
    if not item.voters or item.voters >= rules.min_count:
        return item
    return replace(item, voters=None, low=0, high=0)


def _labels(title: str) -> dict[Language, tuple[str, ...]]:
    return {"pl": (title,), "en": (title,)}

"""Three mirrors of a problem: what residents say, how partners rank it, where official figures put the place.

The three are set side by side and never merged. What "sees" means, for each mirror:

* **Residents** see a problem that is chosen more often than the average problem of the same list, and do not see one
  that is chosen less often. The measure is the list itself, because a share depends on how many problems were offered
  and how many could be chosen. If no problem stood out, somebody who chose k of the m problems would have chosen this
  one with probability k/m; the number who did is then a sum of independent trials with the mean p̄ = Σk/nm, and its
  tails are no heavier than those of the binomial distribution with n and p̄ (W. Hoeffding, Annals of Mathematical
  Statistics 27 (1956) 713–721). The exact one-sided binomial test is therefore conservative. It covers chance only,
  not who was asked, and takes the answers as they are, without weights.
* **Partners**, when enough of them answered their own survey, are judged like residents. Else their register speaks,
  which is their joint word and no sample: they see a problem in the upper half of their ranking (size + 2 · severity,
  after Hanlon as NACCHO has it, without feasibility, which is no part of a need), do not see one that is not in a
  register of at least five problems, and leave open what stands in the lower half, has no rating, or is solved.
* **Official figures** see a problem when one of its indicators puts the place in the worst quarter of comparable
  places and none in the better half, and do not see it when all of them put it in the better half; indicators that
  contradict each other leave it open. A full count has no sampling error: this is where the place stands, not an
  estimate. At least eight comparable places need a figure.

A gap is two mirrors of which one sees and the other does not. That both hold is tested by the larger of their two
p-values (R. L. Berger, Technometrics 24 (1982) 295–302); those of a mirror without chance are 0. All gaps that chance
can feign are judged together by Benjamini and Hochberg, so that in the long run at most the stated rate of the named
ones is false. Choices under a cap lean against each other a little, where the method is proved for independent and for
positively dependent tests; the seeded worlds of the tests hold the rate there too.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from surveys.analysis.gaps import CLOSED_STATUSES
from surveys.analysis.multiplicity import benjamini_hochberg
from surveys.analysis.rows import Row, is_known
from surveys.privacy.published import PublishedRow, PublishedTable, State
from surveys.privacy.rules import STANDARD_RULES, DisclosureRules

RATE = 0.05
FEWEST_PLACES = 8
_FEWEST_ENTRIES = 5
_WORST, _BETTER = 0.75, 0.5
_TESTED = frozenset({State.SHOWN, State.FLAGGED})


class Mirror(StrEnum):
    """Who looks."""

    RESIDENTS = "residents"
    PARTNERS = "partners"
    DATA = "data"


@dataclass(frozen=True, slots=True)
class Sight:
    """What one mirror says of one problem.

    Attributes:
        seen: p-value against "it does not see the problem"; 0 when it is known to see it, ``None`` when it is known
            not to, or cannot be asked.
        unseen: the same of not seeing it.
    """

    seen: float | None
    unseen: float | None

    @property
    def by_chance(self) -> bool:
        """Whether the mirror is a sample: one without chance knows one side only."""
        return self.seen is not None and self.unseen is not None


SEES = Sight(0.0, None)
SEES_NOT = Sight(None, 0.0)
OPEN = Sight(None, None)

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Gap(Generic[Key]):
    """Two mirrors that differ about one problem.

    Attributes:
        key: place and problem, as they were given.
        sees: the mirror that sees it.
        sees_not: the one that does not.
        adjusted: p-value after Benjamini and Hochberg; ``None`` where chance has no part.
    """

    key: Key
    sees: Mirror
    sees_not: Mirror
    adjusted: float | None


@dataclass(frozen=True, slots=True)
class Screen(Generic[Key]):
    """Gaps found among everything that was looked at.

    Attributes:
        gaps: the named ones, in the order of the keys.
        comparisons: how many were looked at where chance has a part.
        rate: at most this share of the named ones is false in the long run.
    """

    gaps: tuple[Gap[Key], ...]
    comparisons: int
    rate: float


@dataclass(frozen=True, slots=True)
class Ranked:
    """A problem of a register.

    Attributes:
        place: in the ranking, 1 the weightiest, equal weights share the better place; ``None`` without a rating.
        weight: size + 2 · severity, 0–30; ``None`` without a rating.
        solved: every entry of it is.
    """

    place: int | None
    weight: float | None
    solved: bool


def look_at_answers(
    table: PublishedTable, problems: Iterable[str], rules: DisclosureRules = STANDARD_RULES
) -> dict[str, Sight]:
    """Return what a survey sees, from nothing but its published shares.

    Args:
        table: shares of one question of one measurement by option.
        problems: codes of the options that are problems; "other" and the like are none.
        rules: by which the table was published: they say how few a hidden option may have.

    Returns:
        By code, empty where too few people answered for a comparison. A hidden option counts as the most or the
        fewest people that can be hidden, whichever speaks against a gap, so that nothing is told of it.
    """
    from scipy.special import bdtr, bdtrc  # noqa: PLC0415 # costs 0.2 s of a cold start

    span = average_share(table, problems, rules)
    if span is None:
        return {}
    lowest, highest = span
    rows, base = _tested_rows(table, problems)
    sights = {}
    for row in rows:
        fewest, most = _people(row, rules)
        seen = 1.0 if fewest == 0 else float(bdtrc(fewest - 1, base, highest))
        sights[row.keys[-1]] = Sight(seen, float(bdtr(most, base, lowest)))
    return sights


def average_share(
    table: PublishedTable, problems: Iterable[str], rules: DisclosureRules = STANDARD_RULES
) -> tuple[float, float] | None:
    """Return the share of the average problem of a list, the least and the most it can be; else as `look_at_answers`.

    Two numbers, because hidden options have one or two people each, and which is not told.
    """
    rows, base = _tested_rows(table, problems)
    if not base:
        return None
    chosen = [_people(row, rules) for row in rows]
    trials = base * len(rows)
    return sum(fewest for fewest, _ in chosen) / trials, sum(most for _, most in chosen) / trials


def rank_register(entries: Iterable[Row]) -> dict[str, Ranked]:
    """Return the problems of one partnership's register with their places in its ranking.

    Args:
        entries: rows with code, status, size, severity (0–10, ``NaN`` when not rated); a problem may stand in it more
            than once, then its weightiest entry counts.
    """
    weights: dict[str, float | None] = {}
    still_open: set[str] = set()
    for row in entries:
        code = str(row["code"])
        rated = is_known(row["size"]) and is_known(row["severity"])
        weight = float(row["size"]) + 2 * float(row["severity"]) if rated else None
        known = weights.get(code)
        weights[code] = weight if known is None else known if weight is None else max(known, weight)
        if row["status"] not in CLOSED_STATUSES:
            still_open.add(code)
    ordered = sorted((weight for weight in weights.values() if weight is not None), reverse=True)
    return {
        code: Ranked(None if weight is None else ordered.index(weight) + 1, weight, code not in still_open)
        for code, weight in weights.items()
    }


def look_at_register(ranking: Mapping[str, Ranked], problems: Iterable[str]) -> dict[str, Sight]:
    """Return what a register sees of some problems; empty where it holds too few to tell what is missing."""
    if len(ranking) < _FEWEST_ENTRIES:
        return {}
    rated = sum(entry.place is not None for entry in ranking.values())
    sights = {}
    for code in problems:
        entry = ranking.get(code)
        if entry is None:
            sights[code] = SEES_NOT
        elif entry.solved or (rated and entry.place is None):
            sights[code] = OPEN
        else:
            # Without any rating all that the partners wrote down is what they see.
            sights[code] = SEES if entry.place is None or entry.place <= (rated + 1) // 2 else OPEN
    return sights


def look_at_places(worse: Sequence[float]) -> Sight | None:
    """Return what official figures see, ``None`` when there are none.

    Args:
        worse: for each indicator of the problem, the share of comparable places that stand better, 0–1; only of
            indicators with at least `FEWEST_PLACES` comparable figures.
    """
    if not worse:
        return None
    if max(worse) >= _WORST and min(worse) > _BETTER:
        return SEES
    return SEES_NOT if max(worse) <= _BETTER else OPEN


def name_gaps(sights: Mapping[Key, Mapping[Mirror, Sight]], rate: float = RATE) -> Screen[Key]:
    """Return the gaps between mirrors that can be named at a false-discovery rate.

    Args:
        sights: what each mirror says, by place and problem; a mirror that says nothing is left out.
        rate: between 0 and 1.
    """
    looked_at: list[tuple[Key, Mirror, Mirror, float, bool]] = []
    for key, of_key in sights.items():
        for sees in Mirror:
            for sees_not in Mirror:
                if sees is sees_not or sees not in of_key or sees_not not in of_key:
                    continue
                seen, unseen = of_key[sees].seen, of_key[sees_not].unseen
                if seen is not None and unseen is not None:
                    certain = not any(of_key[mirror].by_chance for mirror in (sees, sees_not))
                    looked_at.append((key, sees, sees_not, max(seen, unseen), certain))
    by_chance = [p for *_, p, certain in looked_at if not certain]
    adjusted = iter(benjamini_hochberg(by_chance).tolist())
    gaps = []
    for key, sees, sees_not, _, certain in looked_at:
        value = None if certain else next(adjusted)
        if value is None or value <= rate:
            gaps.append(Gap(key, sees, sees_not, value))
    return Screen(tuple(gaps), len(by_chance), rate)


def _tested_rows(table: PublishedTable, problems: Iterable[str]) -> tuple[list[PublishedRow], int]:
    wanted = frozenset(problems)
    rows = [row for row in table.rows if row.keys[-1] in wanted]
    bases = {row.base for row in rows if row.state in _TESTED and row.base}
    # Hidden rows among shown ones were chosen by few; where everything is hidden, or said in counts, few were asked.
    comparable = len(bases) == 1 and all(row.state in _TESTED or row.state is State.SUPPRESSED for row in rows)
    return (rows, bases.pop()) if comparable else ([], 0)


def _people(row: PublishedRow, rules: DisclosureRules) -> tuple[int, int]:
    """The fewest and the most people who can have chosen an option."""
    return (1, rules.min_count - 1) if row.count is None else (row.count, row.count)

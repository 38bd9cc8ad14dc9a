"""Margins for weighting from an official table of the population by sex and age.

The table's bands (0–4, 5–9 … 70 and more; or "17 and under", "18 and more") are differences of a count of everybody
under some age. Where both ends of a band of the respondents' profile are such ages, its count is exact, however the
table cuts them. An end in the middle of a band of five years at most is estimated, as if the band's ages had equally
many people; any other end falls away, and the two bands beside it become one. Both are said.
"""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from surveys.findings import Finding, Report
from surveys.indicators.dimensions import AgeBand, Sex

PROFILE_BANDS: Mapping[str, AgeBand] = {
    "18-24": AgeBand(18, 24),
    "25-34": AgeBand(25, 34),
    "35-44": AgeBand(35, 44),
    "45-54": AgeBand(45, 54),
    "55-64": AgeBand(55, 64),
    "65-74": AgeBand(65, 74),
    "75+": AgeBand(75, None),
}
_OPEN = 1_000  # stands for "and more"
_WIDEST_SPLIT = 5
_EVERY_AGE = AgeBand(0, None)


@dataclass(frozen=True, slots=True)
class PopulationCount:
    """People of one sex (or all) and some ages; ``age`` is ``None`` for every age."""

    sex: Sex
    age: AgeBand | None
    count: Decimal


@dataclass(frozen=True, slots=True)
class PopulationMargins:
    """Margins of the adult population, for `surveys.analysis.weighting.rake`.

    Attributes:
        margins: ``gender`` and ``age`` → code of the profile → people; a margin that the table cannot give is absent.
            Both have one total.
        merged: code of the profile's band → code of the wider one that stands for it in ``margins``; only those that
            had to be put together. Answers are put together in the same way before they are weighted.
        estimated: bands of which one end was estimated.
        report: what was estimated, put together, or cannot be had.
    """

    margins: Mapping[str, Mapping[str, float]]
    merged: Mapping[str, str] = field(default_factory=dict)
    estimated: tuple[str, ...] = ()
    report: Report = field(default_factory=Report)


def margins_of_population(
    counts: Sequence[PopulationCount], bands: Mapping[str, AgeBand] = PROFILE_BANDS
) -> PopulationMargins:
    """Return margins by sex and age of everybody as old as the profile's first band, or older.

    Args:
        counts: of one area and year, in any bands; the same people may be counted in several of them.
        bands: of the profile by code, one after another, the last one open.

    Returns:
        What can be said, and remarks; both margins are absent when the table has nothing on adults.
    """
    found: list[Finding] = []
    by_sex = {sex: _Cumulated.of(count for count in counts if count.sex is sex) for sex in Sex}
    women, men = by_sex[Sex.WOMAN], by_sex[Sex.MAN]
    both = _Cumulated.of(_add_sexes(counts))
    youngest = min(band.first for band in bands.values())
    everybody = both if both.knows(youngest) else by_sex[Sex.ALL]
    if not all(each.consistent for each in (*by_sex.values(), both)):
        found.append(Finding("POPULATION-INCONSISTENT"))
    ages, merged, estimated = _cut_ages(everybody, bands)
    margins: dict[str, Mapping[str, float]] = {}
    if ages:
        margins["age"] = {code: float(people) for code, people in ages.items()}
    else:
        found.append(Finding("POPULATION-AGES-MISSING"))
    genders = _count_adults(women, men, youngest)
    total = sum(ages.values(), Decimal())
    if genders is None or (ages and abs(sum(genders.values()) - total) > Decimal("0.000001") * total):
        found.append(Finding("POPULATION-SEXES-MISSING"))
    else:
        margins["gender"] = {code: float(people) for code, people in genders.items()}
    if merged:
        found.append(Finding("POPULATION-BANDS-MERGED", facts={"bands": ", ".join(sorted(set(merged.values())))}))
    if estimated:
        found.append(Finding("POPULATION-BANDS-ESTIMATED", facts={"bands": ", ".join(estimated)}))
    return PopulationMargins(margins, merged, estimated, Report(tuple(found)))


def _add_sexes(counts: Iterable[PopulationCount]) -> list[PopulationCount]:
    """Women and men of the same ages together, where the table has both."""
    women: dict[AgeBand, Decimal] = {}
    men: dict[AgeBand, Decimal] = {}
    for count in counts:
        side = {Sex.WOMAN: women, Sex.MAN: men}.get(count.sex)
        if side is not None:
            side[count.age or _EVERY_AGE] = count.count
    return [PopulationCount(Sex.ALL, age, women[age] + men[age]) for age in women if age in men]


class _Cumulated:
    """People under an age, known at the ends of a table's bands.

    Ages whose counts hang together share a group; within a group the people between any two of them are known.
    """

    def __init__(self, group: dict[int, int], under: dict[int, Decimal], *, consistent: bool) -> None:
        self._group, self._under = group, under
        self.consistent = consistent

    @classmethod
    def of(cls, counts: Iterable[PopulationCount]) -> "_Cumulated":
        steps: dict[int, list[tuple[int, Decimal]]] = {}
        for count in counts:
            band = count.age or _EVERY_AGE
            first, end = band.first, _OPEN if band.last is None else band.last + 1
            steps.setdefault(first, []).append((end, count.count))
            steps.setdefault(end, []).append((first, -count.count))
        group: dict[int, int] = {}
        under: dict[int, Decimal] = {}
        consistent = True
        for start in sorted(steps):
            if start in group:
                continue
            group[start], under[start] = start, Decimal()
            waiting = deque([start])
            while waiting:
                age = waiting.popleft()
                for other, people in steps[age]:
                    if other not in group:
                        group[other], under[other] = start, under[age] + people
                        waiting.append(other)
                    elif under[other] != under[age] + people:
                        consistent = False
        return cls(group, under, consistent=consistent)

    def knows(self, age: int) -> bool:
        """Whether an age can be had, exactly or by estimate, together with "and more"."""
        return self.under(age) is not None and _OPEN in self._group

    def is_exact(self, age: int) -> bool:
        return age in self._group

    def under(self, age: int) -> Decimal | None:
        """Return people under an age, counted from the group's first age; ``None`` when it cannot be had."""
        if _OPEN not in self._group:
            return None
        home = self._group[_OPEN]
        ages = sorted(each for each, group in self._group.items() if group == home)
        if age in ages:
            return self._under[age]
        low = max((each for each in ages if each < age), default=None)
        high = min((each for each in ages if each > age), default=None)
        if low is None or high is None or high - low > _WIDEST_SPLIT:
            return None
        return self._under[low] + (self._under[high] - self._under[low]) * (age - low) / (high - low)


def _cut_ages(
    people: _Cumulated, bands: Mapping[str, AgeBand]
) -> tuple[dict[str, Decimal], dict[str, str], tuple[str, ...]]:
    """Return counts by band, which bands were put together, and which were estimated."""
    ends = sorted(band.first for band in bands.values())
    known = [age for age in ends if people.under(age) is not None]
    if not known or known[0] != ends[0] or not people.knows(ends[0]):
        return {}, {}, ()
    counts: dict[str, Decimal] = {}
    merged: dict[str, str] = {}
    estimated: list[str] = []
    for place, first in enumerate(known):
        end = known[place + 1] if place + 1 < len(known) else _OPEN
        inside = [own for own, band in bands.items() if first <= band.first < end]
        code = inside[0] if len(inside) == 1 else f"{first}+" if end == _OPEN else f"{first}-{end - 1}"
        below, above = people.under(first), people.under(end)
        if below is None or above is None:
            return {}, {}, ()
        counts[code] = above - below
        merged |= {own: code for own in inside if own != code}
        if not people.is_exact(first) or (end != _OPEN and not people.is_exact(end)):
            estimated.append(code)
    return counts, merged, tuple(estimated)


def _count_adults(women: _Cumulated, men: _Cumulated, first: int) -> dict[str, Decimal] | None:
    counts: dict[str, Decimal] = {}
    for code, people in ((Sex.WOMAN.value, women), (Sex.MAN.value, men)):
        below, everybody = people.under(first), people.under(_OPEN)
        if below is None or everybody is None:
            return None
        counts[code] = everybody - below
    return counts

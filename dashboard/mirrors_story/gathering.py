"""The three mirrors of every problem of the partnerships in sight, judged together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from statistics import median
from typing import Any

import pandas as pd

from etl.store.reading import PlaceShares
from etl.store.reading.official_places import OfficialStanding, OfficialStandings
from surveys.analysis.asked_people import find_asked_people
from surveys.analysis.mirror_agreements import Accord, Agreement, name_agreements
from surveys.analysis.rows import Row, rows_of
from surveys.analysis.survey_tables import tabulate_options
from surveys.analysis.three_mirrors import (
    FEWEST_PLACES,
    Gap,
    Mirror,
    Ranked,
    Screen,
    Sight,
    average_share,
    look_at_answers,
    look_at_places,
    look_at_register,
    name_gaps,
    rank_register,
)
from surveys.language.texts import LANGUAGES
from surveys.model import PopulationKind
from surveys.privacy.published import PublishedRow, PublishedTable, Source, State
from surveys.vocabulary import AreaLevel, load
from surveys.vocabulary.indicators import Direction

# Young people, people who came to an activity and the like are no mirror of all residents.
_LOOKS = {PopulationKind.RESIDENTS.value: Mirror.RESIDENTS, PopulationKind.PARTNERS.value: Mirror.PARTNERS}
_OTHER = "PB99"  # "another problem" is none that a mirror could see
_SHARES = frozenset({"single", "multiple"})

Key = tuple[str, str]  # partnership, code of the problem


@dataclass(frozen=True, slots=True)
class OfficialLook:
    """One official figure of a partnership's place.

    Attributes:
        reaches: it is a figure of the partnership's own area, not of a larger one that holds it.
    """

    standing: OfficialStanding
    reaches: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A survey question as a mirror.

    Attributes:
        measurement: its row of `PlaceShares.questions`.
        table: published shares.
        rows: the table's rows by code of the problem.
        average: share of the average problem of the list, ``None`` where too few people answered.
        sights: what it sees, by code; empty likewise.
    """

    measurement: Row
    table: PublishedTable
    rows: Mapping[str, PublishedRow]
    average: float | None
    sights: Mapping[str, Sight]


@dataclass(frozen=True, slots=True)
class PlaceMirrors:
    """The three mirrors of one partnership.

    Attributes:
        residents, partners: newest surveys; ``None`` when nobody was asked.
        register: its problems by code, ranked.
        official: looks by code of the problem, in the catalogue's order.
        problems: codes of which a mirror says anything, in the list's order.
    """

    residents: Asked | None
    partners: Asked | None
    register: Mapping[str, Ranked]
    official: Mapping[str, tuple[OfficialLook, ...]]
    problems: tuple[str, ...]

    def weight_of(self, code: str) -> float | None:
        """Return a problem's weight in the register, ``None`` where it is not there or not rated."""
        ranked = self.register.get(code)
        return None if ranked is None else ranked.weight

    def order_problems(self) -> list[str]:
        """Return the problems that can be set side by side, those that most residents chose first."""
        return sorted(
            filter(self._says_enough, self.problems),
            key=lambda code: (-self._share_of(code), -(self.weight_of(code) or -1.0)),
        )

    def _says_enough(self, code: str) -> bool:
        """Whether at least two mirrors have something to show of a problem."""
        asked = self.residents is not None and code in self.residents.rows
        return asked + (code in self.register) + (code in self.official) > 1 or asked

    def _share_of(self, code: str) -> float:
        row = None if self.residents is None else self.residents.rows.get(code)
        if row is None or row.state is State.SUPPRESSED:
            return -1.0
        return row.value if row.value is not None else (row.count or 0) / (row.base or 1)


@dataclass(frozen=True, slots=True)
class Gathered:
    """Everything that a page of mirrors shows."""

    places: Mapping[str, PlaceMirrors]
    sights: Mapping[Key, Mapping[Mirror, Sight]]
    screen: Screen[Key]
    accord: Accord[Key]

    @property
    def compares_nothing(self) -> bool:
        """Whether no two mirrors speak of one problem anywhere: then not even that there is no gap may be said."""
        return not any(len(mirrors) > 1 for mirrors in self.sights.values())

    def gaps_of(self, slug: str) -> list[Gap[Key]]:
        """Return the named gaps of one partnership."""
        return [gap for gap in self.screen.gaps if gap.key[0] == slug]

    def agreements_of(self, slug: str) -> list[Agreement[Key]]:
        """Return the named agreements of one partnership."""
        return [one for one in self.accord.agreements if one.key[0] == slug]


def is_judged(asked: Asked | None) -> bool:
    """Return whether enough people answered a question for it to be a mirror."""
    return asked is not None and asked.average is not None


def gather(
    slugs: tuple[str, ...],
    shares: PlaceShares,
    problems: pd.DataFrame,
    territories: pd.DataFrame,
    official: OfficialStandings,
) -> Gathered:
    """Put the mirrors of partnerships together and name their gaps and agreements.

    Args:
        slugs: partnerships in sight: all their comparisons are judged together.
        shares: of the questions whose options are problems.
        problems: partnership, code, status, size, severity.
        territories: partnership, teryt, name (of a named area inside the unit, else empty).
        official: standings of the territories and of their powiats.
    """
    asked = _newest_questions(shares, slugs)
    counts = _Counts(shares)
    standings = _by_place(official)
    entries = _group(problems[["partnership", "code", "status", "size", "severity"]], "partnership")
    areas = _group(territories, "partnership")
    places: dict[str, PlaceMirrors] = {}
    sights: dict[Key, dict[Mirror, Sight]] = {}
    for slug in slugs:
        place = PlaceMirrors(
            residents=counts.tabulate(asked.get((slug, Mirror.RESIDENTS))),
            partners=counts.tabulate(asked.get((slug, Mirror.PARTNERS))),
            register=rank_register(entries.get(slug, ())),
            official=_look_officially(areas.get(slug, ()), standings),
            problems=(),
        )
        of_place = _judge(place)
        named = tuple(code for code in load().problems if code in of_place)
        places[slug] = PlaceMirrors(place.residents, place.partners, place.register, place.official, named)
        sights |= {(slug, code): of_place[code] for code in named}
    return Gathered(places, sights, name_gaps(sights), name_agreements(sights))


def _newest_questions(shares: PlaceShares, slugs: tuple[str, ...]) -> dict[tuple[str, Mirror], Row]:
    """Return the newest question of each partnership that asks residents, and the one that asks partners."""
    found: dict[tuple[str, Mirror], Row] = {}
    questions = shares.questions.assign(mirror=find_asked_people(shares.questions).map(_LOOKS))
    for row in rows_of(questions[questions["type"].isin(_SHARES) & questions["mirror"].notna()]):
        if row["partnership"] in slugs:
            mirror = Mirror(row["mirror"])
            earlier = found.get((str(row["partnership"]), mirror))
            # Of one measurement the first such question counts, of several measurements the last.
            if earlier is None or earlier["wave"] != row["wave"]:
                found[str(row["partnership"]), mirror] = row
    return found


class _Counts:
    """Counts of questions, ordered once for all partnerships."""

    def __init__(self, shares: PlaceShares) -> None:
        self._options = _group(shares.options, "asked")
        self._people: dict[int, dict[str, int]] = {}
        for row in rows_of(shares.counts):
            self._people.setdefault(row["measured"], {})[row["code"]] = row["people"]

    def tabulate(self, question: Row | None) -> Asked | None:
        """Return the published shares of a question that may have been asked."""
        if question is None:
            return None
        people = self._people.get(question["measured"], {})
        options = [row | {"people": people.get(row["code"], 0)} for row in self._options[question["asked"]]]
        source = Source(dict.fromkeys(LANGUAGES, ""))
        table = tabulate_options(question | {"vocabulary": "problems"}, options, source=source)
        listed = _list_problems() - {row["code"] for row in options if row["is_other"]}
        span = average_share(table, listed)
        rows = {row.keys[-1]: row for row in table.rows if row.keys[-1] in listed}
        return Asked(question, table, rows, None if span is None else sum(span) / 2, look_at_answers(table, listed))


def _group(frame: pd.DataFrame, column: str) -> dict[Any, list[Row]]:
    """Return the rows of a frame by a column, each group in its order."""
    groups: dict[Any, list[Row]] = {}
    for row in rows_of(frame):
        groups.setdefault(row[column], []).append(row)
    return groups


def _by_place(official: OfficialStandings) -> dict[str, dict[str, list[OfficialStanding]]]:
    """Return standings by TERYT code and problem, in the catalogue's order."""
    found: dict[str, dict[str, list[OfficialStanding]]] = {}
    for standing in official.standings:
        if standing.indicator.direction is not Direction.NEITHER:
            of_place = found.setdefault(standing.teryt, {})
            for code in standing.indicator.problems:
                of_place.setdefault(code, []).append(standing)
    return found


def _look_officially(
    territory: Iterable[Row], standings: Mapping[str, Mapping[str, list[OfficialStanding]]]
) -> dict[str, tuple[OfficialLook, ...]]:
    """Return the figures of a partnership's places; those of its powiats only for problems without its own."""
    looks: dict[str, list[OfficialLook]] = {}
    places: dict[str, bool] = {}
    for row in territory:
        teryt = str(row["teryt"])
        places[teryt] = places.get(teryt, False) or not row["name"]
    for teryt, whole in places.items():
        for code, of_place in standings.get(teryt, {}).items():
            looks.setdefault(code, []).extend(OfficialLook(one, reaches=whole) for one in of_place)
    own = frozenset(looks)
    for powiat in dict.fromkeys(teryt[:4] for teryt in places if len(teryt) > 4):
        for code, of_place in standings.get(powiat, {}).items():
            larger = [one for one in of_place if one.indicator.level is AreaLevel.POWIAT]
            if larger and code not in own:
                looks.setdefault(code, []).extend(OfficialLook(one, reaches=False) for one in larger)
    return {code: tuple(of_code) for code, of_code in looks.items()}


def _judge(place: PlaceMirrors) -> dict[str, dict[Mirror, Sight]]:
    """Return what each mirror says of the problems that any of them shows."""
    listed = _list_problems()
    residents = {} if place.residents is None else place.residents.sights
    partners = {} if place.partners is None else place.partners.sights
    shown = {*place.official, *(code for code in place.register if code in listed)}
    for asked in (place.residents, place.partners):
        shown |= set() if asked is None else set(asked.rows)
    register = look_at_register(place.register, shown)
    found: dict[str, dict[Mirror, Sight]] = {}
    for code in shown:
        data = _look_at_figures(place.official.get(code, ()))
        mirrors = {
            Mirror.RESIDENTS: residents.get(code),
            Mirror.PARTNERS: partners[code] if code in partners else register.get(code),
            Mirror.DATA: data,
        }
        found[code] = {mirror: sight for mirror, sight in mirrors.items() if sight is not None}
    return found


@cache
def _list_problems() -> frozenset[str]:
    return frozenset(load().problems) - {_OTHER}


def _look_at_figures(looks: tuple[OfficialLook, ...]) -> Sight | None:
    """Judge the figures that are of the partnership's own area; of several gminas the middle one counts."""
    worse: dict[str, list[float]] = {}
    for look in looks:
        share = look.standing.worse_than
        if look.reaches and share is not None and len(look.standing.among.values) >= FEWEST_PLACES:
            worse.setdefault(look.standing.indicator.code, []).append(share)
    return look_at_places([median(shares) for shares in worse.values()])

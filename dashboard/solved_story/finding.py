"""Shared results for a problem, those of partnerships most like one's own first."""

from dataclasses import dataclass, field

import pandas as pd

from dashboard.solved_story.reading import read_area_people, read_shared
from dashboard.visit import Visit
from etl.store.reading import RegisterFrames
from etl.store.reading.shared_results import SharedResults
from surveys.analysis.partnership_likeness import Likeness, PartnershipProfile, measure_likeness
from surveys.analysis.place_kinds import PlaceKind, find_place_kind
from surveys.analysis.rows import Row, is_known, rows_of
from surveys.language.collation import sort_key
from surveys.vocabulary import load

_UNRATED = 5.0  # the middle of marks from 0 to 10


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """One finished project that others may learn from.

    Attributes:
        row: of ``SharedResults.results``.
        exact: it was for the very problem asked for; otherwise for another of the same theme.
        kind: of its place.
        likeness: of its partnership to one's own, ``None`` when no partnership is chosen.
        problems, groups, sources: codes.
    """

    row: Row
    exact: bool
    kind: PlaceKind
    likeness: Likeness | None
    problems: tuple[str, ...] = field(default=())
    groups: tuple[str, ...] = field(default=())
    sources: tuple[str, ...] = field(default=())


def shared_problems(visit: Visit) -> set[str]:
    """Return the codes of problems for which somebody else shares a result."""
    shared = _others(visit)
    return {str(code) for code in shared.problems["code"]}


def find_examples(visit: Visit, problem: str) -> list[Example]:
    """Return shared results for a problem: those for the very problem first, of these the partnership most alike.

    Args:
        visit: who looks, at which partnership.
        problem: code.
    """
    shared = _others(visit)
    problems = load().problems
    theme = problems[problem].theme if problem in problems else ""
    exact = shared.problems[shared.problems["code"] == problem]
    related = shared.problems[shared.problems["theme"] == theme]
    wanted = {(row["partnership"], row["uid"]): False for row in rows_of(related)}
    wanted |= {(row["partnership"], row["uid"]): True for row in rows_of(exact)}
    profiles = _read_profiles(visit, shared)
    own = visit.view.filters.partnership
    examples = [
        _make_example(shared, row, profiles, own, exact=wanted[row["partnership"], row["uid"]])
        for row in rows_of(shared.results)
        if (row["partnership"], row["uid"]) in wanted
    ]
    return sorted(examples, key=_order)


def _order(example: Example) -> tuple[bool, float, tuple[object, ...], str]:
    value = example.likeness.value if example.likeness is not None else None
    return (
        not example.exact,
        -(value if value is not None else -1.0),
        tuple(sort_key(str(example.row["partnership_name"]))),
        str(example.row["uid"]),
    )


def _others(visit: Visit) -> SharedResults:
    """What others share: nobody visits themselves."""
    shared = read_shared(visit.actor, sample=visit.scope.sample)
    own = visit.view.filters.partnership
    frames = (shared.results, shared.problems, shared.groups, shared.sources, shared.territories)
    return SharedResults(*(frame[frame["partnership"] != own] for frame in frames))


def _make_example(
    shared: SharedResults, row: Row, profiles: dict[str, PartnershipProfile], own: str | None, *, exact: bool
) -> Example:
    slug = str(row["partnership"])
    likeness = measure_likeness(profiles[own], profiles[slug]) if own is not None else None

    def codes(frame: pd.DataFrame, column: str) -> tuple[str, ...]:
        mine = frame[(frame["partnership"] == slug) & (frame["uid"] == row["uid"])]
        return tuple(str(code) for code in mine[column])

    return Example(
        row,
        exact,
        profiles[slug].kind,
        likeness,
        codes(shared.problems, "code"),
        codes(shared.groups, "group"),
        codes(shared.sources, "source"),
    )


def _read_profiles(visit: Visit, shared: SharedResults) -> dict[str, PartnershipProfile]:
    """Profiles of those who share and of one's own partnership.

    Of a partnership that may be seen, what it entered; of any other, what it agreed to share and where it works.
    """
    frames, own = visit.view.register, visit.view.filters.partnership
    seen = set(visit.scope.slugs)
    slugs = [*dict.fromkeys(shared.results["partnership"]), *([own] if own is not None else [])]
    territories = pd.concat([frames.territories[["partnership", "teryt", "name"]], shared.territories])
    territories = territories.drop_duplicates(ignore_index=True)
    people = read_area_people(tuple(sorted(set(territories["teryt"]))), sample=visit.scope.sample)
    profiles = {}
    for slug in slugs:
        mine = territories[territories["partnership"] == slug]
        places = [(str(teryt), str(name)) for teryt, name in zip(mine["teryt"], mine["name"], strict=True)]
        weights, groups = _entered(frames, slug) if slug in seen else _shared(shared, slug)
        profiles[slug] = PartnershipProfile(find_place_kind(places), _inhabitants(places, people), weights, groups)
    return profiles


def _inhabitants(places: list[tuple[str, str]], people: dict[str, float]) -> float | None:
    """Inhabitants of whole units; of a part of one nobody knows them."""
    if not places or any(name.strip() or teryt not in people for teryt, name in places):
        return None
    return sum(people[teryt] for teryt in {teryt for teryt, _ in places})


def _entered(frames: RegisterFrames, slug: str) -> tuple[dict[str, float], dict[str, float]]:
    weights: dict[str, float] = {}
    mine = frames.problems[frames.problems["partnership"] == slug]
    for row in rows_of(mine):
        marks = [float(row[name]) for name in ("size", "severity") if is_known(row[name])]
        weight = sum(marks) / len(marks) if marks else _UNRATED
        weights[str(row["code"])] = weights.get(str(row["code"]), 0.0) + weight
    groups = frames.problem_groups[frames.problem_groups["partnership"] == slug]["group"].value_counts()
    return weights, {str(code): float(number) for code, number in groups.items()}


def _shared(shared: SharedResults, slug: str) -> tuple[dict[str, float], dict[str, float]]:
    found = []
    for frame, column in ((shared.problems, "code"), (shared.groups, "group")):
        counted = frame[frame["partnership"] == slug][column].value_counts()
        found.append({str(code): float(number) for code, number in counted.items()})
    return found[0], found[1]

"""What partnerships are like, for all at once: kind of place, inhabitants, what weighs in them and on whom.

Of a partnership that may be seen, what it entered; of any other, what it agreed to share and where it works.
"""

import pandas as pd

from dashboard.solved_story.reading import read_area_people
from etl.store.reading import RegisterFrames, Scope
from etl.store.reading.shared_results import SharedResults
from surveys.analysis.partnership_likeness import PartnershipProfile
from surveys.analysis.place_kinds import find_place_kind

_UNRATED = 5.0  # the middle of marks from 0 to 10
_Weights = dict[str, dict[str, float]]


def gather_profiles(frames: RegisterFrames, shared: SharedResults, scope: Scope) -> dict[str, PartnershipProfile]:
    """Return the profiles of all partnerships that may be seen and of all that share a result, by slug."""
    territories = pd.concat([frames.territories[["partnership", "teryt", "name"]], shared.territories])
    places: dict[str, set[tuple[str, str]]] = {}
    for slug, teryt, name in zip(territories["partnership"], territories["teryt"], territories["name"], strict=True):
        places.setdefault(str(slug), set()).add((str(teryt), str(name)))
    people = read_area_people(tuple(sorted(set(territories["teryt"]))), sample=scope.sample)
    problems = frames.problems
    weights = problems[["size", "severity"]].mean(axis=1).fillna(_UNRATED)
    entered = _sum(problems["partnership"], problems["code"], weights)
    groups = _count(frames.problem_groups, "group")
    shared_problems, shared_groups = _count(shared.problems, "code"), _count(shared.groups, "group")
    seen = set(scope.slugs)
    profiles = {}
    for slug in (*scope.slugs, *(slug for slug in dict.fromkeys(shared.results["partnership"]) if slug not in seen)):
        own = (entered, groups) if slug in seen else (shared_problems, shared_groups)
        where = sorted(places.get(slug, set()))
        profiles[slug] = PartnershipProfile(
            find_place_kind(where), _inhabitants(where, people), own[0].get(slug, {}), own[1].get(slug, {})
        )
    return profiles


def _inhabitants(places: list[tuple[str, str]], people: dict[str, float]) -> float | None:
    """Inhabitants of whole units; of a part of one nobody knows them."""
    if not places or any(name.strip() or teryt not in people for teryt, name in places):
        return None
    return sum(people[teryt] for teryt, _ in places)


def _count(frame: pd.DataFrame, column: str) -> _Weights:
    return _sum(frame["partnership"], frame[column], pd.Series(1.0, index=frame.index))


def _sum(slugs: "pd.Series[str]", codes: "pd.Series[str]", weights: "pd.Series[float]") -> _Weights:
    found: _Weights = {}
    for slug, code, weight in zip(slugs, codes, weights, strict=True):
        own = found.setdefault(str(slug), {})
        own[str(code)] = own.get(str(code), 0.0) + float(weight)
    return found

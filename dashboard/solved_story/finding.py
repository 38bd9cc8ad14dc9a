"""Shared results for a problem, those of partnerships most like one's own first."""

from dataclasses import dataclass, field

import pandas as pd
import streamlit as st

from dashboard.data import SCOPE_KEY, current_store, register_frames
from dashboard.solved_story.profiles import gather_profiles
from dashboard.solved_story.reading import read_shared
from dashboard.visit import Visit
from etl.store.reading import Scope
from etl.store.reading.shared_results import SharedResults
from surveys.analysis.partnership_likeness import Likeness, PartnershipProfile, measure_likeness
from surveys.analysis.place_kinds import PlaceKind
from surveys.analysis.rows import Row, rows_of
from surveys.language.collation import sort_key
from surveys.vocabulary import load


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
    profiles = _read_profiles(visit)
    own = visit.view.filters.partnership
    codes = [
        _by_project(frame, column)
        for frame, column in ((shared.problems, "code"), (shared.groups, "group"), (shared.sources, "source"))
    ]
    examples = []
    for row in rows_of(shared.results):
        key = (str(row["partnership"]), str(row["uid"]))
        if key in wanted:
            theirs = profiles[key[0]]
            likeness = measure_likeness(profiles[own], theirs) if own is not None else None
            examples.append(
                Example(row, wanted[key], theirs.kind, likeness, *(listed.get(key, ()) for listed in codes))
            )
    return sorted(examples, key=_order)


def _by_project(frame: pd.DataFrame, column: str) -> dict[tuple[str, str], tuple[str, ...]]:
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for slug, uid, code in zip(frame["partnership"], frame["uid"], frame[column], strict=True):
        found[str(slug), str(uid)] = (*found.get((str(slug), str(uid)), ()), str(code))
    return found


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


def _read_profiles(visit: Visit) -> dict[str, PartnershipProfile]:
    """Profiles of those who share and of all who may be seen, kept until the data change."""
    store = current_store()
    shared = read_shared(visit.actor, sample=visit.scope.sample)
    return _keep_profiles(str(store.url), store.data_revision(), visit.scope, len(shared.results) > 0, shared)


@st.cache_resource(max_entries=16, show_spinner=False, hash_funcs=SCOPE_KEY)
def _keep_profiles(
    url: str,
    revision: int,
    scope: Scope,
    any_shared: bool,  # noqa: FBT001 # a part of the key: nothing is shared with those who may not see it
    _shared: SharedResults,
) -> dict[str, PartnershipProfile]:
    del url, revision, any_shared  # parts of the key
    return gather_profiles(register_frames(scope), _shared, scope)

"""From the store to figures that may be shown: a weighted question, and a question by groups of another.

The one path for pages, downloads and the command line: sums from the store, the disclosure gate, the ledger of what
was shown before. Nothing else reads crosstabs.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection

from etl.store.engine import Store
from etl.store.reading.crosstab_sums import CrosstabSums, Sums, read_crosstab_sums, read_frequency_sums
from etl.store.reading.scope import Scope
from etl.store.shown_groups import admit_groups
from surveys.analysis.crosstabs import CellSums, Crosstab, cross_exclusive, cross_multiple
from surveys.analysis.multiplicity import benjamini_hochberg
from surveys.analysis.rows import Row, rows_of
from surveys.analysis.survey_tables import choice_labels
from surveys.language.texts import LANGUAGES, Language, load_catalogue
from surveys.privacy.crosstab_gate import Grouping, Heading, Outcome, PublishedCrosstab, publish_crosstab
from surveys.privacy.disclosure import ShareRow, publish_shares
from surveys.privacy.ledger import Ruling
from surveys.privacy.published import PublishedTable, Source, State
from surveys.privacy.rules import STANDARD_RULES, DisclosureRules

OVERLAPPING_TYPES = frozenset({"multiple", "ranking"})
_DIMENSIONS = ("breakdown", "choice")
# Those who did not say to which group they belong: with the groups they make everybody, so they are one of them.
_NOT_GIVEN = ""


@dataclass(frozen=True, slots=True, eq=False)
class Breakdown:
    """A question by groups, as it may be shown.

    Attributes:
        published: from the gate.
        ruling: what the ledger says; the table is empty unless it allows it.
        analysis: tests of the groups that may be compared; ``None`` where nothing may be tested.
    """

    published: PublishedCrosstab
    ruling: Ruling
    analysis: Crosstab | None


def tabulate_weighted(
    connection: Connection,
    scope: Scope,
    question: Row,
    choices: pd.DataFrame,
    *,
    source: Source,
    rules: DisclosureRules = STANDARD_RULES,
) -> PublishedTable:
    """Publish a question's weighted shares; counts and bases stay those of people.

    Args:
        connection: reading connection.
        scope: of whoever asks.
        question: a row of ``SurveyCounts.questions``.
        choices: its rows of ``SurveyCounts.choices``.
        source: where the figures come from.
        rules: thresholds.

    Raises:
        LookupError: the question is not in scope.
    """
    sums = read_frequency_sums(connection, scope, *_names(question), weighted=True)
    headings = _headings(question, choices, sums.options)
    weight, squared = float(sums.base.weight[0]), float(sums.base.weight_squared[0])
    rows = [
        ShareRow(
            (heading.code,),
            {language: (heading.labels[language],) for language in LANGUAGES},
            int(sums.chosen.people[place]),
            int(sums.base.people[0]),
            weighted_share=min(1.0, float(sums.chosen.weight[place]) / weight) if weight else 0.0,
            effective_base=weight**2 / squared if squared else 0.0,
        )
        for place, heading in enumerate(headings)
    ]
    exclusive = question["type"] not in OVERLAPPING_TYPES
    if not exclusive:
        rows.sort(key=lambda row: -(row.weighted_share or 0.0))
    return publish_shares(rows, dimensions=("choice",), source=source, exclusive=exclusive, rules=rules)


def tabulate_breakdown(
    connection: Connection,
    scope: Scope,
    question: tuple[Row, pd.DataFrame],
    by: tuple[Row, pd.DataFrame],
    *,
    source: Source,
    weighted: bool = False,
    rules: DisclosureRules = STANDARD_RULES,
) -> tuple[PublishedCrosstab, Crosstab | None]:
    """Publish a question by groups, before the ledger is asked (`admit_breakdown`).

    Args:
        connection: reading connection.
        scope: of whoever asks.
        question: its row of ``SurveyCounts.questions`` and its rows of ``SurveyCounts.choices``.
        by: the same of the question that gives the groups, asked in the same measurement.
        source: where the figures come from.
        weighted: with the measurement's weights.
        rules: thresholds.

    Returns:
        The breakdown, and its tests among those who said where they belong.

    Raises:
        LookupError: a question is not in scope.
    """
    partnership, wave, name = _names(question[0])
    sums = read_crosstab_sums(connection, scope, partnership, wave, name, str(by[0]["question"]), weighted=weighted)
    multiple = question[0]["type"] in OVERLAPPING_TYPES
    grouping = _grouping(by[0])
    groups = _headings(*by, sums.groups)
    cells, bases = _cells(sums, weighted=weighted)
    if int(sums.outside.people[0]) and grouping is not Grouping.OVERLAPPING:
        groups = (*groups, Heading(_NOT_GIVEN, _say("breakdown.not_given")))
        outside_cells = _as_cells(sums.outside_chosen, weighted=weighted)
        cells = _beside(cells, _column(outside_cells))
        bases = _beside(bases, _as_cells(sums.outside, weighted=weighted))
    published = publish_crosstab(
        cells,
        options=_headings(*question, sums.options),
        groups=groups,
        dimensions=_DIMENSIONS,
        source=source,
        bases=bases if multiple else None,
        grouping=grouping,
        rules=rules,
    )
    if is_dropped(published) or grouping is Grouping.OVERLAPPING:
        return published, None
    return published, _test(published, groups, cells, bases if multiple else None, rules.percent_base)


def admit_breakdown(
    store: Store,
    scope: Scope,
    question: Row,
    by: str,
    published: PublishedCrosstab,
    analysis: Crosstab | None,
    *,
    now: datetime,
    rules: DisclosureRules = STANDARD_RULES,
) -> Breakdown:
    """Ask the ledger whether a breakdown may be shown; what it allows counts as shown from then on.

    Args:
        store: where the ledger is.
        scope: of whoever looks.
        question: a row of ``SurveyCounts.questions``.
        by: name of the question that gives the groups.
        published: from `tabulate_breakdown`; ``analysis``: likewise.
        analysis: see above.
        now: the moment.
        rules: thresholds.
    """
    bases = {row.keys[0]: row.base for row in published.table.rows if row.base is not None}
    parts = dict(zip(("+".join(part) for part in published.merged), published.merged, strict=True))
    groups = [({by: frozenset(parts.get(code, (code,)))}, base) for code, base in bases.items()]
    complete = _is_complete(published, rules)
    ruling = admit_groups(store, scope, *_names(question), groups, now=now, complete=complete, rules=rules)
    if ruling is Ruling.ALLOWED:
        return Breakdown(published, ruling, analysis)
    empty = replace(published, table=replace(published.table, rows=()), groups=(), merged=(), analysis=None)
    return Breakdown(empty, ruling, None)


def say_outcome(breakdown: Breakdown, language: Language) -> str:
    """Return what became of a breakdown, ``""`` when it is shown as it is."""
    catalogue = load_catalogue("surveys.language.catalogues")
    if breakdown.ruling is Ruling.REFUSED_MIRRORED:
        return catalogue.say("breakdown.mirrored", language)
    if breakdown.ruling is not Ruling.ALLOWED:
        return catalogue.say("breakdown.refused", language)
    return catalogue.say(f"breakdown.outcome.{breakdown.published.outcome.value}", language)


def _is_complete(published: PublishedCrosstab, rules: DisclosureRules) -> bool:
    """Whether a breakdown shows all there is to show of its two questions, either way round."""
    people: dict[str, int] = {}
    for row in published.table.rows:
        if row.count is None:
            return False
        people[row.keys[1]] = people.get(row.keys[1], 0) + row.count
    return published.outcome is Outcome.WHOLE and min(people.values(), default=0) >= rules.min_base


def is_dropped(published: PublishedCrosstab) -> bool:
    """Return whether a breakdown is not shown at all."""
    return published.outcome in {Outcome.DROPPED_GROUPS, Outcome.DROPPED_CELLS}


def _test(
    published: PublishedCrosstab, groups: Sequence[Heading], cells: CellSums, bases: CellSums | None, least: int
) -> Crosstab | None:
    """Test the groups that may be compared: large enough, of people who said where they belong.

    A test of shown cells alone tells nothing of the hidden ones: of a single choice a group with a hidden answer is
    left out, of a multiple choice (each answer a table of its own) that answer.
    """
    places = {heading.code: place for place, heading in enumerate(groups)}
    parts = dict(zip(("+".join(part) for part in published.merged), published.merged, strict=True))
    people: dict[str, int] = {}
    hidden: dict[str, set[str]] = {}
    for row in published.table.rows:
        people[row.keys[0]] = max(people.get(row.keys[0], 0), row.base or 0)
        if row.state is State.SUPPRESSED:
            hidden.setdefault(row.keys[0], set()).add(row.keys[1])
    compared = [
        heading.code
        for heading in published.groups
        if heading.code != _NOT_GIVEN
        and people.get(heading.code, 0) >= least
        and (bases is not None or heading.code not in hidden)
    ]
    if len(compared) < 2:
        return None
    joined = [[places[code] for code in parts.get(one, (one,))] for one in compared]
    if bases is None:
        return cross_exclusive(_join(cells, joined))
    crossed = cross_multiple(_join(cells, joined), _join(bases, joined))
    codes = list(dict.fromkeys(row.keys[1] for row in published.table.rows))
    unseen = set[str]().union(*(hidden.get(code, set()) for code in compared))
    tests = tuple(None if code in unseen else test for code, test in zip(codes, crossed.option_tests, strict=True))
    p_values = np.array([np.nan if test is None else test.p_value for test in tests])
    if not any(test is not None for test in tests):
        return None
    return replace(crossed, option_tests=tests, option_p_values=benjamini_hochberg(p_values))


def _grouping(by: Row) -> Grouping:
    if by["type"] in OVERLAPPING_TYPES:
        return Grouping.OVERLAPPING
    return Grouping.ORDERED if by["type"] == "scale" or by["profile"] == "age" else Grouping.UNORDERED


def _headings(question: Row, choices: pd.DataFrame, codes: Sequence[str]) -> tuple[Heading, ...]:
    """Name options in the order of their codes."""
    named = {str(row["code"]): choice_labels(row, question["vocabulary"]) for row in rows_of(choices)}
    return tuple(Heading(code, {language: named[code][language][0] for language in LANGUAGES}) for code in codes)


def _names(question: Row) -> tuple[str, str, str]:
    return str(question["partnership"]), str(question["wave"]), str(question["question"])


def _cells(sums: CrosstabSums, *, weighted: bool) -> tuple[CellSums, CellSums]:
    return _as_cells(sums.cells, weighted=weighted), _as_cells(sums.bases, weighted=weighted)


def _as_cells(sums: Sums, *, weighted: bool) -> CellSums:
    return CellSums(sums.people, sums.weight, sums.weight_squared) if weighted else CellSums(sums.people)


def _parts_of(cells: CellSums) -> list[Any]:
    return [cells.count] if cells.weight is None else [cells.count, cells.weight, cells.weight_squared]


def _column(cells: CellSums) -> CellSums:
    return CellSums(*(part[:, None] for part in _parts_of(cells)))


def _beside(first: CellSums, second: CellSums) -> CellSums:
    return CellSums(*(np.concatenate(pair, axis=-1) for pair in zip(_parts_of(first), _parts_of(second), strict=True)))


def _join(cells: CellSums, places: Sequence[Sequence[int]]) -> CellSums:
    return CellSums(
        *(np.stack([part[..., list(one)].sum(axis=-1) for one in places], axis=-1) for part in _parts_of(cells))
    )


def _say(key: str) -> dict[Language, str]:
    catalogue = load_catalogue("surveys.language.catalogues")
    return {language: catalogue.say(key, language) for language in LANGUAGES}

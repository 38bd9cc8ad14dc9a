"""An attacker with linear programming against what the gate lets out.

The attacker sees the published table, and beside it the whole question's own table and the numbers of people in the
groups (what is hidden there is not known). Each hidden cell is then minimised and maximised, cell by cell, without
any of the product's own arithmetic.
"""

from itertools import product

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.optimize import linprog

from surveys.analysis.crosstabs import CellSums
from surveys.language.texts import LANGUAGES
from surveys.privacy.bounds import bound_hidden, trade_at_corners
from surveys.privacy.crosstab_gate import Heading, Outcome, PublishedCrosstab, publish_crosstab
from surveys.privacy.disclosure import INSIDE_RULES, STANDARD_RULES, DisclosureRules, ShareRow, publish_shares
from surveys.privacy.published import Source, State

SOURCE = Source({"pl": "co", "en": "what"})
RULES = st.sampled_from([STANDARD_RULES, INSIDE_RULES])
COUNTS = st.one_of(st.integers(0, 4), st.integers(0, 60))
TABLES = st.tuples(st.integers(2, 5), st.integers(2, 5)).flatmap(lambda shape: arrays(np.int64, shape, elements=COUNTS))


def headings(letter: str, number: int) -> list[Heading]:
    names = [f"{letter}{place}" for place in range(number)]
    return [Heading(name, dict.fromkeys(LANGUAGES, name)) for name in names]


def publish(counts: np.ndarray, rules: DisclosureRules, bases: np.ndarray | None = None) -> PublishedCrosstab:
    return publish_crosstab(
        CellSums(counts),
        options=headings("o", counts.shape[0]),
        groups=headings("g", counts.shape[1]),
        dimensions=("breakdown", "choice"),
        source=SOURCE,
        bases=None if bases is None else CellSums(bases),
        rules=rules,
    )


def whole_question(counts: np.ndarray, *, exclusive: bool, base: int) -> dict[int, int]:
    """What the question's own table tells: people by option, of everybody, where shown."""
    rows = [
        ShareRow((str(place),), dict.fromkeys(LANGUAGES, (str(place),)), int(n), base) for place, n in enumerate(counts)
    ]
    table = publish_shares(rows, dimensions=("choice",), source=SOURCE, exclusive=exclusive)
    return {place: row.count for place, row in enumerate(table.rows) if row.count is not None}


def attack(
    result: PublishedCrosstab, counts: np.ndarray, bases: np.ndarray, *, exclusive: bool
) -> list[tuple[float, float, int]]:
    """Return for each hidden cell the attacker's bounds and the truth."""
    if result.table.is_empty:
        return []
    options, groups = counts.shape[0], len(result.groups)
    codes = [group.code.split("+") for group in result.groups]
    merged = np.stack([counts[:, [int(name[1:]) for name in part]].sum(axis=1) for part in codes], axis=1)
    base = np.array([bases[[int(name[1:]) for name in part]].sum() for part in codes])
    shown = {
        (place % options, place // options): row.count
        for place, row in enumerate(result.table.rows)
        if row.state is not State.SUPPRESSED
    }
    total = whole_question(merged.sum(axis=1), exclusive=exclusive, base=int(base.sum()))
    known_bases = whole_question(base, exclusive=True, base=int(base.sum()))
    left, right = [], []
    for option in total:
        left.append([float(row == option) for row in range(options) for _ in range(groups)])
        right.append(total[option])
    if exclusive:
        for group in known_bases:
            left.append([float(column == group) for _ in range(options) for column in range(groups)])
            right.append(known_bases[group])
        left.append([1.0] * (options * groups))
        right.append(int(base.sum()))
    limits = [
        (shown[row, column],) * 2 if (row, column) in shown else (0, int(base[column]))
        for row in range(options)
        for column in range(groups)
    ]
    found = []
    for row, column in np.ndindex(options, groups):
        if (row, column) in shown:
            continue
        goal = np.zeros(options * groups)
        goal[row * groups + column] = 1
        low, high = (
            linprog(sign * goal, A_eq=left or None, b_eq=right or None, bounds=limits, method="highs").fun
            for sign in (1, -1)
        )
        found.append((low, -high, int(merged[row, column])))
    return found


@given(TABLES, RULES)
@settings(max_examples=120)
@example(np.array([[1, 1, 40], [30, 30, 2], [20, 20, 20]]), STANDARD_RULES)
@example(np.array([[1, 20, 20], [1, 20, 20]]), STANDARD_RULES)
@example(np.array([[2, 30], [40, 50], [0, 0]]), STANDARD_RULES)
def test_a_hidden_cell_of_exclusive_answers_cannot_be_bounded_closer_than_promised(
    counts: np.ndarray, rules: DisclosureRules
) -> None:
    result = publish(counts, rules)
    for low, high, truth in attack(result, counts, counts.sum(axis=0), exclusive=True):
        assert low - 1e-6 <= truth <= high + 1e-6
        assert high - low >= rules.min_width - 1e-6


@given(TABLES, RULES, st.integers(0, 40))
@settings(max_examples=60)
def test_a_hidden_cell_of_overlapping_answers_cannot_be_bounded_closer_than_promised(
    counts: np.ndarray, rules: DisclosureRules, more: int
) -> None:
    bases = counts.max(axis=0) + more
    result = publish(counts, rules, bases)
    for low, high, truth in attack(result, counts, bases, exclusive=False):
        assert low - 1e-6 <= truth <= high + 1e-6
        assert high - low >= rules.min_width - 1e-6


@given(TABLES, RULES)
@settings(max_examples=100)
def test_no_cell_is_shown_that_the_rules_hide(counts: np.ndarray, rules: DisclosureRules) -> None:
    result = publish(counts, rules)
    assert (result.analysis is None) == (result.table.suppressed_count > 0 or result.table.is_empty)
    for row in result.table.rows:
        if row.state is State.SUPPRESSED:
            assert (row.value, row.count, row.base, row.low, row.high) == (None,) * 5
            continue
        assert row.base is not None
        assert row.base >= rules.min_base
        assert row.count not in {1, 2}
        assert row.base >= 10 or 0 < row.count < row.base


@given(TABLES, st.permutations(range(5)), st.permutations(range(5)))
@settings(max_examples=60)
def test_the_order_of_options_and_groups_hides_as_many_cells(
    counts: np.ndarray, rows: list[int], columns: list[int]
) -> None:
    order = np.ix_([r for r in rows if r < counts.shape[0]], [c for c in columns if c < counts.shape[1]])
    first, second = publish(counts, STANDARD_RULES), publish(counts[order], STANDARD_RULES)
    dropped = {Outcome.DROPPED_CELLS, Outcome.DROPPED_GROUPS}
    # Among equals somebody has to be chosen; what is shown where nothing is hidden has to be the same.
    if first.table.suppressed_count == 0 and first.outcome not in dropped:
        shown = {(row.keys[1], frozenset(row.keys[0].split("+"))): row.count for row in first.table.rows}
        names = {f"o{place}": f"o{old}" for place, old in enumerate(np.arange(counts.shape[0])[order[0].ravel()])}
        groups = {f"g{place}": f"g{old}" for place, old in enumerate(np.arange(counts.shape[1])[order[1].ravel()])}
        turned = {
            (names[row.keys[1]], frozenset(groups[name] for name in row.keys[0].split("+"))): row.count
            for row in second.table.rows
        }
        assert turned == shown


def test_two_singletons_in_one_row_do_not_protect_each_other() -> None:
    """Of two who were each alone the sum is known to be two: a third cell has to hide with them."""
    table = np.array([[1, 1, 40, 50, 60], [50, 60, 70, 40, 50], [50, 40, 30, 20, 10], [9, 8, 7, 30, 40]])
    result = publish(table, STANDARD_RULES)
    first = [row.state for row in result.table.rows if row.keys[1] == "o0"]
    assert first.count(State.SUPPRESSED) == 3


def test_bounds_are_those_of_trying_every_table() -> None:
    table = np.array([[1, 5, 9, 15], [4, 7, 2, 13], [8, 3, 6, 17], [13, 15, 17, 45]])
    hidden = np.zeros(table.shape, dtype=bool)
    hidden[:3, :3] = True
    hidden[0, 2] = False
    low, high = bound_hidden(table, hidden)
    seen = []
    for a, b, c in product(range(16), repeat=3):  # three cells decide the other five
        first = [a, 6 - a, 9]
        second = [b, c, 13 - b - c]
        third = [13 - a - b, 15 - first[1] - c, 17 - 9 - second[2]]
        if min(first + second + third) >= 0 and sum(third) == 17:
            seen.append([first, second, third])
    assert (low[:3, :3] == np.min(seen, axis=0)).all()
    assert (high[:3, :3] == np.max(seen, axis=0)).all()


@given(TABLES, st.floats(0, 1), st.integers(0, 1000))
@settings(max_examples=60)
def test_trading_never_claims_more_than_the_programme_finds(counts: np.ndarray, part: float, seed: int) -> None:
    hidden = np.zeros((counts.shape[0] + 1, counts.shape[1] + 1), dtype=bool)
    hidden[:-1, :-1] = np.random.default_rng(seed).random(counts.shape) < part
    whole = np.pad(counts, ((0, 1), (0, 1)))
    whole[-1, :-1], whole[:-1, -1], whole[-1, -1] = counts.sum(axis=0), counts.sum(axis=1), counts.sum()
    low, high = bound_hidden(whole, hidden)
    traded_low, traded_high = trade_at_corners(counts, hidden[:-1, :-1])
    assert (low[:-1, :-1] <= traded_low).all()
    assert (traded_low <= counts).all()
    assert (counts <= traded_high).all()
    assert (traded_high <= high[:-1, :-1]).all()

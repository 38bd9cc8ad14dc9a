"""Which options lead, and when nobody may say so."""

from hypothesis import given
from hypothesis import strategies as st

from surveys.analysis.leading import leading_options


def test_a_clear_leader_stands_alone() -> None:
    assert leading_options([150, 40, 30], 200) == (0,)


def test_close_shares_lead_together() -> None:
    assert leading_options([13, 12, 2], 33) == (0, 1)


def test_nobody_leads_where_nobody_answered() -> None:
    assert leading_options([0, 0], 50) == ()
    assert leading_options([], 0) == ()


@given(
    st.integers(1, 300).flatmap(lambda n: st.tuples(st.lists(st.integers(0, n), min_size=1, max_size=9), st.just(n)))
)
def test_the_largest_is_always_among_the_leaders(case: tuple[list[int], int]) -> None:
    counts, base = case
    leaders = leading_options(counts, base)
    assert (max(counts) == 0) == (not leaders)
    if leaders:
        assert counts[leaders[0]] == max(counts)
        assert all(position in leaders for position, count in enumerate(counts) if count == max(counts))


@given(st.permutations([60, 31, 28, 5]))
def test_the_order_of_options_does_not_matter(counts: list[int]) -> None:
    leaders = {counts[position] for position in leading_options(counts, 90)}
    assert leaders == {60}

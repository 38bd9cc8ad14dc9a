"""The promises of the disclosure gate, each under its name."""

from hypothesis import given
from hypothesis import strategies as st

from surveys.privacy.disclosure import (
    INSIDE_RULES,
    STANDARD_RULES,
    CountRow,
    ShareRow,
    publish_counts,
    publish_files,
    publish_shares,
)
from surveys.privacy.published import PublishedTable, Reason, Source, State

SOURCE = Source({"pl": "co", "en": "what"})


def share_row(name: str, count: int, base: int, *, sensitive: bool = False) -> ShareRow:
    return ShareRow((name,), {"pl": (name,), "en": (name,)}, count, base, sensitive)


def publish(counts: list[int], base: int, *, exclusive: bool, sensitive: bool = False) -> PublishedTable:
    rows = [share_row(f"o{place}", count, base, sensitive=sensitive) for place, count in enumerate(counts)]
    return publish_shares(rows, dimensions=("choice",), source=SOURCE, exclusive=exclusive)


def states(table: PublishedTable) -> list[State]:
    return [row.state for row in table.rows]


def test_nothing_rests_on_fewer_people_than_the_base() -> None:
    assert states(publish([9, 0, 5], 9, exclusive=False)) == [State.SUPPRESSED] * 3


def test_nobody_and_a_few_look_the_same() -> None:
    assert publish([0, 0], 0, exclusive=True) == publish([3, 6], 9, exclusive=True)


def test_answers_of_one_or_two_people_are_hidden() -> None:
    table = publish([1, 2, 3, 0, 60], 80, exclusive=False)
    assert states(table) == [State.SUPPRESSED, State.SUPPRESSED, State.SHOWN, State.SHOWN, State.SHOWN]


def test_a_single_hidden_option_takes_a_second_one_along() -> None:
    table = publish([70, 2, 8], 80, exclusive=True)
    assert states(table) == [State.SHOWN, State.SUPPRESSED, State.SUPPRESSED]


def test_two_who_were_each_alone_do_not_protect_each_other() -> None:
    """Their sum is known to be two: a third answer hides with them."""
    table = publish([60, 8, 1, 1], 70, exclusive=True)
    assert states(table) == [State.SHOWN, State.SUPPRESSED, State.SUPPRESSED, State.SUPPRESSED]


def test_in_a_small_group_an_answer_of_nobody_or_of_everybody_is_hidden() -> None:
    rows = [share_row("a", 0, 8), share_row("b", 8, 8), share_row("c", 5, 8)]
    table = publish_shares(rows, dimensions=("choice",), source=SOURCE, exclusive=False, rules=INSIDE_RULES)
    assert states(table) == [State.SUPPRESSED, State.SUPPRESSED, State.COUNTS_ONLY]
    assert table.source.rule == "rules.inside"


def test_a_hidden_row_carries_no_number() -> None:
    for row in publish([70, 2, 8], 80, exclusive=True).rows[1:]:
        assert (row.value, row.count, row.base, row.low, row.high) == (None,) * 5


def test_few_people_get_counts_and_no_percent() -> None:
    row = publish([7], 18, exclusive=False).rows[0]
    assert (row.state, row.count, row.base, row.value, row.low) == (State.COUNTS_ONLY, 7, 18, None, None)


def test_between_30_and_59_a_percent_is_flagged() -> None:
    assert states(publish([10], 30, exclusive=False)) == [State.FLAGGED]
    assert states(publish([10], 59, exclusive=False)) == [State.FLAGGED]
    assert states(publish([10], 60, exclusive=False)) == [State.SHOWN]


def test_a_sensitive_question_needs_a_larger_base() -> None:
    assert states(publish([8], 19, exclusive=False, sensitive=True)) == [State.SUPPRESSED]
    assert states(publish([8], 20, exclusive=False, sensitive=True)) == [State.COUNTS_ONLY]


@given(st.lists(st.integers(0, 40), min_size=2, max_size=8))
def test_no_small_answer_can_be_had_by_subtraction(counts: list[int]) -> None:
    base = sum(counts)
    table = publish(counts, base, exclusive=True)
    shown = [row.count for row in table.rows if row.count is not None]
    hidden = [count for count, row in zip(counts, table.rows, strict=True) if row.state is State.SUPPRESSED]
    if shown and hidden:
        assert len(hidden) >= 2
    assert not any(0 < count < STANDARD_RULES.min_count for count in shown)


def test_few_people_of_a_sensitive_activity_are_not_counted_aloud() -> None:
    rows = [
        CountRow(("G20",), {"pl": ("a",), "en": ("a",)}, 4, sensitive=True),
        CountRow(("G20",), {"pl": ("b",), "en": ("b",)}, 12, sensitive=True),
        CountRow(("G05",), {"pl": ("c",), "en": ("c",)}, 4),
    ]
    table = publish_counts(rows, dimensions=("group",), unit="people", source=SOURCE)
    assert [row.value for row in table.rows] == [None, 12, 4]
    assert states(table)[0] is State.SUPPRESSED


def test_a_table_knows_the_rule_it_passed() -> None:
    assert publish([20], 80, exclusive=False).source.rule == STANDARD_RULES.name


def test_a_hidden_row_says_why_and_not_which_one_is_small() -> None:
    assert {row.reason for row in publish([3, 6], 9, exclusive=True).rows} == {Reason.FEW_ASKED}
    assert {row.reason for row in publish([40, 2], 42, exclusive=True).rows} == {Reason.FEW_CHOSE}
    assert {row.reason for row in publish([40, 22], 62, exclusive=True).rows} == {None}


def test_rows_of_files_are_told_for_all_of_them_or_for_none():
    large, small = ("a.csv", "2026-05-01", 60), ("b.csv", "2026-06-01", 4)
    assert [file.row_count for file in publish_files([large, large])] == [60, 60]
    assert [file.row_count for file in publish_files([large, small])] == [None, None]
    assert [(file.name, file.loaded_on) for file in publish_files([small])] == [("b.csv", "2026-06-01")]

"""The promises of the gate for a question by groups, each under its name."""

import numpy as np
import pytest

from surveys.analysis.crosstabs import CellSums
from surveys.language.texts import LANGUAGES, load_catalogue
from surveys.privacy.crosstab_gate import Grouping, Heading, Outcome, PublishedCrosstab, merge_groups, publish_crosstab
from surveys.privacy.disclosure import INSIDE_RULES, STANDARD_RULES, DisclosureRules, suppress
from surveys.privacy.published import Reason, Source, State

AGES = ["18–34", "35–59", "60–74", "75+"]


def publish(
    counts: list[list[int]],
    *,
    grouping: Grouping = Grouping.ORDERED,
    sensitive: bool = False,
    rules: DisclosureRules = STANDARD_RULES,
    bases: list[int] | None = None,
) -> PublishedCrosstab:
    cells = np.array(counts)
    return publish_crosstab(
        CellSums(cells),
        options=[Heading(f"o{row}", dict.fromkeys(LANGUAGES, f"o{row}")) for row in range(len(counts))],
        groups=[Heading(age, dict.fromkeys(LANGUAGES, age)) for age in AGES[: cells.shape[1]]],
        dimensions=("breakdown", "choice"),
        source=Source({"pl": "co", "en": "what"}),
        grouping=grouping,
        sensitive=sensitive,
        rules=rules,
        bases=CellSums(np.array(bases)) if bases else None,
    )


def test_a_breakdown_of_large_groups_is_shown_as_it_is() -> None:
    result = publish([[30, 10], [30, 30]])
    assert result.outcome is Outcome.WHOLE
    assert [(row.keys, row.value, row.state) for row in result.table.rows] == [
        (("18–34", "o0"), 0.5, State.SHOWN),
        (("18–34", "o1"), 0.5, State.SHOWN),
        (("35–59", "o0"), 0.25, State.FLAGGED),
        (("35–59", "o1"), 0.75, State.FLAGGED),
    ]
    assert result.table.source.rule == "rules.standard"
    assert result.analysis is not None


def test_a_small_group_is_merged_with_its_neighbour() -> None:
    result = publish([[30, 20, 12, 4], [30, 25, 14, 3]])
    assert result.outcome is Outcome.MERGED
    assert [group.labels["pl"] for group in result.groups] == ["18–34", "35–59", "60–74 + 75+"]
    assert result.merged == (("60–74", "75+"),)
    assert result.table.rows[-1].base == 33


def test_a_group_of_nobody_is_merged_like_one_of_a_few() -> None:
    assert publish([[30, 20, 16, 0], [30, 25, 17, 0]]).groups == publish([[30, 20, 12, 4], [30, 25, 14, 3]]).groups


def test_groups_without_an_order_meet_among_the_others() -> None:
    result = publish([[3, 30, 4, 20], [3, 30, 2, 20]], grouping=Grouping.UNORDERED)
    assert [group.labels["en"] for group in result.groups] == ["35–59", "75+", "18–34 + 60–74"]


def test_the_whole_breakdown_or_none() -> None:
    result = publish([[30, 2], [30, 4]])
    assert result.outcome is Outcome.DROPPED_GROUPS
    assert result.table.is_empty
    assert publish([[3], [4]]).outcome is Outcome.DROPPED_GROUPS


def test_a_breakdown_that_would_be_hidden_in_large_part_is_dropped() -> None:
    result = publish([[30, 2], [20, 40], [20, 30]])
    assert result.outcome is Outcome.DROPPED_CELLS
    assert result.table.is_empty


def test_a_hidden_cell_takes_the_test_and_the_residuals_along() -> None:
    result = publish([[30, 2, 25, 30], [20, 40, 30, 25], [20, 30, 25, 30], [20, 30, 25, 25]])
    assert result.outcome is Outcome.WHOLE
    assert result.table.suppressed_count >= 4
    assert result.analysis is None


def test_a_sensitive_question_wants_larger_groups() -> None:
    counts = [[8, 9, 40], [7, 9, 40]]
    assert len(publish(counts).groups) == 3
    assert len(publish(counts, sensitive=True).groups) == 2


def test_inside_the_partnership_five_are_enough_but_not_for_what_all_said() -> None:
    counts = [[7, 0, 9, 9], [8, 6, 9, 9], [9, 3, 9, 9], [9, 4, 9, 9]]
    result = publish(counts, rules=INSIDE_RULES)
    assert result.outcome is Outcome.WHOLE
    alike = [[8, 6, 40], [8, 0, 40], [8, 0, 40], [8, 0, 30], [8, 0, 30]]
    hidden = publish(alike, rules=INSIDE_RULES).table
    assert hidden.is_empty or all(row.state is State.SUPPRESSED for row in hidden.rows if row.keys[0] == "35–59")


def test_options_of_a_multiple_choice_hide_in_their_own_row() -> None:
    result = publish([[30, 2, 20], [40, 30, 30]], bases=[60, 50, 40])
    states = {row.keys: row.state for row in result.table.rows}
    assert [key for key, state in states.items() if state is State.SUPPRESSED] == [("35–59", "o0"), ("60–74", "o0")]


def test_groups_that_overlap_are_hidden_and_not_merged() -> None:
    """Who looks after children and who looks after parents: one can do both, so no sum of the two is anything."""
    result = publish([[30, 4, 2], [30, 3, 30], [30, 0, 40]], grouping=Grouping.OVERLAPPING)
    assert result.outcome is Outcome.WHOLE
    assert result.analysis is None
    reasons = {row.keys: row.reason for row in result.table.rows}
    assert {reasons["35–59", f"o{row}"] for row in range(3)} == {Reason.FEW_ASKED}
    assert [reasons["60–74", f"o{row}"] for row in range(3)] == [Reason.FEW_CHOSE, Reason.FEW_CHOSE, None]


def test_weighted_shares_are_shown_on_the_bases_of_people() -> None:
    count = np.array([[30, 20], [30, 20]])
    weight = np.array([[60.0, 20.0], [30.0, 20.0]])
    cells = CellSums(count, weight, weight * 2)
    headings = [Heading(name, dict.fromkeys(LANGUAGES, name)) for name in "ab"]
    source = Source({"pl": "co", "en": "what"})
    result = publish_crosstab(
        cells, options=headings, groups=headings, dimensions=("breakdown", "choice"), source=source
    )
    first = result.table.rows[0]
    assert first.value == pytest.approx(2 / 3)
    assert (first.count, first.base) == (30, 60)
    merged = publish_crosstab(
        CellSums(np.array([[30, 2, 3], [30, 4, 5]]), np.ones((2, 3)), np.ones((2, 3))),
        options=headings,
        groups=[*headings, Heading("c", dict.fromkeys(LANGUAGES, "c"))],
        dimensions=("breakdown", "choice"),
        source=source,
    )
    assert merged.merged == (("b", "c"),)


@pytest.mark.parametrize(
    ("people", "ordered", "parts"),
    [
        ([20, 20], True, ((0,), (1,))),
        ([4, 20, 30], True, ((0, 1), (2,))),
        ([20, 4, 30], True, ((0, 1), (2,))),
        ([20, 6, 6, 30], True, ((0,), (1, 2), (3,))),
        ([4, 4], True, ()),
        ([20, 4, 30, 3], False, ((2,), (0, 1, 3))),
        ([20, 4, 30, 6], False, ((0,), (2,), (1, 3))),
    ],
)
def test_merging(people: list[int], ordered: bool, parts: tuple[tuple[int, ...], ...]) -> None:
    assert merge_groups(people, 10, ordered=ordered) == parts


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_outcome_has_a_sentence(language) -> None:
    texts = load_catalogue("surveys.language.catalogues")
    for outcome in Outcome:
        assert isinstance(texts.say(f"breakdown.outcome.{outcome.value}", language), str)


def test_suppress_says_what_can_be_worked_out() -> None:
    pattern = suppress([[1, 20, 30], [30, 40, 25], [25, 30, 20]])
    assert pattern.holds
    assert pattern.hidden[0, 0]
    assert (pattern.high - pattern.low)[pattern.hidden].min() >= STANDARD_RULES.min_width
    assert (pattern.high == pattern.low)[~pattern.hidden].all()


@pytest.mark.parametrize(("table", "bases"), [([[-1, 2]], None), ([[5, 2]], [4, 2]), ([1, 2], None)])
def test_impossible_tables_are_refused(table, bases) -> None:
    with pytest.raises(ValueError, match="table of counts"):
        suppress(table, bases=bases)


def test_zeros_do_not_say_where_the_one_person_is() -> None:
    result = publish([[40, 40, 40, 40], [40, 40, 40, 40], [20, 20, 20, 20], [0, 0, 0, 1]])
    rare = [row for row in result.table.rows if row.keys[1] == "o3"]
    assert all(row.state is State.SUPPRESSED for row in rare)
    # An answer that nobody gave points at nobody.
    never = publish([[40, 40], [40, 40], [0, 0]])
    assert {row.count for row in never.table.rows if row.keys[1] == "o2"} == {0}

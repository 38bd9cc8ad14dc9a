"""Figures that sum up a distribution, at the gate."""

import numpy as np
import pytest

from surveys.analysis.crosstabs import CellSums
from surveys.analysis.frequencies import Quartiles, summarise_ranking, summarise_scale
from surveys.language.texts import LANGUAGES
from surveys.privacy.crosstab_gate import Heading
from surveys.privacy.disclosure import ShareRow, publish_shares
from surveys.privacy.published import PublishedTable, Source, State
from surveys.privacy.summary_gate import Middle, publish_middle, publish_quartiles, publish_ranking

SOURCE = Source({"pl": "co", "en": "what"})


def distribution(counts: list[int]) -> PublishedTable:
    rows = [
        ShareRow((str(n),), dict.fromkeys(LANGUAGES, (str(n),)), count, sum(counts)) for n, count in enumerate(counts)
    ]
    return publish_shares(rows, dimensions=("choice",), source=SOURCE, exclusive=True)


def middle(counts: list[int]) -> Middle | None:
    return publish_middle(summarise_scale(CellSums(np.array(counts))), distribution(counts))


def test_a_mean_is_shown_beside_a_whole_distribution() -> None:
    shown = middle([10, 20, 30, 20, 10])
    assert shown is not None
    assert (shown.mean, shown.median, shown.base) == (pytest.approx(3), 2, 90)


def test_a_mean_is_not_shown_where_it_would_solve_for_hidden_answers() -> None:
    """Two answers hidden, their sum known: a mean beside them gives both."""
    assert distribution([2, 9, 30, 20, 10]).suppressed_count == 2
    assert middle([2, 9, 30, 20, 10]) is None


def test_of_few_people_there_is_no_mean() -> None:
    assert middle([5, 6, 5, 6, 5]) is None  # 27 people: counts in words only
    assert middle([]) is None


def test_quartiles_need_people() -> None:
    quartiles = Quartiles(29, 1, 2, 3)
    assert publish_quartiles(quartiles) is None
    assert publish_quartiles(None) is None
    assert publish_quartiles(Quartiles(30, 1, 2, 3)) == Quartiles(30, 1, 2, 3)


def test_a_ranking_tells_first_places_and_mean_places_of_what_enough_people_ranked() -> None:
    options = [Heading(code, dict.fromkeys(LANGUAGES, code)) for code in "abcd"]
    summary = summarise_ranking([[30, 10], [20, 10], [1, 5], [12, 4]], base=63)
    ranking = publish_ranking(summary, options, source=SOURCE)
    assert [row.state for row in ranking.first_places.rows] == [
        State.SHOWN,
        State.SHOWN,
        State.SUPPRESSED,
        State.SUPPRESSED,
    ]
    assert ranking.mean_places == {"a": (1.25, 40), "b": (pytest.approx(4 / 3), 30)}
    assert ranking.first_places.source.rule == "rules.standard"

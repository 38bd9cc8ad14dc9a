"""Statistics from sums: what a page waits for between the store and the screen."""

import numpy as np
import pandas as pd
import pytest

from surveys.analysis.crosstabs import CellSums, sum_cells
from surveys.analysis.weighting import weigh_people
from surveys.language.texts import LANGUAGES
from surveys.privacy.crosstab_gate import Grouping, Heading, publish_crosstab
from surveys.privacy.published import Source

FEW = 500


def name(letter: str, number: int) -> list[Heading]:
    return [Heading(f"{letter}{place}", dict.fromkeys(LANGUAGES, f"{letter}{place}")) for place in range(number)]


def draw(shape: tuple[int, int], people: int) -> CellSums:
    """Sums of weighted people, some options rare and some groups small."""
    random = np.random.default_rng(4)
    option = random.choice(shape[0], people, p=random.dirichlet(np.ones(shape[0])))
    group = random.choice(shape[1], people, p=random.dirichlet(np.full(shape[1], 3.0)))
    return sum_cells(option, group, shape, random.lognormal(0, 0.4, people))


@pytest.mark.parametrize(("shape", "people"), [((12, 8), 1_000_000), ((12, 8), 600), ((60, 20), 6_000)])
def test_a_weighted_crosstab_through_the_gate(benchmark, shape: tuple[int, int], people: int) -> None:
    cells = draw(shape, people)

    def publish():
        return publish_crosstab(
            cells,
            options=name("o", shape[0]),
            groups=name("g", shape[1]),
            dimensions=("breakdown", "choice"),
            source=Source({"pl": "co", "en": "what"}),
            grouping=Grouping.ORDERED,
        )

    published = benchmark.pedantic(publish, rounds=5, warmup_rounds=1)
    assert published.table.rows


def test_weights_of_a_million_people(benchmark, request) -> None:
    option = request.config.getoption
    measured = option("benchmark_enable") or not option("benchmark_disable")
    people = 1_000_000 if measured else FEW
    random = np.random.default_rng(4)
    profiles = pd.DataFrame(
        {"sex": random.choice(["k", "m"], people, p=[0.62, 0.38]), "age": random.choice(list("abcdefg"), people)}
    )
    margins = {"sex": {"k": 0.52, "m": 0.48}, "age": dict.fromkeys("abcdefg", 1 / 7)}
    made = benchmark.pedantic(weigh_people, args=(profiles, margins), rounds=3, warmup_rounds=1)
    assert made.error < 1e-6

"""Whatever a table holds, a recogniser describes columns that are there, each of them once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.recognise import interankiety, limesurvey, surveymonkey
from tests.made.raw_sheets import make_book, make_sheet

HEADERS = st.sampled_from(
    ["id", "submitdate", "lastpage", "startlanguage", "seed", "token", "Q1", "Q1[SQ001]", "Q1[SQ002]", "Q1[other]",
     "Q2[1]", "Q2[2]", "Q3_SQ001_0", "Q3_SQ001_1", "Q1[SQ001comment]", "id. Response ID", "Q1[SQ001]. Ocena [Bus]",
     "Respondent ID", "Collector ID", "Start Date", "Response", "Other (please specify)", "1. Co?", "2. Kto?", "Płeć",
     "Płeć wartość", "Wiek", "Wiek wartość", "data", "Ocena [Bus]", "Ocena [", "]", "[x]", "_", "", None]
)  # fmt: skip
CELLS = st.one_of(
    st.sampled_from(["Y", "Tak", "Nie", "N/A", "1", "2", "0", "Bus", "2026-03-01 10:00:00", "pl", "114000000001", ""]),
    st.none(),
    st.integers(-5, 10),
    st.floats(allow_nan=False),
    st.booleans(),
    st.datetimes(),
    st.text(max_size=5),
)


@pytest.mark.parametrize("recogniser", [limesurvey, surveymonkey, interankiety], ids=lambda module: module.SOURCE)
@given(data=st.data())
def test_columns_are_there_and_taken_once(recogniser, data):
    width = data.draw(st.integers(1, 9))
    head = st.lists(HEADERS, min_size=width, max_size=width)
    rows = [data.draw(head), data.draw(st.one_of(head, st.just([None] * width)))]
    rows += data.draw(st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=6))
    found = recogniser.recognise(make_book(make_sheet(*map(tuple, rows)), file_name="Pytanie_3.csv"))
    if found is None:
        return
    taken = [position for layout in found.layout for position in layout.columns]
    taken += [layout.other for layout in found.layout if layout.other is not None]
    assert len(taken) == len(set(taken))
    assert set(taken) <= set(range(width))
    assert 0 <= found.score <= 1
    assert all(len(layout.options) in {0, len(layout.columns)} for layout in found.layout)
    assert all(layout.spread is not None or len(layout.columns) == 1 for layout in found.layout)

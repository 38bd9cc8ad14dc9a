"""Whatever an official table holds, a figure is the source's to the last digit, and an absence is never a number."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from etl.importing import Incoming
from etl.mapping.official_figures.tables_of_bdl import map_bdl
from etl.readers.opening import open_book
from surveys.indicators import FigureState, apply_attribute, read_attribute, read_figure
from tests.made.bdl import write_flat

SIGNS = {".": "no_information", "x": "not_applicable", "-": "did_not_occur", "#": "confidential", "": "blank"}
NUMBERS = st.decimals(
    min_value=-(10**12), max_value=10**12, allow_nan=False, allow_infinity=False, places=2
) | st.integers(-(10**12), 10**12).map(Decimal)


def write_polish(number: Decimal, space: str) -> str:
    """A number as Polish tables write it: a comma before the decimals, thousands apart by a space of some kind."""
    whole, _, decimals = f"{abs(number):,f}".replace(",", space).partition(".")
    return ("-" if number.is_signed() else "") + whole + (f",{decimals}" if decimals else "")


CELLS = st.tuples(NUMBERS, st.sampled_from(["", " ", "\u00a0", "\u202f"])) | st.sampled_from(list(SIGNS))


@given(NUMBERS, st.sampled_from(["", " ", "\u00a0", "\u202f"]), st.booleans())
def test_digits_are_kept(number, space, below):
    cell = read_figure(write_polish(number, space), zero_is_below_unit=below)
    assert cell.value == f"{number:f}"
    assert cell.state is (FigureState.BELOW_UNIT if below and not number else FigureState.VALUE)


@given(st.text(max_size=20), st.text(max_size=30))
def test_no_text_and_no_attribute_makes_a_number_that_is_not_written(text, attribute):
    cell = read_figure(text)
    if cell is not None and cell.value is not None:
        digits = [letter for letter in text if letter.isdigit()]
        assert [int(letter) for letter in cell.value if letter.isdigit()][: len(digits)] == list(map(int, digits))
    if cell is not None:
        told = apply_attribute(cell, attribute)
        assert told.value in {None, cell.value}
        if read_attribute(attribute) is FigureState.NO_INFORMATION:
            assert told.value is None


@settings(max_examples=20, deadline=None)
@given(st.lists(CELLS, min_size=1, max_size=12))
def test_a_whole_table_is_read_as_it_was_written(cells):
    written = [cell if isinstance(cell, str) else write_polish(*cell) for cell in cells]
    headers = [f"w{place};2023;[zł]" for place in range(len(cells))]
    book = open_book(Incoming("a.csv", write_flat(headers, {"1433042": [*written]})))
    figures = map_bdl(book).figures
    found = {figures.variables[row[0]].name: (row[3], row[4].value) for row in figures.rows}
    assert found == {
        f"w{place}": (None, SIGNS[cell]) if isinstance(cell, str) else (f"{cell[0]:f}", "value")
        for place, cell in enumerate(cells)
    }

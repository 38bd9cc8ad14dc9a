"""Rows of totals below a table, and rows that only look like them."""

import numpy as np

from etl.recognise.total_rows import find_total_rows, without_totals
from tests.made.raw_sheets import make_book, make_sheet

HEADERS = ("Z kim Pan/Pani mieszka?", "Drogi", "Uwagi")


def totals(*rows):
    sheet = make_sheet(HEADERS, *rows)
    return find_total_rows(sheet, np.arange(1, len(rows) + 1)).tolist()


def test_figures_behind_the_word_are_a_total():
    assert totals(("sam", 1, "brak"), ("sama", 0, None), ("Razem:", 1, None)) == [False, False, True]
    assert totals(("sam", 1, "brak"), ("sama", 0, None), ("Suma", "50%", "12,5")) == [False, False, True]
    assert totals(("sam", 1, "brak"), ("sama", 0, None), ("Ogółem", None, None)) == [False, False, True]


def test_an_answer_that_begins_with_the_same_word_is_an_answer():
    assert (
        totals(("sam", "tak", "nic"), ("sama", "nie", None), ("razem z rodziną", "tak", "więcej drzew")) == [False] * 3
    )


def test_recognisers_look_at_a_table_without_its_totals():
    sheet = make_sheet(HEADERS, ("sam", 1, None), ("sama", 0, "nic"), (None, None, None), ("Razem", 1, None))
    [cut] = without_totals(make_book(sheet)).sheets
    assert (cut.row_count, cut.row(cut.row_count)) == (3, ("sama", 0, "nic"))
    assert {len(column.codes) for column in cut.columns} == {3}
    plain = make_sheet(HEADERS, ("sam", 1, None))
    assert without_totals(make_book(plain)).sheets == (plain,)

"""Codes joined by spaces in one cell, where no form says which codes there are."""

from etl.recognise.joined_options import find_joined_codes


def test_codes_need_not_stand_alone_to_be_known():
    counts = {"drogi_gminne oswiata_1": 2, "oswiata_1 lekarz_rodzinny": 1, "lekarz_rodzinny drogi_gminne": 1}
    assert find_joined_codes(counts) == {text: tuple(text.split()) for text in counts}


def test_words_that_people_write_do():
    assert find_joined_codes({"raczej tak": 3, "raczej nie": 3, "zdecydowanie tak": 2, "zdecydowanie nie": 2}) is None
